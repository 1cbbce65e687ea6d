import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { compareResponders, coverageOf, type ResponseGroup } from "../experience/coverage";
import { Prisma } from "../generated/prisma/client";
import { ofMyTeam } from "../reports/queries";
import { sinceOf } from "./rules";
import { type BoardInput, type SilenceReport, silenceSides } from "./schema";

type Row = { side: (typeof silenceSides)[number]; key: string; answered: number; silent: number };

/** Who was asked by what can be known of those who kept silent too: how we spoke, what about, and what became of the journey. */
function readAsked(ctx: Context, type: string | null, since: string | null): Promise<Row[]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return ctx.db.$queryRaw<Row[]>`
    with asked as (
      select s.medium, s.type, case when j.status in ('won', 'completed') then 'won' when j.status = 'lost' then 'lost' else 'open' end as outcome,
        (s.state = 'answered')::int as answered
      from survey_invites s join interactions i on i.workspace_id = ${w} and i.id = s.interaction_id
      left join journeys j on j.workspace_id = ${w} and j.id = i.journey_id
      where s.workspace_id = ${w} and s.sent_at is not null and (s.state = 'answered' or s.expires_at <= ${ctx.now}) and ${ofMyTeam(ctx, Prisma.sql`i.agent_id`)}
        ${type ? Prisma.sql`and s.type = ${type}` : Prisma.empty}
        ${since ? Prisma.sql`and s.sent_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
      order by s.sent_at desc limit ${mostAsked})
    select case when grouping(medium) = 0 then 'medium' when grouping(type) = 0 then 'type' else 'outcome' end as side,
      coalesce(medium, type, outcome) as key, sum(answered)::int as answered, (count(*) - sum(answered))::int as silent
    from asked group by grouping sets ((medium), (type), (outcome)) order by 1, 2`;
}

/** How soon the newest of those who answered did, in hours: quantiles of type 7 (DOMAIN F91), which PostgreSQL calls continuous. */
async function readHours(ctx: Context, type: string | null, since: string | null): Promise<SilenceReport["hours"]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<{ hours: [number, number, number] | null }[]>`
    select percentile_cont(array[0.5, 0.8, 0.9]) within group (order by extract(epoch from answered_at - sent_at) / 3600)::float8[] as hours from (
      select s.answered_at, s.sent_at from survey_invites s join interactions i on i.workspace_id = ${w} and i.id = s.interaction_id
      where s.workspace_id = ${w} and s.sent_at is not null and s.state = 'answered' and ${ofMyTeam(ctx, Prisma.sql`i.agent_id`)}
        ${type ? Prisma.sql`and s.type = ${type}` : Prisma.empty}
        ${since ? Prisma.sql`and s.sent_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
      order by s.sent_at desc limit ${mostAsked}) answered`;
  if (!row?.hours) return null;
  const [median, p80, p90] = row.hours;
  return { median, p80, p90 };
}

/**
 * Whether those who answered resemble those who were asked and kept silent (DOMAIN C2), whose time to answer is over: the shares of
 * media, types and outcomes among both, of the newest 20 000. What nobody can know of the silent, how they felt, is no part of it.
 */
export async function getSilence(ctx: Context, input: Pick<BoardInput, "type" | "weeks">): Promise<SilenceReport> {
  requirePermission(ctx, "scores.read", "scope");
  const asked = [input.type || null, sinceOf(input.weeks, ctx.now)] as const;
  const [rows, hours] = await Promise.all([readAsked(ctx, ...asked), readHours(ctx, ...asked)]);
  const of = (side: Row["side"]): ResponseGroup[] => rows.filter((row) => row.side === side);
  const total = of("outcome").reduce(
    (sum, { answered, silent }) => ({ answered: sum.answered + answered, silent: sum.silent + silent }),
    { answered: 0, silent: 0 },
  );
  const isTold = total.answered >= fewest && total.silent >= fewest;
  return {
    ...total,
    hours,
    coverage: coverageOf(total.answered, total.answered + total.silent),
    isTold,
    sides: silenceSides.map((side) => {
      const groups = of(side);
      const found = compareResponders(groups);
      return {
        side,
        groups: groups.map(({ key, answered, silent }) => {
          const {
            difference = null,
            lo = null,
            hi = null,
            isDifferent = false,
          } = found.find((each) => each.key === key) ?? {};
          return { key, answered, silent, difference, lo, hi, isDifferent: isTold && isDifferent };
        }),
      };
    }),
  };
}

/** So many tell as much as all, and cost the same however many were ever asked. */
const mostAsked = 20_000;

/** Fewer on either side tell nothing (DOMAIN 6.0). */
const fewest = 20;
