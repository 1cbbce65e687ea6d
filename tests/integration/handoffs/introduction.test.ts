import { beforeAll, expect, test } from "vitest";
import { introduceHandoff } from "@/lib/handoffs/introduce";
import { proposeHandoff } from "@/lib/handoffs/propose";
import { getHandoff } from "@/lib/handoffs/queries";
import { acceptHandoff } from "@/lib/handoffs/receive";
import { IntroduceHandoff, ProposeHandoff } from "@/lib/handoffs/schema";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { setNextTouchpoint } from "@/lib/journeys/commands";
import { customerLink } from "@/lib/links/commands";
import { asCustomer } from "@/lib/links/context";
import { getContactPage } from "@/lib/links/queries";
import { getOverview } from "@/lib/reports/overview";
import { HandoffTeam } from "../../support/handoffs";
import { later } from "../../support/owed";

const day = 24 * 60;
let house: HandoffTeam;

beforeAll(async () => {
  house = await HandoffTeam.make();
});

const as = (who: "osc" | "designer" | "seller" | "manager", now = later(0)) => house.team.as(house.team[who], now);
const talk = (customerId: string, rest: object = {}) =>
  LogInteraction.parse({
    customerId,
    medium: "video",
    direction: "outbound",
    type: "handover",
    isTwoWay: true,
    ...rest,
  });

async function nextOf(journeyId: string) {
  const ctx = await as("manager");
  const where = { workspaceId: ctx.workspaceId, journeyId, state: { in: ["planned", "due"] } };
  return house.team.run(() => ctx.db.touchpoint.findFirst({ where }));
}

/** The customer's own page as it stands so many minutes later. */
async function pageOf(customerId: string, minutes: number) {
  const ctx = await as("osc", later(minutes));
  const { address } = await house.team.run(() => customerLink(ctx, { customerId }));
  const token = new URL(address).pathname.split("/").at(-1) ?? "";
  return asCustomer(token, (ctx) => getContactPage(ctx, customerId), later(minutes));
}

/** A handoff to design that was taken, an hour after the proposal. */
async function taken() {
  const at = await house.customer();
  const id = await house.propose(at.customerId);
  const ctx = await as("designer", later(60));
  await house.team.run(() => acceptHandoff(ctx, { id }));
  return { ...at, id };
}

test("accepting makes the three-way introduction the next touchpoint, the OSC's to do within a business day", async () => {
  const { journeyId, id } = await taken();
  const next = await nextOf(journeyId);
  expect(next).toMatchObject({ type: "handover", ownerId: house.team.osc.memberId, dueAt: later(60 + day) });
  expect(await house.handoff(id)).toMatchObject({
    introductionId: next?.id,
    introductionDue: next?.dueAt,
    introducedAt: null,
  });
});

test("her page names the receiver and her new place only once the introduction was logged, and the OSC always", async () => {
  const { customerId, journeyId, id } = await taken();
  const before = await pageOf(customerId, 61);
  expect(before.osc.name).toBe("Dana Whitlock");
  expect(before.team).toEqual([]);
  expect(before.stations.find(({ isCurrent }) => isCurrent)?.key).toBe("contract");
  expect(before.next).toMatchObject({ type: "handover", who: "Dana" });
  const osc = await as("osc", later(120));
  await house.team.run(() => logInteraction(osc, talk(customerId, { completesNext: true, next: "none" })));
  const after = await pageOf(customerId, 121);
  expect(after.osc.name).toBe("Dana Whitlock");
  expect(after.team).toEqual([{ name: "Noa Feldman", spoke: "Design", spokeHe: expect.any(String) }]);
  expect(after.stations.find(({ isCurrent }) => isCurrent)?.key).toBe("selections");
  expect(await house.handoff(id)).toMatchObject({ introducedAt: later(120), state: "accepted" });
  // What the stage expects goes on, and is the receiver's.
  expect(await nextOf(journeyId)).toMatchObject({ ownerId: house.team.designer.memberId, type: "design meeting" });
  expect(await house.team.happened(customerId)).toContain("handoff.introduced");
});

