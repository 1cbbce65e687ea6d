import { requirePermission } from "../auth/permissions";
import { endOfDay } from "../calendar/day";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import { compareItems, placeInQueue, reasonOf } from "./rules";
import type { ConsentState, Queue, QueueItem } from "./schema";

type Row = {
  id: string;
  customer_id: string;
  version: number;
  status: string;
  name: string;
  place: string | null;
  stage_id: string;
  stage_name: string;
  dwell_p80_days: number | null;
  unanswered_since: Date | null;
  unanswered_due_at: Date | null;
  off_track_since: Date | null;
  next_started_at: Date | null;
  next_due_at: Date | null;
  entered_stage_at: Date;
  value_percentile: number;
  sentiment: number;
  baton_spoke_id: string;
  baton_code: string;
  baton_name: string;
  baton_name_he: string;
  baton_position: number;
  baton_person: string | null;
  involved: number[];
  next_name: string | null;
  next_medium: string | null;
  relay: { need_by: string; sent_at: string; question: string } | null;
  promise: { due_at: string; made_at: string; text: string } | null;
  triggers: string[];
  steps: { name: string; done: boolean }[] | null;
  last_inbound: { summary: string; medium: string } | null;
  phone: string | null;
  email: string | null;
  consents: Record<string, string> | null;
};

/** How many of those without a clock are shown; one more is read to know whether there are more. */
const clockless = 50;

/** Candidates of one OSC: every group is found by its own index, and none is read beyond its limit. */
function candidates(ctx: Context, endOfTomorrow: Date): Prisma.Sql {
  const mine = Prisma.sql`j.workspace_id = ${ctx.workspaceId}::uuid and j.osc_id = ${ctx.memberId}::uuid`;
  const running = Prisma.sql`j.status in ('pre_lead', 'active', 'nurture', 'won')`;
  return Prisma.sql`
    (select j.id from journeys j where ${mine} and j.unanswered_since is not null order by j.unanswered_due_at limit 100)
    union (select j.id from journeys j where ${mine} and j.off_track_since is not null order by j.off_track_since limit 100)
    union (select j.id from journeys j where ${mine} and j.next_due_at < ${endOfTomorrow} and ${running} order by j.next_due_at limit 100)
    union (select j.id from relays r join journeys j on j.workspace_id = r.workspace_id and j.id = r.journey_id
      where r.workspace_id = ${ctx.workspaceId}::uuid and r.from_id = ${ctx.memberId}::uuid and r.state in ('sent', 'acked') limit 100)
    union (select j.id from promises p join journeys j on j.workspace_id = p.workspace_id and j.id = p.journey_id
      where p.workspace_id = ${ctx.workspaceId}::uuid and p.state = 'open' and p.due_at < ${endOfTomorrow} and j.osc_id = ${ctx.memberId}::uuid limit 100)
    union (select j.id from journeys j where ${mine} and j.next_due_at is null and ${running}
      order by j.arrived_at desc, j.id desc limit 51)`;
}

