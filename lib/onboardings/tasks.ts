import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import type { TaskHandler } from "../journeys/tasks";
import { notify } from "../notifications/notify";
import { nothingChanged, record, transaction } from "../transaction";
import { readHealths } from "./facts";
import { keptDay } from "./start";

const day = 86_400_000;
/** So many days later the health is no more that of the ninetieth day. */
const grace = 7;

/**
 * Keeps the health of an onboarding ninety days after the win, once; reports read it and nothing changes it. A worker that comes more
 * than a week late keeps nothing.
 */
const keepHealth: TaskHandler = async (ctx: Context, { onboardingId }) => {
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const id = String(onboardingId);
    const found = await ctx.db.onboarding.findFirst({ where: { workspaceId, id } });
    const kept = await ctx.db.onboardingHealth.findFirst({ where: { workspaceId, onboardingId: id, day: keptDay } });
    const health = (await readHealths(ctx, [id])).get(id);
    if (!found || kept || !health || found.state === "cancelled") return nothingChanged(ctx);
    if (ctx.now.getTime() > found.wonOn.getTime() + (keptDay + grace) * day) return nothingChanged(ctx);
    const terms = health.terms as unknown as Prisma.InputJsonArray;
    const { score } = health;
    await ctx.db.onboardingHealth.create({
      data: { workspaceId, onboardingId: id, day: keptDay, score, terms, at: ctx.now },
    });
    record(ctx, "onboarding.health_kept", {
      subject: `onboarding:${id}`,
      journeyId: found.journeyId,
      detail: { day: keptDay, score },
      data: { onboardingId: id },
    });
  });
};

type Due = {
  id: string;
  name: string;
  onboarding_id: string;
  journey_id: string;
  customer_id: string;
  customer: string;
  told: string[];
};

/** On its day an open milestone is told of: to its owner or department, and to whoever owns the onboarding. */
const tellDue: TaskHandler = async (ctx: Context, { milestoneId }) => {
  await transaction(ctx, async (ctx) => {
    const w = Prisma.sql`${ctx.workspaceId}::uuid`;
    const [due] = await ctx.db.$queryRaw<Due[]>`
      select s.id, s.name, s.onboarding_id, o.journey_id, j.customer_id, c.name as customer, array(select m.id::text from members m where m.workspace_id = ${w}
          and m.status = 'active' and (m.id in (s.owner_id, o.owner_id) or (s.owner_id is null and m.spoke_id = s.spoke_id)) order by m.id limit 50) as told
      from onboarding_milestones s join onboardings o on o.workspace_id = ${w} and o.id = s.onboarding_id and o.state = 'open'
      join journeys j on j.workspace_id = ${w} and j.id = o.journey_id and j.status <> 'merged'
      join customers c on c.workspace_id = ${w} and c.id = j.customer_id
      where s.workspace_id = ${w} and s.id = ${String(milestoneId)}::uuid and s.ended_at is null and s.due_at <= ${ctx.now}
        and (s.late_told_at is null or s.late_told_at < s.due_at) for update of s`;
    if (!due) return nothingChanged(ctx);
    await ctx.db.onboardingMilestone.updateMany({
      where: { workspaceId: ctx.workspaceId, id: due.id },
      data: { lateToldAt: ctx.now },
    });
    const { customer, name } = due;
    await notify(ctx, due.told, "milestone_late", due.customer_id, { customer, name });
    record(ctx, "onboarding.milestone_late", {
      subject: `onboarding:${due.onboarding_id}`,
      customerId: due.customer_id,
      journeyId: due.journey_id,
      detail: { milestoneId: due.id, name },
      data: { onboardingId: due.onboarding_id },
    });
  });
};

/** The jobs of this noun, by task name. Each may run twice and does its work once. */
export const onboardingTasks: Record<string, TaskHandler> = {
  "onboarding.keep_health": keepHealth,
  "onboarding.milestone_due": tellDue,
};
