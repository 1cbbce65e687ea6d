import type { BusinessCalendar } from "../calendar/business-calendar";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Journey, OffTrackEvent, Stage, Touchpoint } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { fromJsonRow } from "../rows";
import type { TemplateTouchpoint } from "./template-draft";
import { seesEverything, visibleJourneys } from "./visibility";

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
  /** A handoff was accepted, and its receiver has not spoken with the customer yet. */
  awaitsFirstTouch: boolean;
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
  awaits_first_touch: boolean;
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
  const isCustomer = "customerId" in key;
  const answers = await ctx.db.$queryRaw<{ row: Row | null }[]>`
    select app.load_journey(${ctx.workspaceId}::uuid, ${id}::uuid, ${isCustomer}) as row`;
  const row = answers[0]?.row;
  if (!row) throw new AppError("not_found", "journey");
  const loaded = loadedOf(row);
  await requireVisible(ctx, loaded.journey.id);
  return loaded;
}

/** The worker and the customer herself are bound to one journey already; members and keys see what their roles let them. */
async function requireVisible(ctx: Context, journeyId: string): Promise<void> {
  if ((ctx.actor.kind !== "member" && ctx.actor.kind !== "key") || seesEverything(ctx)) return;
  const seen = await ctx.db.$queryRaw<unknown[]>`
    select 1 from journeys j where j.workspace_id = ${ctx.workspaceId}::uuid and j.id = ${journeyId}::uuid and ${visibleJourneys(ctx)}`;
  if (seen.length === 0) throw new AppError("not_found", "journey");
}

function loadedOf(row: Row): LoadedJourney {
  return {
    journey: fromJsonRow(row.journey),
    stage: fromJsonRow(row.stage),
    next: row.next ? fromJsonRow(row.next) : null,
    current: row.current ? fromJsonRow(row.current) : null,
    offTrack: row.off_track.map((event) => fromJsonRow<OffTrackEvent>(event)),
    calendar: calendarOf(row.calendar),
    settings: fromJsonRow(row.settings),
    awaitsFirstTouch: row.awaits_first_touch,
    hubSpokeId: row.hub_spoke_id,
    customerName: row.customer_name,
  };
}
