import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { foldText } from "../customers/search-text";
import { visibleJourneys } from "../journeys/visibility";
import { escapeLike, searchPatterns } from "./patterns";
import type { FoundCustomer, SearchCustomers } from "./schema";

type Row = {
  id: string;
  name: string;
  place: string | null;
  stage: string;
  status: string;
  osc_name: string;
  baton: number;
  involved: number[] | null;
  next_due_at: Date | null;
  off_track: boolean;
};

/**
 * Customers found by a part of a name, phone or e-mail, only those this member may see, names that begin so first and
 * then the most recently active. Fewer than two letters or digits find nothing. One statement.
 */
export async function searchCustomers(ctx: Context, { q, limit }: SearchCustomers): Promise<FoundCustomer[]> {
  requirePermission(ctx, "journeys.read");
  const patterns = searchPatterns(q);
  if (!patterns) return [];
  const start = `${escapeLike(foldText(q))}%`;
  const rows = await ctx.db.$queryRaw<Row[]>`
    select c.id, c.name, c.place, s.name as stage, j.status, m.name as osc_name, sp.position as baton, j.next_due_at,
      j.off_track_since is not null as off_track,
      (select array_agg(x.position order by x.position) from journey_spokes js join spokes x on x.workspace_id = js.workspace_id and x.id = js.spoke_id
        where js.workspace_id = ${ctx.workspaceId}::uuid and js.journey_id = j.id) as involved
    from (
      select j.*, found.is_start from app.find_customers(${patterns}::text[], ${start}, 200) as found
      cross join lateral (select * from journeys where workspace_id = ${ctx.workspaceId}::uuid and customer_id = found.id and is_primary limit 1) j
      where ${visibleJourneys(ctx)}
      order by is_start desc, j.last_activity_at desc, j.id desc limit ${limit}
    ) j
    join customers c on c.workspace_id = j.workspace_id and c.id = j.customer_id
    join stages s on s.workspace_id = j.workspace_id and s.id = j.stage_id
    join members m on m.workspace_id = j.workspace_id and m.id = j.osc_id
    join spokes sp on sp.workspace_id = j.workspace_id and sp.id = j.accountable_spoke_id
    order by j.is_start desc, j.last_activity_at desc, j.id desc`;
  return rows.map(({ id, name, place, stage, status, osc_name, baton, involved, next_due_at, off_track }) => ({
    id,
    name,
    place,
    stageName: stage,
    status,
    oscName: osc_name,
    wheel: { involved: involved ?? [], baton, isLate: off_track || (next_due_at !== null && next_due_at < ctx.now) },
  }));
}

/** The same as an object, for the command menu. */
export async function findHits(ctx: Context, input: SearchCustomers): Promise<{ hits: FoundCustomer[] }> {
  return { hits: await searchCustomers(ctx, input) };
}
