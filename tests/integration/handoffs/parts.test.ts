import { beforeAll, describe, expect, test } from "vitest";
import { cancelHandoff, draftHandoff } from "@/lib/handoffs/commands";
import { declineHandoff } from "@/lib/handoffs/decline";
import { introduceHandoff } from "@/lib/handoffs/introduce";
import { proposeHandoff } from "@/lib/handoffs/propose";
import { getHandoff, getPacket, listHandoffs } from "@/lib/handoffs/queries";
import { acceptHandoff, rateHandoff, rejectHandoff } from "@/lib/handoffs/receive";
import {
  CancelHandoff,
  DraftHandoff,
  HandoffsInput,
  IntroduceHandoff,
  ProposeHandoff,
  RejectHandoff,
} from "@/lib/handoffs/schema";
import { handoffTasks } from "@/lib/handoffs/tasks";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { moveJourney } from "@/lib/journeys/commands";
import { loseJourney, reopenJourney } from "@/lib/journeys/endings";
import { customerLink } from "@/lib/links/commands";
import { asCustomer } from "@/lib/links/context";
import { getContactPage } from "@/lib/links/queries";
import { makeMember, type TestMember } from "../../support/factories";
import { HandoffTeam } from "../../support/handoffs";
import { later } from "../../support/owed";

let house: HandoffTeam;
let builder: TestMember;
const run = <T>(work: () => Promise<T>) => house.team.run(work);

beforeAll(async () => {
  house = await HandoffTeam.make();
  builder = await makeMember(house.team.workspace, {
    name: "Pete Okafor",
    roles: ["implementation"],
    spoke: "implementation",
  });
});

const input = async (customerId: string, rest: object = {}) => {
  const [toSpokeId, alsoSpokeId] = [await house.team.spokeId("design"), await house.team.spokeId("implementation")];
  return DraftHandoff.parse({ customerId, toSpokeId, alsoTo: [{ toSpokeId: alsoSpokeId }], ...rest });
};

/** A handoff to design, which leads, and implementation, proposed; with the ids of the whole and of both parts. */
async function split() {
  const at = await house.customer();
  const sender = await house.team.as(house.closer);
  const drafted = await input(at.customerId);
  const { id } = await run(() => draftHandoff(sender, drafted));
  await house.fill(sender, at.customerId);
  await run(() => proposeHandoff(sender, ProposeHandoff.parse({ id })));
  const { parts } = await run(() => getHandoff(sender, { id }));
  return { ...at, sender, id, lead: parts[0]?.id ?? "", other: parts[1]?.id ?? "" };
}

const accept = async (id: string, by: TestMember, minutes = 30) => {
  const ctx = await house.team.as(by, later(minutes));
  return run(() => acceptHandoff(ctx, { id }));
};
const talk = async (customerId: string, by: TestMember, minutes: number) => {
  const ctx = await house.team.as(by, later(minutes));
  const call = LogInteraction.parse({ customerId, medium: "phone", direction: "outbound", isTwoWay: true });
  await run(() => logInteraction(ctx, call));
};

