import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { CustomerPromise } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { clockPromise } from "../journeys/clocks";
import { loadForCommand } from "../journeys/commands";
import { type LoadedJourney, loadJourney } from "../journeys/loaded";
import { closeOffTrack } from "../journeys/off-track";
import { isOpen } from "../journeys/rules";
import { notify } from "../notifications/notify";
import { enqueue, record, transaction } from "../transaction";
import { planEnd, planPromise, planRenegotiation } from "./rules";
import type { BreakPromise, MakePromise, PromiseKey, RenegotiatePromise } from "./schema";

/** Who keeps the promise and for which department. */
async function getKeeper(ctx: Context, memberId: string): Promise<{ id: string; spokeId: string | null }> {
  const member = await ctx.db.member.findFirst({
    where: { workspaceId: ctx.workspaceId, id: memberId, status: "active" },
    select: { id: true, spokeId: true },
  });
  if (!member) throw new AppError("not_found", "member");
  return member;
}

function subjectOf(promise: { id: string; customerId: string; journeyId: string }) {
  return { subject: `promise:${promise.id}`, customerId: promise.customerId, journeyId: promise.journeyId };
}

/** Writes down what the customer was told; its due time becomes a job to the second (T11). */
export async function makePromise(ctx: Context, input: MakePromise): Promise<{ id: string }> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const loaded = await loadForCommand(ctx, input);
    const { journey } = loaded;
    if (!isOpen(journey.status)) throw new AppError("refused", "journey_closed");
    const { dueAt } = enforce(planPromise(input.dueAt, ctx.now));
    const keeper = await getKeeper(ctx, input.byId ?? ctx.memberId ?? journey.oscId);
    if (input.interactionId) {
      const found = await ctx.db.interaction.findFirst({
        where: { workspaceId, id: input.interactionId, customerId: journey.customerId },
        select: { id: true },
      });
      if (!found) throw new AppError("not_found", "interaction");
    }
    const promise = {
      id: input.id ?? newId(),
      customerId: journey.customerId,
      journeyId: journey.id,
      text: input.text,
      byId: keeper.id,
      spokeId: keeper.spokeId ?? journey.accountableSpokeId,
      dueAt,
      interactionId: input.interactionId ?? null,
      madeAt: ctx.now,
    };
    await ctx.db.customerPromise.create({ data: { workspaceId, ...promise } });
    clockPromise(ctx, journey.id, promise.id, dueAt);
    await notify(ctx, [keeper.id], "promise", journey.customerId, { customer: loaded.customerName });
    record(ctx, "promise.made", { ...subjectOf(promise), detail: { text: input.text, dueAt, byId: keeper.id } });
    return { id: promise.id };
  });
}

type LoadedPromise = { promise: CustomerPromise; loaded: LoadedJourney };

/**
 * Loads a promise with its journey locked, for whoever sees the customer and for the department that owes it; `conflict`
 * when the caller saw an older version.
 */
async function loadPromise(ctx: Context, input: PromiseKey): Promise<LoadedPromise> {
  const { workspaceId } = ctx;
  const found = await ctx.db.customerPromise.findFirst({
    where: { workspaceId, id: input.id },
    select: { journeyId: true, byId: true, spokeId: true },
  });
  if (!found) throw new AppError("not_found", "promise");
  const isOurs = found.byId === ctx.memberId || (found.spokeId === ctx.spokeId && !ctx.roles.includes("partner"));
  const reader: Context = isOurs ? { ...ctx, actor: { kind: "system" } } : ctx;
  const loaded = await loadJourney(reader, { journeyId: found.journeyId });
  const promise = await ctx.db.customerPromise.findFirst({ where: { workspaceId, id: input.id } });
  if (!promise) throw new AppError("not_found", "promise");
  if (input.version !== undefined && input.version !== promise.version) {
    const { state, dueAt, version } = promise;
    throw new AppError("conflict", "version", { current: { state, dueAt, version } });
  }
  return { promise, loaded };
}

/** The journey is back on track in this respect when no other promise on it is late. */
async function mend(ctx: Context, { promise, loaded }: LoadedPromise): Promise<void> {
  if (!loaded.offTrack.some(({ trigger }) => trigger === "T11")) return;
  const late = await ctx.db.customerPromise.count({
    where: {
      workspaceId: ctx.workspaceId,
      journeyId: promise.journeyId,
      state: "open",
      dueAt: { lte: ctx.now },
      id: { not: promise.id },
    },
  });
  if (late === 0) await closeOffTrack(ctx, loaded, ["T11"], "recovered");
}

async function endPromise(ctx: Context, input: BreakPromise, to: "kept" | "broken"): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const found = await loadPromise(ctx, input);
    const { promise, loaded } = found;
    const { state } = enforce(planEnd(promise, to));
    await ctx.db.customerPromise.updateMany({
      where: { workspaceId: ctx.workspaceId, id: promise.id, version: promise.version },
      data: { state, closedAt: ctx.now, version: { increment: 1 } },
    });
    if (to === "kept") await mend(ctx, found);
    await notify(ctx, [promise.byId, loaded.journey.oscId], `promise_${state}`, promise.customerId, {
      customer: loaded.customerName,
    });
    record(ctx, `promise.${state}`, {
      ...subjectOf(promise),
      detail: { before: promise.state, after: state, reason: input.reason ?? null, dueAt: promise.dueAt },
    });
    if (promise.interactionId) enqueue(ctx, "evaluation.late", { interactionId: promise.interactionId });
  });
}

/** The promise was kept; an overdue one puts its journey back on track. */
export function keepPromise(ctx: Context, input: PromiseKey): Promise<void> {
  return endPromise(ctx, input, "kept");
}

/** The promise was not kept and will not be; the journey stays off track until somebody tells the customer. */
export function breakPromise(ctx: Context, input: BreakPromise): Promise<void> {
  return endPromise(ctx, input, "broken");
}

/**
 * Agrees a new date with the customer. Before the old one the promise moves and stays unbroken; after it the old promise
 * is broken and a new one stands in its place. Returns the promise that stands now.
 */
export async function renegotiatePromise(ctx: Context, input: RenegotiatePromise): Promise<{ id: string }> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const found = await loadPromise(ctx, input);
    const { promise, loaded } = found;
    if (!isOpen(loaded.journey.status)) throw new AppError("refused", "journey_closed");
    const change = enforce(planRenegotiation(promise, input.dueAt, ctx.now));
    const { dueAt, renegotiated } = change;
    const isMoved = change.kind === "moved";
    await ctx.db.customerPromise.updateMany({
      where: { workspaceId, id: promise.id, version: promise.version },
      data: isMoved
        ? { dueAt, renegotiated, version: { increment: 1 } }
        : { state: "broken", closedAt: ctx.now, version: { increment: 1 } },
    });
    const id = isMoved ? promise.id : newId();
    if (!isMoved) {
      await ctx.db.customerPromise.create({
        data: {
          ...promise,
          workspaceId,
          id,
          state: "open",
          dueAt,
          renegotiated,
          madeAt: ctx.now,
          closedAt: null,
          version: 1,
        },
      });
    }
    clockPromise(ctx, promise.journeyId, id, dueAt);
    await mend(ctx, found);
    record(ctx, "promise.renegotiated", {
      ...subjectOf(promise),
      detail: { before: promise.dueAt, after: dueAt, reason: input.reason ?? null, successor: isMoved ? null : id },
    });
    return { id };
  });
}
