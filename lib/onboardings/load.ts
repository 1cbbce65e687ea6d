import { can, canAs } from "../auth/permissions";
import { dayKey } from "../calendar/day";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Onboarding, OnboardingMilestone } from "../generated/prisma/client";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { type LoadedJourney, loadJourney } from "../journeys/loaded";
import { visibleJourneys } from "../journeys/visibility";
import { record } from "../transaction";

/** An onboarding with its journey, both locked. */
export type LoadedOnboarding = { onboarding: Onboarding; loaded: LoadedJourney };

/** Onboardings of journeys that the reader may see, those she owns, and those with a milestone of hers. Over `o` and `j`. */
export function visibleOnboardings(ctx: Context): Prisma.Sql {
  const seen = visibleJourneys(ctx);
  if (ctx.memberId === null || !can(ctx.roles, "onboardings.run")) return seen;
  return Prisma.sql`(${seen} or o.owner_id = ${ctx.memberId}::uuid or exists (select from onboarding_milestones vm where vm.workspace_id = o.workspace_id
    and vm.onboarding_id = o.id and (vm.owner_id = ${ctx.memberId}::uuid or vm.spoke_id = ${ctx.spokeId}::uuid)))`;
}

/** Loads an onboarding, locked behind its journey. Throws `not_found`, also for who may not see it, and `conflict` on a stale version. */
export async function loadOnboarding(
  ctx: Context,
  { id, version }: { id: string; version?: number | undefined },
): Promise<LoadedOnboarding> {
  const { workspaceId } = ctx;
  if (!isId(id)) throw new AppError("not_found", "onboarding");
  const [seen] = await ctx.db.$queryRaw<{ journey_id: string }[]>`
    select o.journey_id from onboardings o join journeys j on j.workspace_id = o.workspace_id and j.id = o.journey_id
    where o.workspace_id = ${workspaceId}::uuid and o.id = ${id}::uuid and ${ctx.actor.kind === "system" ? Prisma.sql`true` : visibleOnboardings(ctx)}`;
  if (!seen) throw new AppError("not_found", "onboarding");
  const loaded = await loadJourney({ ...ctx, actor: { kind: "system" } }, { journeyId: seen.journey_id });
  const onboarding = await ctx.db.onboarding.findFirst({ where: { workspaceId, id } });
  if (!onboarding) throw new AppError("not_found", "onboarding");
  if (version !== undefined && version !== onboarding.version)
    throw new AppError("conflict", "version", { current: { state: onboarding.state, version: onboarding.version } });
  return { onboarding, loaded };
}

/** A milestone of it. Throws `not_found`, and `conflict` when the caller saw an older version. */
export async function loadMilestone(
  ctx: Context,
  { onboarding }: LoadedOnboarding,
  { milestoneId, version }: { milestoneId: string; version: number },
): Promise<OnboardingMilestone> {
  const where = { workspaceId: ctx.workspaceId, id: milestoneId, onboardingId: onboarding.id };
  const milestone = await ctx.db.onboardingMilestone.findFirst({ where });
  if (!milestone) throw new AppError("not_found", "milestone");
  if (milestone.version !== version)
    throw new AppError("conflict", "version", { current: { state: milestone.state, version: milestone.version } });
  return milestone;
}

/** Whether she may do everything in an onboarding: by her role, or because it is hers. */
export function mayLead(ctx: Context, { ownerId }: { ownerId: string | null }): boolean {
  if (canAs(ctx.roles, "onboardings.run", "yes")) return true;
  return can(ctx.roles, "onboardings.run") && ctx.memberId !== null && ownerId === ctx.memberId;
}

/** Whether she may take a milestone: whoever leads, its owner, and its department. */
export function mayTake(
  ctx: Context,
  onboarding: { ownerId: string | null },
  milestone: { ownerId: string | null; spokeId: string },
): boolean {
  if (mayLead(ctx, onboarding)) return true;
  if (!can(ctx.roles, "onboardings.run") || ctx.memberId === null) return false;
  return milestone.ownerId === ctx.memberId || milestone.spokeId === ctx.spokeId;
}

/** Throws `forbidden` unless she may do everything in it. */
export function requireLead(ctx: Context, onboarding: { ownerId: string | null }): void {
  if (!mayLead(ctx, onboarding)) throw new AppError("forbidden", "onboardings.run");
}

/** Counts the onboarding's version up and leaves what became of it. */
export async function tell(
  ctx: Context,
  { onboarding, loaded }: LoadedOnboarding,
  type: string,
  data: Prisma.OnboardingUncheckedUpdateManyInput,
  detail: object,
): Promise<{ version: number }> {
  await ctx.db.onboarding.updateMany({
    where: { workspaceId: ctx.workspaceId, id: onboarding.id },
    data: { ...data, version: { increment: 1 } },
  });
  record(ctx, type, {
    subject: `onboarding:${onboarding.id}`,
    customerId: loaded.journey.customerId,
    journeyId: loaded.journey.id,
    detail,
    data: { onboardingId: onboarding.id },
  });
  return { version: onboarding.version + 1 };
}

/** Today `yyyy-mm-dd` where the journey's OSC works. */
export const todayOf = (ctx: Context, { calendar }: LoadedJourney) => dayKey(calendar.timeZone, ctx.now);

/** A day as it is stored. */
export const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);

/** A stored day `yyyy-mm-dd`. */
export const dayOf = (date: Date) => date.toISOString().slice(0, 10);
