import { actorText, type Context } from "../context";
import { openStates } from "../handoffs/rules";
import { newId } from "../identifiers";
import { isOpen } from "../journeys/rules";
import type { ChangeLog } from "./change-log";
import type { MergeJourney } from "./merge-load";
import { isFurther, positionTriggers } from "./merge-rules";

/** What belongs to a journey and goes on with the one that survives; its own past stays with it. */
const carried = ["interactions", "relays", "promises", "tasks", "appointments", "customer_links"] as const;

const openTouchpoints = ["planned", "due", "in_progress"];

const later = (a: Date | null, b: Date | null): Date | null => (!a || !b ? (a ?? b) : a > b ? a : b);
const earlier = (a: Date | null, b: Date | null): Date | null => (!a || !b ? (a ?? b) : a < b ? a : b);

/** The transition by which a merge shows in every count: the journey ends as merged, or goes on from the other's place. */
async function insertTransition(
  ctx: Context,
  log: ChangeLog,
  from: MergeJourney,
  to: { stageId: string; status: string; spokeId: string },
): Promise<void> {
  const last = await ctx.db.stageTransition.aggregate({
    where: { workspaceId: ctx.workspaceId, journeyId: from.id },
    _max: { seq: true },
  });
  await log.insert("stage_transitions", {
    id: newId(),
    journey_id: from.id,
    seq: (last._max.seq ?? 0) + 1,
    from_stage_id: from.stageId,
    to_stage_id: to.stageId,
    at: ctx.now,
    recorded_at: ctx.now,
    cause: "merge",
    status: to.status,
    actor: actorText(ctx),
    spoke_at_exit_id: from.accountableSpokeId,
    spoke_id: to.spokeId,
  });
}

type Row = Record<string, unknown>;

/** Open touchpoints of a journey as complete rows. */
async function openRows(ctx: Context, journeyId: string): Promise<Row[]> {
  const rows = await ctx.db.$queryRaw<{ content: Row }[]>`
    select to_jsonb(t) as content from touchpoints t
    where t.workspace_id = ${ctx.workspaceId}::uuid and t.journey_id = ${journeyId}::uuid and t.state in ('planned', 'due', 'in_progress') order by t.id`;
  return rows.map(({ content }) => content);
}

/**
 * Gives the surviving journey what the other expected: all of it when the other's place is taken over, else only where
 * the survivor expects nothing. As new rows, so that the other's own can stand up again as they were.
 */
async function carryTouchpoints(
  ctx: Context,
  log: ChangeLog,
  survivor: MergeJourney,
  rows: Row[],
  isTakenOver: boolean,
): Promise<Row> {
  if (isTakenOver)
    await log.change(
      "touchpoints",
      { journey_id: survivor.id, state: openTouchpoints },
      { state: "superseded", closed_at: ctx.now },
    );
  const own = isTakenOver ? [] : await openRows(ctx, survivor.id);
  const isCurrent = (row: Row) => row.state === "in_progress";
  const clock: Row = isTakenOver ? { next_started_at: null, next_due_at: null } : {};
  for (const row of rows) {
    if (own.some((each) => isCurrent(each) === isCurrent(row))) continue;
    await log.insert("touchpoints", {
      ...row,
      id: newId(),
      journey_id: survivor.id,
      customer_id: survivor.customerId,
      version: 1,
    });
    if (!isCurrent(row)) Object.assign(clock, { next_started_at: row.started_at, next_due_at: row.due_at });
  }
  return clock;
}

/** Fields by which a journey stands where it stands. */
function placeOf(journey: MergeJourney): Row {
  return {
    template_id: journey.templateId,
    stage_id: journey.stageId,
    status: journey.status,
    accountable_spoke_id: journey.accountableSpokeId,
    accountable_id: journey.accountableId,
    entered_stage_at: journey.enteredStageAt,
    hold_until: journey.holdUntil,
    hold_started_at: journey.holdStartedAt,
    status_before_hold: journey.statusBeforeHold,
    held_minutes: journey.heldMinutes,
  };
}

