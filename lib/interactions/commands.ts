import { requirePermission } from "../auth/permissions";
import { addStaffedMinutes } from "../calendar/staffed-time";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { evaluationOnLog } from "../evaluations/on-log";
import { factsOnLog } from "../evaluations/rules";
import type { Prisma } from "../generated/prisma/client";
import { introduceOnContact, nextAfterIntroduction } from "../handoffs/introduction";
import { completeOnContact } from "../handoffs/receive";
import { isId, newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { clockOrphan, clockSilence, clockUnanswered } from "../journeys/clocks";
import { loadForCommand, saveJourney } from "../journeys/commands";
import type { LoadedJourney } from "../journeys/loaded";
import { clockOf, planNext } from "../journeys/next";
import { closeOffTrack, openOffTrack } from "../journeys/off-track";
import { isClocked } from "../journeys/rules";
import type { Trigger } from "../journeys/vocabulary";
import { notify } from "../notifications/notify";
import { openRecoveryCase } from "../recovery-cases/open";
import { clockSurvey } from "../responses/invite";
import { enqueue, record, transaction } from "../transaction";
import { type ContactEffect, clockSkew, planContact } from "./rules";
import type { EditInteraction, LogInteraction } from "./schema";

type Logged = { id: string; journeyId: string; touchpointId: string | null };

/** Whether something with a date is expected after this contact. */
function hasNextStep({ next }: LoadedJourney, input: LogInteraction, touchpoint: { dueAt?: unknown } | null): boolean {
  if (touchpoint) return touchpoint.dueAt != null;
  return input.next === undefined && !input.completesNext && next?.dueAt != null;
}

type Insert = {
  loaded: LoadedJourney;
  id: string;
  at: Date;
  /** The touchpoint that this contact completes. */
  done: string | null;
  /** The touchpoint that it plans. */
  next: { dueAt?: unknown } | null;
};

/**
 * Inserts the interaction, completes the touchpoint that it fulfilled, evaluates it by rule against the standard in force
 * and keeps what was observed of its moments, in one statement. Answers whether a critical criterion was missed.
 */
async function insertInteraction(
  ctx: Context,
  input: LogInteraction,
  { loaded, id, at, done, next }: Insert,
): Promise<boolean> {
  const { journey, stage } = loaded;
  const agentId =
    ctx.actor.kind === "customer" || (input.direction === "inbound" && !input.isTwoWay)
      ? (input.agentId ?? null)
      : (input.agentId ?? ctx.memberId);
  const { medium, type, observations = [] } = input;
  const facts = factsOnLog(input, hasNextStep(loaded, input, next));
  const [kept] = await ctx.db.$queryRaw<{ observed: number; failed: boolean }[]>`
    with logged as (
      insert into interactions (workspace_id, id, customer_id, journey_id, person_id, medium, route, type, direction, is_two_way, is_automated,
        agent_id, spoke_id, stage_id, touchpoint_id, started_at, ended_at, summary, moments, felt, answer_seconds, source_system, external_id)
      select ${ctx.workspaceId}::uuid, ${id}::uuid, ${journey.customerId}::uuid, ${journey.id}::uuid, ${input.personId ?? null}::uuid, ${medium},
        ${input.route ?? null}, ${type}, ${input.direction}, ${input.isTwoWay}, ${input.isAutomated}, ${agentId}::uuid,
        coalesce((select spoke_id from members where workspace_id = ${ctx.workspaceId}::uuid and id = ${agentId}::uuid), ${journey.accountableSpokeId}::uuid),
        ${stage.id}::uuid, ${done}::uuid, ${at}, ${input.endedAt ?? null}::timestamptz, ${input.summary}, ${input.moments}::text[], ${input.felt ?? null},
        ${input.answerSeconds ?? null}::int, ${input.sourceSystem ?? null}, ${input.externalId ?? null}),
    completed as (
      update touchpoints set state = 'completed', interaction_id = ${id}::uuid, outcome = ${input.outcome ?? null}, closed_at = ${at}, version = version + 1
      where workspace_id = ${ctx.workspaceId}::uuid and id = ${done}::uuid),
    ${evaluationOnLog(ctx, { id, medium, type, startedAt: at, facts, observations })}
    select count(*)::int as observed, (select is_failed from score) as failed from observed`;
  if (kept?.observed !== observations.length) throw new AppError("not_found", "moment");
  return kept.failed;
}

/** What becomes known later: whether an inbound was answered in time, by whichever comes first, the answer or the limit. */
function clockAnswer(
  ctx: Context,
  { journey }: LoadedJourney,
  input: LogInteraction,
  at: Insert,
  effect: ContactEffect,
) {
  if (effect.isAnswer && journey.unansweredSince)
    enqueue(ctx, "evaluation.answered", { journeyId: journey.id, since: journey.unansweredSince.toISOString() });
  if (effect.waitsSince && input.direction === "inbound" && !input.isTwoWay)
    enqueue(ctx, "evaluation.late", { interactionId: at.id });
}

/** Triggers that this contact puts right. */
function mended(effect: ContactEffect, input: LogInteraction, isDone: boolean, hasNext: boolean): Trigger[] {
  const mending: Trigger[] = [];
  if (effect.isAnswer) mending.push("T10");
  if (input.isTwoWay) mending.push("T4");
  if (isDone) mending.push("T1");
  if (hasNext) mending.push("T3");
  return mending;
}

/** What is expected after this contact, and how the journey's clock stands then. */
function planAfter(ctx: Context, loaded: LoadedJourney, input: LogInteraction) {
  const touchpoint = input.next === undefined ? null : planNext(ctx, loaded, input.next);
  const isReplaced = input.next !== undefined || input.completesNext;
  if (!isReplaced) {
    if (!loaded.next && isClocked(loaded.journey.status)) clockOrphan(ctx, loaded);
    return { touchpoint: null, clock: {} };
  }
  return { touchpoint, clock: clockOf(ctx, loaded, touchpoint) };
}

/** Writes what is expected now; what stood before and was not done is superseded. */
async function writeAfter(
  ctx: Context,
  { next: standing }: LoadedJourney,
  input: LogInteraction,
  touchpoint: ReturnType<typeof planNext>,
): Promise<void> {
  const { workspaceId } = ctx;
  if (standing && input.next !== undefined && !input.completesNext) {
    await ctx.db.touchpoint.updateMany({
      where: { workspaceId, id: standing.id },
      data: { state: "superseded", closedAt: ctx.now, version: { increment: 1 } },
    });
  }
  if (touchpoint) await ctx.db.touchpoint.create({ data: { ...touchpoint, workspaceId } });
}

function journeyAfter(ctx: Context, loaded: LoadedJourney, input: LogInteraction, effect: ContactEffect, at: Date) {
  const { journey, calendar, settings, stage } = loaded;
  const data: Prisma.JourneyUncheckedUpdateManyInput = {
    lastActivityAt: effect.lastActivityAt,
    lastTwoWayAt: effect.lastTwoWayAt,
  };
  if (effect.sentiment !== undefined) data.sentiment = effect.sentiment;
  if (effect.isFirstResponse)
    Object.assign(data, { firstResponseAt: at, firstResponseById: input.agentId ?? ctx.memberId });
  if (effect.waitsSince?.getTime() !== journey.unansweredSince?.getTime()) {
    const due = effect.waitsSince
      ? addStaffedMinutes(calendar, effect.waitsSince, settings.firstResponseMinutes)
      : null;
    Object.assign(data, { unansweredSince: effect.waitsSince, unansweredDueAt: due });
    if (due) clockUnanswered(ctx, journey.id, due);
  }
  if (input.isTwoWay) clockSilence(ctx, journey.id, at, stage.silenceDays);
  return data;
}

/** What a wrong clock sent may stand at a wrong time: a person looks at the customer's record once. */
async function flagSkew(ctx: Context, customerId: string): Promise<void> {
  await ctx.db.customer.updateMany({
    where: { workspaceId: ctx.workspaceId, id: customerId, flag: null },
    data: { flag: "clock_skew", updatedAt: ctx.now, version: { increment: 1 } },
  });
}

/** After an introduction follows what it displaced, unless whoever logs it says what comes next. */
async function goOn(ctx: Context, loaded: LoadedJourney, input: LogInteraction): Promise<LogInteraction> {
  if (!input.completesNext || (input.next !== undefined && input.next !== "none")) return input;
  const next = await nextAfterIntroduction(ctx, loaded);
  return next ? { ...input, next } : input;
}

/**
 * Logs one contact. It answers what waits, completes the expected next touchpoint when it was that contact, sets the
 * next one, and puts right the triggers it mends. Automated contacts stop no clock. The id may come from the screen:
 * the same id logged twice is a `conflict` `duplicate` and one row.
 */
export async function logInteraction(ctx: Context, asked: LogInteraction): Promise<Logged> {
  if (ctx.actor.kind !== "customer" && ctx.actor.kind !== "system") requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, asked);
    const input = await goOn(ctx, loaded, asked);
    const { journey } = loaded;
    const at = input.startedAt ?? ctx.now;
    const effect = enforce(planContact({ ...input, startedAt: at }, journey, ctx.now));
    if (input.completesNext && !loaded.next)
      throw new AppError("conflict", "touchpoint_done", { current: { next: null } });
    const expected = input.completesNext ? loaded.next : null;
    const done = expected?.id ?? null;
    const id = input.id ?? newId();
    const { touchpoint, clock } = planAfter(ctx, loaded, input);
    const insert = { loaded, id, at, done, next: touchpoint };
    clockAnswer(ctx, loaded, input, insert, effect);
    const [isFailed] = await Promise.all([
      insertInteraction(ctx, input, insert),
      saveJourney(ctx, loaded, { ...journeyAfter(ctx, loaded, input, effect, at), ...clock }),
    ]);
    await writeAfter(ctx, loaded, input, touchpoint);
    await closeOffTrack(ctx, loaded, mended(effect, input, done !== null, touchpoint !== null), "recovered");
    const { isAutomated, direction } = input;
    await introduceOnContact(ctx, loaded, expected, { id, at, isAutomated, direction });
    await completeOnContact(ctx, loaded, id, input);
    if (input.hadToRepeat) await openOffTrack(ctx, loaded, "T9", { interactionId: id });
    if (isFailed) await openRecoveryCase(ctx, { interactionId: id, origin: "rule", at }, loaded);
    if (input.direction === "inbound" && !input.isTwoWay) {
      await notify(ctx, [journey.oscId], "inbound", journey.customerId, { customer: loaded.customerName });
    }
    if (input.isTwoWay && !input.isAutomated && input.direction !== "internal")
      clockSurvey(ctx, id, { medium: input.medium, endedAt: input.endedAt ?? at });
    const skewMinutes = input.sentAt ? clockSkew(input.sentAt, ctx.now) : null;
    if (skewMinutes !== null) await flagSkew(ctx, journey.customerId);
    const of = { customerId: journey.customerId, journeyId: journey.id };
    record(ctx, "interaction.logged", {
      ...of,
      subject: `interaction:${id}`,
      detail: {
        medium: input.medium,
        direction: input.direction,
        isTwoWay: input.isTwoWay,
        isAutomated: input.isAutomated,
        completed: done,
        next: touchpoint?.id ?? null,
        ...(skewMinutes === null ? {} : { skewMinutes }),
        ...(effect.isFirstResponse && journey.firstResponseAt
          ? { corrected: { firstResponseAt: journey.firstResponseAt.toISOString() } }
          : {}),
      },
      data: { medium: input.medium, direction: input.direction },
    });
    return { id, journeyId: journey.id, touchpointId: touchpoint?.id ?? null };
  });
}