test("what the introduction displaced within a stage is expected again after it", async () => {
  const { customerId, journeyId } = await house.customer("working", house.team.seller);
  const sender = await as("seller");
  const dueAt = later(5 * day);
  await house.team.run(() =>
    setNextTouchpoint(sender, { customerId, next: { name: "Walk the lot", type: "appointment", dueAt } }),
  );
  const id = await house.draft(customerId, house.team.seller);
  await house.fill(sender, customerId);
  await house.team.run(() => proposeHandoff(sender, ProposeHandoff.parse({ id })));
  const receiver = await as("designer", later(30));
  await house.team.run(() => acceptHandoff(receiver, { id }));
  expect((await nextOf(journeyId))?.type).toBe("handover");
  const osc = await as("osc", later(90));
  const { version } = await house.team.run(() => introduceHandoff(osc, IntroduceHandoff.parse({ id })));
  expect(version).toBe((await house.handoff(id)).version);
  const after = { name: "Walk the lot", dueAt, ownerId: house.team.designer.memberId };
  expect(await nextOf(journeyId)).toMatchObject(after);
});

test("one that was logged otherwise is named; a note, an earlier contact, a stranger and a second time are refused", async () => {
  const { customerId, journeyId } = await house.customer();
  const osc = await as("osc", later(10));
  const early = await house.team.run(() => logInteraction(osc, talk(customerId)));
  const id = await house.propose(customerId, house.closer, later(20));
  const name = async (by: Parameters<typeof as>[0], rest: object = {}, minutes = 200) => {
    const ctx = await as(by, later(minutes));
    return house.team.run(() => introduceHandoff(ctx, IntroduceHandoff.parse({ id, ...rest })));
  };
  await expect(name("osc")).rejects.toMatchObject({ reason: "no_introduction" });
  const receiver = await as("designer", later(60));
  await house.team.run(() => acceptHandoff(receiver, { id }));
  await expect(name("osc", { interactionId: early.id })).rejects.toMatchObject({ reason: "not_introduction" });
  const note = await house.team.run(() =>
    logInteraction(receiver, talk(customerId, { direction: "internal", isTwoWay: false })),
  );
  await expect(name("osc", { interactionId: note.id })).rejects.toMatchObject({ reason: "not_introduction" });
  const sender = await house.team.as(house.closer, later(200));
  const bySender = house.team.run(() => introduceHandoff(sender, IntroduceHandoff.parse({ id })));
  await expect(bySender).rejects.toMatchObject({ code: "refused", reason: "introducer_only" });
  await expect(name("seller")).rejects.toMatchObject({ code: "not_found" });
  await expect(name("manager")).rejects.toMatchObject({ code: "forbidden" });
  expect((await house.team.run(() => getHandoff(osc, { id }))).may.introduce).toBe(true);
  const { id: interactionId } = await house.team.run(() =>
    logInteraction({ ...receiver, now: later(90) }, talk(customerId)),
  );
  expect((await house.handoff(id)).state).toBe("completed");
  await name("designer", { interactionId });
  expect(await house.handoff(id)).toMatchObject({ introducedAt: later(90), introducedWithId: interactionId });
  expect((await nextOf(journeyId))?.type).toBe("design meeting");
  await expect(name("osc")).rejects.toMatchObject({ reason: "already_introduced" });
  expect((await house.team.run(() => getHandoff(osc, { id }))).may.introduce).toBe(false);
});

test("the database lets nobody be introduced without a contact with the customer after the handoff was accepted", async () => {
  const { id } = await taken();
  const ctx = await house.team.worker(later(70));
  const forged = house.team.run(
    () =>
      ctx.db
        .$executeRaw`update handoffs set introduced_at = now() where workspace_id = ${ctx.workspaceId}::uuid and id = ${id}::uuid`,
  );
  await expect(forged).rejects.toThrow(/not an introduction/);
});

test("F05 counts the handoffs that the OSC introduced among those that were due: 17 of 20", {
  timeout: 60_000,
}, async () => {
  house = await HandoffTeam.make();
  const rows = await Promise.all(Array.from({ length: 20 }, () => taken()));
  for (const { id } of rows.slice(0, 17)) {
    const osc = await as("osc", later(120));
    await house.team.run(() => introduceHandoff(osc, IntroduceHandoff.parse({ id })));
  }
  const at = async (minutes: number) => {
    const manager = await as("manager", later(minutes));
    return (await house.team.run(() => getOverview(manager))).introductionsAll;
  };
  // An introduction that is not due yet is nobody's omission.
  expect(await at(180)).toMatchObject({ k: 17, n: 17 });
  expect(await at(2 * day)).toMatchObject({ k: 17, n: 20, rate: 0.85 });
});
