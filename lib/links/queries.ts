import { openingsOn } from "../calendar/business-calendar";
import { localDayNumber } from "../calendar/day";
import { isOpen as isStaffed, nextOpening } from "../calendar/staffed-time";
import { isTimeZone } from "../calendar/zone";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { calendarOf } from "../journeys/loaded";
import { isOpen } from "../journeys/rules";
import type { ContactPage } from "./schema";
import { stationsOf } from "./stations";

type CalendarRow = { time_zone: string; hours: unknown; holidays: unknown };

/** Who took the journey and was introduced; while an introduction is owed, whoever it was before. */
type Team = { name: string; spoke: string; spokeHe: string };

type Row = {
  company: string;
  locale: string;
  zone: string | null;
  workspace_zone: string;
  names: string[];
  status: string;
  stage_id: string;
  /** The stage at which the first introduction that is owed found her. */
  seen_stage_id: string | null;
  team: Team[];
  unanswered: boolean;
  osc: {
    name: string;
    phone: string | null;
    email: string | null;
    photo_id: string | null;
    away_until: string | null;
    since: string;
  };
  calendar: CalendarRow;
  stages: { id: string; key: string; name: string; position: number; entryStatus: string }[];
  next: { type: string; due_at: string | null; who: string } | null;
  appointment: {
    id: string;
    name: string | null;
    start_at: string;
    time_zone: string;
    place: string | null;
    host: string;
  } | null;
  promises: { id: string; text: string; who: string; due_at: string; state: string }[];
  milestones: { id: string; name: string; nameHe: string | null; dueAt: string; state: string }[];
  is_stopped: boolean;
};

const hour = 3_600_000;

const firstName = (name: string) => name.trim().split(/\s+/)[0] ?? name;

const taken = Prisma.sql`h.workspace_id = j.workspace_id and h.journey_id = j.id and h.parent_id is null and h.state in ('accepted', 'completed', 'rated')`;

/** Where she stood when the first introduction that is owed still came up; null when none is. */
const seenStage = Prisma.sql`(select h.from_stage_id from handoffs h where ${taken} and h.introduction_id is not null and h.introduced_at is null
  and h.accepted_at > coalesce((select max(h.accepted_at) from handoffs h where ${taken} and h.introduced_at is not null), '-infinity')
  order by h.accepted_at limit 1)`;

/** The people of the last handoff of which she was introduced to the receiver, while they work here. */
const team = Prisma.sql`(select coalesce(jsonb_agg(jsonb_build_object('name', m.name, 'spoke', s.name, 'spokeHe', s.name_he) order by s.position, m.name), '[]')
  from (select h.id from handoffs h where ${taken} and h.introduced_at is not null order by h.accepted_at desc limit 1) last
  join handoffs p on p.workspace_id = j.workspace_id and (p.id = last.id or p.parent_id = last.id) and not p.is_parent
  join members m on m.workspace_id = j.workspace_id and m.id = p.accepted_by_id and m.status = 'active'
  join spokes s on s.workspace_id = j.workspace_id and s.id = p.to_spoke_id)`;

