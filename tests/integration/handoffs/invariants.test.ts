import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { cancelHandoff, draftHandoff, fillPacketItem, proposeHandoff } from "@/lib/handoffs/commands";
import { acceptHandoff, rateHandoff, rejectHandoff } from "@/lib/handoffs/receive";
import { CancelHandoff, DraftHandoff, FillPacketItem, ProposeHandoff, RejectHandoff } from "@/lib/handoffs/schema";
import { handoffTasks } from "@/lib/handoffs/tasks";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { moveJourney } from "@/lib/journeys/commands";
import { makePromise } from "@/lib/promises/commands";
import type { TestMember } from "../../support/factories";
import { HandoffTeam } from "../../support/handoffs";
import { later } from "../../support/owed";

// Any sequence of what both departments, the OSC, a manager and the worker do with one journey keeps H1 to H4.

let house: HandoffTeam;
let people: Record<Who, TestMember>;
const who = ["closer", "designer", "second", "seller", "osc", "manager"] as const;
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
] as const;
type Act = { does: (typeof does)[number]; by: Who; minutes: number; isTwoWay: boolean };
type Scene = { customerId: string; journeyId: string };

beforeAll(async () => {
  house = await HandoffTeam.make();
  const { closer, second, team } = house;
  people = { closer, second, designer: team.designer, seller: team.seller, osc: team.osc, manager: team.manager };
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
];
const doing = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...usual) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...does), fc.constantFrom(...who)) },
);
const act: fc.Arbitrary<Act> = fc
  .record({ doing, minutes: fc.constantFrom(5, 60, 600, 2_000), isTwoWay: fc.boolean() })
  .map(({ doing: [does, by], ...rest }) => ({ does, by, ...rest }));

/** Most stories begin with a packet that is complete and a handoff that is drafted. */
const story = fc.record({
  isPrepared: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  acts: fc.array(act, { minLength: 8, maxLength: 16 }),
});

async function handoffsOf({ journeyId }: Scene) {
  const ctx = await house.team.worker(later(0));
  const where = { workspaceId: ctx.workspaceId, journeyId };
  return house.team.run(() => ctx.db.handoff.findMany({ where, orderBy: [{ draftedAt: "asc" }, { id: "asc" }] }));
}

async function perform(scene: Scene, { does, by, isTwoWay }: Act, minutes: number): Promise<void> {
  const { customerId } = scene;
  const { team } = house;
  const ctx = await team.as(people[by], later(minutes));
  const handoff = (await handoffsOf(scene)).at(-1);
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
      case "draft": {
        const toSpokeId = (
          await ctx.db.spoke.findFirstOrThrow({ where: { workspaceId: ctx.workspaceId, key: "design" } })
        ).id;
        return draftHandoff(ctx, DraftHandoff.parse({ customerId, toSpokeId, reason }));
      }
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

type Standing = { state: string; spokeId: string; accountableId: string | null };

async function check(scene: Scene, before: Standing | null, done: Act): Promise<Standing> {
  const { team } = house;
  const ctx = await team.worker(later(0));
  const all = await handoffsOf(scene);
  const journey = await house.journey(scene.customerId);
  const last = all.at(-1);
  expect(all.filter(({ state }) => ["draft", "proposed", "rejected", "expired"].includes(state)).length).toBeLessThan(
    2,
  );
  // H1: while it is proposed the sender's department answers, and only accepting passes the baton on from there.
  if (last?.state === "proposed") expect(journey.accountableSpokeId).toBe(last.fromSpokeId);
  if (before?.state === "proposed" && journey.accountableSpokeId !== before.spokeId) expect(done.does).toBe("accept");
  for (const each of all) {
    if (each.state === "rejected")
      expect([each.rejectReason === null, each.missingItems.length > 0]).toEqual([false, true]);
    if (each.acceptedById !== null) expect(each.acceptedById).not.toBe(each.fromId);
    if (each.ratedById !== null) expect(each.ratedById).not.toBe(each.fromId);
    if (each.interactionId !== null) {
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
  const steps = (await team.happened(scene.customerId)).filter((type) => /^handoff\.(?!drafted|escalated)/.test(type));
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
    fc.asyncProperty(story, async ({ isPrepared, acts }) => {
      const scene = await house.customer();
      if (isPrepared) {
        await house.draft(scene.customerId);
        await house.fill(await house.team.as(house.closer), scene.customerId);
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
      }
    }),
    { numRuns: 36, seed: 4 },
  );
  expect([...seen].sort()).toEqual(
    expect.arrayContaining(["accepted", "cancelled", "completed", "draft", "expired", "proposed", "rejected"]),
  );
});
