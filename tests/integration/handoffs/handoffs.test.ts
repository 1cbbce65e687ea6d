import { beforeAll, describe, expect, test } from "vitest";
import { cancelHandoff, draftHandoff, fillPacketItem } from "@/lib/handoffs/commands";
import { proposeHandoff } from "@/lib/handoffs/propose";
import { getHandoff, getPacket, listHandoffs, standingHandoffOf } from "@/lib/handoffs/queries";
import { acceptHandoff, completeHandoff, rateHandoff, rejectHandoff } from "@/lib/handoffs/receive";
import { DraftHandoff, FillPacketItem, HandoffsInput, ProposeHandoff, RejectHandoff } from "@/lib/handoffs/schema";
import { handoffTasks } from "@/lib/handoffs/tasks";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { moveJourney } from "@/lib/journeys/commands";
import { loseJourney } from "@/lib/journeys/endings";
import { HandoffTeam } from "../../support/handoffs";
import { later, monday } from "../../support/owed";

let house: HandoffTeam;
let other: HandoffTeam;
const day = 24 * 60;

beforeAll(async () => {
  house = await HandoffTeam.make();
  other = await HandoffTeam.make();
});

const all = HandoffsInput.parse({});
const as = (who: "osc" | "designer" | "seller" | "manager", now = monday) => house.team.as(house.team[who], now);
const reject = (id: string, rest: object = {}) =>
  RejectHandoff.parse({ id, reason: "scope_mismatch", missingItems: ["scope"], ...rest });
const spoken = (customerId: string, rest: object = {}) =>
  LogInteraction.parse({ customerId, medium: "phone", direction: "outbound", isTwoWay: true, ...rest });

describe("a packet", () => {
  test("is there before any handoff, filled as the journey goes on, and says what is missing", async () => {
    const { customerId } = await house.customer();
    const osc = await as("osc");
    const read = async () => (await house.team.run(() => getPacket(osc, { customerId }))).packet;
    const before = await read();
    expect(before.missing).toEqual(["goals", "stakeholders", "scope", "promises"]);
    expect(before.items.find(({ key }) => key === "osc")).toMatchObject({ known: ["Dana Whitlock"], isPresent: true });
    expect(before.items.find(({ key }) => key === "scope")).toMatchObject({ stageName: "Contract", version: 0 });
    await house.team.run(() => fillPacketItem(osc, FillPacketItem.parse({ customerId, key: "goals", text: "By May" })));
    await house.team.run(() =>
      fillPacketItem(osc, FillPacketItem.parse({ customerId, key: "billing", isApplicable: false })),
    );
    const after = await read();
    expect(after.completeness).toBeGreaterThan(before.completeness);
    expect(after.items.find(({ key }) => key === "billing")?.isPresent).toBe(null);
    const stale = FillPacketItem.parse({ customerId, key: "goals", text: "By June", version: 0 });
    await expect(house.team.run(() => fillPacketItem(osc, stale))).rejects.toMatchObject({ code: "conflict" });
    const none = FillPacketItem.parse({ customerId, key: "goals", isApplicable: false });
    await expect(house.team.run(() => fillPacketItem(osc, none))).rejects.toMatchObject({ reason: "mandatory_item" });
  });

  test("closes the gate with a field per missing item, and carries the promises that were made", async () => {
    const { customerId } = await house.customer();
    const id = await house.draft(customerId);
    const ctx = await house.team.as(house.closer);
    const propose = () => house.team.run(() => proposeHandoff(ctx, ProposeHandoff.parse({ id })));
    await expect(propose()).rejects.toMatchObject({
      reason: "packet_incomplete",
      details: { fields: { "packet.goals": "required", "packet.promises": "required" } },
    });
    await house.fill(ctx, customerId);
    expect((await propose()).completeness).toBeGreaterThan(0.5);
    const found = await house.team.run(() => getHandoff(ctx, { id }));
    expect(found.packet.find(({ key }) => key === "promises")).toMatchObject({ known: ["Oak floor at no charge"] });
  });
});

