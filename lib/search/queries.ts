import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { foldText } from "../customers/search-text";
import { visibleJourneys } from "../journeys/visibility";
import { JsonText } from "../json-text";
import { escapeLike, findCustomersSql, searchPatterns } from "./patterns";
import type { FoundCustomer, SearchCustomers } from "./schema";

/**
 * Customers found by a part of a name, phone or e-mail, as JSON: only those this member may see, names that begin so first and
 * then the most recently active. Fewer than two letters or digits find nothing. One statement.
 */
async function foundText(ctx: Context, { q, limit }: SearchCustomers): Promise<string> {
  requirePermission(ctx, "journeys.read");
  const patterns = searchPatterns(q);
  if (!patterns) return "[]";
  const start = `${escapeLike(foldText(q))}%`;
  const [row] = await ctx.db.$queryRaw<{ found: string }[]>`
    select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'place', c.place, 'stageName', s.name, 'status', j.status, 'oscName', m.name,
      'wheel', json_build_object('involved', (select coalesce(json_agg(x.position order by x.position), '[]') from journey_spokes js
          join spokes x on x.workspace_id = js.workspace_id and x.id = js.spoke_id
          where js.workspace_id = ${ctx.workspaceId}::uuid and js.journey_id = j.id),
        'baton', sp.position, 'isLate', j.off_track_since is not null or coalesce(j.next_due_at < ${ctx.now}, false)))
      order by j.is_start desc, j.last_activity_at desc, j.id desc), '[]')::text as found
    from (
      select j.*, found.is_start from ${findCustomersSql(patterns, start)} as found
      cross join lateral (select * from journeys where workspace_id = ${ctx.workspaceId}::uuid and customer_id = found.id and is_primary limit 1) j
      where ${visibleJourneys(ctx)}
      order by is_start desc, j.last_activity_at desc, j.id desc limit ${limit}
    ) j
    join customers c on c.workspace_id = j.workspace_id and c.id = j.customer_id
    join stages s on s.workspace_id = j.workspace_id and s.id = j.stage_id
    join members m on m.workspace_id = j.workspace_id and m.id = j.osc_id
    join spokes sp on sp.workspace_id = j.workspace_id and sp.id = j.accountable_spoke_id`;
  return row?.found ?? "[]";
}

/** The customers that a search finds, for who reads them here. */
export async function searchCustomers(ctx: Context, input: SearchCustomers): Promise<FoundCustomer[]> {
  return JSON.parse(await foundText(ctx, input)) as FoundCustomer[];
}

/** The same as an object, for the command menu. */
export async function findHits(ctx: Context, input: SearchCustomers): Promise<JsonText> {
  return new JsonText(`{"hits":${await foundText(ctx, input)}}`);
}
