import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { defaultLoadWeights, type LoadKind, type LoadLevel, loadOf } from "./load";

/** What one consultant carries, as it leaves the server; `load` in new leads, `utilisation` as a share of the capacity. */
export type LoadView = {
  memberId: string;
  name: string;
  counts: Record<LoadKind, number>;
  /** Load in new leads of each kind: count times weight. */
  parts: Record<LoadKind, number>;
  load: number;
  capacity: number;
  utilisation: number;
  level: LoadLevel;
  isAway: boolean;
};

/** A share of the capacity as the meter of the shell wants it. */
export type MyLoad = Pick<LoadView, "load" | "capacity" | "utilisation" | "level" | "counts">;

type Row = {
  id: string;
  name: string;
  capacity: number;
  is_away: boolean;
  fresh: number;
  off_track: number;
  with_spoke: number;
  nurture: number;
};

/** The same four kinds that assignment weighs: off track first, then by who is accountable, then by status. */
function readLoads(ctx: Context, who: Prisma.Sql): Promise<Row[]> {
  return ctx.db.$queryRaw<Row[]>`
    select m.id, m.name, m.capacity, coalesce(m.away_until > ${ctx.now}, false) as is_away,
      coalesce(sum(jc.count) filter (where jc.is_off_track), 0)::int as off_track,
      coalesce(sum(jc.count) filter (where not jc.is_off_track and s.key = 'osc' and jc.status in ('pre_lead', 'active')), 0)::int as fresh,
      coalesce(sum(jc.count) filter (where not jc.is_off_track and s.key <> 'osc' and jc.status in ('pre_lead', 'active', 'won')), 0)::int as with_spoke,
      coalesce(sum(jc.count) filter (where not jc.is_off_track and jc.status in ('nurture', 'on_hold')), 0)::int as nurture
    from members m
    left join journey_counts jc on jc.workspace_id = m.workspace_id and jc.osc_id = m.id and jc.status not in ('lost', 'completed', 'merged')
    left join spokes s on s.workspace_id = jc.workspace_id and s.id = jc.accountable_spoke_id
    where m.workspace_id = ${ctx.workspaceId}::uuid and ${who}
    group by m.workspace_id, m.id, m.name, m.capacity, m.away_until
    order by m.name, m.id
    limit 200`;
}

function toView(row: Row): LoadView {
  const counts = { new: row.fresh, offTrack: row.off_track, withSpoke: row.with_spoke, nurture: row.nurture };
  const part = (kind: LoadKind) => counts[kind] * defaultLoadWeights[kind];
  const { load, utilisation, level } = loadOf(counts, defaultLoadWeights, row.capacity);
  return {
    memberId: row.id,
    name: row.name,
    counts,
    parts: { new: part("new"), offTrack: part("offTrack"), withSpoke: part("withSpoke"), nurture: part("nurture") },
    load,
    capacity: row.capacity,
    utilisation,
    level,
    isAway: row.is_away,
  };
}

/** Whether these roles see what everybody carries: managers and auditors. */
export function seesAllLoads(ctx: Pick<Context, "roles">): boolean {
  return canAs(ctx.roles, "journeys.read", "scope");
}

/** What the signed-in consultant carries, in one statement; null when she is no consultant and owns nothing. */
export async function getMyLoad(ctx: Context): Promise<MyLoad | null> {
  if (!ctx.memberId) return null;
  const [row] = await readLoads(ctx, Prisma.sql`m.id = ${ctx.memberId}::uuid`);
  if (!row) return null;
  const { load, capacity, utilisation, level, counts } = toView(row);
  return ctx.roles.includes("osc") || load > 0 ? { load, capacity, utilisation, level, counts } : null;
}

/**
 * The load (DOMAIN F04) of every active consultant by name, and of whoever else is somebody's consultant; a manager of a team
 * sees her team. Who is no manager sees her own alone.
 */
export async function listLoads(ctx: Context): Promise<LoadView[]> {
  requirePermission(ctx, "views.use");
  if (!seesAllLoads(ctx)) {
    if (!ctx.memberId) return [];
    return (await readLoads(ctx, Prisma.sql`m.id = ${ctx.memberId}::uuid`)).map(toView);
  }
  const team = ctx.teamId ? Prisma.sql`and m.team_id = ${ctx.teamId}::uuid` : Prisma.empty;
  const rows = await readLoads(
    ctx,
    Prisma.sql`m.status in ('active', 'invited') ${team} and ('osc' = any(m.roles) or exists (
      select 1 from journey_counts o where o.workspace_id = m.workspace_id and o.osc_id = m.id and o.count > 0
        and o.status not in ('lost', 'completed', 'merged')))`,
  );
  return rows.map(toView);
}

/** My load, and everybody's for those who lead: what the screen shows. */
export type LoadPage = {
  loads: LoadView[];
  isEverybody: boolean;
  me: string | null;
  /** Keys of the departments besides the hub, for the links behind the numbers. */
  spokeKeys: string[];
};

/** What the screen "My load" shows. */
export async function getLoadPage(ctx: Context): Promise<LoadPage> {
  const spokes = await ctx.db.spoke.findMany({
    where: { workspaceId: ctx.workspaceId, key: { not: "osc" } },
    select: { key: true },
    orderBy: { position: "asc" },
  });
  return {
    loads: await listLoads(ctx),
    isEverybody: seesAllLoads(ctx),
    me: ctx.memberId,
    spokeKeys: spokes.map(({ key }) => key),
  };
}
