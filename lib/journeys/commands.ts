import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { actorText } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { notify } from "../notifications/notify";
import { enqueue, record, transaction } from "../transaction";
import { updateRow } from "../update-row";
import { clockDwell, clockSilence } from "./clocks";
import { type JourneyKey, type LoadedJourney, type LoadedStage, loadJourney } from "./loaded";
import { expectedOf, type NewTouchpoint, planNext, replaceNext } from "./next";
import { closeOffTrack } from "./off-track";
import { planMove, type StageChange } from "./rules";
import type { JourneyKeyInput, MoveJourney, SetFields, SetNext, TakeBaton } from "./schema";

/** The journey a screen's input names: by its own id when given, else the customer's primary one. */
export function keyOf({ customerId, journeyId }: { customerId: string; journeyId?: string | undefined }): JourneyKey {
  return journeyId ? { journeyId } : { customerId };
}

/** Loads and locks the journey, and refuses when the caller saw an older version or it belongs to another customer. */
export async function loadForCommand(ctx: Context, input: JourneyKeyInput): Promise<LoadedJourney> {
  const loaded = await loadJourney(ctx, keyOf(input));
  const { journey } = loaded;
  if (journey.customerId !== input.customerId) throw new AppError("not_found", "journey");
  if (input.version !== undefined && input.version !== journey.version) {
    const { version, stageId, status, accountableId, nextDueAt } = journey;
    throw new AppError("conflict", "version", {
      current: { version, stageId, stageName: loaded.stage.name, status, accountableId, nextDueAt },
    });
  }
  return loaded;
}

/** Writes the journey row; the row is locked, so the version only moves on. */
export async function saveJourney(
  ctx: Context,
  { journey }: LoadedJourney,
  data: Prisma.JourneyUncheckedUpdateManyInput,
): Promise<void> {
  await updateRow(ctx, "journeys", journey.id, data);
}

/** Appends the immutable transition that reports count from (INV J5). */
export async function recordTransition(
  ctx: Context,
  { journey }: LoadedJourney,
  change: StageChange,
  reason?: string,
): Promise<void> {
  await ctx.db.$executeRaw`
    insert into stage_transitions (workspace_id, id, journey_id, seq, from_stage_id, to_stage_id, at, cause, status, actor, reason,
      spoke_at_exit_id, spoke_id, last_medium, last_route)
    select ${ctx.workspaceId}::uuid, ${newId()}::uuid, ${journey.id}::uuid,
      (select coalesce(max(seq), 0) + 1 from stage_transitions where workspace_id = ${ctx.workspaceId}::uuid and journey_id = ${journey.id}::uuid),
      ${journey.stageId}::uuid, ${change.stageId}::uuid, ${ctx.now}, ${change.cause}, ${change.status}, ${actorText(ctx)}, ${reason ?? null},
      ${journey.accountableSpokeId}::uuid, ${change.spokeId}::uuid, i.medium, i.route
    from (select 1) as one left join lateral (
      select medium, route from interactions
      where workspace_id = ${ctx.workspaceId}::uuid and customer_id = ${journey.customerId}::uuid and journey_id = ${journey.id}::uuid
      order by started_at desc, id desc limit 1) i on true`;
}

/** A stage of the workspace, or `not_found`. */
export async function getTargetStage(ctx: Context, stageId: string): Promise<LoadedStage> {
  const stage = await ctx.db.stage.findFirst({ where: { workspaceId: ctx.workspaceId, id: stageId } });
  if (!stage) throw new AppError("not_found", "stage");
  return stage as unknown as LoadedStage;
}

/** The spoke becomes accountable: remembered for what its people may see, and named as the receiver. */
async function enterSpoke(ctx: Context, { journey }: LoadedJourney, spokeId: string): Promise<void> {
  await ctx.db.journeySpoke.createMany({
    data: [{ workspaceId: ctx.workspaceId, journeyId: journey.id, spokeId, firstAt: ctx.now }],
    skipDuplicates: true,
  });
}

/** Who has proposed a handoff answers until it is accepted or taken back (INV H1). */
async function requireNoProposal({ db, workspaceId }: Context, journeyId: string): Promise<void> {
  const waiting = await db.handoff.findFirst({
    where: { workspaceId, journeyId, state: "proposed" },
    select: { id: true },
  });
  if (waiting) throw new AppError("refused", "handoff_waits");
}

