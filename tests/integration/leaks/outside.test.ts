import { expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import { inWorkspace } from "@/lib/db";
import { makeAnalysis } from "@/lib/reports/analyses";
import { analysisNames } from "@/lib/reports/schema";
import { canonicalJson } from "@/lib/runs/canonical";
import { furnishOneLeak, makeRun, tellLeak } from "../../support/passed";
import { makeClient } from "../api/client";

/** A day that is over in every time zone. */
const past = () => new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);

test("from outside every report answers what the command prints, for who may read it", async () => {
  const manager = await makeClient(endpoints, "manager");
  const { ctx } = manager;
  const owner = await inWorkspace(ctx.workspaceId, () =>
    ctx.db.member.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId } }),
  );
  await tellLeak(ctx, owner.id);
  const asOf = past();
  for (const report of analysisNames) {
    const path = `/reports/${report}?asOf=${asOf}`;
    const before = await (await manager.send("GET", path)).json();
    expect(before).toMatchObject({ report, run: { id: null } });
    const printed = await inWorkspace(ctx.workspaceId, () => makeAnalysis({ ...ctx, now: new Date() }, report, asOf));
    const answer = await (await manager.send("GET", path)).json();
    expect(canonicalJson(answer)).toBe(canonicalJson(printed));
    expect(answer.result).toEqual(before.result);
    for (const role of ["osc", "sales", "admin"] as const)
      expect([report, role, (await (await manager.as(role)).send("GET", path)).status]).toEqual([report, role, 403]);
    expect((await manager.send("GET", `/reports/${report}?asOf=2099-01-01`)).status).toBe(422);
    expect((await manager.send("GET", `/reports/${report}?asOf=soon`)).status).toBe(400);
  }
  expect(await (await manager.send("GET", "/reports/origins")).json()).toBeInstanceOf(Array);
  const told = await makeRun(ctx, "survival");
  const stays = `/runs/${told}/stays?template=home_builder&stage=new_lead&ended=dropped`;
  const { rows, total } = await (await manager.send("GET", stays)).json();
  expect([rows.length, total, rows[0].name !== null]).toEqual([50, 50, true]);
  const asked = `/runs/${await makeRun(ctx, "lapses")}/lapsed?measure=silent`;
  const silent = await (await manager.send("GET", asked)).json();
  expect(silent.rows).toHaveLength(Math.min(50, silent.total));
  const other = `/runs/${told}/lapsed?measure=silent`;
  for (const [path, status] of [
    [other, 404],
    [`${asked}&by=pair`, 404],
    [`${asked}&page=0`, 400],
  ] as const)
    expect([path, (await manager.send("GET", path)).status]).toEqual([path, status]);
  for (const path of [stays, asked]) expect((await (await manager.as("osc")).send("GET", path)).status).toBe(403);
});

test("from outside a leak is read, given an owner and mended, and an older version is a conflict", async () => {
  const manager = await makeClient(endpoints, "manager");
  const { ctx } = manager;
  const { id: memberId } = await inWorkspace(ctx.workspaceId, () =>
    ctx.db.member.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId } }),
  );
  await furnishOneLeak({ ...ctx, memberId });
  const { data } = await (await manager.send("GET", "/leaks")).json();
  const [{ id, version }] = data;
  expect(await (await manager.send("GET", `/leaks/${id}`)).json()).toMatchObject({ state: "confirmed", customers: [] });
  const edited = await manager.send("PATCH", `/leaks/${id}`, { body: { version, action: "Call the same day" } });
  expect(await edited.json()).toEqual({ version: version + 1 });
  const late = await manager.send("POST", `/leaks/${id}/move`, { body: { version, state: "being_fixed" } });
  expect(late.status).toBe(409);
  const moved = await manager.send("POST", `/leaks/${id}/move`, {
    body: { version: version + 1, state: "being_fixed" },
  });
  expect(moved.status).toBe(200);
  expect((await (await manager.as("osc")).send("GET", "/leaks")).status).toBe(403);
});
