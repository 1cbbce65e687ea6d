import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { logCsmHours, setCsmCapacity } from "@/lib/csm-hours/commands";
import { getBudgets } from "@/lib/csm-hours/queries";
import { LogCsmHours } from "@/lib/csm-hours/schema";
import { draftHandoff } from "@/lib/handoffs/commands";
import { proposeHandoff } from "@/lib/handoffs/propose";
import { getHandoff, getPacket, listHandoffs } from "@/lib/handoffs/queries";
import { acceptHandoff } from "@/lib/handoffs/receive";
import { chooseScenario } from "@/lib/handoffs/scenario";
import { ChooseScenario, DraftHandoff, HandoffsInput, ProposeHandoff } from "@/lib/handoffs/schema";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { deactivateMember } from "@/lib/members/leaving";
import { requestRun } from "@/lib/runs/commands";
import { RequestRun } from "@/lib/runs/schema";
import { performRun } from "@/lib/runs/tasks";
import { assignScenario } from "@/lib/scenario-lab/assign";
import { getLab } from "@/lib/scenario-lab/runs";
import { AssignScenario } from "@/lib/scenario-lab/schema";
import { draftPolicy, publishPolicy, savePolicy } from "@/lib/scenarios/commands";
import { getPolicy, requirePolicy } from "@/lib/scenarios/queries";
import type { Rule } from "@/lib/scenarios/schema";
import { makeMember, type TestMember } from "../../support/factories";
import { HandoffTeam } from "../../support/handoffs";
import { later } from "../../support/owed";

let house: HandoffTeam;
let cleo: TestMember;
let admin: Context;
let sender: Context;
const run = <T>(work: () => Promise<T>) => house.team.run(work);

async function begin() {
  house = await HandoffTeam.make();
  cleo = await makeMember(house.team.workspace, { name: "Cleo Sun", roles: ["cs"], spoke: "cs" });
  const ada = await makeMember(house.team.workspace, { name: "Ada Admin", roles: ["admin"] });
  admin = await house.team.as(ada);
  sender = await house.team.as(house.closer);
}

/** Complex and valuable deals get C and may become B alone; all others get A. */
const rules: Rule[] = [
  { conditions: [{ field: "complexity", is: "at_least", value: 0.7 }], scenario: "C", overrides: ["B"] },
  { conditions: [], scenario: "A" },
];

async function publish() {
  await run(async () => {
    const { id } = await draftPolicy(admin);
    const { weights, companyStage, version } = await requirePolicy(admin, id);
    const content = { weights, companyStage, rules, hoursB: 4, hoursC: 11, freeHours: null };
    await publishPolicy(admin, await savePolicy(admin, { id, version, ...content }));
  });
}

/** A customer about to leave sales, of a deal of that complexity; null is not known. */
async function deal(complexity: number | null) {
  const made = await house.customer();
  if (complexity !== null)
    await run(() =>
      admin.db.journey.updateMany({
        where: { workspaceId: admin.workspaceId, id: made.journeyId },
        data: { fields: { complexity } },
      }),
    );
  return made;
}

async function draft(customerId: string, rest: object = {}): Promise<string> {
  const toSpokeId = await house.team.spokeId("cs");
  return (await run(() => draftHandoff(sender, DraftHandoff.parse({ customerId, toSpokeId, ...rest })))).id;
}

