import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";

export type Funnel = { stages: { stageId: string; name: string; count: number; offTrack: number }[] };

/** How many stand in each stage of the default template now, and how many of them off track; read from the counters. */
export async function getFunnel(ctx: Context): Promise<Funnel> {
  requirePermission(ctx, "reports.read");
  const stages = await ctx.db.$queryRaw<Funnel["stages"]>`
    select s.id as "stageId", s.name, coalesce(sum(c.count), 0)::int as count, coalesce(sum(c.count) filter (where c.is_off_track), 0)::int as "offTrack"
    from stages s
    join journey_templates t on t.workspace_id = s.workspace_id and t.id = s.template_id and t.is_default
    left join journey_counts c on c.workspace_id = s.workspace_id and c.stage_id = s.id and c.status in ('pre_lead', 'active', 'nurture', 'on_hold', 'won')
    where s.workspace_id = ${ctx.workspaceId}::uuid
    group by s.id, s.name, s.position order by s.position`;
  return { stages };
}
