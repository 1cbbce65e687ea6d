import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import { type Rate, rateOf } from "../statistics/rate";
import type { AdviceInputs, Deal } from "./schema";

/** How far back deals that ended are looked at, in days, and how many of their ends are read at most. */
export const dealDays = 90;
const mostEnds = 20_000;
const day = 86_400_000;

type Stored = { fields: unknown; value: number | null; newCustomer: boolean; template: string };

/** Journeys that were won or lost in these days, the newest ends first; a journey that was won stays won, whatever followed. */
function ended(ctx: Context): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const since = new Date(ctx.now.getTime() - dealDays * day);
  return Prisma.sql`recent as materialized (
      select journey_id from stage_transitions where workspace_id = ${w} and at > ${since} and at <= ${ctx.now} and status in ('won', 'completed', 'lost')
      order by at desc limit ${mostEnds}),
    ended as materialized (select t.journey_id, e.won_at is not null as is_won from (select distinct journey_id from recent) t join lateral (
      select min(at) filter (where status in ('won', 'completed')) as won_at, max(at) filter (where status = 'lost') as lost_at,
        (array_agg(status order by at desc, seq desc))[1] as last
      from stage_transitions s where s.workspace_id = ${w} and s.journey_id = t.journey_id and s.at <= ${ctx.now}) e
      on (e.won_at > ${since} or (e.won_at is null and e.last = 'lost' and e.lost_at > ${since})))`;
}

/** What is stored of a journey that a rule or the advisor may ask; a customer is new while none of hers was won before. */
const stored = Prisma.sql`j.fields, case when j.value_minor is null then null else j.value_percentile end as value, m.key as template,
  not exists (select from journeys o join stage_transitions s on s.workspace_id = o.workspace_id and s.journey_id = o.id and s.status = 'won'
    where o.workspace_id = j.workspace_id and o.customer_id = j.customer_id and o.id <> j.id and s.at < j.arrived_at) as "newCustomer"`;

function shareOf(fields: unknown, key: string): number | null {
  const value = typeof fields === "object" && fields !== null ? (fields as Record<string, unknown>)[key] : undefined;
  const share = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof share === "number" && share >= 0 && share <= 1 ? share : null;
}

const dealOf = ({ fields, value, newCustomer, template }: Stored): Deal => ({
  complexity: shareOf(fields, "complexity"),
  inaccessibility: shareOf(fields, "inaccessibility"),
  relationship: shareOf(fields, "relationship"),
  ...{ value, newCustomer, template },
});

/** The deals that ended in the last 90 days as rules see them, and whether there were more than are read. */
export async function readDeals(ctx: Context): Promise<{ deals: Deal[]; isPartial: boolean }> {
  const rows = await ctx.db.$queryRaw<(Stored & { isPartial: boolean })[]>`
    with ${ended(ctx)} select ${stored}, (select count(*) >= ${mostEnds} from recent) as "isPartial" from ended e
    join journeys j on j.workspace_id = ${ctx.workspaceId}::uuid and j.id = e.journey_id and j.status <> 'merged'
    join journey_templates m on m.workspace_id = j.workspace_id and m.id = j.template_id`;
  return { deals: rows.map(dealOf), isPartial: rows[0]?.isPartial ?? false };
}

/** How many of the deals that ended lately were won; of those that were once in a stage when one is named. */
async function readCloseRate(ctx: Context, stageId: string | null): Promise<Rate> {
  const passed = stageId
    ? Prisma.sql`where exists (select from stage_transitions s where s.workspace_id = ${ctx.workspaceId}::uuid and s.journey_id = e.journey_id
        and s.to_stage_id = ${stageId}::uuid)`
    : Prisma.empty;
  const [row] = await ctx.db.$queryRaw<{ won: number; all: number }[]>`
    with ${ended(ctx)} select count(*) filter (where is_won)::int as won, count(*)::int as all from ended e ${passed}`;
  return rateOf(row?.won ?? 0, row?.all ?? 0);
}

/**
 * What is stored that the advisor asks, of a journey or of nobody in particular: null is not stored.
 *
 * The chance of closing is the share of deals won in the last 90 days, of those that passed the journey's stage when there are
 * any (DOMAIN F60). Throws `not_found` for a journey that the reader may not see.
 */
export async function readInputs(ctx: Context, journeyId: string | null): Promise<AdviceInputs> {
  if (journeyId === null) {
    const closeRate = await readCloseRate(ctx, null);
    return { journey: null, closeRate, known: closeRate.rate === null ? {} : { pClose: closeRate.rate } };
  }
  const [row] = await ctx.db.$queryRaw<
    (Stored & { customerId: string; customerName: string; stageId: string; stageName: string })[]
  >`
    select ${stored}, c.id as "customerId", c.name as "customerName", s.id as "stageId", s.name as "stageName" from journeys j
    join journey_templates m on m.workspace_id = j.workspace_id and m.id = j.template_id
    join stages s on s.workspace_id = j.workspace_id and s.id = j.stage_id
    join customers c on c.workspace_id = j.workspace_id and c.id = j.customer_id
    where j.workspace_id = ${ctx.workspaceId}::uuid and j.id = ${journeyId}::uuid and j.status <> 'merged' and ${visibleJourneys(ctx)}`;
  if (!row) throw new AppError("not_found", "journey");
  const { complexity, inaccessibility, relationship, value } = dealOf(row);
  const ofStage = await readCloseRate(ctx, row.stageId);
  const closeRate = ofStage.rate === null ? await readCloseRate(ctx, null) : ofStage;
  const found = { complexity, inaccessibility, relationship, valuePct: value, pClose: closeRate.rate };
  return {
    journey: {
      id: journeyId,
      customerId: row.customerId,
      customerName: row.customerName,
      stageName: ofStage.rate === null ? null : row.stageName,
      deal: dealOf(row),
    },
    closeRate,
    known: Object.fromEntries(Object.entries(found).filter(([, share]) => share !== null)),
  };
}
