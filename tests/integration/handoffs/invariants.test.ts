import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { cancelHandoff, draftHandoff, fillPacketItem } from "@/lib/handoffs/commands";
import { declineHandoff } from "@/lib/handoffs/decline";
import { introduceHandoff } from "@/lib/handoffs/introduce";
import { proposeHandoff } from "@/lib/handoffs/propose";
import { markReasked } from "@/lib/handoffs/reask";
import { acceptHandoff, rateHandoff, rejectHandoff } from "@/lib/handoffs/receive";
import {
  CancelHandoff,
  DraftHandoff,
  FillPacketItem,
  IntroduceHandoff,
  MarkReasked,
  ProposeHandoff,
  RejectHandoff,
} from "@/lib/handoffs/schema";
import { handoffTasks } from "@/lib/handoffs/tasks";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { moveJourney } from "@/lib/journeys/commands";
import { loseJourney, reopenJourney } from "@/lib/journeys/endings";
import { makePromise } from "@/lib/promises/commands";
import { makeMember, type TestMember } from "../../support/factories";
import { HandoffTeam } from "../../support/handoffs";
import { later } from "../../support/owed";

// Any sequence of what both departments, the OSC, a manager and the worker do with one journey keeps H1 to H4, and a whole with parts goes as far as all of them.

let house: HandoffTeam;
let people: Record<Who, TestMember>;
const who = ["closer", "designer", "second", "seller", "osc", "manager", "builder"] as const;
type Who = (typeof who)[number];
const does = [
  "fill",
  "promise",
  "draft",
  "propose",
  "accept",
  "reject",
  "log",
  "rate",
  "cancel",
  "move",
  "fire",
  "split",
  "introduce",
  "reask",
  "decline",
  "lose",
  "reopen",
] as const;
type Act = { does: (typeof does)[number]; by: Who; minutes: number; isTwoWay: boolean };
type Scene = { customerId: string; journeyId: string };

beforeAll(async () => {
  house = await HandoffTeam.make();
  const { closer, second, team } = house;
  const builder = await makeMember(team.workspace, {
    ...{ name: "Pete Okafor", roles: ["implementation"], spoke: "implementation" },
  });
  people = {
    builder,
    closer,
    second,
    designer: team.designer,
    seller: team.seller,
    osc: team.osc,
    manager: team.manager,
  };
});

/** What usually follows in a handoff, mixed with anything that anybody may try. */
const usual: readonly [Act["does"], Who][] = [
  ["propose", "closer"],
  ["propose", "closer"],
  ["accept", "designer"],
  ["reject", "second"],
  ["log", "designer"],
  ["log", "second"],
  ["rate", "designer"],
  ["fire", "osc"],
  ["accept", "builder"],
  ["log", "builder"],
  ["introduce", "osc"],
  ["reask", "designer"],
  ["cancel", "manager"],
  ["decline", "osc"],
  ["accept", "designer"],
  ["accept", "builder"],
  ["log", "designer"],
];
const doing = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...usual) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...does), fc.constantFrom(...who)) },
);
const act: fc.Arbitrary<Act> = fc
  .record({ doing, minutes: fc.constantFrom(5, 60, 600, 2_000), isTwoWay: fc.boolean() })
  .map(({ doing: [does, by], ...rest }) => ({ does, by, ...rest }));

/** Most stories begin with a packet that is complete and a handoff that is drafted, some to two departments. */
const story = fc.record({
  isSplit: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, fc.constant(true)),
  isProposed: fc.boolean(),
  isPrepared: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  acts: fc.array(act, { minLength: 8, maxLength: 16 }),
});

async function handoffsOf({ journeyId }: Scene) {
  const ctx = await house.team.worker(later(0));
  const where = { workspaceId: ctx.workspaceId, journeyId };
  return house.team.run(() => ctx.db.handoff.findMany({ where, orderBy: [{ draftedAt: "asc" }, { id: "asc" }] }));
}

/** Wholes and handoffs to one department. */
const wholesOf = async (scene: Scene) => (await handoffsOf(scene)).filter(({ parentId }) => parentId === null);

