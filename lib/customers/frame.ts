import { can, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { seesEverything } from "../journeys/visibility";
import { usableViews, viewOf } from "../views/queries";
import { type CustomerFilter, filterOfQuery } from "./filter";
import type { ListFrame } from "./list-schema";

type Frame = {
  stages: ListFrame["stages"] | null;
  spokes: ListFrame["spokes"] | null;
  oscs: ListFrame["oscs"] | null;
  origins: string[] | null;
  views: Parameters<typeof viewOf>[1][] | null;
  count: number | null;
  open_duplicates: number;
};

/** The filter on counters; null when they do not know what it asks for. */
export function counted(ctx: Context, filter: CustomerFilter): Prisma.Sql | null {
  if (!seesEverything(ctx) || filter.q || filter.unanswered || filter.origin.length > 0 || filter.tree) return null;
  const parts = [Prisma.sql`k.workspace_id = ${ctx.workspaceId}::uuid`, Prisma.sql`k.status <> 'merged'`];
  if (filter.stage.length > 0) parts.push(Prisma.sql`k.stage_id = any(${filter.stage}::uuid[])`);
  if (filter.spoke.length > 0) {
    parts.push(
      Prisma.sql`k.accountable_spoke_id in (select id from spokes where workspace_id = ${ctx.workspaceId}::uuid and key = any(${filter.spoke}::text[]))`,
    );
  }
  if (filter.osc.length > 0)
    parts.push(Prisma.sql`k.osc_id = any(${filter.osc.map((osc) => (osc === "me" ? ctx.memberId : osc))}::uuid[])`);
  if (filter.status.length > 0) parts.push(Prisma.sql`k.status = any(${filter.status}::text[])`);
  if (filter.offTrack) parts.push(Prisma.sql`k.is_off_track`);
  return Prisma.join(parts, " and ");
}

/**
 * Everything around the list in one statement: what the filters offer, the saved views, and the number of journeys the
 * filter finds, from counters alone. Origins are those of the 500 newest customers.
 */
export async function getListFrame(ctx: Context, { query }: { query: string }): Promise<ListFrame> {
  requirePermission(ctx, "journeys.read");
  const w = ctx.workspaceId;
  const condition = counted(ctx, filterOfQuery(query));
  const count = condition
    ? Prisma.sql`(select coalesce(sum(k.count), 0)::int from journey_counts k where ${condition})`
    : Prisma.sql`null::int`;
  const pairs = can(ctx.roles, "customers.merge")
    ? Prisma.sql`(select count(*)::int from (select 1 from duplicate_pairs d where d.workspace_id = ${w}::uuid and d.state = 'open' limit 100) few)`
    : Prisma.sql`0`;
  const rows = await ctx.db.$queryRaw<Frame[]>`
    select
      (select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'template', t.name) order by t.is_default desc, t.name, t.number desc, s.position)
        from stages s join journey_templates t on t.workspace_id = s.workspace_id and t.id = s.template_id
        where s.workspace_id = ${w}::uuid and exists (select 1 from journey_counts k where k.workspace_id = ${w}::uuid and k.stage_id = s.id)) as stages,
      (select jsonb_agg(jsonb_build_object('key', key, 'code', code, 'name', name, 'nameHe', name_he, 'position', position) order by position)
        from spokes where workspace_id = ${w}::uuid and archived_at is null) as spokes,
      (select jsonb_agg(jsonb_build_object('id', id, 'name', name) order by lower(name))
        from (select id, name from members where workspace_id = ${w}::uuid and 'osc' = any(roles) and status = 'active' order by lower(name) limit 200) m) as oscs,
      (select jsonb_agg(distinct origin) from (select origin from customers where workspace_id = ${w}::uuid order by id desc limit 500) newest where origin is not null) as origins,
      (select jsonb_agg(to_jsonb(u)) from (
        select v.id, v.name, v.query, v.scope, v.is_pinned, v.owner_id, o.name as owner_name, v.version
        from saved_views v join members o on o.workspace_id = v.workspace_id and o.id = v.owner_id
        where v.workspace_id = ${w}::uuid and ${usableViews(ctx)} order by v.is_pinned desc, lower(v.name), v.id limit 200) u) as views,
      ${count} as count, ${pairs} as open_duplicates`;
  const frame = rows[0];
  return {
    stages: frame?.stages ?? [],
    spokes: frame?.spokes ?? [],
    oscs: frame?.oscs ?? [],
    origins: frame?.origins ?? [],
    views: (frame?.views ?? []).map((view) => viewOf(ctx, view)),
    count: frame?.count ?? null,
    openDuplicates: frame?.open_duplicates ?? 0,
  };
}
