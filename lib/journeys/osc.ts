import { requirePermission } from "../auth/permissions";
import { addBusinessDays } from "../calendar/due";
import { actorText, type Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { notify } from "../notifications/notify";
import { enqueue, record, transaction } from "../transaction";
import { loadForCommand, saveJourney } from "./commands";
import { type LoadedJourney, loadJourney } from "./loaded";
import type { ReassignOsc } from "./schema";

/** What changing the OSC moved with it, as undo needs it. */
export type OscMove = {
  oscId: string;
  accountableId: string | null;
  assignmentId: string;
  previousId: string | null;
  taskId: string;
  stepIds: string[];
  touchpointIds: string[];
  relayIds: string[];
  promiseIds: string[];
  /** Missing in moves that were written down before there were recovery cases. */
  caseIds?: string[];
};

/**
 * Gives one journey another OSC (DOMAIN A3): the assignment closes and the next opens at the same instant, an introduction is
 * due one business day later, open recovery steps, relays and promises of the old OSC follow. The customer's page names the new
 * one only after the introduction.
 */
async function changeOsc(
  ctx: Context,
  loaded: LoadedJourney,
  memberId: string,
  reason: string,
  isTold = true,
): Promise<OscMove> {
  const { workspaceId } = ctx;
  const { journey, calendar } = loaded;
  const before = journey.oscId;
  const open = await ctx.db.oscAssignment.findFirst({ where: { workspaceId, journeyId: journey.id, toAt: null } });
  // An assignment cannot end before it began, however the clocks of two writers differ.
  const at = open && open.fromAt >= ctx.now ? new Date(open.fromAt.getTime() + 1) : ctx.now;
  await ctx.db.oscAssignment.updateMany({
    where: { workspaceId, journeyId: journey.id, toAt: null },
    data: { toAt: at },
  });
  const introductionDue = addBusinessDays(calendar, ctx.now, 1);
  const assignmentId = newId();
  await ctx.db.oscAssignment.create({
    data: {
      workspaceId,
      id: assignmentId,
      journeyId: journey.id,
      memberId,
      fromAt: at,
      reason: "reassigned",
      detail: { reason },
      actor: actorText(ctx),
    },
  });
  const isHub = journey.accountableSpokeId === loaded.hubSpokeId;
  const taskId = newId();
  const accountableId = journey.accountableId;
  await saveJourney(ctx, loaded, { oscId: memberId, ...(isHub ? { accountableId: memberId } : {}) });
  await ctx.db.task.create({
    data: {
      workspaceId,
      id: taskId,
      customerId: journey.customerId,
      journeyId: journey.id,
      title: "introduce",
      kind: "introduction",
      ownerId: memberId,
      spokeId: loaded.hubSpokeId,
      dueAt: introductionDue,
      createdById: ctx.memberId,
    },
  });
  const owned = await passOn(ctx, journey.id, before, memberId);
  journey.oscId = memberId;
  if (isTold)
    await notify(ctx, [memberId, before], "osc_changed", journey.customerId, { customer: loaded.customerName });
  record(ctx, "osc.reassigned", {
    subject: `journey:${journey.id}`,
    customerId: journey.customerId,
    journeyId: journey.id,
    detail: { before, after: memberId, reason },
    data: { oscId: memberId },
  });
  return {
    oscId: before,
    accountableId,
    assignmentId,
    previousId: open?.id ?? null,
    taskId,
    ...owned,
  };
}

/** Open recovery steps and cases, touchpoints, relays and promises of the old OSC become the new one's; answers which. */
async function passOn(ctx: Context, journeyId: string, before: string, memberId: string) {
  const { workspaceId } = ctx;
  const mine = { workspaceId, journeyId, ownerId: before };
  const select = { id: true };
  const steps = await ctx.db.recoveryStep.updateManyAndReturn({
    where: { ...mine, doneAt: null },
    data: { ownerId: memberId },
    select,
  });
  const touchpoints = await ctx.db.touchpoint.updateManyAndReturn({
    where: { ...mine, state: { in: ["planned", "due", "in_progress"] } },
    data: { ownerId: memberId, version: { increment: 1 } },
    select,
  });
  const relays = await ctx.db.relay.updateManyAndReturn({
    where: { workspaceId, journeyId, fromId: before, state: { in: ["sent", "acked"] } },
    data: { fromId: memberId },
    select,
  });
  const promises = await ctx.db.customerPromise.updateManyAndReturn({
    where: { workspaceId, journeyId, byId: before, state: "open" },
    data: { byId: memberId, version: { increment: 1 } },
    select,
  });
  const cases = await ctx.db.$queryRaw<{ id: string }[]>`
    update recovery_cases c set owner_id = ${memberId}::uuid, version = c.version + 1 from interactions i
    where c.workspace_id = ${workspaceId}::uuid and c.owner_id = ${before}::uuid and c.closed_at is null
      and i.workspace_id = ${workspaceId}::uuid and i.id = c.interaction_id and i.journey_id = ${journeyId}::uuid returning c.id`;
  await ctx.db.recoveryCaseStep.updateMany({
    where: { workspaceId, caseId: { in: cases.map(({ id }) => id) }, ownerId: before, doneAt: null },
    data: { ownerId: memberId },
  });
  const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
  return {
    stepIds: idsOf(steps),
    touchpointIds: idsOf(touchpoints),
    relayIds: idsOf(relays),
    promiseIds: idsOf(promises),
    caseIds: idsOf(cases),
  };
}

/** Throws unless that member works here and may be somebody's OSC: `not_found`, or `refused` `not_an_osc`. */
export async function requireOsc(ctx: Context, memberId: string): Promise<void> {
  const member = await ctx.db.member.findFirst({
    where: { workspaceId: ctx.workspaceId, id: memberId, status: "active" },
    select: { roles: true },
  });
  if (!member) throw new AppError("not_found", "member");
  const settings = await ctx.db.workspaceSettings.findFirst({
    where: { workspaceId: ctx.workspaceId },
    select: { coverageLeadId: true },
  });
  if (!member.roles.includes("osc") && settings?.coverageLeadId !== memberId)
    throw new AppError("refused", "not_an_osc");
}

/** Whether these roles may only ask for another OSC. */
export function mayOnlyAskForOsc(roles: Context["roles"]): boolean {
  return !roles.some((role) => role === "manager" || role === "admin" || role === "owner");
}

/** Reassigns the OSC of one journey. An OSC may only ask for it: her request is told to the managers. */
export async function reassignOsc(ctx: Context, input: ReassignOsc): Promise<{ requested: boolean }> {
  return { requested: (await reassignOscAndSay(ctx, input)) === null };
}

/**
 * As `reassignOsc`; answers what moved with it, or null when it was only asked for. With `isTold` false nobody is told of
 * the one journey: whoever changes many tells once.
 */
export async function reassignOscAndSay(ctx: Context, input: ReassignOsc, isTold = true): Promise<OscMove | null> {
  requirePermission(ctx, "osc.reassign");
  const isRequest = mayOnlyAskForOsc(ctx.roles);
  return transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, input);
    const { journey } = loaded;
    await requireOsc(ctx, input.memberId);
    if (journey.oscId === input.memberId) throw new AppError("refused", "same_osc");
    if (!isRequest) return changeOsc(ctx, loaded, input.memberId, input.reason, isTold);
    const managers = await ctx.db.member.findMany({
      where: { workspaceId: ctx.workspaceId, status: "active", roles: { has: "manager" } },
      select: { id: true },
    });
    await notify(
      ctx,
      managers.map(({ id }) => id),
      "osc_request",
      journey.customerId,
      { customer: loaded.customerName, reason: input.reason },
    );
    record(ctx, "osc.reassignment_requested", {
      subject: `journey:${journey.id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { to: input.memberId, reason: input.reason },
    });
    return null;
  });
}

const batch = 200;

/**
 * Moves every open journey of a leaving OSC to a successor, 200 at a time inside the caller's transaction, the rest as jobs.
 * Returns how many moved at once.
 */
export async function reassignAllOf(
  ctx: Context,
  memberId: string,
  toMemberId: string,
  reason = "left",
): Promise<number> {
  return transaction(ctx, async (ctx) => {
    const rows = await ctx.db.journey.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        oscId: memberId,
        status: { in: ["pre_lead", "active", "nurture", "on_hold", "won"] },
      },
      select: { id: true },
      take: batch + 1,
    });
    const system: Context = { ...ctx, actor: { kind: "system" } };
    for (const { id } of rows.slice(0, batch))
      await changeOsc(system, await loadJourney(system, { journeyId: id }), toMemberId, reason);
    if (rows.length > batch)
      enqueue(ctx, "osc.reassign_rest", { memberId, toMemberId, reason }, { key: `reassign:${memberId}` });
    return Math.min(rows.length, batch);
  });
}

/** The introduction was made: from now on the customer's page names the new OSC. */
export async function markIntroduced(
  ctx: Context,
  input: { customerId: string; journeyId?: string | undefined },
): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, input);
    const { journey } = loaded;
    const { count } = await ctx.db.oscAssignment.updateMany({
      where: { workspaceId: ctx.workspaceId, journeyId: journey.id, toAt: null, introducedAt: null },
      data: { introducedAt: ctx.now },
    });
    if (count === 0) throw new AppError("refused", "already_introduced");
    await ctx.db.task.updateMany({
      where: { workspaceId: ctx.workspaceId, journeyId: journey.id, kind: "introduction", state: "open" },
      data: { state: "done", closedAt: ctx.now, version: { increment: 1 } },
    });
    record(ctx, "osc.introduced", {
      subject: `journey:${journey.id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
    });
  });
}