describe("a handoff to two departments", () => {
  test("is one with two parts: the baton goes to the lead once both accepted, and it is complete once both have spoken", async () => {
    const { customerId, id, lead, other, sender } = await split();
    const designer = house.team.designer;
    await expect(accept(id, designer)).rejects.toMatchObject({ reason: "answered_by_parts" });
    await accept(other, builder, 30);
    expect((await house.handoff(id)).state).toBe("proposed");
    expect((await house.journey(customerId)).accountableSpokeId).toBe(await house.team.spokeId("senior_sales"));
    await accept(lead, designer, 60);
    expect(await house.handoff(id)).toMatchObject({ state: "accepted", acceptedById: designer.memberId });
    expect(await house.journey(customerId)).toMatchObject({
      accountableSpokeId: await house.team.spokeId("design"),
      accountableId: designer.memberId,
      oscId: house.team.osc.memberId,
    });
    const osc = await house.team.as(house.team.osc, later(90));
    await run(() => introduceHandoff(osc, IntroduceHandoff.parse({ id })));
    const { address } = await run(() => customerLink(osc, { customerId }));
    const token = new URL(address).pathname.split("/").at(-1) ?? "";
    const { team } = await asCustomer(token, (ctx) => getContactPage(ctx, customerId), later(91));
    expect(team.map(({ name }) => name)).toEqual(["Noa Feldman", "Pete Okafor"]);
    await talk(customerId, designer, 100);
    expect([(await house.handoff(lead)).state, (await house.handoff(id)).state]).toEqual(["completed", "accepted"]);
    await talk(customerId, builder, 120);
    expect(await house.handoff(id)).toMatchObject({ state: "completed", completedAt: later(120) });
    const receiver = await house.team.as(designer, later(130));
    await run(() => rateHandoff(receiver, { id: lead, rating: 5, hadToRepeat: false }));
    await expect(run(() => rateHandoff(receiver, { id, rating: 5, hadToRepeat: false }))).rejects.toMatchObject({
      reason: "answered_by_parts",
    });
    const found = await run(() => getHandoff(sender, { id }));
    expect(found.parts.map(({ state }) => state)).toEqual(["rated", "completed"]);
  });

  test("comes back with the part that came back, and asks only that one again", async () => {
    const { id, lead, other, sender, customerId } = await split();
    await accept(lead, house.team.designer);
    const ctx = await house.team.as(builder, later(40));
    const back = RejectHandoff.parse({ id: other, reason: "no_capacity", missingItems: ["timeline"] });
    await run(() => rejectHandoff(ctx, back));
    expect(await house.handoff(id)).toMatchObject({
      ...{ state: "rejected", rejectReason: "no_capacity", rejections: 1, missingItems: ["timeline"] },
    });
    expect((await house.journey(customerId)).accountableId).toBe(house.closer.memberId);
    await expect(run(() => proposeHandoff(sender, ProposeHandoff.parse({ id: other })))).rejects.toMatchObject({
      reason: "part_of_whole",
    });
    await run(() => proposeHandoff({ ...sender, now: later(60) }, ProposeHandoff.parse({ id })));
    expect([(await house.handoff(lead)).state, (await house.handoff(other)).state]).toEqual(["accepted", "proposed"]);
    await accept(other, builder, 70);
    expect((await house.handoff(id)).state).toBe("accepted");
  });

  test("runs out with a part, is given up whole, and shows each side what is hers", async () => {
    const { id, lead, other, sender, customerId } = await split();
    const worker = await house.team.worker(later(2 * 24 * 60));
    const proposedAt = (await house.handoff(other)).proposedAt?.toISOString();
    await run(async () => handoffTasks["handoff.escalate"]?.(worker, { handoffId: other, level: 1, proposedAt }));
    expect([(await house.handoff(other)).state, (await house.handoff(id)).state]).toEqual(["expired", "expired"]);
    const receiver = await house.team.as(builder, later(10));
    const ours = await run(() => listHandoffs(receiver, HandoffsInput.parse({ show: "to_us", customerId })));
    expect(ours.data.map((row) => row.id)).toEqual([other]);
    const theirs = await run(() => listHandoffs(sender, HandoffsInput.parse({ show: "from_us", customerId })));
    expect(theirs.data.map((row) => row.id)).toEqual([id]);
    expect((await run(() => getPacket(receiver, { customerId }))).handoff?.id).toBe(other);
    expect((await run(() => getPacket(sender, { customerId }))).handoff?.id).toBe(id);
    const give = (wanted: string) =>
      run(() => cancelHandoff(sender, CancelHandoff.parse({ id: wanted, reason: "wrong" })));
    await expect(give(lead)).rejects.toMatchObject({ reason: "part_of_whole" });
    await give(id);
    for (const each of [id, lead, other]) expect((await house.handoff(each)).state).toBe("cancelled");
  });

  test("goes to each department once, and never to the sender's own", async () => {
    const { customerId } = await house.customer();
    const sender = await house.team.as(house.closer);
    const toSpokeId = await house.team.spokeId("design");
    const twice = await input(customerId, { alsoTo: [{ toSpokeId }] });
    await expect(run(() => draftHandoff(sender, twice))).rejects.toMatchObject({ reason: "same_receiver" });
    const own = await input(customerId, { alsoTo: [{ toSpokeId: await house.team.spokeId("senior_sales") }] });
    await expect(run(() => draftHandoff(sender, own))).rejects.toMatchObject({ reason: "same_spoke" });
  });
});