async function moveEvents(
  ctx: Context,
  log: ChangeLog,
  survivor: MergeJourney,
  loser: MergeJourney,
  isTakenOver: boolean,
): Promise<void> {
  const { workspaceId } = ctx;
  const events = await ctx.db.offTrackEvent.findMany({
    where: { workspaceId, journeyId: { in: [survivor.id, loser.id] }, state: { in: ["open", "playing"] } },
    orderBy: { id: "asc" },
  });
  const ended = isTakenOver ? survivor.id : loser.id;
  const kept = events.filter(({ journeyId, trigger }) => journeyId !== ended || !positionTriggers.includes(trigger));
  const doubled = kept.filter(
    (event) =>
      event.journeyId === loser.id &&
      kept.some((other) => other.journeyId === survivor.id && other.trigger === event.trigger),
  );
  const closing = events.filter((event) => !kept.includes(event) || doubled.includes(event));
  for (const { id } of closing)
    await log.change("off_track_events", { id }, { state: "false_alarm", closed_at: ctx.now, closed_by: "merge" });
  const moving = kept.filter((event) => event.journeyId === loser.id && !doubled.includes(event));
  for (const { id } of moving) {
    await log.change("off_track_events", { id }, { journey_id: survivor.id });
    await log.change("recovery_steps", { event_id: id }, { journey_id: survivor.id });
  }
  const since = kept
    .filter((event) => !doubled.includes(event))
    .reduce<Date | null>((first, { openedAt }) => earlier(first, openedAt), null);
  const standing = survivor.offTrackSince && since ? survivor.offTrackSince : since;
  await log.change("journeys", { id: survivor.id }, { off_track_since: standing });
}

/** Everything the journey has becomes part of the surviving one, which goes on from wherever the two have come furthest. */
async function joinJourney(ctx: Context, log: ChangeLog, survivor: MergeJourney, loser: MergeJourney): Promise<void> {
  log.open(`join:${survivor.id}`);
  for (const table of carried) {
    await log.change(table, { customer_id: loser.customerId, journey_id: loser.id }, { journey_id: survivor.id });
  }
  // Neither journey stays what was offered: whoever answers now offers it anew.
  await log.change(
    "handoffs",
    { journey_id: [survivor.id, loser.id], state: [...openStates] },
    { state: "cancelled", cancelled_at: ctx.now, cancel_reason: "merged" },
  );
  const spokes = await ctx.db.journeySpoke.findMany({ where: { workspaceId: ctx.workspaceId, journeyId: loser.id } });
  for (const { spokeId, firstAt } of spokes)
    await log.insert("journey_spokes", { journey_id: survivor.id, spoke_id: spokeId, first_at: firstAt });
  await log.change(
    "journeys",
    { id: survivor.id },
    { last_activity_at: later(survivor.lastActivityAt, loser.lastActivityAt) },
  );
  if (loser.lastTwoWayAt && (!survivor.lastTwoWayAt || loser.lastTwoWayAt > survivor.lastTwoWayAt)) {
    await log.change(
      "journeys",
      { id: survivor.id },
      { last_two_way_at: loser.lastTwoWayAt, sentiment: loser.sentiment },
    );
  }
  const waiting = {
    unanswered_since: earlier(survivor.unansweredSince, loser.unansweredSince),
    unanswered_due_at: earlier(survivor.unansweredDueAt, loser.unansweredDueAt),
  };
  await log.change("journeys", { id: survivor.id }, waiting);
  if (survivor.need === null && loser.need !== null)
    await log.change("journeys", { id: survivor.id }, { need: loser.need });
  if (survivor.valueMinor === null && loser.valueMinor !== null) {
    await log.change(
      "journeys",
      { id: survivor.id },
      { value_minor: Number(loser.valueMinor), currency: loser.currency, value_percentile: loser.valuePercentile },
    );
  }
  const fields = { ...(loser.fields as object), ...(survivor.fields as object) };
  await log.change("journeys", { id: survivor.id }, { fields });
  await log.change("journeys", { id: survivor.id }, { version: survivor.version + 1 });
}