/** Who answers for the journey in the new stage: the one named, else the same person within one spoke, else nobody yet. */
async function receiverOf(
  ctx: Context,
  loaded: LoadedJourney,
  spokeId: string,
  named: string | null | undefined,
): Promise<string | null> {
  if (named) {
    const member = await ctx.db.member.findFirst({
      where: { workspaceId: ctx.workspaceId, id: named, status: "active" },
      select: { id: true },
    });
    if (!member) throw new AppError("not_found", "member");
    return named;
  }
  if (spokeId === loaded.hubSpokeId) return loaded.journey.oscId;
  return spokeId === loaded.journey.accountableSpokeId ? loaded.journey.accountableId : null;
}

/** Carries a stage change out: transition, spoke, expected next touchpoint, clocks, and what goes off or on track with it. */
export async function enterStage(
  ctx: Context,
  loaded: LoadedJourney,
  stage: LoadedStage,
  change: StageChange,
  options: {
    reason?: string | undefined;
    accountableId?: string | null | undefined;
    fields?: Record<string, unknown>;
    need?: string | null;
    /** What is expected next instead of what the stage expects first. */
    next?: NewTouchpoint;
  } = {},
): Promise<void> {
  const { journey } = loaded;
  const from = { stageId: journey.stageId, status: journey.status, spokeId: journey.accountableSpokeId };
  await recordTransition(ctx, loaded, change, options.reason);
  const accountableId = await receiverOf(ctx, loaded, change.spokeId, options.accountableId);
  if (change.spokeId !== journey.accountableSpokeId) {
    await requireNoProposal(ctx, journey.id);
    await enterSpoke(ctx, loaded, change.spokeId);
  }
  await closeOffTrack(ctx, loaded, ["T2", "T3"], "recovered");
  const at = { journeyId: journey.id, customerId: journey.customerId, accountableId };
  const oldSpokeId = journey.accountableSpokeId;
  Object.assign(journey, {
    status: change.status,
    stageId: stage.id,
    accountableSpokeId: change.spokeId,
    accountableId,
  });
  loaded.stage = stage;
  const expected = options.next ?? expectedOf(ctx, at, stage, stage.touchpoints[0], loaded.calendar);
  const clock = await replaceNext(ctx, loaded, expected);
  clockDwell(ctx, journey.id, ctx.now, stage.dwellP80Days);
  clockSilence(ctx, journey.id, journey.lastTwoWayAt ?? ctx.now, stage.silenceDays);
  await saveJourney(ctx, loaded, {
    stageId: stage.id,
    status: change.status,
    accountableSpokeId: change.spokeId,
    accountableId,
    enteredStageAt: ctx.now,
    heldMinutes: 0,
    ...clock,
    ...(options.fields ? { fields: options.fields as Prisma.InputJsonObject } : {}),
    ...(options.need === undefined ? {} : { need: options.need }),
    ...(change.cause === "reopen" ? { lostReason: null, lostByCustomer: null } : {}),
  });
  // A deal that is open again begins with nobody's handoff of before.
  if (change.cause === "reopen" || (from.status === "won" && change.status !== "won"))
    enqueue(ctx, "handoff.cancel", { journeyId: journey.id, reopenedAt: ctx.now.toISOString() });
  if (oldSpokeId !== change.spokeId) {
    await notify(ctx, [journey.oscId, accountableId], "baton", journey.customerId, {
      customer: loaded.customerName,
      stage: stage.name,
    });
  }
  record(ctx, "journey.stage_changed", {
    subject: `journey:${journey.id}`,
    customerId: journey.customerId,
    journeyId: journey.id,
    detail: {
      from,
      to: { stageId: stage.id, status: change.status, spokeId: change.spokeId },
      cause: change.cause,
      reason: options.reason ?? null,
    },
    data: { cause: change.cause, stageId: stage.id, batonFrom: oldSpokeId, batonTo: change.spokeId },
  });
}

