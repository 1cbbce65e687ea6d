import { databaseTransaction } from "@/lib/db";

/** What may differ after a change was taken back: the record of both, and that there is something to sum anew. */
const leftOut = [
  ...["audit_log", "events", "audit_heads", "merges", "interaction_versions", "journey_value_versions"],
  ...["_prisma_migrations", "rate_limits", "stale_journeys"],
];

export type Dump = Record<string, string[]>;

/** Every row of every table of a workspace as text, tables and rows in a fixed order, without what records the past. */
export async function dumpWorkspace(workspaceId: string, options: { except?: string[] } = {}): Promise<Dump> {
  const except = [...leftOut, ...(options.except ?? [])];
  return databaseTransaction(workspaceId, async (db) => {
    const tables = await db.$queryRaw<{ name: string }[]>`
      select c.relname::text as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all (${except}::text[])
        and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped)
      order by c.relname`;
    const dump: Dump = {};
    for (const { name } of tables) {
      const rows = await db.$queryRaw<{ content: string }[]>`
        select each.content::text as content from (
          select (xpath('/row/content/text()', row_xml))[1]::text as content
          from unnest(xpath('/table/row', query_to_xml(format('select to_jsonb(t)::text as content from public.%I t', ${name}::text), false, false, ''))) as row_xml
        ) each order by 1`;
      dump[name] = rows.map(({ content }) => content);
    }
    return dump;
  });
}

/** Rows by table that only one of two dumps has; empty when they are equal. */
export function differences(before: Dump, after: Dump): Record<string, { gone: string[]; come: string[] }> {
  const found: Record<string, { gone: string[]; come: string[] }> = {};
  for (const table of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[table] ?? [], after[table] ?? []];
    const gone = was.filter((row) => !is.includes(row));
    const come = is.filter((row) => !was.includes(row));
    if (gone.length > 0 || come.length > 0) found[table] = { gone, come };
  }
  return found;
}