/** Prepares a handoff to design, and to implementation as well when it is split. */
async function prepare(ctx: Context, customerId: string, isSplit: boolean): Promise<void> {
  const spokes = await ctx.db.spoke.findMany({ where: { workspaceId: ctx.workspaceId } });
  const idOf = (key: string) => spokes.find((spoke) => spoke.key === key)?.id ?? "";
  const alsoTo = isSplit ? [{ toSpokeId: idOf("implementation") }] : [];
  const input = { customerId, toSpokeId: idOf("design"), alsoTo, reason: "as agreed" };
  await draftHandoff(ctx, DraftHandoff.parse(input));
}

async function perform(scene: Scene, { does, by, isTwoWay }: Act, minutes: number): Promise<void> {
  const { customerId } = scene;
  const { team } = house;
  const ctx = await team.as(people[by], later(minutes));
  const whole = (await wholesOf(scene)).at(-1);
  // Receivers answer the part of their department.
  const part = (await handoffsOf(scene)).find((each) => each.parentId === whole?.id && each.toSpokeId === ctx.spokeId);
  const isReceiving = ["accept", "reject", "rate", "reask"].includes(does);
  const handoff = (isReceiving || does === "fire" ? part : undefined) ?? whole;
  const id = handoff?.id ?? scene.journeyId;
  const reason = "as agreed";
  await team.run(async () => {
    switch (does) {
      case "fill":
        for (const key of ["goals", "stakeholders", "scope"] as const)
          await fillPacketItem(ctx, FillPacketItem.parse({ customerId, key, text: "Known." }));
        return;
      case "promise":
        return makePromise(ctx, { customerId, text: "Oak floor", dueAt: later(minutes + 90_000) });
      case "draft":
      case "split":
        return prepare(ctx, customerId, does === "split");
      case "propose":
        return proposeHandoff(ctx, ProposeHandoff.parse({ id, reason }));
      case "accept":
        return acceptHandoff(ctx, { id });
      case "reject":
        return rejectHandoff(ctx, RejectHandoff.parse({ id, reason: "incomplete_packet", missingItems: ["risks"] }));
      case "log":
        return logInteraction(
          ctx,
          LogInteraction.parse({ customerId, medium: "phone", direction: "outbound", isTwoWay }),
        );
      case "rate":
        return rateHandoff(ctx, { id, rating: 3, hadToRepeat: isTwoWay });
      case "cancel":
        return cancelHandoff(ctx, CancelHandoff.parse({ id, reason }));
      case "introduce":
        return introduceHandoff(ctx, IntroduceHandoff.parse({ id }));
      case "reask":
        return markReasked(ctx, MarkReasked.parse({ id, key: "goals" }));
      case "decline":
        return declineHandoff(ctx, CancelHandoff.parse({ id, reason }));
      case "lose":
        await loseJourney(ctx, { customerId, lostReason: "price", byCustomer: true });
        return handoffTasks["handoff.cancel"]?.(await team.worker(later(minutes)), { journeyId: scene.journeyId });
      case "reopen":
        return reopenJourney(ctx, { customerId, reason });
      case "move": {
        const stage = await ctx.db.stage.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, key: "design" } });
        return moveJourney(ctx, { customerId, toStageId: stage.id });
      }
      case "fire": {
        const proposedAt = handoff?.proposedAt?.toISOString();
        const worker = await team.worker(later(minutes));
        return handoffTasks["handoff.escalate"]?.(worker, { handoffId: id, level: 1, proposedAt });
      }
    }
  });
}

type Row = Awaited<ReturnType<typeof handoffsOf>>[number];

/** A whole goes as far as all of its parts: accepted with all of them, complete with all of them, given up with all of them. */
function checkParts(whole: Row, parts: readonly Row[]): void {
  expect(whole.isParent).toBe(parts.length > 0);
  if (!whole.isParent) return;
  const among = (...states: string[]) => parts.every(({ state }) => states.includes(state));
  if (whole.state === "accepted") expect(among("accepted", "completed", "rated")).toBe(true);
  if (whole.state === "completed") expect(among("completed", "rated")).toBe(true);
  else expect(whole.state === "cancelled" || !among("completed", "rated")).toBe(true);
  if (whole.state === "cancelled") expect(among("cancelled", "completed", "rated")).toBe(true);
  if (whole.state === "proposed") expect(parts.some(({ state }) => state === "proposed")).toBe(true);
}

type Standing = { state: string; spokeId: string; accountableId: string | null };

