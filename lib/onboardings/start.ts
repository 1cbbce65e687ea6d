import { requirePermission } from "../auth/permissions";
import type { BusinessCalendar } from "../calendar/business-calendar";
import { dayKey } from "../calendar/day";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { loadForCommand } from "../journeys/commands";
import type { LoadedJourney } from "../journeys/loaded";
import { notify } from "../notifications/notify";
import { enqueue, record, transaction } from "../transaction";
import { clockMilestone } from "./clock";
import { dateOf } from "./load";
import { planForStart } from "./plans";
import { milestoneDue, planStart } from "./rules";
import type { PlanMilestone, StartOnboarding } from "./schema";

/** After so many days from the win the health is kept (DOMAIN 6E). */
export const keptDay = 90;
const day = 86_400_000;

/** When the journey was first won; now when nobody wrote that down. */
async function wonAt(ctx: Context, journeyId: string): Promise<Date> {
  const [row] = await ctx.db.$queryRaw<{ at: Date | null }[]>`
    select min(at) as at from stage_transitions where workspace_id = ${ctx.workspaceId}::uuid and journey_id = ${journeyId}::uuid and status in ('won', 'completed')`;
  return row?.at ?? ctx.now;
}

/** The departments that a plan names, by key. Throws `refused` `no_such_department` with the missing one's milestone. */
async function spokesOf(ctx: Context, milestones: readonly PlanMilestone[]): Promise<Map<string, string>> {
  const spokes = await ctx.db.spoke.findMany({
    where: { workspaceId: ctx.workspaceId, archivedAt: null },
    select: { id: true, key: true },
  });
  const found = new Map(spokes.map(({ id, key }) => [key, id]));
  const missing = milestones.find(({ spokeKey }) => !found.has(spokeKey));
  if (missing) throw new AppError("refused", "no_such_department", { fields: { planId: missing.name } });
  return found;
}

type Copied = { onboardingId: string; calendar: BusinessCalendar; ownerId: string | null; ownerSpokeId: string | null };

/** The plan's milestones as the onboarding's own; what its owner's department does is hers. */
async function copyMilestones(
  ctx: Context,
  milestones: readonly PlanMilestone[],
  { onboardingId, calendar, ownerId, ownerSpokeId }: Copied,
): Promise<void> {
  const spokes = await spokesOf(ctx, milestones);
  const rows = milestones.map(({ name, nameHe, spokeKey, dueDays, isCustomerVisible }, position) => {
    const dueAt = milestoneDue(calendar, ctx.now, dueDays);
    const spokeId = spokes.get(spokeKey) ?? "";
    return {
      ...{
        workspaceId: ctx.workspaceId,
        id: newId(),
        onboardingId,
        position,
        name,
        nameHe,
        spokeId,
        isCustomerVisible,
      },
      ...{ ownerId: spokeId === ownerSpokeId ? ownerId : null, dueAt, firstDueAt: dueAt, createdAt: ctx.now },
    };
  });
  await insertRows(ctx, "onboarding_milestones", rows);
  for (const row of rows) clockMilestone(ctx, row);
}

type Begin = { id: string; planId?: string | undefined; ownerId: string | null; handoffId?: string };

/** Begins the onboarding of a won journey in the caller's transaction: a copy of the plan, with a clock to keep its health. */
async function begin(ctx: Context, loaded: LoadedJourney, { id, planId, ownerId, handoffId }: Begin): Promise<void> {
  const { workspaceId } = ctx;
  const { journey, calendar } = loaded;
  const plan = await planForStart(ctx, planId);
  const owner = ownerId
    ? await ctx.db.member.findFirst({
        where: { workspaceId, id: ownerId, status: "active" },
        select: { id: true, spokeId: true },
      })
    : null;
  if (ownerId && !owner) throw new AppError("not_found", "member");
  const won = await wonAt(ctx, journey.id);
  await ctx.db.onboarding.create({
    data: {
      ...{ workspaceId, id, journeyId: journey.id, handoffId: handoffId ?? null, ownerId },
      ...{ planId: plan.id, planVersion: plan.version, spokeId: owner?.spokeId ?? journey.accountableSpokeId },
      ...{ startedAt: ctx.now, wonOn: dateOf(dayKey(calendar.timeZone, won)) },
    },
  });
  const copied = { onboardingId: id, calendar, ownerId, ownerSpokeId: owner?.spokeId ?? null };
  await copyMilestones(ctx, plan.milestones, copied);
  enqueue(
    ctx,
    "onboarding.keep_health",
    { onboardingId: id },
    { runAt: new Date(won.getTime() + keptDay * day), key: `onboarding:${id}` },
  );
  await notify(ctx, [ownerId, journey.oscId], "onboarding_started", journey.customerId, {
    customer: loaded.customerName,
  });
  record(ctx, "onboarding.started", {
    subject: `onboarding:${id}`,
    customerId: journey.customerId,
    journeyId: journey.id,
    detail: { plan: plan.name, planVersion: plan.version, ownerId, handoffId: handoffId ?? null },
    data: { onboardingId: id },
  });
}

/**
 * Begins the onboarding of a journey that was won, from a plan that is copied, so that later changes of the plan leave it alone.
 * Throws `refused` `not_won` and `onboarding_exists`. For customer success, implementation, the OSC and managers.
 */
export async function startOnboarding(ctx: Context, input: StartOnboarding): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "onboardings.run", "yes");
  return transaction(ctx, async (ctx) => {
    const loaded = await loadForCommand(ctx, { customerId: input.customerId, journeyId: input.journeyId });
    const { journey } = loaded;
    const standing = await ctx.db.onboarding.findFirst({
      where: { workspaceId: ctx.workspaceId, journeyId: journey.id },
      select: { id: true },
    });
    if (standing && standing.id === input.id) throw new AppError("conflict", "duplicate");
    enforce(planStart(journey.status, standing !== null));
    const id = input.id ?? newId();
    await begin(ctx, loaded, { id, planId: input.planId, ownerId: input.ownerId ?? ctx.memberId });
    return { id, version: 1 };
  });
}

/** Begins the onboarding when customer success takes a won journey over from sales, unless it has one; in that transaction. */
export async function startOnAcceptance(
  ctx: Context,
  loaded: LoadedJourney,
  { id: handoffId, type }: { id: string; type: string },
): Promise<void> {
  if (type !== "sales_to_cs") return;
  const { workspaceId, memberId: ownerId } = ctx;
  const where = { workspaceId, journeyId: loaded.journey.id };
  const hasOne = (await ctx.db.onboarding.findFirst({ where, select: { id: true } })) !== null;
  if (planStart(loaded.journey.status, hasOne).ok) await begin(ctx, loaded, { id: newId(), ownerId, handoffId });
}
