import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import type { RunFrame } from "../runs/kind";
import { interactionsKnownAt } from "../runs/queries";
import type { ContactCell, DriversConfig, DriversParameters, JourneyCell } from "./schema";

type Frame = RunFrame<DriversParameters, DriversConfig>;

export type DriversInput = { momentIds: string[]; contacts: ContactCell[]; journeys: JourneyCell[] };

/** The word of somebody else stands above the agent's own, a later one above an earlier one. */
function seenThen(ctx: Context, run: Frame, momentIds: string[]): Prisma.Sql {
  const { parameters, agentIds, knownAt } = run;
  return Prisma.sql`
    known as materialized (select * from ${interactionsKnownAt(ctx, run)} k
      where exists (select from moment_observations o where o.workspace_id = ${ctx.workspaceId}::uuid and o.interaction_id = k.id)
        ${parameters.type === null ? Prisma.empty : Prisma.sql`and k.type = ${parameters.type}`}
        ${agentIds ? Prisma.sql`and k.agent_id = any(${[...agentIds]}::uuid[])` : Prisma.empty}),
    moments as (select id, place from unnest(${momentIds}::uuid[]) with ordinality m(id, place)),
    seen as (select interaction_id, place, state from (
      select distinct on (o.interaction_id, m.place) o.interaction_id, m.place,
        case o.state when 'missed' then 0 when 'done' then 1 when 'done_well' then 2 end as state
      from moment_observations o join moments m on m.id = o.moment_id
      where o.workspace_id = ${ctx.workspaceId}::uuid and o.recorded_at <= ${knownAt}
      order by o.interaction_id, m.place, (o.observer_kind = 'agent'), o.recorded_at desc, o.id desc) stands where state is not null)`;
}

/** Contacts by type, the customer's class and what was seen, as counts. */
function readContacts(ctx: Context, run: Frame, momentIds: string[]): Promise<ContactCell[]> {
  const { asOf, knownAt } = run;
  return ctx.db.$queryRaw<ContactCell[]>`
    with ${seenThen(ctx, run, momentIds)},
    each as (select interaction_id, string_agg(place || ':' || state, ' ' order by place) as seen from seen group by interaction_id)
    select k.type, r.class, each.seen, count(*)::int as n from each join known k on k.id = each.interaction_id
    left join responses r on r.workspace_id = ${ctx.workspaceId}::uuid and r.interaction_id = k.id and r.counts_for_class
      and r.recorded_at <= ${knownAt} and r.answered_at <= ${asOf}
    group by 1, 2, 3 order by 1, 2, 3`;
}

/** Journeys that were won or lost, by value, route and how each moment went the last time before the end, as counts. */
function readJourneys(ctx: Context, run: Frame, momentIds: string[]): Promise<JourneyCell[]> {
  const { asOf, knownAt } = run;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return ctx.db.$queryRaw<JourneyCell[]>`
    with ${seenThen(ctx, run, momentIds)},
    ended as materialized (select journey_id, status <> 'lost' as is_won, route, case when status = 'lost' then last_at else won_at end as at from (
      select journey_id, (array_agg(status order by at desc, seq desc))[1] as status, (array_agg(coalesce(last_route, '') order by at desc, seq desc))[1] as route,
        max(at) as last_at, min(at) filter (where status in ('won', 'completed')) as won_at
      from stage_transitions where workspace_id = ${w} and at <= ${asOf} and recorded_at <= ${knownAt} and status <> 'merged'
      group by journey_id) t where status in ('won', 'completed', 'lost')),
    valued as (select e.*, case when v.journey_id is null then j.value_minor else v.value_minor end as value
      from ended e join journeys j on j.workspace_id = ${w} and j.id = e.journey_id
      left join lateral (select x.journey_id, x.value_minor from journey_value_versions x where x.workspace_id = ${w} and x.journey_id = e.journey_id
        and x.known_until > ${knownAt} order by x.known_until limit 1) v on true),
    middle as (select percentile_disc(0.5) within group (order by value) as value from valued),
    last as (select distinct on (k.journey_id, k.type, s.place) k.journey_id, k.type, s.place, s.state
      from seen s join known k on k.id = s.interaction_id join ended e on e.journey_id = k.journey_id and k.started_at <= e.at
      order by k.journey_id, k.type, s.place, k.started_at desc, k.id desc),
    each as (select journey_id, json_agg(json_build_array(type, place, state) order by type, place)::text as seen from last group by journey_id)
    select v.is_won as "isWon", coalesce(v.value > middle.value, false) as "isLarge", v.route, each.seen, count(*)::int as n
    from valued v cross join middle join each on each.journey_id = v.journey_id
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
}

/** Everything the drivers are computed from: rows counted in the database, so that size hardly shows. */
export async function readDrivers(ctx: Context, run: Frame): Promise<DriversInput> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from defining_moments where workspace_id = ${ctx.workspaceId}::uuid and created_at <= ${run.knownAt} order by id`;
  const momentIds = rows.map(({ id }) => id);
  const contacts = await readContacts(ctx, run, momentIds);
  return { momentIds, contacts, journeys: await readJourneys(ctx, run, momentIds) };
}
