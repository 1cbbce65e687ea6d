import { z } from "zod";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { type JourneyConfig, journeyConfig } from "../passages/config";
import { ofAgents, originOf, passages } from "../passages/known";
import { defineRunKind, type RunFrame } from "../runs/kind";
import { computeLeaks, type EntryCount, type LeaksInput } from "./compute";
import { followLeaks } from "./follow";
import { usualParameters } from "./rules";
import type { LeaksParameters, LeaksResult } from "./schema";

const Parameters = z.strictObject({
  /** Days after which an entry is matured, and within which a drop or an advance counts. */
  horizonDays: z.number().int().min(1).max(365).default(30),
  /** Entries of that many days before the run's time are looked at. */
  windowDays: z.number().int().min(60).max(1_500).default(365),
  /** The last months that stand beside those before. */
  recentDays: z.number().int().min(14).max(365).default(90),
});

type Frame = RunFrame<LeaksParameters, JourneyConfig>;
const day = 86_400;

/**
 * Entries counted in the database by stage, origin, consultant and half of the window. Only journeys that something happened to in
 * the window are read, each from its beginning: what was over before costs nothing, however much there is of it. Who the
 * consultant was then comes of one walk through entries and assignments in their order, and of no look-up for each.
 */
function readEntries(ctx: Context, run: Frame): Promise<EntryCount[]> {
  const { horizonDays, windowDays, recentDays } = run.parameters;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const end = run.asOf.getTime() / 1000;
  const from = end - windowDays * day;
  const isRecent = Prisma.sql`t.journey_id in (select x.journey_id from stage_transitions x where x.workspace_id = ${w}
    and x.at >= to_timestamp(${from}::float8) - interval '1 second' and x.at <= ${run.asOf})`;
  const horizon = Prisma.sql`${horizonDays * day}::float8`;
  const recent = Prisma.sql`p.entered >= ${end - (horizonDays + recentDays) * day}::float8`;
  return ctx.db.$queryRaw<EntryCount[]>`
    with ${passages(ctx, run, isRecent)},
    stream as (
      select p.journey_id, p.entered as at, 1 as is_entry, null::uuid as member_id, p.stage_id, p.entered, p.held, p.ended, p.active, p.won
      from passages p where not p.is_backwards and p.entered >= ${from}::float8 and ${ofAgents(ctx, run, Prisma.sql`p.journey_id`)}
      union all
      select a.journey_id, extract(epoch from a.from_at)::float8, 0, a.member_id, null, null, null, null, null, null
      from osc_assignments a where a.workspace_id = ${w} and a.journey_id in (select journey_id from passages)),
    turns as (select *, count(member_id) over (partition by journey_id order by at, is_entry) as turn from stream),
    owned as (select *, first_value(member_id) over (partition by journey_id, turn order by at, is_entry) as osc_id from turns),
    entered as materialized (
      select ${originOf(ctx, Prisma.sql`p.journey_id`)} as origin, p.stage_id, coalesce(p.osc_id::text, '') as osc, ${recent} as is_recent,
        ${end}::float8 - p.entered - p.held >= ${horizon} as is_matured, p.ended, p.active <= ${horizon} as in_time, p.won >= p.entered as is_won
      from owned p where p.is_entry = 1)
    select t.key as template, s.key as stage, e.origin, e.osc, e.is_recent as "isRecent", e.is_matured as "isMatured", count(*)::int as n,
      (count(*) filter (where e.ended = 'dropped' and e.in_time))::int as dropped, (count(*) filter (where e.ended = 'advanced' and e.in_time))::int as advanced,
      (count(*) filter (where e.ended = 'advanced'))::int as "wentOn", (count(*) filter (where e.ended = 'advanced' and e.is_won))::int as won
    from entered e join stages s on s.workspace_id = ${w} and s.id = e.stage_id join journey_templates t on t.workspace_id = ${w} and t.id = s.template_id
    group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`;
}

/** What the wins of the window were worth, as it was known, in the workspace's currency. */
async function readValue(ctx: Context, run: Frame): Promise<Omit<LeaksInput, "entries">> {
  const { asOf, knownAt, config, parameters } = run;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const since = new Date(asOf.getTime() - parameters.windowDays * day * 1000);
  const [row] = await ctx.db.$queryRaw<{ n: number; sum: number }[]>`
    select count(value)::int as n, coalesce(sum(value), 0)::float8 as sum from (
      select case when v.journey_id is null then j.value_minor else v.value_minor end as value
      from (select t.journey_id from stage_transitions t where t.workspace_id = ${w} and t.at >= ${since} and t.at <= ${asOf} and t.recorded_at <= ${knownAt}
        and t.status = 'won' and not exists (select from stage_transitions e where e.workspace_id = ${w} and e.journey_id = t.journey_id and e.at < ${since}
          and e.recorded_at <= ${knownAt} and e.status = 'won') group by t.journey_id) won
      join journeys j on j.workspace_id = ${w} and j.id = won.journey_id and coalesce(j.currency, ${config.currency}) = ${config.currency}
      left join lateral (select x.journey_id, x.value_minor from journey_value_versions x where x.workspace_id = ${w} and x.journey_id = won.journey_id
        and x.known_until > ${knownAt} order by x.known_until limit 1) v on true
      where ${ofAgents(ctx, run, Prisma.sql`won.journey_id`)}) valued`;
  return { winsWithValue: row?.n ?? 0, valueOfWinsMinor: row?.sum ?? 0 };
}

/** Where customers fall out more than elsewhere (DOMAIN 6B, F18, F19), from stage transitions alone. */
export const leaksKind = defineRunKind<LeaksParameters, JourneyConfig, LeaksInput, LeaksResult>({
  kind: "leaks",
  parameters: Parameters,
  seed: 18,
  nightly: [usualParameters],
  config: journeyConfig,
  read: async (ctx, run) => ({ entries: await readEntries(ctx, run), ...(await readValue(ctx, run)) }),
  compute: (input, { config, parameters }) => computeLeaks(input, config, parameters),
  finished: followLeaks,
});
