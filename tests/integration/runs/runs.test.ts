import { expect, test } from "vitest";
import { taskHandlers } from "@/lib/job/handlers";
import { requestRun } from "@/lib/runs/commands";
import { latestRun, listRuns, readRun } from "@/lib/runs/queries";
import { RequestRun } from "@/lib/runs/schema";
import { requestNightlyRuns } from "@/lib/runs/tasks";
import { createTeam } from "@/lib/workspaces/commands";
import { Team } from "../../support/owed";

const drivers = RequestRun.parse({ kind: "drivers" });

async function perform(team: Team, id: string): Promise<void> {
  await team.run(async () => taskHandlers["runs.perform"]?.(await team.worker(new Date()), { runId: id }));
}

test("a manager asks once while it is made, reads what it found, and nothing changes it", async () => {
  const team = await Team.make();
  const ctx = await team.as(team.manager, new Date());
  const asked = await team.run(() => requestRun(ctx, drivers));
  expect(await team.run(() => requestRun(ctx, drivers))).toEqual(asked);
  await perform(team, asked.id);
  await perform(team, asked.id);
  const run = await team.run(() => readRun(ctx, { id: asked.id }));
  expect(run).toMatchObject({ status: "done", kind: "drivers", requestedByName: "Max Manager", seed: 38, error: null });
  expect(run.result).toMatchObject({ types: [], ranked: [] });
  expect((await team.run(() => latestRun(ctx, "drivers", { type: null })))?.id).toBe(asked.id);
  const change = (data: object) =>
    team.run(async () =>
      ctx.db.analyticsRun.updateMany({ where: { workspaceId: ctx.workspaceId, id: asked.id }, data }),
    );
  await expect(change({ result: "{}" })).rejects.toThrow();
  await expect(change({ status: "queued" })).rejects.toThrow();
  const next = await team.run(() => requestRun(ctx, drivers));
  expect(next.id).not.toBe(asked.id);
  await expect(
    team.run(async () =>
      ctx.db.analyticsRun.updateMany({ where: { workspaceId: ctx.workspaceId, id: next.id }, data: { seed: 1 } }),
    ),
  ).rejects.toThrow();
});

test("whoever is no manager asks for nothing and reads nothing, and no time to come is asked about", async () => {
  const team = await Team.make();
  const seller = await team.as(team.seller, new Date());
  await expect(team.run(() => requestRun(seller, drivers))).rejects.toMatchObject({ code: "forbidden" });
  await expect(team.run(() => listRuns(seller, { limit: 5 }))).rejects.toMatchObject({ code: "forbidden" });
  const ctx = await team.as(team.manager, new Date());
  const tomorrow = { ...drivers, asOf: new Date(Date.now() + 86_400_000) };
  await expect(team.run(() => requestRun(ctx, tomorrow))).rejects.toMatchObject({ reason: "in_the_future" });
});

test("the manager of one team has runs of her team's contacts alone, and sees no others", async () => {
  const team = await Team.make();
  const whole = await team.as(team.manager, new Date());
  const { id: teamId } = await team.run(() => createTeam({ ...whole, roles: ["admin"] }, { name: "South" }));
  const part = { ...whole, teamId };
  const { id } = await team.run(() => requestRun(part, drivers));
  await perform(team, id);
  expect((await team.run(() => readRun(part, { id }))).status).toBe("done");
  await expect(team.run(() => readRun(whole, { id }))).rejects.toMatchObject({ code: "not_found" });
  expect(await team.run(() => latestRun(whole, "drivers", { type: null }))).toBeNull();
});

test("every night each workspace's questions are asked", async () => {
  const team = await Team.make();
  await requestNightlyRuns(new Date());
  const ctx = await team.as(team.manager, new Date());
  const { data } = await team.run(() => listRuns(ctx, { limit: 50 }));
  const kinds = data.map(({ kind, requestedByName }) => [kind, requestedByName]);
  expect(kinds.filter(([kind]) => kind === "drivers")).toEqual([["drivers", null]]);
  expect(kinds.filter(([kind]) => kind === "consistency")).toHaveLength(2);
});
