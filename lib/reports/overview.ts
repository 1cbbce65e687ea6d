import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { continuity } from "../journeys/speed-to-lead";
import { isRankable, minimumTrials } from "../statistics/rate";
import { getOriginsReport, getSpeedToLeadReport, ofMyTeam, readAnsweredLeads } from "./queries";
import type { Continuity, MatrixCell, Overview, OverviewPage, OverviewRow, OverviewRows } from "./schema";

const open = Prisma.sql`('pre_lead', 'active', 'nurture', 'won', 'on_hold')`;

/** Days within which a consultant's touch counts as continuity (DOMAIN F05). */
const continuityDays = 14;
const mostEvents = 5_000;
const mostTouches = 20_000;
const mostRows = 100;

type Place = Overview["spokes"][number];

type MatrixRow = {
  spokes: Place[];
  stages: Overview["stages"];
  cells: MatrixCell[];
};

async function readMatrix(ctx: Context): Promise<MatrixRow> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<MatrixRow[]>`
    with cells as (
      select jc.stage_id, jc.accountable_spoke_id as spoke_id, sum(jc.count)::int as count,
        coalesce(sum(jc.count) filter (where jc.is_off_track), 0)::int as off_track
      from journey_counts jc where jc.workspace_id = ${w} and jc.status in ${open} and ${ofMyTeam(ctx, Prisma.sql`jc.osc_id`)}
      group by 1, 2 having sum(jc.count) > 0)
    select
      (select jsonb_agg(jsonb_build_object('id', id, 'key', key, 'code', code, 'name', name, 'nameHe', name_he, 'position', position) order by position)
        from spokes where workspace_id = ${w} and (archived_at is null or id in (select spoke_id from cells))) as spokes,
      (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'templateName', t.name, 'number', t.number, 'position', s.position)
        order by t.is_default desc, t.name, t.number desc, s.position), '[]')
        from stages s join journey_templates t on t.workspace_id = s.workspace_id and t.id = s.template_id
        where s.workspace_id = ${w} and s.id in (select stage_id from cells)) as stages,
      (select coalesce(jsonb_agg(jsonb_build_object('stageId', stage_id, 'spokeId', spoke_id, 'count', count, 'offTrack', off_track)), '[]')
        from cells) as cells`;
  return rows[0] ?? { spokes: [], stages: [], cells: [] };
}

type OffTrackRow = { trigger: string; spoke_id: string; count: number };

/** Open events through their own small index; never more than 5,000 are looked at. */
function readOffTrack(ctx: Context): Promise<OffTrackRow[]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return ctx.db.$queryRaw<OffTrackRow[]>`
    select x.trigger, j.accountable_spoke_id as spoke_id, count(*)::int as count
    from (select e.trigger, e.journey_id from off_track_events e
      where e.workspace_id = ${w} and e.state in ('open', 'playing') limit ${mostEvents + 1}) x
    join journeys j on j.workspace_id = ${w} and j.id = x.journey_id
    where ${ofMyTeam(ctx, Prisma.sql`j.osc_id`)} group by 1, 2 order by 1, 2`;
}

type RelayCount = { spoke_id: string; count: number; oldest: Date };

function readRelays(ctx: Context): Promise<RelayCount[]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return ctx.db.$queryRaw<RelayCount[]>`
    select x.to_spoke_id as spoke_id, count(*)::int as count, min(x.need_by) as oldest from (
      select r.to_spoke_id, r.need_by from relays r join journeys j on j.workspace_id = ${w} and j.id = r.journey_id
      where r.workspace_id = ${w} and r.state in ('sent', 'acked') and r.need_by < ${ctx.now} and ${ofMyTeam(ctx, Prisma.sql`j.osc_id`)}
      limit ${mostEvents}) x group by 1 order by 1`;
}

/** Days in which handoffs were accepted whose introductions are counted, and how many are looked at. */
const introductionDays = 90;
const mostHandoffs = 5_000;

type TouchRow = { id: string; name: string; active: number; touched: number; handoffs: number; introduced: number };

/**
 * Per consultant: her active journeys from the counters, those of them that she touched herself in fourteen days, and of the
 * handoffs that others took in ninety days those that she introduced; one that is owed still counts only once it is late.
 * Each journey is asked for by its key: a plan made for no workspace in particular joined them all, and ran out of time.
 */
