import type { Context } from "./context";
import { Prisma } from "./generated/prisma/client";
import { columnOf } from "./insert-rows";

/**
 * Changes one row by its id with a single statement and counts its version up. Keys of `data` are columns in camel case;
 * what is undefined stays. `table` is a name from our own code. For rows that a command has locked before.
 */
export async function updateRow(ctx: Context, table: string, id: string, data: object): Promise<void> {
  const patch = Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [columnOf(key), typeof value === "bigint" ? String(value) : value]),
  );
  const columns = Object.keys(patch).sort();
  const set = columns.map((column) => `"${column}" = patch."${column}", `).join("");
  await ctx.db.$executeRaw(Prisma.sql`
    update ${Prisma.raw(`"${table}"`)} as row set ${Prisma.raw(set)} version = row.version + 1
    from jsonb_populate_record(null::${Prisma.raw(`"${table}"`)}, ${JSON.stringify(patch)}::jsonb) as patch
    where row.workspace_id = ${ctx.workspaceId}::uuid and row.id = ${id}::uuid`);
}