async function check(scene: Scene, before: Standing | null, done: Act): Promise<Standing> {
  const { team } = house;
  const ctx = await team.worker(later(0));
  const all = await handoffsOf(scene);
  const journey = await house.journey(scene.customerId);
  const wholes = all.filter(({ parentId }) => parentId === null);
  const last = wholes.at(-1);
  expect(
    wholes.filter(({ state }) => ["draft", "proposed", "rejected", "expired"].includes(state)).length,
  ).toBeLessThan(2);
  // H1: while it is proposed the sender's department answers, and only accepting passes the baton on from there.
  if (last?.state === "proposed") expect(journey.accountableSpokeId).toBe(last.fromSpokeId);
  if (before?.state === "proposed" && journey.accountableSpokeId !== before.spokeId) expect(done.does).toBe("accept");
  for (const each of all) {
    checkParts(
      each,
      all.filter(({ parentId }) => parentId === each.id),
    );
    if (each.introducedAt !== null) expect(each.acceptedAt && each.introducedAt >= each.acceptedAt).toBe(true);
    if (each.isDeclined) expect([each.state, each.cancelReason]).toEqual(["cancelled", "as agreed"]);
    if (each.state === "rejected")
      expect([each.rejectReason === null, each.missingItems.length > 0]).toEqual([false, true]);
    if (each.acceptedById !== null) expect(each.acceptedById).not.toBe(each.fromId);
    if (each.ratedById !== null) expect(each.ratedById).not.toBe(each.fromId);
    if (each.interactionId !== null && !each.isParent) {
      // H3: what completes it is the receiver's own two-way contact after she accepted.
      const where = { workspaceId: ctx.workspaceId, id: each.interactionId };
      const contact = await team.run(() => ctx.db.interaction.findFirstOrThrow({ where }));
      expect(contact).toMatchObject({ isTwoWay: true, spokeId: each.toSpokeId });
      expect(each.acceptedAt && contact.startedAt >= each.acceptedAt).toBe(true);
    }
    if (each.proposedAt !== null) {
      const mandatory = (each.packet as { isMandatory: boolean; isPresent: boolean | null }[]).filter(
        (item) => item.isMandatory,
      );
      expect(mandatory.map(({ isPresent }) => isPresent)).toEqual([true, true, true, true]);
    }
  }
  // H4: the OSC stays, and heard of every step that was not her own.
  expect(journey.oscId).toBe(team.osc.memberId);
  const happened = await team.run(() =>
    ctx.db.event.findMany({
      where: { workspaceId: ctx.workspaceId, customerId: scene.customerId, type: { startsWith: "handoff." } },
    }),
  );
  const steps = happened.filter(
    ({ type, actor }) => !/drafted|escalated|introduced/.test(type) && !actor.endsWith(team.osc.memberId),
  );
  const heard = await team.run(() =>
    ctx.db.notification.count({
      where: {
        workspaceId: ctx.workspaceId,
        memberId: team.osc.memberId,
        customerId: scene.customerId,
        kind: { startsWith: "handoff_" },
      },
    }),
  );
  expect(heard).toBe(steps.length);
  return { state: last?.state ?? "none", spokeId: journey.accountableSpokeId, accountableId: journey.accountableId };
}

test("whatever anybody does in whatever order, the handoff keeps its promises", { timeout: 60_000 }, async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(story, async ({ isPrepared, isProposed, isSplit, acts }) => {
      const scene = await house.customer();
      if (isPrepared) {
        const sender = await house.team.as(house.closer);
        await house.team.run(() => prepare(sender, scene.customerId, isSplit));
        await house.fill(sender, scene.customerId);
        if (isProposed) await perform(scene, { does: "propose", by: "closer", minutes: 0, isTwoWay: false }, 0);
      }
      let minutes = 1;
      let standing: Standing | null = null;
      for (const each of acts) {
        minutes += each.minutes;
        await perform(scene, each, minutes).catch((error: unknown) => {
          if (!(error instanceof AppError)) throw error;
        });
        standing = await check(scene, standing, each);
        seen.add(standing.state);
        if (isSplit) seen.add(`split ${standing.state}`);
      }
    }),
    { numRuns: 36, seed: 4 },
  );
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([
      "split accepted",
      "accepted",
      "cancelled",
      "completed",
      "draft",
      "expired",
      "proposed",
      "rejected",
    ]),
  );
});