describe("the scenario of a handoff", () => {
  beforeAll(begin);

  test("is what a person says before there is a policy, or nothing, and only from sales to customer success", async () => {
    const { customerId } = await deal(0.9);
    const id = await draft(customerId);
    expect(await house.handoff(id)).toMatchObject({ scenario: null, policyAnswer: null, type: "sales_to_cs" });
    await run(() => chooseScenario(sender, ChooseScenario.parse({ id, scenario: "B" })));
    expect(await house.handoff(id)).toMatchObject({ scenario: "B", policyAnswer: null, overrideReason: null });
    const other = await house.customer();
    const toSpokeId = await house.team.spokeId("design");
    const wrong = DraftHandoff.parse({ customerId: other.customerId, toSpokeId, scenario: "C" });
    await expect(run(() => draftHandoff(sender, wrong))).rejects.toMatchObject({ reason: "scenario_not_here" });
  });

  test("is the policy's with its version, another with a reason where the rule allows it", async () => {
    await publish();
    const { customerId } = await deal(0.8);
    const { policy } = await run(() => getPacket(sender, { customerId }));
    expect(policy).toEqual({ number: 1, given: null, answer: "C", missing: [], allowed: ["B"] });
    const refused = (rest: object) => draft(customerId, rest);
    await expect(refused({ scenario: "A", overrideReason: "cheaper" })).rejects.toMatchObject({
      reason: "override_not_allowed",
      details: { fields: { scenario: "override_not_allowed" } },
    });
    await expect(refused({ scenario: "B" })).rejects.toMatchObject({
      reason: "scenario_reason",
      details: { fields: { overrideReason: "required" } },
    });
    const id = await draft(customerId);
    const byPolicy = { scenario: "C", policyAnswer: "C", policyNumber: 1, overrideReason: null };
    expect(await house.handoff(id)).toMatchObject(byPolicy);
    const choose = (scenario: string | null, overrideReason = "") =>
      run(() => chooseScenario(sender, ChooseScenario.parse({ id, scenario, overrideReason })));
    await choose("B", "They asked for an expert in the closing");
    expect(await run(() => getHandoff(sender, { id }))).toMatchObject({
      ...{ scenario: "B", policyAnswer: "C", policyNumber: 1 },
      overrideReason: "They asked for an expert in the closing",
      may: { chooseScenario: true },
    });
    const { use } = await run(() => getPolicy(sender));
    expect(use).toEqual([
      { scenario: "A", handoffs: 0, overridden: 0 },
      { scenario: "B", handoffs: 2, overridden: 1 },
      { scenario: "C", handoffs: 0, overridden: 0 },
    ]);
    const asked = HandoffsInput.parse({ scenario: "B" });
    expect((await run(() => listHandoffs(sender, asked))).data).toHaveLength(2);
    await choose(null);
    expect(await house.handoff(id)).toMatchObject(byPolicy);
    await house.fill(sender, customerId);
    await run(() => proposeHandoff(sender, ProposeHandoff.parse({ id })));
    await expect(choose("B", "too late")).rejects.toMatchObject({ reason: "handoff_state" });
    expect(await house.team.happened(customerId)).toContain("handoff.scenario_chosen");
  });

  test("is open to a person where the policy does not know the deal, and never stands against it unexplained", async () => {
    const { customerId } = await deal(null);
    const { policy } = await run(() => getPacket(sender, { customerId }));
    expect(policy).toMatchObject({ answer: null, missing: ["complexity"] });
    const id = await draft(customerId, { scenario: "A" });
    expect(await house.handoff(id)).toMatchObject({ scenario: "A", policyAnswer: null, policyNumber: 1 });
    const forged = run(
      () =>
        admin.db
          .$executeRaw`update handoffs set policy_answer = 'C' where workspace_id = ${admin.workspaceId}::uuid and id = ${id}::uuid`,
    );
    await expect(forged).rejects.toThrow(/handoffs_override_check/);
    const receiver = await house.team.as(cleo);
    const choose = ChooseScenario.parse({ id, scenario: "B" });
    await expect(run(() => chooseScenario(receiver, choose))).rejects.toMatchObject({ reason: "sender_only" });
  });
});

