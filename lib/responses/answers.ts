import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { Prisma } from "../generated/prisma/client";
import { ofMyTeam } from "../reports/queries";
import type { AnswerRow, AnswersInput } from "./schema";

type Row = Omit<AnswerRow, "at"> & { at: Date };

/**
 * Every answer that customers gave, the latest first, by cursor: those that class a contact beside late ones, second ones and
 * those that hold no score. For managers; the manager of one team reads what was said of her team's contacts.
 */
export async function listAnswers(
  ctx: Context,
  { type, limit, cursor }: AnswersInput,
): Promise<{ data: AnswerRow[]; nextCursor: string | null }> {
  requirePermission(ctx, "scores.read", "scope");
  const from = decodeCursor(cursor);
  const rows = await ctx.db.$queryRaw<Row[]>`
    select r.id, i.id as "interactionId", i.customer_id as "customerId", c.name as "customerName", i.medium, i.route, i.type,
      m.name as "agentName", r.source, r.class, r.is_late as "isLate", r.counts_for_class as "countsForClass", r.expectation, r.outcome,
      r.disconfirmation, r.csat, r.ces, r.comment, r.answered_at as at
    from responses r
    join interactions i on i.workspace_id = r.workspace_id and i.id = r.interaction_id
    join customers c on c.workspace_id = i.workspace_id and c.id = i.customer_id
    left join members m on m.workspace_id = i.workspace_id and m.id = i.agent_id
    where r.workspace_id = ${ctx.workspaceId}::uuid and r.source <> 'staff' and ${ofMyTeam(ctx, Prisma.sql`i.agent_id`)}
      ${type ? Prisma.sql`and i.type = ${type}` : Prisma.empty}
      ${from ? Prisma.sql`and (r.answered_at, r.id) < (${from.at}, ${from.id}::uuid)` : Prisma.empty}
    order by r.answered_at desc, r.id desc limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: rows.length > limit && last ? encodeCursor(last) : null,
  };
}
