import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { rateOf } from "../statistics/rate";
import { teamOf } from "./queries";
import { sinceOf } from "./rules";
import type { BoardInput, FactsReport } from "./schema";

type Row = { medium: string; name: string; nameHe: string; k: number; n: number };

/** So many of the newest judgements are looked at, whatever there are; their ids come in the order of time. */
const mostLooked = 20_000;

/**
 * What was measured of every contact by the facts alone (DOMAIN C3): how often each fact that a standard asks for was kept, by medium,
 * in the standing judgements among the newest 20 000. Whether customers were content is no part of it, nor this of what they said.
 */
export async function getFacts(ctx: Context, input: Pick<BoardInput, "type" | "weeks">): Promise<FactsReport> {
  requirePermission(ctx, "scores.read", "scope");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const since = sinceOf(input.weeks, ctx.now);
  const team = teamOf(ctx);
  const rows = await ctx.db.$queryRaw<Row[]>`
    select i.medium, c.name, c.name_he as "nameHe", (count(*) filter (where t.result = 'passed'))::int as k, count(*)::int as n
    from (select id, interaction_id, number from evaluations where workspace_id = ${w} order by id desc limit ${mostLooked}) e
    join interactions i on i.workspace_id = ${w} and i.id = e.interaction_id
    join evaluation_items t on t.workspace_id = ${w} and t.evaluation_id = e.id and t.judged_by = 'rule' and t.result <> 'not_applicable'
    join standard_criteria c on c.workspace_id = ${w} and c.id = t.criterion_id
    where not exists (select from evaluations x where x.workspace_id = ${w} and x.interaction_id = e.interaction_id and x.number > e.number)
      ${input.type ? Prisma.sql`and i.type = ${input.type}` : Prisma.empty} ${team ? Prisma.sql`and i.agent_id in ${team}` : Prisma.empty}
      ${since ? Prisma.sql`and i.started_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
    group by 1, 2, 3 order by 1, 2 limit 200`;
  return { facts: rows.map(({ k, n, ...fact }) => ({ ...fact, ...rateOf(k, n) })) };
}