function readRows(ctx: Context, endOfTomorrow: Date): Promise<Row[]> {
  return ctx.db.$queryRaw<Row[]>`
    with picked as (${candidates(ctx, endOfTomorrow)})
    select j.id, j.customer_id, j.version, j.status, c.name, c.place, s.id as stage_id, s.name as stage_name, s.dwell_p80_days,
      j.unanswered_since, j.unanswered_due_at, j.off_track_since, j.next_started_at, j.next_due_at, j.entered_stage_at,
      j.value_percentile, j.sentiment, sp.id as baton_spoke_id, sp.code as baton_code, sp.name as baton_name, sp.name_he as baton_name_he,
      sp.position as baton_position,
      am.name as baton_person, t.name as next_name, t.medium as next_medium,
      (select coalesce(array_agg(p.position), '{}') from journey_spokes js join spokes p on p.workspace_id = js.workspace_id and p.id = js.spoke_id
        where js.workspace_id = j.workspace_id and js.journey_id = j.id) as involved,
      (select to_jsonb(r) from relays r where r.workspace_id = j.workspace_id and r.customer_id = j.customer_id and r.from_id = j.osc_id
        and r.state in ('sent', 'acked') order by r.need_by limit 1) as relay,
      (select to_jsonb(p) from promises p where p.workspace_id = j.workspace_id and p.customer_id = j.customer_id and p.state = 'open'
        order by p.due_at limit 1) as promise,
      (select coalesce(array_agg(e.trigger order by e.opened_at desc), '{}') from off_track_events e
        where e.workspace_id = j.workspace_id and e.journey_id = j.id and e.state in ('open', 'playing')) as triggers,
      (select jsonb_agg(jsonb_build_object('name', rs.name, 'done', rs.done_at is not null) order by rs.position) from recovery_steps rs
        where rs.workspace_id = j.workspace_id and rs.event_id = (select e.id from off_track_events e where e.workspace_id = j.workspace_id
          and e.journey_id = j.id and e.state in ('open', 'playing') order by e.opened_at desc limit 1)) as steps,
      case when j.unanswered_since is null then null else (select jsonb_build_object('summary', i.summary, 'medium', i.medium) from interactions i
        where i.workspace_id = j.workspace_id and i.customer_id = j.customer_id and i.direction = 'inbound'
        order by i.started_at desc, i.id desc limit 1) end as last_inbound,
      (select cp.value from contact_points cp where cp.workspace_id = j.workspace_id and cp.customer_id = j.customer_id and cp.kind = 'phone'
        order by cp.created_at limit 1) as phone,
      (select cp.value from contact_points cp where cp.workspace_id = j.workspace_id and cp.customer_id = j.customer_id and cp.kind = 'email'
        order by cp.created_at limit 1) as email,
      (select jsonb_object_agg(k.medium, k.state) from (select distinct on (co.medium) co.medium, co.state from consents co
        where co.workspace_id = j.workspace_id and co.person_id = j.primary_person_id order by co.medium, co.at desc, co.state) k) as consents
    from picked join journeys j on j.workspace_id = ${ctx.workspaceId}::uuid and j.id = picked.id
    join customers c on c.workspace_id = j.workspace_id and c.id = j.customer_id
    join stages s on s.workspace_id = j.workspace_id and s.id = j.stage_id
    join spokes sp on sp.workspace_id = j.workspace_id and sp.id = j.accountable_spoke_id
    left join members am on am.workspace_id = j.workspace_id and am.id = j.accountable_id
    left join touchpoints t on t.workspace_id = j.workspace_id and t.journey_id = j.id and t.state in ('planned', 'due')
    where ${visibleJourneys(ctx)} and j.status not in ('lost', 'completed', 'merged')`;
}

const consentOf = (row: Row, medium: string): ConsentState => {
  const state = row.consents?.[medium];
  return state === "granted" ? "granted" : state === "denied" || state === "revoked" ? "denied" : "unknown";
};

const date = (text: string | undefined): Date | null => (text ? new Date(text) : null);

function actionOf(group: QueueItem["group"], row: Row): QueueItem["action"] {
  if (group === "unanswered") return row.phone ? "call" : row.email ? "email" : "reply";
  if (group === "waiting") return "ask_again";
  if (group === "no_clock") return row.next_name ? "review" : "set_next";
  if (group === "off_track") return row.baton_position === 0 ? (row.phone ? "call" : "email") : "relay";
  if (group === "tomorrow") return "confirm";
  if (row.next_medium === "phone" && row.phone) return "call";
  return row.next_medium === "email" && row.email ? "email" : "look";
}