describe("a handoff", () => {
  test("leaves the sender accountable until it is accepted, then moves the baton, and ends with the first talk", async () => {
    const { customerId } = await house.customer();
    const id = await house.propose(customerId);
    const { closer, team } = house;
    expect(await house.journey(customerId)).toMatchObject({
      accountableSpokeId: await team.spokeId("senior_sales"),
      accountableId: closer.memberId,
      oscId: team.osc.memberId,
    });
    expect((await house.handoff(id)).dueAccept).toEqual(later(day));
    const receiver = await as("designer", later(180));
    await team.run(() => acceptHandoff(receiver, { id }));
    const design = await team.spokeId("design");
    expect(await house.journey(customerId)).toMatchObject({
      accountableSpokeId: design,
      accountableId: team.designer.memberId,
      oscId: team.osc.memberId,
    });
    await team.run(async () => logInteraction(await as("osc", later(200)), spoken(customerId)));
    await team.run(async () =>
      logInteraction(await as("designer", later(210)), spoken(customerId, { isTwoWay: false })),
    );
    expect((await house.handoff(id)).state).toBe("accepted");
    const talk = await team.run(async () => logInteraction(await as("designer", later(220)), spoken(customerId)));
    expect(await house.handoff(id)).toMatchObject({ state: "completed", interactionId: talk.id });
    const own = await team.as(closer, later(230));
    await expect(team.run(() => rateHandoff(own, { id, rating: 5, hadToRepeat: false }))).rejects.toMatchObject({
      reason: "own_handoff",
    });
    const rated = await team.run(async () =>
      rateHandoff(await as("designer", later(240)), { id, rating: 4, hadToRepeat: false }),
    );
    const { completeness } = await house.handoff(id);
    expect(rated.quality).toBeCloseTo(0.4 * (completeness ?? 0) + 0.2 + 0.2 + 0.075 + 0.1, 10);
    const steps = ["proposed", "accepted", "completed", "rated"];
    expect((await team.happened(customerId)).filter((type) => type.startsWith("handoff."))).toEqual(
      ["drafted", ...steps].map((step) => `handoff.${step}`),
    );
    expect(await team.told(team.osc)).toEqual(expect.arrayContaining(steps.map((step) => `handoff_${step}`)));
  });

  test("that is rejected stays with the sender and goes off track; the second time the managers hear, and quality shows it", async () => {
    const { customerId } = await house.customer();
    const id = await house.propose(customerId);
    const { closer, team } = house;
    const toldBefore = (await team.told(team.manager)).length;
    await team.run(async () => rejectHandoff(await as("designer", later(60)), reject(id)));
    expect(await house.handoff(id)).toMatchObject({ state: "rejected", rejectReason: "scope_mismatch", rejections: 1 });
    expect((await house.journey(customerId)).accountableId).toBe(closer.memberId);
    expect(await team.offTrack(customerId)).toContain("T6");
    expect((await team.told(team.manager)).length).toBe(toldBefore);
    const again = async (at: number) =>
      team.run(async () => proposeHandoff(await team.as(closer, later(at)), ProposeHandoff.parse({ id })));
    await again(90);
    await team.run(async () => rejectHandoff(await as("designer", later(100)), reject(id, { reason: "no_capacity" })));
    expect(await team.told(team.manager)).toContain("handoff_rejected");
    await again(120);
    await team.run(async () => acceptHandoff(await as("designer", later(300)), { id }));
    expect(await team.offTrack(customerId)).not.toContain("T6");
    await team.run(async () => logInteraction(await as("designer", later(310)), spoken(customerId)));
    const receiver = await as("designer", later(320));
    const { quality } = await team.run(() => rateHandoff(receiver, { id, rating: 4, hadToRepeat: false }));
    const { completeness } = await house.handoff(id);
    expect(quality).toBeCloseTo(0.4 * (completeness ?? 0) + 0.2 + 0 + 0.075 + 0.1, 10);
  });

  test("that nobody answers runs out at its due time, climbs the ladder and leaves the baton where it is", async () => {
    const { customerId } = await house.customer();
    const id = await house.propose(customerId);
    const { team, closer } = house;
    const run = (level: number, minutes: number) =>
      team.run(async () => {
        const ctx = await team.worker(later(minutes));
        await handoffTasks["handoff.escalate"]?.(ctx, { handoffId: id, level, proposedAt: monday.toISOString() });
      });
    await run(1, day - 1);
    expect((await house.handoff(id)).state).toBe("proposed");
    await run(1, day);
    await run(1, day);
    await run(4, 3 * day);
    expect(await house.handoff(id)).toMatchObject({ state: "expired", escalation: 4 });
    expect((await house.journey(customerId)).accountableId).toBe(closer.memberId);
    expect(await team.offTrack(customerId)).toContain("T6");
    expect(await team.told(team.manager)).toContain("handoff_expired");
    expect((await team.happened(customerId)).filter((type) => type === "handoff.expired")).toHaveLength(1);
    const late = await as("designer", later(3 * day));
    await expect(team.run(() => acceptHandoff(late, { id }))).rejects.toMatchObject({ reason: "handoff_state" });
  });

  test("goes over within the stage where the template has no stage of the receiver next", async () => {
    const { team } = house;
    const { customerId } = await house.customer("appointment", team.seller);
    const id = await house.propose(customerId, team.seller);
    const { stageId } = await house.journey(customerId);
    await team.run(async () => acceptHandoff(await as("designer", later(60)), { id }));
    expect(await house.journey(customerId)).toMatchObject({ stageId, accountableId: team.designer.memberId });
  });

  test("keeps the journey from leaving to another department while it waits, in the command and in the database", async () => {
    const { team } = house;
    const { customerId, journeyId } = await house.customer();
    await house.propose(customerId);
    const ctx = await team.as(house.closer);
    const design = await team.run(() =>
      ctx.db.stage.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, key: "design" } }),
    );
    await expect(team.run(() => moveJourney(ctx, { customerId, toStageId: design.id }))).rejects.toMatchObject({
      reason: "handoff_waits",
    });
    const data = { accountableSpokeId: design.spokeId };
    await expect(
      team.run(() => ctx.db.journey.updateMany({ where: { workspaceId: ctx.workspaceId, id: journeyId }, data })),
    ).rejects.toThrow();
  });

  test("cannot be answered by the OSC, a manager or another department, nor proposed by them", async () => {
    const { team } = house;
    const { customerId } = await house.customer();
    const id = await house.propose(customerId);
    const accept = async (who: "osc" | "manager") => team.run(async () => acceptHandoff(await as(who), { id }));
    await expect(accept("osc")).rejects.toMatchObject({ code: "forbidden" });
    await expect(accept("manager")).rejects.toMatchObject({ reason: "receiver_only" });
    await expect(team.run(async () => acceptHandoff(await as("seller"), { id }))).rejects.toBeDefined();
    const sender = await team.as(house.closer);
    await expect(team.run(() => acceptHandoff(sender, { id }))).rejects.toMatchObject({ reason: "own_handoff" });
    const second = { customerId, toSpokeId: await team.spokeId("cs") };
    await expect(team.run(() => draftHandoff(sender, DraftHandoff.parse(second)))).rejects.toMatchObject({
      reason: "handoff_open",
    });
    const manager = await as("manager");
    await expect(team.run(() => cancelHandoff(manager, { id, reason: "" }))).rejects.toMatchObject({
      reason: "override_reason",
    });
    await team.run(() => cancelHandoff(manager, { id, reason: "They sign later" }));
    expect((await house.handoff(id)).state).toBe("cancelled");
  });

  test("is given up when the deal is lost", async () => {
    const { team } = house;
    const { customerId, journeyId } = await house.customer();
    const id = await house.propose(customerId);
    await team.run(async () => loseJourney(await as("osc"), { customerId, lostReason: "price", byCustomer: true }));
    await team.run(async () => handoffTasks["handoff.cancel"]?.(await team.worker(later(1)), { journeyId }));
    expect(await house.handoff(id)).toMatchObject({ state: "cancelled", cancelReason: "journey_closed" });
  });

  test("is completed only by the receiver's own first two-way contact", async () => {
    const { team } = house;
    const { customerId } = await house.customer();
    const id = await house.propose(customerId);
    const early = await team.run(async () =>
      logInteraction(await team.as(house.closer, later(10)), spoken(customerId)),
    );
    await team.run(async () => acceptHandoff(await as("designer", later(60)), { id }));
    const receiver = await as("designer", later(90));
    await expect(team.run(() => completeHandoff(receiver, { id, interactionId: early.id }))).rejects.toMatchObject({
      reason: "not_first_touch",
    });
    const data = { state: "completed", completedAt: later(90), interactionId: early.id };
    await expect(
      team.run(() => receiver.db.handoff.updateMany({ where: { workspaceId: receiver.workspaceId, id }, data })),
    ).rejects.toThrow();
  });
});

