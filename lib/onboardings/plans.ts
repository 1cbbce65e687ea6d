import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { record, transaction } from "../transaction";
import type { CreatePlan, PlanMilestone, PlanView, SavePlan } from "./schema";
import { usualMilestones } from "./usual-plan";

const usual: PlanView = {
  ...{ id: null, name: "", version: 0, savedAt: null, savedByName: null },
  milestones: [...usualMilestones],
};

async function readPlans(ctx: Context): Promise<PlanView[]> {
  return ctx.db.$queryRaw<PlanView[]>`
    select p.id, p.name, p.version, app.iso(p.saved_at) as "savedAt", p.milestones,
      (select m.name from members m where m.workspace_id = p.workspace_id and m.id = p.saved_by_id) as "savedByName"
    from onboarding_plans p where p.workspace_id = ${ctx.workspaceId}::uuid and p.archived_at is null order by p.saved_at desc, p.id limit 100`;
}

/** The plans to begin an onboarding from, the one that was saved last first; the usual one while there is none. At most a hundred. */
export async function listPlans(ctx: Context): Promise<{ data: PlanView[] }> {
  requirePermission(ctx, "views.use");
  const plans = await readPlans(ctx);
  return { data: plans.length > 0 ? plans : [usual] };
}

/** The plan that is meant: that one, or the one that was saved last, or the usual one. Throws `not_found`. */
export async function planForStart(ctx: Context, planId: string | undefined): Promise<PlanView> {
  const plans = await readPlans(ctx);
  if (planId === undefined) return plans[0] ?? usual;
  const plan = plans.find(({ id }) => id === planId);
  if (!plan) throw new AppError("not_found", "onboarding_plan");
  return plan;
}

async function requireDepartments(ctx: Context, milestones: readonly PlanMilestone[]): Promise<void> {
  const spokes = await ctx.db.spoke.findMany({
    where: { workspaceId: ctx.workspaceId, archivedAt: null },
    select: { key: true },
  });
  const wrong = milestones.flatMap(({ spokeKey }, place) =>
    spokes.some(({ key }) => key === spokeKey) ? [] : [[`milestones.${place}.spokeKey`, "no_such_department"]],
  );
  if (wrong.length > 0) throw new AppError("invalid", "input", { fields: Object.fromEntries(wrong) });
}

const contentOf = (ctx: Context, { name, milestones }: CreatePlan) => ({
  ...{ name, savedAt: ctx.now, savedById: ctx.memberId },
  milestones: milestones as unknown as Prisma.InputJsonArray,
});

/** Writes a new plan, which onboardings begin from at once. For managers. Throws `invalid` for a department that is not there. */
export async function createPlan(ctx: Context, input: CreatePlan): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "templates.edit", "yes");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { id = newId(), name, milestones } = input;
    await requireDepartments(ctx, milestones);
    const standing = await ctx.db.onboardingPlan.count({ where: { workspaceId, archivedAt: null } });
    if (standing >= 100) throw new AppError("refused", "too_many_plans");
    if (await ctx.db.onboardingPlan.findFirst({ where: { workspaceId, id } }))
      throw new AppError("conflict", "duplicate");
    await ctx.db.onboardingPlan.create({ data: { workspaceId, id, ...contentOf(ctx, input) } });
    record(ctx, "onboarding_plan.saved", {
      subject: `onboarding_plan:${id}`,
      detail: { before: null, after: { name, milestones } },
      data: { version: 1 },
    });
    return { id, version: 1 };
  });
}

/**
 * Rewrites a plan. Onboardings that were begun keep what they were begun with, and every version stands in the audit log. For
 * managers. Throws `conflict` on a stale version, `invalid` for a department that is not there.
 */
export async function savePlan(ctx: Context, input: SavePlan): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "templates.edit", "yes");
  return transaction(ctx, async (ctx) => {
    const { id, version, name, milestones } = input;
    const where = { workspaceId: ctx.workspaceId, id, archivedAt: null };
    const before = await ctx.db.onboardingPlan.findFirst({ where });
    if (!before) throw new AppError("not_found", "onboarding_plan");
    await requireDepartments(ctx, milestones);
    const data = { ...contentOf(ctx, input), version: version + 1 };
    const { count } = await ctx.db.onboardingPlan.updateMany({ where: { ...where, version }, data });
    if (count === 0) throw new AppError("conflict", "version", { current: { version: before.version } });
    record(ctx, "onboarding_plan.saved", {
      subject: `onboarding_plan:${id}`,
      detail: { before: { name: before.name, milestones: before.milestones }, after: { name, milestones } },
      data: { version: version + 1 },
    });
    return { id, version: version + 1 };
  });
}
