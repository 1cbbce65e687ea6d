import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import type { PersonOption } from "../members/options";
import { type TouchpointView, touchpointView } from "./of-customer";
import { visibleJourneys } from "./visibility";

/** The OSC of each of these customers' primary journey, by customer; customers one may not see are left out. */
export async function oscsOf(ctx: Context, customerIds: string[]): Promise<Map<string, PersonOption>> {
  requirePermission(ctx, "journeys.read");
  const rows = await ctx.db.$queryRaw<(PersonOption & { customerId: string })[]>`
    select j.customer_id as "customerId", m.id, m.name, m.spoke_id as "spokeId", m.roles
    from journeys j join members m on m.workspace_id = ${ctx.workspaceId}::uuid and m.id = j.osc_id
    where j.workspace_id = ${ctx.workspaceId}::uuid and j.customer_id = any(${customerIds}::uuid[]) and j.is_primary
      and ${visibleJourneys(ctx)}`;
  return new Map(rows.map(({ customerId, ...osc }) => [customerId, osc]));
}

/** The touchpoint that each of these customers is in at the moment, by customer; none for who is in none. */
export async function currentTouchpointsOf(ctx: Context, customerIds: string[]): Promise<Map<string, TouchpointView>> {
  requirePermission(ctx, "journeys.read");
  const rows = await ctx.db.$queryRaw<{ customerId: string; touchpoint: unknown }[]>`
    select j.customer_id as "customerId", to_jsonb(t) as touchpoint
    from journeys j join touchpoints t on t.workspace_id = ${ctx.workspaceId}::uuid and t.journey_id = j.id and t.state = 'in_progress'
    where j.workspace_id = ${ctx.workspaceId}::uuid and j.customer_id = any(${customerIds}::uuid[]) and j.is_primary
      and ${visibleJourneys(ctx)}`;
  return new Map(
    rows.flatMap(({ customerId, touchpoint }) => {
      const view = touchpointView(touchpoint);
      return view ? [[customerId, view] as const] : [];
    }),
  );
}
