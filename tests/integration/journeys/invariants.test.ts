import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { moveJourney, setNextTouchpoint } from "@/lib/journeys/commands";
import { completeJourney, loseJourney, reopenJourney } from "@/lib/journeys/endings";
import { reassignOsc } from "@/lib/journeys/osc";
import { holdJourney, resumeJourney } from "@/lib/journeys/pauses";
import { journeyTasks } from "@/lib/journeys/tasks";
import { lostReasons } from "@/lib/journeys/vocabulary";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer } from "../../support/story";

// Any sequence of what two OSCs, a manager and the worker do to one customer, on a clock that jumps, keeps J1 to J6.

let workspace: TestWorkspace;
let oscs: TestMember[];
let manager: Context;
let stageIds: string[];
const start = new Date("2026-03-02T09:00:00Z");
const run = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);

beforeAll(async () => {
  workspace = await makeWorkspace();
  oscs = [await makeMember(workspace, { name: "Dana One" }), await makeMember(workspace, { name: "Mara Two" })];
  manager = await contextOf(workspace, workspace.owner, start, ["manager"]);
  stageIds = await run(async () => {
    const template = await manager.db.journeyTemplate.findFirstOrThrow({
      where: { workspaceId: workspace.id, isDefault: true },
    });
    const stages = await manager.db.stage.findMany({
      where: { workspaceId: workspace.id, templateId: template.id },
      orderBy: { position: "asc" },
    });
    return stages.map(({ id }) => id);
  });
});

type Step = { minutes: number; by: number; isPair: boolean; does: Move };
type Move =
  | {
      kind: "log";
      direction: "inbound" | "outbound";
      isTwoWay: boolean;
      isAutomated: boolean;
      completes: boolean;
      next: "template" | "none" | "named" | undefined;
      repeat: boolean;
    }
  | { kind: "move"; by: number }
  | { kind: "hold"; days: number }
  | { kind: "resume" | "complete" | "reopen" }
  | { kind: "lose"; reason: number }
  | { kind: "next"; days: number }
  | { kind: "reassign" }
  | { kind: "fire"; task: number };

