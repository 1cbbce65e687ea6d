import { beforeAll, expect, test } from "vitest";
import { introduceHandoff } from "@/lib/handoffs/introduce";
import { listWaitingHandoffs } from "@/lib/handoffs/queries";
import { acceptHandoff, rejectHandoff } from "@/lib/handoffs/receive";
import { IntroduceHandoff, RejectHandoff } from "@/lib/handoffs/schema";
import { makeMember, type TestMember } from "../../support/factories";
import { HandoffTeam } from "../../support/handoffs";
import { later } from "../../support/owed";

let house: HandoffTeam;

beforeAll(async () => {
  house = await HandoffTeam.make();
});

const waiting = async (member: TestMember) => {
  const ctx = await house.team.as(member, later(120));
  return (await house.team.run(() => listWaitingHandoffs(ctx))).map(({ id, why }) => [id, why]);
};

test("each finds what waits for her: the receiver answers, the sender gets it back, the OSC watches and introduces", async () => {
  const { team, closer, second } = house;
  const proposed = await house.propose((await house.customer()).customerId);
  const back = await house.propose((await house.customer()).customerId, closer, later(5));
  const taken = await house.propose((await house.customer()).customerId, closer, later(10));
  const receiver = await team.as(team.designer, later(60));
  const reject = RejectHandoff.parse({ id: back, reason: "no_capacity", missingItems: ["timeline"] });
  await team.run(() => rejectHandoff(receiver, reject));
  await team.run(() => acceptHandoff(receiver, { id: taken }));
  expect(await waiting(team.designer)).toEqual([[proposed, "answer"]]);
  expect(await waiting(second)).toEqual([[proposed, "answer"]]);
  expect(await waiting(closer)).toEqual([[back, "return"]]);
  const osc = await waiting(team.osc);
  expect(osc).toHaveLength(3);
  expect(osc).toEqual(
    expect.arrayContaining([
      [proposed, "watch"],
      [back, "watch"],
      [taken, "introduce"],
    ]),
  );
  const ctx = await team.as(team.osc, later(90));
  await team.run(() => introduceHandoff(ctx, IntroduceHandoff.parse({ id: taken })));
  expect((await waiting(team.osc)).map(([id]) => id)).not.toContain(taken);
  const other = await makeMember(team.workspace, { name: "Mara Keller" });
  expect(await waiting(other)).toEqual([]);
  expect(await waiting(team.manager)).toEqual([]);
});