export type BulkInteraction = Omit<Prisma.InteractionCreateManyInput, "workspaceId">;

/** Inserts past contacts as they were, starting no clock; for imports, whose batch records what it did. */
export async function insertInteractions(ctx: Context, rows: readonly BulkInteraction[]): Promise<void> {
  await insertRows(
    ctx,
    "interactions",
    rows.map((row) => ({ ...row, workspaceId: ctx.workspaceId })),
  );
}

/** Corrects the words, type or moments of a logged contact; the audit row keeps what stood before. */
export async function editInteraction(
  ctx: Context,
  { id, version, ...changes }: EditInteraction,
): Promise<{ version: number }> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    if (!isId(id)) throw new AppError("not_found", "interaction");
    const before = await ctx.db.interaction.findFirst({ where: { workspaceId, id } });
    if (!before?.journeyId) throw new AppError("not_found", "interaction");
    const loaded = await loadForCommand(ctx, { customerId: before.customerId, journeyId: before.journeyId });
    const { count } = await ctx.db.interaction.updateMany({
      where: { workspaceId, id, version },
      data: { ...changes, version: { increment: 1 } },
    });
    if (count === 0) {
      const { summary, type, moments } = before;
      throw new AppError("conflict", "version", { current: { summary, type, moments, version: before.version } });
    }
    record(ctx, "interaction.edited", {
      subject: `interaction:${id}`,
      customerId: before.customerId,
      journeyId: loaded.journey.id,
      detail: { before: { summary: before.summary, type: before.type, moments: before.moments }, after: changes },
    });
    if (changes.type && changes.type !== before.type) enqueue(ctx, "evaluation.late", { interactionId: id });
    return { version: version + 1 };
  });
}