describe("what a deal was given at its decision stage", () => {
  beforeAll(async () => {
    await begin();
    await publish();
  });

  test("is what its handoff follows, before the policy; whoever crosses over says why, and the lab counts it where it was", async () => {
    const manager = await house.team.as(house.team.manager);
    const give = (journeyId: string) =>
      run(() => assignScenario(manager, AssignScenario.parse({ journeyId, scenario: "A", reason: "No hours in May" })));
    const kept = await deal(0.8);
    const crossed = await deal(0.8);
    await give(kept.journeyId);
    await give(crossed.journeyId);
    const { policy } = await run(() => getPacket(sender, { customerId: kept.customerId }));
    expect(policy).toEqual({ number: 1, given: "A", answer: "C", missing: [], allowed: ["B"] });
    const first = await draft(kept.customerId);
    expect(await house.handoff(first)).toMatchObject({
      ...{ scenario: "A", given: "A", policyAnswer: "C", overrideReason: null },
    });
    await expect(draft(crossed.customerId, { scenario: "C" })).rejects.toMatchObject({ reason: "scenario_reason" });
    const second = await draft(crossed.customerId, { scenario: "C", overrideReason: "They need it set up first" });
    expect(await house.handoff(second)).toMatchObject({
      ...{ scenario: "C", given: "A", policyAnswer: "C", overrideReason: "They need it set up first" },
    });
    const forged = run(
      () =>
        admin.db
          .$executeRaw`update handoffs set given = 'B' where workspace_id = ${admin.workspaceId}::uuid and id = ${second}::uuid`,
    );
    await expect(forged).rejects.toThrow(/handoffs_given_fkey|handoffs_override_check/);
    const receiver = await house.team.as(cleo, later(60));
    for (const [id, { customerId }] of [
      [first, kept],
      [second, crossed],
    ] as const) {
      await house.fill(sender, customerId);
      await run(() => proposeHandoff(sender, ProposeHandoff.parse({ id })));
      await run(() => acceptHandoff(receiver, { id }));
    }
    const after = { ...(await house.team.as(house.team.manager)), now: new Date() };
    await run(async () => {
      const { id } = await requestRun(after, RequestRun.parse({ kind: "handoff-lab" }));
      await performRun(after, id);
    });
    const { report } = await run(() => getLab(after, { weeks: 0 }));
    expect(report?.outcomes.map(({ assigned, handedOver, crossed }) => [assigned, handedOver, crossed])).toEqual([
      [2, 2, 1],
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });
});

describe("the receiver's hours", () => {
  beforeAll(async () => {
    await begin();
    await publish();
  });

  test("too few are warned of; it goes there and is taken only with a reason that stays with it", async () => {
    const manager = await house.team.as(house.team.manager);
    await run(() => setCsmCapacity(manager, { memberId: cleo.memberId, minutesWeek: 600 }));
    const { customerId, journeyId } = await deal(0.8);
    const spent = LogCsmHours.parse({ journeyId, memberId: cleo.memberId, minutes: 1_400, spentOn: "2026-03-01" });
    await run(() => logCsmHours(manager, spent));
    const id = await draft(customerId, { toId: cleo.memberId });
    // 40 hours less 23 h 20 leave 16 h 40: enough for the 11 of C.
    expect((await run(() => getHandoff(sender, { id }))).shortage).toEqual({
      free: 1_000,
      needed: 660,
      isShort: false,
    });
    const more = { ...spent, spentOn: "2026-03-02", minutes: 400 };
    await run(() => logCsmHours(manager, more));
    expect((await run(() => getHandoff(sender, { id }))).shortage).toEqual({ free: 600, needed: 660, isShort: true });
    await house.fill(sender, customerId);
    const propose = (rest: object = {}) => run(() => proposeHandoff(sender, ProposeHandoff.parse({ id, ...rest })));
    await expect(propose()).rejects.toMatchObject({
      reason: "no_free_hours",
      details: { fields: { capacityReason: "required" }, current: { free: 600, needed: 660 } },
    });
    await propose({ capacityReason: "She knows the family" });
    const receiver = await house.team.as(cleo, later(60));
    await expect(run(() => acceptHandoff(receiver, { id }))).rejects.toMatchObject({ reason: "no_free_hours" });
    await run(() => acceptHandoff(receiver, { id, capacityReason: "I move two calls" }));
    expect(await house.handoff(id)).toMatchObject({ state: "accepted", capacityReason: "I move two calls" });
  });

  test("are not asked for where nobody said what they are, or another department receives", async () => {
    const { customerId } = await house.customer();
    const id = await house.propose(customerId);
    expect((await run(() => getHandoff(sender, { id }))).shortage).toBe(null);
    const manager = await house.team.as(house.team.manager);
    await run(() => setCsmCapacity(manager, { memberId: cleo.memberId, minutesWeek: null }));
    const made = await deal(0.8);
    const unknown = await draft(made.customerId);
    expect((await run(() => getHandoff(sender, { id: unknown }))).shortage).toBe(null);
  });

  test("are held by what was proposed to her or taken by her until the first talk, and by what nobody is named for", async () => {
    const manager = await house.team.as(house.team.manager);
    await run(() => setCsmCapacity(manager, { memberId: cleo.memberId, minutesWeek: 1_000 }));
    const budget = async () => {
      const { members, unassigned, team } = await run(() => getBudgets(manager));
      const hers = members.find(({ memberId }) => memberId === cleo.memberId);
      return [hers?.reserved, hers?.free, unassigned, team.free];
    };
    // 4000 minutes less the 1800 that were used.
    expect(await budget()).toEqual([0, 2_200, 0, 2_200]);
    const propose = async (rest: object) => {
      const { customerId, journeyId } = await deal(0.8);
      const id = await draft(customerId, rest);
      await house.fill(sender, customerId);
      await run(() => proposeHandoff(sender, ProposeHandoff.parse({ id })));
      return { id, journeyId, customerId };
    };
    const hers = await propose({ toId: cleo.memberId });
    const nobodys = await propose({ scenario: "B", overrideReason: "They asked for an expert" });
    expect(await budget()).toEqual([660, 1_540, 240, 1_300]);
    // What a handoff holds itself is not against it.
    expect((await run(() => getHandoff(sender, { id: hers.id }))).shortage).toMatchObject({ free: 2_200, needed: 660 });
    const receiver = await house.team.as(cleo, later(60));
    await run(() => acceptHandoff(receiver, { id: nobodys.id }));
    expect(await budget()).toEqual([900, 1_300, 0, 1_300]);
    const spent = { journeyId: hers.journeyId, memberId: cleo.memberId, minutes: 60, spentOn: "2026-03-02" };
    await run(() => logCsmHours(manager, LogCsmHours.parse(spent)));
    expect(await budget()).toEqual([840, 1_300, 0, 1_300]);
    const now = await house.team.as(cleo, later(120));
    const contact = { customerId: nobodys.customerId, medium: "phone", direction: "outbound", isTwoWay: true };
    await run(() => logInteraction(now, LogInteraction.parse(contact)));
    expect((await house.handoff(nobodys.id)).state).toBe("completed");
    expect(await budget()).toEqual([600, 1_540, 0, 1_540]);
  });

  test("of somebody who left are nobody's: she is refused, and what waits for her goes to the department", async () => {
    const lea = await makeMember(house.team.workspace, { name: "Lea Gone", roles: ["cs"], spoke: "cs" });
    const { customerId } = await deal(0.1);
    const id = await draft(customerId, { toId: lea.memberId });
    await house.fill(sender, customerId);
    await run(() => proposeHandoff(sender, ProposeHandoff.parse({ id })));
    const { version } = await run(() =>
      admin.db.member.findFirstOrThrow({ where: { workspaceId: admin.workspaceId, id: lea.memberId } }),
    );
    await run(() => deactivateMember(admin, { memberId: lea.memberId, version }));
    expect(await house.handoff(id)).toMatchObject({ state: "proposed", toId: null });
    const other = await deal(0.1);
    await expect(draft(other.customerId, { toId: lea.memberId })).rejects.toMatchObject({
      reason: "receiver_gone",
      details: { fields: { toId: "receiver_gone" } },
    });
    const receiver = await house.team.as(cleo, later(10));
    await run(() => acceptHandoff(receiver, { id }));
    expect((await house.handoff(id)).acceptedById).toBe(cleo.memberId);
  });
});
