import { expect, test } from "vitest";
import { getConsistencyReport } from "@/lib/consistency/queries";
import { BoardInput } from "@/lib/consistency/schema";
import { getSilence } from "@/lib/consistency/silence";
import type { Context } from "@/lib/context";
import { newId } from "@/lib/identifiers";
import { Team } from "../../support/owed";
import { contactWith } from "../../support/voices";

const asked = new Date(Date.now() - 40 * 86_400_000);

type Asked = { medium: string; state: "answered" | "expired" | "sent"; n: number };

/** Invitations to speak of contacts in one medium, as many, answered or not. */
async function ask(team: Team, { medium, state, n }: Asked): Promise<void> {
  const { customerId } = await team.customer();
  const worker = await team.worker(asked);
  const expiresAt = new Date(state === "sent" ? Date.now() + 86_400_000 : asked.getTime() + 14 * 86_400_000);
  for (let place = 0; place < n; place += 1) {
    const interactionId = await contactWith(worker, { customerId, medium, agentId: team.osc.memberId });
    await team.run(
      () => worker.db.$executeRaw`
        insert into survey_invites (workspace_id, id, interaction_id, medium, type, language, state, probability, seed, created_at, sent_at, expires_at)
        values (${worker.workspaceId}::uuid, ${newId()}::uuid, ${interactionId}::uuid, ${medium}, 'follow-up', 'en', ${state}, 1, 1, ${asked}, ${asked}, ${expiresAt})`,
    );
  }
}

test("who answers by telephone and is silent by mail makes the figures speak for the telephone, and that is said", async () => {
  const team = await Team.make();
  const manager = await team.as(team.manager, new Date());
  const read = (input = {}) => team.run(() => getSilence(manager, { weeks: 26, ...input }));
  expect(await read()).toMatchObject({ answered: 0, silent: 0, isTold: false, coverage: { response: { rate: null } } });
  await ask(team, { medium: "phone", state: "answered", n: 15 });
  await ask(team, { medium: "email", state: "expired", n: 15 });
  const few = await read();
  expect(few).toMatchObject({ answered: 15, silent: 15, isTold: false });
  expect(few.sides.flatMap(({ groups }) => groups).some(({ isDifferent }) => isDifferent)).toBe(false);
  await ask(team, { medium: "phone", state: "answered", n: 10 });
  await ask(team, { medium: "email", state: "expired", n: 10 });
  await ask(team, { medium: "email", state: "sent", n: 5 });
  const many = await read();
  expect(many).toMatchObject({ answered: 25, silent: 25, isTold: true, coverage: { isLow: true } });
  const groups = (side: string) => many.sides.find((each) => each.side === side)?.groups;
  expect(groups("medium")).toMatchObject([
    { key: "email", answered: 0, silent: 25, difference: -1, isDifferent: true },
    { key: "phone", answered: 25, silent: 0, difference: 1, isDifferent: true },
  ]);
  expect(groups("type")).toMatchObject([{ key: "follow-up", answered: 25, silent: 25, isDifferent: false }]);
  expect(groups("outcome")).toMatchObject([{ key: "open", difference: 0, isDifferent: false }]);
  // Who manages a team sees those whom her team's contacts were about, on the board as here.
  const teamId = newId();
  await team.run(() =>
    manager.db.team.create({ data: { workspaceId: manager.workspaceId, id: teamId, name: "North" } }),
  );
  const coverage = async (ctx: Context) => {
    const input = BoardInput.parse({});
    const report = await team.run(() => getConsistencyReport(ctx, input));
    return report.coverage.response;
  };
  expect(await coverage(manager)).toMatchObject({ k: 25, n: 55 });
  expect(await coverage({ ...manager, teamId })).toMatchObject({ k: 0, n: 0 });
  const where = { workspaceId: manager.workspaceId, id: team.osc.memberId };
  await team.run(() => manager.db.member.updateMany({ where, data: { teamId } }));
  expect(await coverage({ ...manager, teamId })).toMatchObject({ k: 25, n: 55 });
  expect(await read({ type: "repair" })).toMatchObject({ answered: 0, silent: 0 });
  const seller = await team.as(team.seller, new Date());
  await expect(team.run(() => getSilence(seller, { weeks: 26 }))).rejects.toMatchObject({ code: "forbidden" });
});