/** The journey ends as merged: no clock, no OSC of its own, its place counted as left by merging. */
async function endJourney(ctx: Context, log: ChangeLog, loser: MergeJourney, survivorId: string): Promise<void> {
  log.open(`end:${loser.id}`);
  await log.change(
    "touchpoints",
    { journey_id: loser.id, state: openTouchpoints },
    { state: "superseded", closed_at: ctx.now },
  );
  await insertTransition(ctx, log, loser, {
    stageId: loser.stageId,
    status: "merged",
    spokeId: loser.accountableSpokeId,
  });
  await closeAssignment(ctx, log, loser.id);
  await log.change(
    "journeys",
    { id: loser.id },
    {
      status: "merged",
      merged_into_id: survivorId,
      next_started_at: null,
      next_due_at: null,
      unanswered_since: null,
      unanswered_due_at: null,
      off_track_since: null,
      hold_until: null,
      hold_started_at: null,
      version: loser.version + 1,
    },
  );
}

async function closeAssignment(ctx: Context, log: ChangeLog, journeyId: string): Promise<Date> {
  const open = await ctx.db.oscAssignment.findFirst({ where: { workspaceId: ctx.workspaceId, journeyId, toAt: null } });
  const at = open && open.fromAt >= ctx.now ? new Date(open.fromAt.getTime() + 1) : ctx.now;
  if (open) await log.change("osc_assignments", { id: open.id }, { to_at: at });
  return at;
}

/**
 * Merges one open journey into another of the same need: one survives with what both expect, owe and wait for, the other
 * ends as `merged` (DOMAIN 11). Both rows are locked by the caller.
 */
export async function mergeJourney(
  ctx: Context,
  log: ChangeLog,
  survivor: MergeJourney,
  loser: MergeJourney,
): Promise<void> {
  const isTakenOver = isFurther(loser, survivor);
  const expected = await openRows(ctx, loser.id);
  await joinJourney(ctx, log, survivor, loser);
  await moveEvents(ctx, log, survivor, loser, isTakenOver);
  await endJourney(ctx, log, loser, survivor.id);
  log.open(`place:${survivor.id}`, true);
  const clock = await carryTouchpoints(ctx, log, survivor, expected, isTakenOver);
  if (isTakenOver)
    await insertTransition(ctx, log, survivor, {
      stageId: loser.stageId,
      status: loser.status,
      spokeId: loser.accountableSpokeId,
    });
  const place = { ...(isTakenOver ? placeOf(loser) : {}), ...clock };
  if (Object.keys(place).length > 0) await log.change("journeys", { id: survivor.id }, place);
}

/** Gives an open journey the OSC of the merged customer; the one before keeps her time in the history of assignments. */
export async function giveOsc(
  ctx: Context,
  log: ChangeLog,
  journey: MergeJourney,
  oscId: string,
  loserId: string,
): Promise<void> {
  if (!isOpen(journey.status) || journey.oscId === oscId) return;
  log.open(`osc:${journey.id}`, true);
  const at = await closeAssignment(ctx, log, journey.id);
  await log.insert("osc_assignments", {
    id: newId(),
    journey_id: journey.id,
    member_id: oscId,
    from_at: at,
    reason: "merge",
    detail: { before: journey.oscId, mergedCustomerId: loserId },
    actor: actorText(ctx),
    introduced_at: at,
  });
  await log.change("journeys", { id: journey.id }, { osc_id: oscId });
  await log.change("journeys", { id: journey.id, accountable_id: journey.oscId }, { accountable_id: oscId });
  await log.change(
    "touchpoints",
    { journey_id: journey.id, state: openTouchpoints, owner_id: journey.oscId },
    { owner_id: oscId },
  );
  await log.change(
    "recovery_steps",
    { customer_id: [journey.customerId, loserId], journey_id: journey.id, done_at: null, owner_id: journey.oscId },
    { owner_id: oscId },
  );
}