describe("who sees a handoff", () => {
  test("both departments and the OSC do; another department and another workspace do not", async () => {
    const { team } = house;
    const { customerId } = await house.customer();
    const id = await house.propose(customerId);
    const sees = async (ctx: Awaited<ReturnType<typeof as>>) => {
      const { data } = await team.run(() => listHandoffs(ctx, { ...all, customerId }));
      return data.map((row) => row.id);
    };
    expect(await sees(await as("designer"))).toEqual([id]);
    expect(await sees(await team.as(house.closer))).toEqual([id]);
    expect(await sees(await as("osc"))).toEqual([id]);
    expect(await team.run(async () => standingHandoffOf(await as("osc"), customerId))).toMatchObject({
      state: "proposed",
    });
    expect((await team.run(async () => getPacket(await as("designer"), { customerId }))).handoff?.may.answer).toBe(
      true,
    );
    const stranger = await other.team.as(other.team.designer);
    await expect(other.team.run(() => getHandoff(stranger, { id }))).rejects.toMatchObject({ code: "not_found" });
    await expect(other.team.run(() => acceptHandoff(stranger, { id }))).rejects.toMatchObject({ code: "not_found" });
  });

  test("the inbox of a department pages, newest first", async () => {
    const { team } = house;
    const ctx = await as("designer");
    const input = { ...all, show: "to_us" as const, limit: 2 };
    const first = await team.run(() => listHandoffs(ctx, input));
    const rest = await team.run(() => listHandoffs(ctx, { ...input, cursor: first.nextCursor ?? undefined }));
    expect(first.data).toHaveLength(2);
    expect(rest.data.map(({ id }) => id)).not.toContain(first.data[0]?.id);
    const given = await team.run(() => listHandoffs(ctx, { ...all, show: "from_us" }));
    expect(given.data).toEqual([]);
  });
});