/** Everything her page shows, in one statement; only what is hers. */
function readPage(ctx: Context, customerId: string): Promise<Row[]> {
  return ctx.db.$queryRaw<Row[]>`
    select w.name as company, c.locale, c.time_zone as zone, w.time_zone as workspace_zone, j.status, j.stage_id,
      j.unanswered_since is not null as unanswered, ${seenStage} as seen_stage_id, ${team} as team,
      (select coalesce(array_agg(coalesce(p.given_name, split_part(p.name, ' ', 1)) order by p.is_primary desc, p.created_at), '{}') from (
        select * from persons where workspace_id = c.workspace_id and customer_id = c.id and merged_into_id is null
        order by is_primary desc, created_at limit 2) p) as names,
      (select jsonb_build_object('name', m.name, 'phone', m.phone, 'email', m.email, 'photo_id', m.photo_id, 'away_until', m.away_until, 'since', a.from_at)
        from osc_assignments a join members m on m.workspace_id = a.workspace_id and m.id = a.member_id
        where a.workspace_id = j.workspace_id and a.journey_id = j.id and (a.introduced_at is not null or a.from_at = (
          select min(f.from_at) from osc_assignments f where f.workspace_id = j.workspace_id and f.journey_id = j.id))
        order by a.from_at desc limit 1) as osc,
      (select to_jsonb(k) from calendars k join workspace_settings ws on ws.workspace_id = k.workspace_id
        where k.workspace_id = j.workspace_id and k.id = ws.calendar_id) as calendar,
      (select jsonb_agg(jsonb_build_object('id', s.id, 'key', s.key, 'name', s.name, 'position', s.position, 'entryStatus', s.entry_status))
        from stages s where s.workspace_id = j.workspace_id and s.template_id = j.template_id) as stages,
      (select jsonb_build_object('type', t.type, 'due_at', t.due_at, 'who', coalesce(m.name, '')) from touchpoints t
        left join members m on m.workspace_id = t.workspace_id and m.id = t.owner_id
        where t.workspace_id = j.workspace_id and t.journey_id = j.id and t.state in ('planned', 'due') limit 1) as next,
      (select jsonb_build_object('id', a.id, 'start_at', a.start_at, 'time_zone', a.time_zone, 'place', a.place, 'host', m.name, 'name',
          (select t.name from touchpoints t where t.workspace_id = a.workspace_id and t.journey_id = a.journey_id and t.state in ('planned', 'due')
            and t.type = 'appointment' and t.due_at = a.start_at limit 1))
        from appointments a join members m on m.workspace_id = a.workspace_id and m.id = a.host_id
        where a.workspace_id = j.workspace_id and a.customer_id = c.id and a.state in ('set', 'confirmed') and a.start_at > ${new Date(ctx.now.getTime() - hour)}
        order by a.start_at limit 1) as appointment,
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'text', p.text, 'who', m.name, 'due_at', p.due_at, 'state', p.state) order by p.due_at), '[]') from (
          select * from promises where workspace_id = c.workspace_id and customer_id = c.id
            and (state = 'open' or (state = 'kept' and closed_at > ${new Date(ctx.now.getTime() - 30 * 24 * hour)})) order by (state = 'open') desc, due_at desc limit 8) p
        join members m on m.workspace_id = p.workspace_id and m.id = p.by_id) as promises,
      (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'name', v.name, 'nameHe', v.name_he, 'dueAt', app.iso(v.due_at), 'state', v.state)
          order by v.position, v.id), '[]') from (select m.* from onboardings o join onboarding_milestones m on m.workspace_id = o.workspace_id and m.onboarding_id = o.id
          where o.workspace_id = j.workspace_id and o.journey_id = j.id and o.state <> 'cancelled' and m.is_customer_visible and m.state <> 'cancelled'
          order by m.position, m.id limit 20) v) as milestones,
      coalesce((select k.state in ('denied', 'revoked') from consents k join persons p on p.workspace_id = k.workspace_id and p.id = k.person_id
        where k.workspace_id = c.workspace_id and p.customer_id = c.id and p.is_primary and k.purpose = 'marketing'
        order by k.at desc, (k.state in ('denied', 'revoked')) desc limit 1), false) as is_stopped
    from customers c
    join workspaces w on w.id = c.workspace_id
    join journeys j on j.workspace_id = c.workspace_id and j.customer_id = c.id and j.is_primary
    where c.workspace_id = ${ctx.workspaceId}::uuid and c.id = ${customerId}::uuid`;
}

/** When today's work ends, or null while nobody works. */
function hereUntil(row: CalendarRow | null, now: Date): string | null {
  if (!row) return null;
  const calendar = calendarOf(row);
  if (!isStaffed(calendar, now) || !nextOpening(calendar, now)) return null;
  const today = localDayNumber(calendar.timeZone, now.getTime());
  const opening = openingsOn(calendar, today).find(({ start, end }) => start <= now.getTime() && now.getTime() < end);
  return opening ? new Date(opening.end).toISOString() : null;
}

