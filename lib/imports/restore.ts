import type { Context } from "@/lib/context";
import type { FilledBefore } from "@/lib/imports/fill";
import { rowsOf } from "@/lib/imports/rows-of";

type Filled = { line: number; customer_id: string; before: unknown };
type Restore = { line: number; customerId: string; before: FilledBefore };

/**
 * Puts matched customers back to what they were before an import filled them, in the order given, unless somebody has
 * changed them since. Answers the lines that were restored.
 */
export async function restoreFilled(ctx: Context, rows: readonly Filled[]): Promise<Set<number>> {
  const restored = new Set<number>();
  let group = new Map<string, Restore>();
  const flush = async () => {
    for (const line of await restoreGroup(ctx, [...group.values()])) restored.add(line);
    group = new Map();
  };
  for (const { line, customer_id, before } of rows) {
    if (group.has(customer_id)) await flush();
    group.set(customer_id, { line, customerId: customer_id, before: before as FilledBefore });
  }
  await flush();
  return restored;
}

/** Each customer once. */
async function restoreGroup(ctx: Context, rows: readonly Restore[]): Promise<number[]> {
  if (rows.length === 0) return [];
  const free = await untouched(ctx, rows);
  if (free.length === 0) return [];
  const { workspaceId } = ctx;
  const customers = free.map(({ customerId, before: { customer } }) => ({ id: customerId, ...customer }));
  await ctx.db.$executeRaw`
    update customers c set place = x.place, segment = x.segment, origin = x.origin, notes = x.notes,
      version = x.version, updated_at = x."updatedAt"
    from ${rowsOf(customers, { id: "uuid", place: "text", segment: "text", origin: "text", notes: "text", version: "int", updatedAt: "timestamptz" })}
    where c.workspace_id = ${workspaceId}::uuid and c.id = x.id`;
  const pointIds = free.flatMap(({ before }) => before.pointIds);
  if (pointIds.length > 0) {
    await ctx.db.$executeRaw`
      delete from contact_points where workspace_id = ${workspaceId}::uuid and id = any(${pointIds}::uuid[])`;
  }
  const persons = free.flatMap(({ before: { person } }) => (person ? [person] : []));
  if (persons.length > 0) {
    await ctx.db.$executeRaw`
      update persons p set identity_level = x."identityLevel", version = x.version
      from ${rowsOf(persons, { id: "uuid", identityLevel: "text", version: "int" })}
      where p.workspace_id = ${workspaceId}::uuid and p.id = x.id`;
  }
  const searches = free.flatMap(({ customerId, before: { search } }) =>
    search === null ? [] : [{ id: customerId, search }],
  );
  if (searches.length > 0) {
    await ctx.db.$executeRaw`
      update customer_search s set text = x.search from ${rowsOf(searches, { id: "uuid", search: "text" })}
      where s.workspace_id = ${workspaceId}::uuid and s.customer_id = x.id`;
  }
  return free.map(({ line }) => line);
}

type Standing = { id: string; version: number; persons: Record<string, number> | null };

/** Locks the customers and leaves out those that are not as the import left them. */
async function untouched(ctx: Context, rows: readonly Restore[]): Promise<Restore[]> {
  const { workspaceId } = ctx;
  const ids = rows.map(({ customerId }) => customerId).sort();
  await ctx.db.$queryRaw`select id from customers
    where workspace_id = ${workspaceId}::uuid and id = any(${ids}::uuid[]) order by id for update`;
  const standing = await ctx.db.$queryRaw<Standing[]>`
    select c.id, c.version, (select jsonb_object_agg(p.id, p.version) from persons p
      where p.workspace_id = c.workspace_id and p.customer_id = c.id) as persons
    from customers c where c.workspace_id = ${workspaceId}::uuid and c.id = any(${ids}::uuid[]) and c.merged_into_id is null`;
  const byId = new Map(standing.map((each) => [each.id, each]));
  return rows.filter(({ customerId, before: { after, person } }) => {
    const now = byId.get(customerId);
    if (now?.version !== after.customerVersion) return false;
    return person === null || now.persons?.[person.id] === after.personVersion;
  });
}
