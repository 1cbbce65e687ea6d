import type { BusinessCalendar } from "../calendar/business-calendar";
import { staffedMinutesBetween } from "../calendar/staffed-time";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { isHumanResponse } from "../interactions/rules";
import { calendarOf } from "../journeys/loaded";
import { visibleJourneys } from "../journeys/visibility";
import { decompose, type OwnedStretch, type Pass, type Turn, type Wait } from "./rules";
import type { WaitSpoke } from "./schema";

/** Journeys looked at for one answer. */
export const mostJourneys = 1_000;

type ToldContact = { at: number; isInbound: boolean; isTwoWay: boolean };

type ToldJourney = {
  customerId: string;
  name: string;
  isVisible: boolean;
  arrivedAt: number;
  answeredAt: number | null;
  /** Columns of the turns and no rows: names repeated ten thousand times were half of what the page read. */
  turns: { at: number[]; spokes: string[]; stages: string[]; statuses: string[] } | null;
  passes: Pass[] | null;
  owed: Wait[] | null;
  contacts: ToldContact[] | null;
};

/** Milliseconds since 1970, exact: instants are kept to the millisecond. */
const ms = (at: Prisma.Sql) => Prisma.sql`(extract(epoch from ${at}) * 1000)::float8`;

const owedFields = (cause: string, spokeId: Prisma.Sql, from: Prisma.Sql, to: Prisma.Sql) =>
  Prisma.sql`select ${cause}::text as cause, ${spokeId} as "spokeId", ${ms(from)} as "from", ${ms(to)} as "to"`;

/** Of which time, and what was recorded until when; null for everything that is recorded by now. */
export type WaitFrame = { asOf: Date; knownAt: Date | null };

/** Whether an instant at which something was written down had come when it was known. */
const isKnown = (at: Prisma.Sql, { knownAt }: WaitFrame) =>
  knownAt ? Prisma.sql`${at} <= ${knownAt}` : Prisma.sql`true`;

/** The instant of an end, or null while nobody knew of it. */
const knownEnd = (at: Prisma.Sql, frame: WaitFrame) => Prisma.sql`case when ${isKnown(at, frame)} then ${at} end`;

/**
 * What departments owed on a journey: answers to relays, a word on a handoff, promises, each until it was over. These are
 * written down when they happen.
 */
function owed(w: Prisma.Sql, frame: WaitFrame): Prisma.Sql {
  const { asOf } = frame;
  const begun = (at: Prisma.Sql) => Prisma.sql`${at} <= ${asOf} and ${isKnown(at, frame)}`;
  const answered = Prisma.sql`(select min(x) from unnest(array[h.accepted_at, h.rejected_at, h.expired_at, h.cancelled_at]) x where x >= h.proposed_at
    and ${isKnown(Prisma.sql`x`, frame)})`;
  return Prisma.sql`
    ${owedFields("relay", Prisma.sql`r.to_spoke_id`, Prisma.sql`r.sent_at`, knownEnd(Prisma.sql`r.closed_at`, frame))}
      from relays r where r.workspace_id = ${w} and r.journey_id = c.id and r.customer_id = c.customer_id and ${begun(Prisma.sql`r.sent_at`)}
    union all ${owedFields("handoff", Prisma.sql`h.to_spoke_id`, Prisma.sql`h.proposed_at`, answered)}
      from handoffs h where h.workspace_id = ${w} and h.journey_id = c.id and ${begun(Prisma.sql`h.proposed_at`)}
    union all ${owedFields("promise", Prisma.sql`p.spoke_id`, Prisma.sql`p.made_at`, knownEnd(Prisma.sql`p.closed_at`, frame))}
      from promises p where p.workspace_id = ${w} and p.journey_id = c.id and p.customer_id = c.customer_id and ${begun(Prisma.sql`p.made_at`)}`;
}

/** Journeys with all that says who was waited for, in one statement. `which` narrows `journeys j`. */
function readJourneys(ctx: Context, which: Prisma.Sql, frame: WaitFrame): Promise<ToldJourney[]> {
  const { asOf } = frame;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  // The first answer is known from when its contact was written down.
  const answered = frame.knownAt
    ? Prisma.sql`case when j.first_response_at <= ${frame.knownAt} and not exists (select from interactions i where i.workspace_id = ${w}
        and i.journey_id = j.id and i.started_at = j.first_response_at and i.recorded_at > ${frame.knownAt}) then j.first_response_at end`
    : Prisma.sql`j.first_response_at`;
  return ctx.db.$queryRaw<ToldJourney[]>`
    with chosen as (
      select j.id, j.customer_id, j.arrived_at, ${answered} as first_response_at, ${visibleJourneys(ctx)} as is_visible
      from journeys j where j.workspace_id = ${w} and ${which} order by j.arrived_at desc, j.id limit ${mostJourneys + 1})
    select c.customer_id as "customerId", cu.name, c.is_visible as "isVisible", ${ms(Prisma.sql`c.arrived_at`)} as "arrivedAt",
      ${ms(Prisma.sql`c.first_response_at`)} as "answeredAt", t.turns, h.passes, o.owed, i.contacts
    from chosen c join customers cu on cu.workspace_id = ${w} and cu.id = c.customer_id
    left join lateral (select json_build_object('at', json_agg(${ms(Prisma.sql`t.at`)} order by t.at, t.seq), 'spokes', json_agg(t.spoke_id order by t.at, t.seq),
        'stages', json_agg(t.to_stage_id order by t.at, t.seq), 'statuses', json_agg(t.status order by t.at, t.seq)) as turns
      from stage_transitions t where t.workspace_id = ${w} and t.journey_id = c.id and t.at <= ${asOf} and ${isKnown(Prisma.sql`t.recorded_at`, frame)}
      having count(*) > 0) t on true
    left join lateral (select jsonb_agg(jsonb_build_object('at', ${ms(Prisma.sql`h.accepted_at`)}, 'spokeId', h.to_spoke_id) order by h.accepted_at) as passes
      from handoffs h where h.workspace_id = ${w} and h.journey_id = c.id and h.accepted_at <= ${asOf} and ${isKnown(Prisma.sql`h.accepted_at`, frame)}) h on true
    left join lateral (select jsonb_agg(to_jsonb(o)) as owed from (${owed(w, frame)}) o) o on true
    left join lateral (select jsonb_agg(jsonb_build_object('at', ${ms(Prisma.sql`i.started_at`)}, 'isInbound', i.direction = 'inbound', 'isTwoWay', i.is_two_way)
        order by i.started_at, i.id) as contacts
      from interactions i where i.workspace_id = ${w} and i.journey_id = c.id and i.started_at <= ${asOf} and ${isKnown(Prisma.sql`i.recorded_at`, frame)} and not i.is_automated
        and i.direction <> 'internal' and i.medium <> 'note') i on true
    order by c.arrived_at desc, c.id`;
}

