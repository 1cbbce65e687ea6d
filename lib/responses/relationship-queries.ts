import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { Prisma } from "../generated/prisma/client";
import { ofMyTeam } from "../reports/queries";
import type { RelationshipAnswerRow, RelationshipAnswersInput } from "./schema";

type Row = Omit<RelationshipAnswerRow, "at"> & { at: Date };

/**
 * What persons said of the relationship as a whole, the latest first, by cursor, of one customer or of all. For managers; the
 * manager of one team reads what customers of her team's OSCs said.
 */
export async function listRelationshipAnswers(
  ctx: Context,
  { customerId, limit, cursor }: RelationshipAnswersInput,
): Promise<{ data: RelationshipAnswerRow[]; nextCursor: string | null }> {
  requirePermission(ctx, "scores.read", "scope");
  const from = decodeCursor(cursor);
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<Row[]>`
    select r.id, c.id as "customerId", c.name as "customerName", p.name as "personName", r.nps, r.comment, r.language,
      r.is_late as "isLate", r.answered_at as at
    from relationship_responses r join relationship_invites s on s.workspace_id = ${w} and s.id = r.invite_id
    join persons o on o.workspace_id = ${w} and o.id = s.person_id
    join persons p on p.workspace_id = ${w} and p.id = coalesce(o.merged_into_id, o.id)
    join customers c on c.workspace_id = ${w} and c.id = p.customer_id
    where r.workspace_id = ${w} ${customerId ? Prisma.sql`and c.id = ${customerId}::uuid` : Prisma.empty}
      and exists (select from journeys j where j.workspace_id = ${w} and j.customer_id = c.id and ${ofMyTeam(ctx, Prisma.sql`j.osc_id`)})
      ${from ? Prisma.sql`and (r.answered_at, r.id) < (${from.at}, ${from.id}::uuid)` : Prisma.empty}
    order by r.answered_at desc, r.id desc limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: rows.length > limit && last ? encodeCursor(last) : null,
  };
}

/**
 * How many were asked about the relationship since a day (`yyyy-mm-dd`, UTC; null is ever), and what those who answered in time said,
 * 0 to 10.
 */
export async function relationshipScores(
  ctx: Context,
  since: string | null,
): Promise<{ asked: number; scores: number[] }> {
  const rows = await ctx.db.$queryRaw<{ nps: number | null; times: number }[]>`
    select r.nps, count(*)::int as times from relationship_invites s
    left join relationship_responses r on r.workspace_id = ${ctx.workspaceId}::uuid and r.invite_id = s.id and not r.is_late
    where s.workspace_id = ${ctx.workspaceId}::uuid and s.sent_at is not null
      ${since ? Prisma.sql`and s.sent_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
    group by r.nps`;
  return {
    asked: rows.reduce((sum, { times }) => sum + times, 0),
    scores: rows.flatMap(({ nps, times }) => (nps === null ? [] : Array.from({ length: times }, () => nps))),
  };
}