function shownState({ state, dueAt }: Row["milestones"][number], now: Date): "open" | "late" | "done" | "missed" {
  if (state === "done" || state === "missed") return state;
  return new Date(dueAt) <= now ? "late" : "open";
}

/** The page of a customer: her contact, where she is, what comes next and what was promised. */
export async function getContactPage(ctx: Context, customerId: string): Promise<ContactPage> {
  const row = (await readPage(ctx, customerId))[0];
  if (!row?.osc) throw new AppError("not_found", "customer_page");
  const zones = [row.appointment?.time_zone, row.zone, row.workspace_zone];
  const timeZone = zones.find((zone) => zone && isTimeZone(zone)) ?? "UTC";
  const isPresent = isOpen(row.status);
  const { appointment, next, osc } = row;
  const isAway = osc.away_until !== null && new Date(osc.away_until) > ctx.now;
  return {
    company: row.company,
    locale: row.locale,
    timeZone,
    names: row.names.filter((name) => name !== ""),
    osc: {
      name: osc.name,
      phone: osc.phone,
      email: osc.email,
      hasPhoto: osc.photo_id !== null,
      since: new Date(osc.since).toISOString(),
      hereUntil: isAway ? null : hereUntil(row.calendar, ctx.now),
      awayUntil: isAway && osc.away_until ? new Date(osc.away_until).toISOString() : null,
    },
    stations: isPresent || row.status === "completed" ? stationsOf(row.stages, row.seen_stage_id ?? row.stage_id) : [],
    team: row.team,
    appointment: appointment && {
      id: appointment.id,
      name: appointment.name,
      startAt: new Date(appointment.start_at).toISOString(),
      endAt: new Date(new Date(appointment.start_at).getTime() + hour).toISOString(),
      timeZone: appointment.time_zone,
      place: appointment.place,
      host: appointment.host,
    },
    next:
      next && isPresent
        ? {
            type: next.type,
            dueAt: next.due_at && new Date(next.due_at).toISOString(),
            isLate: next.due_at !== null && new Date(next.due_at) <= ctx.now,
            // Whoever she was not introduced to is not named: the OSC speaks for the team.
            who: firstName((row.seen_stage_id === null && next.who) || osc.name),
          }
        : null,
    promises: row.promises.map(({ id, text, who, due_at, state }) => ({
      id,
      text,
      who: firstName(who),
      dueAt: new Date(due_at).toISOString(),
      state: state === "kept" ? "kept" : new Date(due_at) <= ctx.now ? "late" : "open",
    })),
    milestones: row.milestones.map((each) => ({ ...each, state: shownState(each, ctx.now) })),
    isStopped: row.is_stopped,
    isWaiting: row.unanswered,
    isOpen: isPresent,
  };
}

/** The photo of the OSC the page names, or null. */
export async function findOscPhoto(
  ctx: Context,
  customerId: string,
): Promise<{ mediaType: string; content: Uint8Array } | null> {
  const rows = await ctx.db.$queryRaw<{ media_type: string; content: Uint8Array }[]>`
    select f.media_type, f.content from journeys j
    join lateral (select a.member_id from osc_assignments a where a.workspace_id = j.workspace_id and a.journey_id = j.id
      and (a.introduced_at is not null or a.from_at = (select min(b.from_at) from osc_assignments b
        where b.workspace_id = j.workspace_id and b.journey_id = j.id)) order by a.from_at desc limit 1) o on true
    join members m on m.workspace_id = j.workspace_id and m.id = o.member_id
    join files f on f.workspace_id = m.workspace_id and f.id = m.photo_id
    where j.workspace_id = ${ctx.workspaceId}::uuid and j.customer_id = ${customerId}::uuid and j.is_primary`;
  const row = rows[0];
  return row ? { mediaType: row.media_type, content: row.content } : null;
}