/**
 * Moves a journey to another stage of its template. The stage's spoke becomes accountable in the same transaction and the
 * expected next touchpoint starts. Throws `refused` with the rule's reason, `conflict` on a stale version.
 */
export async function moveJourney(ctx: Context, input: MoveJourney): Promise<{ journeyId: string; version: number }> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, input);
    const { journey } = loaded;
    const stage = await getTargetStage(ctx, input.toStageId);
    const fields = { ...journey.fields, ...input.fields };
    const need = input.need ?? journey.need;
    const change = enforce(planMove({ ...journey, fields, need }, loaded.stage, stage, input.reason));
    const version = journey.version;
    await enterStage(ctx, loaded, stage, change, {
      reason: input.reason,
      accountableId: input.accountableId,
      fields,
      need,
    });
    return { journeyId: journey.id, version: version + 1 };
  });
}

/** Sets what is expected next; exactly one stands at a time, the old one is superseded. */
export async function setNextTouchpoint(ctx: Context, input: SetNext): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, input);
    if (!["pre_lead", "active", "nurture", "won"].includes(loaded.journey.status))
      throw new AppError("refused", "journey_closed");
    const touchpoint = planNext(ctx, loaded, input.next);
    const clock = await replaceNext(ctx, loaded, touchpoint);
    await saveJourney(ctx, loaded, clock);
    if (!touchpoint) {
      record(ctx, "touchpoint.cancelled", {
        subject: `journey:${loaded.journey.id}`,
        customerId: loaded.journey.customerId,
        journeyId: loaded.journey.id,
      });
    }
  });
}

/** Fills the journey's own facts: required fields, need, value. */
export async function setJourneyFields(ctx: Context, input: SetFields): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, input);
    const { journey } = loaded;
    const fields = { ...journey.fields, ...input.fields };
    const valuePercentile = input.valueMinor == null ? undefined : await percentileOf(ctx, input.valueMinor);
    await saveJourney(ctx, loaded, {
      fields: fields as Prisma.InputJsonObject,
      ...(input.need === undefined ? {} : { need: input.need }),
      ...(input.valueMinor === undefined
        ? {}
        : { valueMinor: input.valueMinor, currency: input.currency ?? ctx.currency }),
      ...(valuePercentile === undefined ? {} : { valuePercentile }),
    });
    record(ctx, "journey.fields_changed", {
      subject: `journey:${journey.id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { before: { fields: journey.fields, need: journey.need, valueMinor: journey.valueMinor }, after: input },
    });
  });
}

/** Share of the open journeys' values that are at most this one, from a sample of 1,000 (0 to 1). */
async function percentileOf(ctx: Context, valueMinor: number): Promise<number> {
  const rows = await ctx.db.$queryRaw<{ share: number | null }[]>`
    select avg(case when value_minor <= ${valueMinor} then 1.0 else 0.0 end)::float as share from (
      select value_minor from journeys where workspace_id = ${ctx.workspaceId}::uuid and value_minor is not null and is_primary
      order by last_activity_at desc limit 1000) sample`;
  return rows[0]?.share ?? 0;
}

/** Names the person of the accountable spoke who holds the baton, or nobody yet. */
export async function takeBaton(ctx: Context, input: TakeBaton): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, input);
    const { journey } = loaded;
    if (input.memberId) {
      const member = await ctx.db.member.findFirst({
        where: { workspaceId: ctx.workspaceId, id: input.memberId, status: "active" },
        select: { spokeId: true },
      });
      if (!member) throw new AppError("not_found", "member");
      if (member.spokeId !== journey.accountableSpokeId) throw new AppError("refused", "other_spoke");
    }
    await saveJourney(ctx, loaded, { accountableId: input.memberId });
    if (loaded.next) {
      await ctx.db.touchpoint.updateMany({
        where: { workspaceId: ctx.workspaceId, id: loaded.next.id },
        data: { ownerId: input.memberId, version: { increment: 1 } },
      });
    }
    await notify(ctx, [input.memberId, journey.oscId], "baton", journey.customerId, {
      customer: loaded.customerName,
      stage: loaded.stage.name,
    });
    record(ctx, "journey.baton_taken", {
      subject: `journey:${journey.id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { before: journey.accountableId, after: input.memberId },
    });
  });
}
