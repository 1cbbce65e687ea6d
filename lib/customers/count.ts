import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import { filterOfQuery } from "./filter";
import { counted } from "./frame";
import { conditionsOf } from "./list";
import { countLimit } from "./list-schema";

/** How many a list holds: exactly (`eq`), or at least (`gte`). */
export type CountView = { value: number; relation: "eq" | "gte" };

/**
 * About how many customers a filter finds: from counters where they know, which count every journey; else by counting up
 * to 10,000 that one may see, and beyond that only that there are more.
 */
export async function estimateCustomers(ctx: Context, { query }: { query: string }): Promise<CountView> {
  requirePermission(ctx, "journeys.read");
  const filter = filterOfQuery(query);
  const known = counted(ctx, filter);
  if (known) {
    const [row] = await ctx.db.$queryRaw<{ value: number }[]>`
      select coalesce(sum(k.count), 0)::int as value from journey_counts k where ${known}`;
    return { value: row?.value ?? 0, relation: "eq" };
  }
  const conditions = [
    Prisma.sql`j.workspace_id = ${ctx.workspaceId}::uuid`,
    Prisma.sql`j.is_primary`,
    visibleJourneys(ctx),
    ...conditionsOf(ctx, filter),
  ];
  const [row] = await ctx.db.$queryRaw<{ value: number }[]>`
    select count(*)::int as value from (
      select 1 from journeys j join customers c on c.workspace_id = ${ctx.workspaceId}::uuid and c.id = j.customer_id
      where ${Prisma.join(conditions, " and ")} limit 10001) few`;
  const value = row?.value ?? 0;
  return value > countLimit ? { value: countLimit, relation: "gte" } : { value, relation: "eq" };
}