describe("what was accepted", () => {
  const taken = async () => {
    const at = await house.customer();
    const id = await house.propose(at.customerId);
    await accept(id, house.team.designer, 60);
    return { ...at, id };
  };

  test("goes back when the customer refuses whoever took her: stage, baton and page are the sender's again", async () => {
    const { customerId, id } = await taken();
    const osc = await house.team.as(house.team.osc, later(90));
    const reason = "She wants to go on with Ines";
    await run(() => declineHandoff(osc, CancelHandoff.parse({ id, reason })));
    expect(await house.handoff(id)).toMatchObject({ state: "cancelled", isDeclined: true, cancelReason: reason });
    expect(await house.journey(customerId)).toMatchObject({
      accountableSpokeId: await house.team.spokeId("senior_sales"),
      accountableId: house.closer.memberId,
      status: "active",
    });
    const { address } = await run(() => customerLink(osc, { customerId }));
    const token = new URL(address).pathname.split("/").at(-1) ?? "";
    const page = await asCustomer(token, (ctx) => getContactPage(ctx, customerId), later(91));
    expect([page.team, page.stations.find(({ isCurrent }) => isCurrent)?.key]).toEqual([[], "contract"]);
    // She may be handed over again, to somebody else.
    await house.draft(customerId);
  });

  test("stays after their first talk, and whoever has no part in it refuses nothing", async () => {
    const { customerId, id } = await taken();
    const stranger = await house.team.as(house.team.seller, later(80));
    const decline = CancelHandoff.parse({ id, reason: "no" });
    await expect(run(() => declineHandoff(stranger, decline))).rejects.toMatchObject({ code: "not_found" });
    const sender = await house.team.as(house.closer, later(80));
    await expect(run(() => cancelHandoff(sender, decline))).rejects.toMatchObject({ reason: "handoff_state" });
    await talk(customerId, house.team.designer, 90);
    await expect(run(() => declineHandoff(sender, decline))).rejects.toMatchObject({ reason: "handoff_state" });
  });

  test("is given up when the deal is lost, or was taken up again since", async () => {
    const { customerId, journeyId, id } = await taken();
    const manager = await house.team.as(house.team.manager, later(100));
    const cancel = async (payload: object) => {
      const worker = await house.team.worker(later(120));
      await run(async () => handoffTasks["handoff.cancel"]?.(worker, { journeyId, ...payload }));
    };
    await cancel({});
    expect((await house.handoff(id)).state).toBe("accepted");
    await run(() => loseJourney(manager, { customerId, lostReason: "price", byCustomer: true }));
    await cancel({});
    expect(await house.handoff(id)).toMatchObject({ state: "cancelled", cancelReason: "journey_closed" });
    await run(() => reopenJourney({ ...manager, now: later(110) }, { customerId, reason: "She called again" }));
    await cancel({ reopenedAt: later(110).toISOString() });
    expect(await house.journey(customerId)).toMatchObject({ status: "won", oscId: house.team.osc.memberId });
  });

  test("ends with a deal that was won and went back to an open stage", async () => {
    const { customerId, journeyId, id } = await taken();
    const manager = await house.team.as(house.team.manager, later(200));
    const stage = await run(() =>
      manager.db.stage.findFirstOrThrow({ where: { workspaceId: manager.workspaceId, key: "working" } }),
    );
    await run(() => moveJourney(manager, { customerId, toStageId: stage.id, reason: "The bank said no" }));
    const worker = await house.team.worker(later(210));
    const reopenedAt = later(200).toISOString();
    await run(async () => handoffTasks["handoff.cancel"]?.(worker, { journeyId, reopenedAt }));
    expect(await house.handoff(id)).toMatchObject({ state: "cancelled", cancelReason: "journey_reopened" });
  });
});
