import type { Context } from "@/lib/context";
import { Prisma } from "@/lib/generated/prisma/client";

/** Tables an import never writes: one row there is somebody's work. */
const onlyWork = ["relays", "promises", "tasks", "appointments", "off_track_events", "customer_links"];

/** Tables an import writes: work is a row of another hand, or one that was changed since. */
const imported = ["interactions", "journeys", "touchpoints", "persons"];

/**
 * Which of these customers somebody has worked on since the import brought them: a contact, a passage, an expected
 * touchpoint, a relay, a promise, a task, an appointment, a consent, a merge, an edit.
 *
 * One plain read by id for each table, no joins: right after a large import the planner knows nothing of the new rows.
 */
export async function findWorkedOn(ctx: Context, importId: string, ids: readonly string[]): Promise<Set<string>> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const these = Prisma.sql`any(${[...ids]}::uuid[])`;
  const foreign = Prisma.sql`import_id is distinct from ${importId}::uuid`;
  const from = (table: string) => Prisma.raw(`"${table}"`);
  const reads = [
    ...onlyWork.map(
      (table) => Prisma.sql`
      select customer_id from ${from(table)} where workspace_id = ${w} and customer_id = ${these}`,
    ),
    ...imported.map(
      (table) => Prisma.sql`
      select customer_id from ${from(table)}
      where workspace_id = ${w} and customer_id = ${these} and (${foreign} or version > 1)`,
    ),
    Prisma.sql`select customer_id from contact_points
      where workspace_id = ${w} and customer_id = ${these} and (${foreign} or verified_at is not null)`,
    Prisma.sql`select survivor_id from merges where workspace_id = ${w} and survivor_id = ${these}`,
    Prisma.sql`select loser_id from merges where workspace_id = ${w} and loser_id = ${these}`,
    Prisma.sql`select p.customer_id from persons p where p.workspace_id = ${w} and p.customer_id = ${these}
      and p.id in (select person_id from consents where workspace_id = ${w})`,
  ];
  const rows = await ctx.db.$queryRaw<{ customer_id: string }[]>(Prisma.join(reads, " union all "));
  return new Set(rows.map((row) => row.customer_id));
}
