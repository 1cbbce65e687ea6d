import type { BusinessCalendar } from "../calendar/business-calendar";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Journey, OffTrackEvent, Stage, Touchpoint } from "../generated/prisma/client";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { fromJsonRow } from "../rows";
import type { TemplateTouchpoint } from "./default-templates";
import { visibleJourneys } from "./visibility";

export type LoadedStage = Omit<Stage, "touchpoints"> & { touchpoints: TemplateTouchpoint[] };
export type LoadedFields = Record<string, unknown>;

/** A journey with everything a write on it needs, read in one statement and locked until the transaction ends. */
export type LoadedJourney = {
  journey: Omit<Journey, "fields" | "valueMinor"> & { fields: LoadedFields; valueMinor: number | null };
  stage: LoadedStage;
  next: Touchpoint | null;
  current: Touchpoint | null;
  offTrack: OffTrackEvent[];
  calendar: BusinessCalendar;
  settings: { firstResponseMinutes: number; relayMinutes: number; coverageLeadId: string | null };
  hubSpokeId: string;
  customerName: string;
};

type Row = {
  journey: unknown;
  stage: unknown;
  next: unknown;
  current: unknown;
  off_track: unknown[];
  calendar: { time_zone: string; hours: unknown; holidays: unknown };
  settings: unknown;
  hub_spoke_id: string;
  customer_name: string;
};

/** A calendar row as the arithmetic of lib/calendar wants it. */
export function calendarOf(row: { time_zone: string; hours: unknown; holidays: unknown }): BusinessCalendar {
  return { timeZone: row.time_zone, hours: row.hours as BusinessCalendar["hours"], holidays: row.holidays as string[] };
}

/** Which journey: by its own id, or the one that its customer's lists show. */
export type JourneyKey = { journeyId: string } | { customerId: string };

/**
 * Loads a journey for writing and locks it, so that two writers on one customer follow each other.
 * Throws `not_found` when it is not here or may not be seen.
 */
export async function loadJourney(ctx: Context, key: JourneyKey): Promise<LoadedJourney> {
  const id = "journeyId" in key ? key.journeyId : key.customerId;
  if (!isId(id)) throw new AppError("not_found", "journey");
  const which =
    "journeyId" in key ? Prisma.sql`j.id = ${id}::uuid` : Prisma.sql`j.customer_id = ${id}::uuid and j.is_primary`;
  const visible = ctx.actor.kind === "member" || ctx.actor.kind === "key" ? visibleJourneys(ctx) : Prisma.sql`true`;
  const rows = await ctx.db.$queryRaw<Row[]>`
    select to_jsonb(j) as journey, to_jsonb(s) as stage, to_jsonb(ws) as settings, cu.name as customer_name,
      (select to_jsonb(t) from touchpoints t where t.workspace_id = j.workspace_id and t.journey_id = j.id and t.state in ('planned', 'due')) as next,
      (select to_jsonb(t) from touchpoints t where t.workspace_id = j.workspace_id and t.journey_id = j.id and t.state = 'in_progress') as current,
      (select coalesce(jsonb_agg(to_jsonb(e)), '[]') from off_track_events e
        where e.workspace_id = j.workspace_id and e.journey_id = j.id and e.state in ('open', 'playing')) as off_track,
      (select to_jsonb(c) from calendars c where c.workspace_id = j.workspace_id and c.id = coalesce(m.calendar_id, ws.calendar_id)) as calendar,
      (select h.id from spokes h where h.workspace_id = j.workspace_id and h.key = 'osc') as hub_spoke_id
    from journeys j
    join customers cu on cu.workspace_id = j.workspace_id and cu.id = j.customer_id
    join stages s on s.workspace_id = j.workspace_id and s.id = j.stage_id
    join members m on m.workspace_id = j.workspace_id and m.id = j.osc_id
    join workspace_settings ws on ws.workspace_id = j.workspace_id
    where j.workspace_id = ${ctx.workspaceId}::uuid and ${which} and ${visible}
    for update of j`;
  const row = rows[0];
  if (!row) throw new AppError("not_found", "journey");
  return {
    journey: fromJsonRow(row.journey),
    stage: fromJsonRow(row.stage),
    next: row.next ? fromJsonRow(row.next) : null,
    current: row.current ? fromJsonRow(row.current) : null,
    offTrack: row.off_track.map((event) => fromJsonRow<OffTrackEvent>(event)),
    calendar: calendarOf(row.calendar),
    settings: fromJsonRow(row.settings),
    hubSpokeId: row.hub_spoke_id,
    customerName: row.customer_name,
  };
}