const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("log" as const),
      direction: fc.constantFrom("inbound" as const, "outbound" as const),
      isTwoWay: fc.boolean(),
      isAutomated: fc.boolean(),
      completes: fc.boolean(),
      next: fc.constantFrom("template" as const, "none" as const, "named" as const, undefined),
      repeat: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("move" as const), by: fc.constantFrom(1, 1, 1, 2, -1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("hold" as const), days: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("resume" as const, "complete" as const, "reopen" as const) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("lose" as const), reason: fc.nat(lostReasons.length - 1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("next" as const), days: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reassign" as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("fire" as const), task: fc.nat(4) }) },
);

const story = fc.array(
  fc.record({
    minutes: fc.oneof(fc.nat(60), fc.integer({ min: 600, max: 20_000 })),
    by: fc.nat(1),
    isPair: fc.boolean(),
    does: move,
  }),
  { minLength: 30, maxLength: 40 },
);

type Scene = { customerId: string; journeyId: string };

async function act(ctx: Context, scene: Scene, does: Move): Promise<void> {
  const { customerId, journeyId } = scene;
  const journey = await ctx.db.journey.findFirstOrThrow({ where: { workspaceId: workspace.id, id: journeyId } });
  const later = (days: number) => new Date(ctx.now.getTime() + days * 86_400_000);
  switch (does.kind) {
    case "log": {
      const next =
        does.next === "named" ? { name: "Call", due: { unit: "business_days" as const, amount: 2 } } : does.next;
      const { direction, isAutomated, completes, repeat } = does;
      const isTwoWay = does.isTwoWay && !isAutomated;
      await logInteraction(
        ctx,
        LogInteraction.parse({
          customerId,
          medium: "phone",
          direction,
          isAutomated,
          isTwoWay,
          completesNext: completes,
          next,
          hadToRepeat: repeat,
        }),
      );
      return;
    }
    case "move": {
      const to = stageIds[stageIds.indexOf(journey.stageId) + does.by];
      if (to)
        await moveJourney(ctx, {
          customerId,
          toStageId: to,
          reason: "as agreed",
          fields: { price_range: "600k", timing: "now" },
        });
      return;
    }
    case "hold":
      return holdJourney(ctx, { customerId, until: later(does.days) });
    case "resume":
      return resumeJourney(ctx, { customerId });
    case "complete":
      return completeJourney(ctx, { customerId });
    case "reopen":
      return reopenJourney(ctx, { customerId, reason: "back again" });
    case "lose":
      return loseJourney(ctx, { customerId, lostReason: lostReasons[does.reason] ?? "price", byCustomer: true });
    case "next":
      return setNextTouchpoint(ctx, { customerId, next: { name: "Visit", dueAt: later(does.days) } });
    case "reassign": {
      const other = oscs.find(({ memberId }) => memberId !== journey.oscId);
      if (other)
        await reassignOsc({ ...manager, now: ctx.now }, { customerId, memberId: other.memberId, reason: "leave" });
      return;
    }
    case "fire": {
      const names = [
        "touchpoint.overdue",
        "journey.dwelling",
        "journey.orphaned",
        "journey.silent",
        "journey.unanswered",
      ];
      const next = await ctx.db.touchpoint.findFirst({
        where: { workspaceId: workspace.id, journeyId, state: { in: ["planned", "due"] } },
      });
      const worker: Context = { ...ctx, actor: { kind: "system" }, memberId: null };
      await journeyTasks[names[does.task] ?? ""]?.(worker, { journeyId, touchpointId: next?.id });
    }
  }
}

async function attempt(ctx: Context, scene: Scene, does: Move): Promise<void> {
  try {
    await run(() => act(ctx, scene, does));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

async function check({ journeyId }: Scene, now: Date): Promise<void> {
  const where = { workspaceId: workspace.id, journeyId };
  const { db } = manager;
  const journey = await db.journey.findFirstOrThrow({ where: { workspaceId: workspace.id, id: journeyId } });
  const assignments = await db.oscAssignment.findMany({ where, orderBy: { fromAt: "asc" } });
  const touchpoints = await db.touchpoint.findMany({ where });
  const transitions = await db.stageTransition.findMany({ where, orderBy: { seq: "asc" } });
  const open = await db.offTrackEvent.findMany({ where: { ...where, state: { in: ["open", "playing"] } } });

  // J1: exactly one OSC, and the history covers the whole life without gap or overlap.
  expect(assignments.filter(({ toAt }) => toAt === null).map(({ memberId }) => memberId)).toEqual([journey.oscId]);
  assignments.slice(1).forEach((each, index) => {
    expect(each.fromAt).toEqual(assignments[index]?.toAt);
  });
  // J2: exactly one accountable spoke, the one the last transition named.
  expect(transitions.at(-1)?.spokeId).toBe(journey.accountableSpokeId);
  // J3: expected next is set, or the orphan timer runs (a job) or has fired.
  const expected = touchpoints.filter(({ state }) => state === "planned" || state === "due");
  if (["active", "won", "pre_lead", "nurture"].includes(journey.status) && expected.length === 0) {
    const jobs = await orphanJobs(journeyId);
    expect(jobs > 0 || open.some(({ trigger }) => trigger === "T3")).toBe(true);
  }
  // J4: at most one current, exactly one next, and the journey's copy of its clock is right.
  expect(expected.length).toBeLessThanOrEqual(1);
  expect(touchpoints.filter(({ state }) => state === "in_progress").length).toBeLessThanOrEqual(1);
  expect(journey.nextDueAt).toEqual(expected[0]?.dueAt ?? null);
  // J5: the stage is where the last transition led, and transitions follow each other without a gap.
  expect(transitions.at(-1)?.toStageId).toBe(journey.stageId);
  expect(transitions.map(({ seq }) => seq)).toEqual(transitions.map((_each, index) => index + 1));
  expect(transitions.at(-1)?.status).toBe(journey.status);
  // J6: only completing ends a won journey.
  if (journey.status === "completed") expect(transitions.at(-1)?.cause).toBe("complete");
  // Off track is what the open events say.
  expect(journey.offTrackSince !== null).toBe(open.length > 0);
  expect(new Set(open.map(({ trigger }) => trigger)).size).toBe(open.length);
  for (const { state, interactionId } of touchpoints) if (state === "completed") expect(interactionId).not.toBeNull();
  expect(journey.lastActivityAt.getTime()).toBeLessThanOrEqual(now.getTime());
}

async function orphanJobs(journeyId: string): Promise<number> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>(
      "select count(*)::int as n from graphile_worker.jobs where key = $1",
      [`${workspace.id}:T3:${journeyId}`],
    );
    return rows[0]?.n ?? 0;
  } finally {
    await client.end();
  }
}

test("whatever happens in whatever order, nobody falls out of the circle", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(story, async (steps: Step[]) => {
      let now = start;
      const owners = await Promise.all(oscs.map((osc) => contextOf(workspace, osc, now)));
      const scene = await makeCustomer(owners[0] as Context, oscs[0] as TestMember);
      for (const { minutes, by, isPair, does } of steps) {
        now = new Date(now.getTime() + minutes * 60_000);
        const first = { ...(owners[by] as Context), now };
        const second = { ...(owners[1 - by] as Context), now };
        await (isPair
          ? Promise.all([attempt(first, scene, does), attempt(second, scene, does)])
          : attempt(first, scene, does));
        await run(() => check(scene, now));
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
});

test("the counters equal a recount after all of that", async () => {
  const rows = await run(
    () => manager.db.$queryRaw<{ missed: number }[]>`
    select count(*)::int as missed from (
      select osc_id, stage_id, accountable_spoke_id, status, off_track_since is not null as is_off_track, count(*)::int as n
      from journeys where workspace_id = ${workspace.id}::uuid group by 1, 2, 3, 4, 5) r
    full join (select osc_id, stage_id, accountable_spoke_id, status, is_off_track, count as n from journey_counts
      where workspace_id = ${workspace.id}::uuid and count <> 0) c using (osc_id, stage_id, accountable_spoke_id, status, is_off_track)
    where r.n is distinct from c.n`,
  );
  expect(rows).toEqual([{ missed: 0 }]);
});