function readContinuity(ctx: Context): Promise<TouchRow[]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const since = new Date(ctx.now.getTime() - continuityDays * 86_400_000);
  const accepted = new Date(ctx.now.getTime() - introductionDays * 86_400_000);
  return ctx.db.$queryRaw<TouchRow[]>`
    with taken as materialized (select j.osc_id, count(*)::int as handoffs, count(h.introduced_at)::int as introduced
      from (select journey_id, introduced_at from handoffs where workspace_id = ${w} and accepted_at >= ${accepted} and accepted_at <= ${ctx.now}
        and (introduced_at is not null or introduction_due <= ${ctx.now}) order by accepted_at desc limit ${mostHandoffs}) h
      join journeys j on j.workspace_id = ${w} and j.id = h.journey_id group by j.osc_id)
    select m.id, m.name, a.active, coalesce(t.touched, 0)::int as touched, coalesce(h.handoffs, 0) as handoffs, coalesce(h.introduced, 0) as introduced
    from members m left join taken h on h.osc_id = m.id
    join lateral (select sum(jc.count)::int as active from journey_counts jc
      where jc.workspace_id = ${w} and jc.osc_id = m.id and jc.status in ('active', 'won')) a on a.active > 0
    left join lateral (select count(*) as touched from (select distinct i.journey_id from (
        select i.journey_id from interactions i where i.workspace_id = ${w} and i.agent_id = m.id and i.started_at >= ${since}
          and i.started_at <= ${ctx.now} and not i.is_automated and i.direction <> 'internal'
        order by i.started_at desc limit ${mostTouches}) i) d
      where (select j.osc_id = m.id and j.status in ('active', 'won') from journeys j where j.workspace_id = ${w} and j.id = d.journey_id)) t on true
    where m.workspace_id = ${w} and ${ofMyTeam(ctx, Prisma.sql`m.id`)}
    order by m.name, m.id limit 200`;
}

const continuityOf = ({ active, touched, handoffs, introduced }: Omit<TouchRow, "id" | "name">) =>
  continuity({
    activeJourneys: active,
    touchedJourneys: Math.min(touched, active),
    handoffs,
    introducedHandoffs: introduced,
  });

function toContinuity(row: TouchRow): Continuity {
  const { coverage, introductions } = continuityOf(row);
  return {
    memberId: row.id,
    name: row.name,
    ...{ coverage, introductions },
    needsMore: isRankable(coverage) ? 0 : minimumTrials - coverage.n,
  };
}

/**
 * The manager's overview: where customers stand, who is off track and why, relays past due, and continuity (DOMAIN F05).
 * Read from counters and bounded windows. A manager of a team sees her team's consultants. Throws `forbidden` for others.
 */
export async function getOverview(ctx: Context): Promise<Overview> {
  requirePermission(ctx, "journeys.read", "scope");
  const [matrix, offTrack, relays, touches] = await Promise.all([
    readMatrix(ctx),
    readOffTrack(ctx),
    readRelays(ctx),
    readContinuity(ctx),
  ]);
  const offTrackTotal = offTrack.reduce((sum, { count }) => sum + count, 0);
  const sum = (pick: (row: TouchRow) => number) => touches.reduce((total, row) => total + pick(row), 0);
  const everybody = continuityOf({
    active: sum((row) => row.active),
    touched: sum((row) => Math.min(row.touched, row.active)),
    handoffs: sum((row) => row.handoffs),
    introduced: sum((row) => row.introduced),
  });
  return {
    asOf: ctx.now.toISOString(),
    isTeam: ctx.teamId !== null,
    spokes: matrix.spokes,
    stages: matrix.stages,
    matrix: matrix.cells,
    total: matrix.cells.reduce((total, { count }) => total + count, 0),
    offTrack: offTrack.map(({ trigger, spoke_id, count }) => ({ trigger, spokeId: spoke_id, count })),
    offTrackTotal,
    isOffTrackTruncated: offTrackTotal > mostEvents,
    relays: relays.map(({ spoke_id, count, oldest }) => ({
      spokeId: spoke_id,
      count,
      oldestNeedBy: oldest.toISOString(),
    })),
    continuity: touches.map(toContinuity),
    continuityAll: everybody.coverage,
    introductionsAll: everybody.introductions,
  };
}

type PlainRow = {
  id: string;
  customer_id: string;
  name: string;
  place: string | null;
  stage_name: string;
  osc_name: string;
  at: Date;
  detail: string | null;
};

const people = (ctx: Context): Prisma.Sql => Prisma.sql`
  join customers cu on cu.workspace_id = j.workspace_id and cu.id = j.customer_id
  join stages s on s.workspace_id = j.workspace_id and s.id = j.stage_id
  join members o on o.workspace_id = j.workspace_id and o.id = j.osc_id
  where j.workspace_id = ${ctx.workspaceId}::uuid and ${ofMyTeam(ctx, Prisma.sql`j.osc_id`)}`;

const fields = Prisma.sql`j.customer_id, cu.name, cu.place, s.name as stage_name, o.name as osc_name`;

const ifGiven = (value: string | undefined, condition: (value: string) => Prisma.Sql): Prisma.Sql =>
  value === undefined ? Prisma.sql`true` : condition(value);

