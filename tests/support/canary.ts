import type pg from "pg";

type Column = { table_name: string; column_name: string; data_type: string };

/** Where the secret stands: `table.column`. */
export type Planted = string[];

/** What the rows hang by: changed, they would no longer be found by those to whom they belong. */
const kept = ["spokes.key", "members.status", "journeys.status", "stages.key"];

/**
 * Writes a secret into every column of text of a workspace that takes it, as only the owner of the database can, and
 * answers where it stands. Columns whose words the database itself knows refuse it; `only` chooses columns by
 * `table.column`.
 */
export async function plantCanary(
  owner: pg.Client,
  workspaceId: string,
  secret: string,
  only: RegExp = /./,
): Promise<Planted> {
  const { rows: columns } = await owner.query<Column>(
    `select c.table_name, c.column_name, c.data_type from information_schema.columns c
     join information_schema.columns w on w.table_schema = c.table_schema and w.table_name = c.table_name and w.column_name = 'workspace_id'
     join pg_class k on k.relname = c.table_name and k.relnamespace = 'public'::regnamespace and k.relkind = 'r'
     where c.table_schema = 'public' and c.data_type in ('text', 'character varying', 'jsonb', 'ARRAY') and c.is_generated = 'NEVER'
       and (c.data_type <> 'ARRAY' or c.udt_name = '_text') order by 1, 2`,
  );
  const planted: Planted = [];
  await owner.query("begin");
  await owner.query("set local session_replication_role = replica");
  for (const column of columns.filter((each) => only.test(nameOf(each))))
    if (await plant(owner, column, workspaceId, secret)) planted.push(nameOf(column));
  await owner.query("commit");
  return planted;
}

const nameOf = ({ table_name, column_name }: Column) => `${table_name}.${column_name}`;

/** How a column of its kind takes the secret; each row gets one of its own, so that keys stay different. */
const forms: Record<string, string> = {
  text: "$2 || '-' || substr(md5(ctid::text), 1, 6)",
  "character varying": "$2 || '-' || substr(md5(ctid::text), 1, 6)",
  ARRAY: "array[$2]",
  jsonb: "jsonb_build_object('canary', $2::text) || case when jsonb_typeof(%) = 'object' then % else '{}' end",
};

async function plant(owner: pg.Client, column: Column, workspaceId: string, secret: string): Promise<boolean> {
  if (kept.includes(nameOf(column))) return false;
  const name = owner.escapeIdentifier(column.column_name);
  const value = (forms[column.data_type] ?? "").replaceAll("%", name);
  const table = owner.escapeIdentifier(column.table_name);
  await owner.query("savepoint each_column");
  try {
    const statement = `update public.${table} set ${name} = ${value} where workspace_id = $1 and ${name} is not null`;
    const { rowCount } = await owner.query(statement, [workspaceId, secret]);
    await owner.query("release savepoint each_column");
    return (rowCount ?? 0) > 0;
  } catch {
    await owner.query("rollback to savepoint each_column");
    return false;
  }
}