/** From when until when an answer was owed: from the arrival and from every inbound, until a person answered. */
export function answersOwed({
  arrivedAt,
  answeredAt,
  contacts,
}: Pick<ToldJourney, "arrivedAt" | "answeredAt" | "contacts">): Wait[] {
  const waits: Wait[] = [{ cause: "answer", spokeId: null, from: arrivedAt, to: answeredAt }];
  let since: number | null = null;
  for (const { at, isInbound, isTwoWay } of contacts ?? []) {
    const contact = {
      direction: isInbound ? "inbound" : "outbound",
      isTwoWay,
      isAutomated: false,
      medium: "",
    } as const;
    if (isHumanResponse({ ...contact, startedAt: new Date(at) })) {
      if (since !== null) waits.push({ cause: "answer", spokeId: null, from: since, to: at });
      since = null;
    } else since ??= at;
  }
  if (since !== null) waits.push({ cause: "answer", spokeId: null, from: since, to: null });
  return waits;
}

/** A stretch with whose it is, and whether the reader may know. */
export type ToldStretch = OwnedStretch & { name: string; isVisible: boolean };

export type Told = { stretches: ToldStretch[]; spokes: WaitSpoke[]; isTruncated: boolean };

type Frame = { calendar: BusinessCalendar; spokes: WaitSpoke[]; keys: Map<string, string> };

/** The workspace's own business time, its departments, and the keys of its stages. */
async function readFrame(ctx: Context): Promise<Frame> {
  const { workspaceId } = ctx;
  const [calendars, spokes, stages] = await Promise.all([
    ctx.db.$queryRaw<{ time_zone: string; hours: unknown; holidays: unknown }[]>`
      select c.time_zone, c.hours, c.holidays from workspace_settings ws join calendars c on c.workspace_id = ws.workspace_id and c.id = ws.calendar_id
      where ws.workspace_id = ${workspaceId}::uuid`,
    ctx.db.spoke.findMany({
      where: { workspaceId },
      select: { id: true, code: true, name: true, nameHe: true, position: true },
      orderBy: { position: "asc" },
    }),
    ctx.db.stage.findMany({ where: { workspaceId }, select: { id: true, key: true } }),
  ]);
  const calendar = calendarOf(calendars[0] ?? { time_zone: ctx.timeZone, hours: {}, holidays: [] });
  return { calendar, spokes, keys: new Map(stages.map(({ id, key }) => [id, key])) };
}

const over = ["lost", "completed", "merged"];

function turnsOf({ turns }: ToldJourney, keys: Frame["keys"]): Turn[] {
  if (!turns) return [];
  return turns.at.map((at, place) => {
    const status = turns.statuses[place] ?? "";
    const [spokeId = "", stage = ""] = [turns.spokes[place], keys.get(turns.stages[place] ?? "")];
    return { at, spokeId, stage, isRunning: !over.includes(status), isPaused: status === "on_hold" };
  });
}

/** The newest thousand journeys that `which` names, taken apart as of a time and as known then, with the workspace's own business time beside. */
export async function readStretches(ctx: Context, which: Prisma.Sql, frame: WaitFrame): Promise<Told> {
  const [journeys, { calendar, spokes, keys }] = await Promise.all([readJourneys(ctx, which, frame), readFrame(ctx)]);
  const staffed = (from: number, to: number) =>
    Math.round(staffedMinutesBetween(calendar, new Date(from), new Date(to)) * 60_000);
  const stretches = journeys.slice(0, mostJourneys).flatMap((journey) => {
    const waits = [...(journey.owed ?? []), ...answersOwed(journey)];
    const { customerId, name, isVisible } = journey;
    const told = decompose(turnsOf(journey, keys), journey.passes ?? [], waits, frame.asOf.getTime());
    return told.map(({ from, to, batonId, stage, cause, whom }) => ({
      ...{ from, to, batonId, stage, cause, whom, customerId, name, isVisible },
      staffed: staffed(from, to),
    }));
  });
  return { stretches, spokes, isTruncated: journeys.length > mostJourneys };
}