function itemOf(row: Row, now: Date, endOfToday: Date, endOfTomorrow: Date): QueueItem | null {
  const facts = {
    unansweredSince: row.unanswered_since,
    unansweredDueAt: row.unanswered_due_at,
    offTrackSince: row.off_track_since,
    nextStartedAt: row.next_started_at,
    nextDueAt: row.next_due_at,
    enteredStageAt: row.entered_stage_at,
    dwellP80Days: row.dwell_p80_days,
    valuePercentile: row.value_percentile,
    sentiment: row.sentiment,
    relayNeedBy: date(row.relay?.need_by),
    relaySentAt: date(row.relay?.sent_at),
    promiseDueAt: date(row.promise?.due_at),
    promiseMadeAt: date(row.promise?.made_at),
    isPaused: row.status === "on_hold",
  };
  const placed = placeInQueue(facts, now, endOfToday, endOfTomorrow);
  if (!placed) return null;
  const { group, clock, factors, score } = placed;
  const done = row.steps?.filter((step) => step.done).length ?? 0;
  return {
    customerId: row.customer_id,
    journeyId: row.id,
    version: row.version,
    name: row.name,
    place: row.place,
    stageId: row.stage_id,
    stageName: row.stage_name,
    group,
    clock: clock ? { startedAt: clock.startedAt.toISOString(), dueAt: clock.dueAt.toISOString() } : null,
    reason: reasonOf({
      group,
      lastWords: row.last_inbound?.summary ?? null,
      lastMedium: row.last_inbound?.medium ?? null,
      triggers: row.triggers,
      nextName: row.next_name,
      relayQuestion: row.relay?.question ?? null,
      promiseText: row.promise?.text ?? null,
      promiseIsFirst: clock !== null && clock.dueAt.getTime() === facts.promiseDueAt?.getTime(),
    }),
    action: actionOf(group, row),
    baton: {
      spokeId: row.baton_spoke_id,
      code: row.baton_code,
      name: row.baton_name,
      nameHe: row.baton_name_he,
      position: row.baton_position,
      personName: row.baton_person,
    },
    involved: row.involved,
    isLate: row.off_track_since !== null || (clock !== null && clock.dueAt < now),
    phone: row.phone,
    email: row.email,
    consents: { phone: consentOf(row, "phone"), sms: consentOf(row, "sms"), email: consentOf(row, "email") },
    nextName: row.next_name,
    recovery: row.steps
      ? { done, total: row.steps.length, current: row.steps.find((step) => !step.done)?.name ?? null }
      : null,
    score: Math.round(score * 10_000) / 10_000,
    factors,
  };
}

/**
 * "Who needs me now?": the customers of the signed-in OSC who need something, in F21 order, inbound unanswered first; those
 * without a clock come last and at most fifty of them. Somebody paused shows while she waits for an answer, is off the wheel
 * or is owed a promise; her own clocks stand still. Never more than 200 rows, whatever the size of the workspace.
 */
export async function getQueue(ctx: Context): Promise<Queue> {
  requirePermission(ctx, "views.use");
  const endOfToday = endOfDay(ctx.timeZone, ctx.now);
  const endOfTomorrow = endOfDay(ctx.timeZone, endOfToday);
  const rows = await readRows(ctx, endOfTomorrow);
  const all = rows.flatMap((row) => itemOf(row, ctx.now, endOfToday, endOfTomorrow) ?? []).sort(compareItems);
  const paused = new Set(rows.filter(({ status }) => status === "on_hold").map(({ id }) => id));
  const shownPaused = all.filter(({ journeyId }) => paused.has(journeyId)).length;
  const unclocked = all.filter(({ group }) => group === "no_clock");
  const clocked = all.filter(({ group }) => group !== "no_clock").slice(0, 150);
  const counts = await ctx.db.$queryRaw<{ open: number; held: number; minutes: number }[]>`
    select coalesce(sum(jc.count) filter (where jc.status in ('pre_lead', 'active', 'nurture', 'won')), 0)::int as open,
      coalesce(sum(jc.count) filter (where jc.status = 'on_hold'), 0)::int as held,
      (select first_response_minutes from workspace_settings where workspace_id = ${ctx.workspaceId}::uuid) as minutes
    from journey_counts jc where jc.workspace_id = ${ctx.workspaceId}::uuid and jc.osc_id = ${ctx.memberId}::uuid`;
  const { open = 0, held = 0, minutes = 5 } = counts[0] ?? {};
  return {
    items: [...clocked, ...unclocked.slice(0, clockless)],
    onTrack: Math.max(0, open - (all.length - shownPaused)),
    onHold: Math.max(0, held - shownPaused),
    firstResponseMinutes: minutes,
    hasMoreWithoutClock: unclocked.length > clockless,
  };
}