function readOffTrackRows(ctx: Context, { trigger, spoke }: OverviewRows): Promise<PlainRow[]> {
  return ctx.db.$queryRaw<PlainRow[]>`
    select e.id, ${fields}, e.opened_at as at, e.trigger as detail
    from off_track_events e join journeys j on j.workspace_id = e.workspace_id and j.id = e.journey_id ${people(ctx)}
      and e.workspace_id = ${ctx.workspaceId}::uuid and e.state in ('open', 'playing')
      and ${ifGiven(trigger, (value) => Prisma.sql`e.trigger = ${value}`)}
      and ${ifGiven(spoke, (value) => Prisma.sql`j.accountable_spoke_id = ${value}::uuid`)}
    order by e.opened_at, e.id limit ${mostRows}`;
}

function readRelayRows(ctx: Context, { spoke }: OverviewRows): Promise<PlainRow[]> {
  return ctx.db.$queryRaw<PlainRow[]>`
    select r.id, ${fields}, r.need_by as at, r.question as detail
    from relays r join journeys j on j.workspace_id = r.workspace_id and j.id = r.journey_id ${people(ctx)}
      and r.workspace_id = ${ctx.workspaceId}::uuid and r.state in ('sent', 'acked') and r.need_by < ${ctx.now}
      and ${ifGiven(spoke, (value) => Prisma.sql`r.to_spoke_id = ${value}::uuid`)}
    order by r.need_by, r.id limit ${mostRows}`;
}

function readContinuityRows(ctx: Context, { osc, state }: OverviewRows): Promise<PlainRow[]> {
  const since = new Date(ctx.now.getTime() - continuityDays * 86_400_000);
  const touch = Prisma.sql`exists (select 1 from interactions i where i.workspace_id = j.workspace_id and i.journey_id = j.id
    and i.agent_id = j.osc_id and i.started_at >= ${since} and i.started_at <= ${ctx.now} and not i.is_automated and i.direction <> 'internal')`;
  return ctx.db.$queryRaw<PlainRow[]>`
    select j.id, ${fields}, j.last_activity_at as at, null as detail from journeys j ${people(ctx)}
      and j.status in ('active', 'won') and ${ifGiven(osc, (value) => Prisma.sql`j.osc_id = ${value}::uuid`)}
      and ${state === "touched" ? touch : Prisma.sql`not ${touch}`}
    order by j.last_activity_at limit ${mostRows}`;
}

async function readSpeedRows(ctx: Context, { osc, origin, state }: OverviewRows): Promise<OverviewRow[]> {
  const { leads } = await readAnsweredLeads(ctx, {});
  const wanted = leads
    .filter((lead) => (osc === undefined || lead.ownerId === osc) && (origin === undefined || lead.origin === origin))
    .filter((lead) => state === undefined || (state === "due" ? lead.state !== "pending" : lead.state === state))
    .slice(0, mostRows);
  const rows = await ctx.db.$queryRaw<PlainRow[]>`
    select j.id, ${fields}, j.arrived_at as at, null as detail from journeys j ${people(ctx)}
      and j.id = any(${wanted.map(({ journeyId }) => journeyId)}::uuid[])`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return wanted.flatMap((lead) => {
    const row = byId.get(lead.journeyId);
    return row ? [{ ...toRow(row), detail: lead.state, minutes: lead.staffedMinutes ?? lead.ageMinutes }] : [];
  });
}

function toRow(row: PlainRow): OverviewRow {
  return {
    id: row.id,
    customerId: row.customer_id,
    name: row.name,
    place: row.place,
    stageName: row.stage_name,
    oscName: row.osc_name,
    at: row.at.toISOString(),
    detail: row.detail,
    minutes: null,
  };
}

/** The customers behind one number of the overview, at most a hundred. */
export async function listOverviewRows(ctx: Context, input: OverviewRows): Promise<OverviewRow[]> {
  requirePermission(ctx, "journeys.read", "scope");
  switch (input.kind) {
    case "speed":
      return readSpeedRows(ctx, input);
    case "off_track":
      return (await readOffTrackRows(ctx, input)).map(toRow);
    case "relays":
      return (await readRelayRows(ctx, input)).map(toRow);
    case "continuity":
      return (await readContinuityRows(ctx, input)).map(toRow);
  }
}

/** Everything the overview's screen shows at once. */
export async function getOverviewPage(ctx: Context): Promise<OverviewPage> {
  requirePermission(ctx, "journeys.read", "scope");
  const [overview, speed, origins] = await Promise.all([
    getOverview(ctx),
    getSpeedToLeadReport(ctx),
    ctx.teamId ? [] : getOriginsReport(ctx),
  ]);
  return { overview, speed, origins };
}
