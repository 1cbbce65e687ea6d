import type { BusinessCalendar } from "../calendar/business-calendar";
import { dueAt as dueAtRule } from "../calendar/due";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { record } from "../transaction";
import { clockNext, clockOrphan } from "./clocks";
import type { LoadedJourney, LoadedStage } from "./loaded";
import { closeOffTrack } from "./off-track";
import { isClocked } from "./rules";
import type { NextInput } from "./schema";
import type { TemplateTouchpoint } from "./template-draft";

export type NewTouchpoint = Prisma.TouchpointCreateManyInput;

/** The clock part of the journey row, copied from its expected next touchpoint. */
export type NextClock = { nextStartedAt: Date | null; nextDueAt: Date | null };

/** The touchpoint row that a stage of the template expects first, or null when the stage expects none. */
export function expectedOf(
  ctx: Context,
  at: { journeyId: string; customerId: string; accountableId: string | null },
  stage: Pick<LoadedStage, "id" | "spokeId" | "phase">,
  expected: TemplateTouchpoint | undefined,
  calendar: BusinessCalendar,
  spokeIds?: ReadonlyMap<string, string>,
): NewTouchpoint | null {
  if (!expected) return null;
  const due = expected.due ? dueAtRule(expected.due, calendar, ctx.now) : null;
  return {
    workspaceId: ctx.workspaceId,
    id: newId(),
    journeyId: at.journeyId,
    customerId: at.customerId,
    name: expected.name,
    type: expected.type,
    phase: stage.phase,
    medium: expected.medium,
    spokeId: (expected.spokeKey && spokeIds?.get(expected.spokeKey)) || stage.spokeId,
    ownerId: at.accountableId,
    stageId: stage.id,
    state: due ? "due" : "planned",
    startedAt: ctx.now,
    dueAt: due,
    dueRule: expected.due ?? undefined,
  };
}

/** The touchpoint row a person asked for as the next one. */
function askedNext(
  ctx: Context,
  { journey, stage, calendar, next }: LoadedJourney,
  input: Exclude<NextInput, "template" | "none">,
): NewTouchpoint {
  const due = input.dueAt ?? (input.due ? dueAtRule(input.due, calendar, ctx.now) : null);
  if (due && due.getTime() <= ctx.now.getTime())
    throw new AppError("invalid", "input", { fields: { "next.dueAt": "in_the_past" } });
  return {
    workspaceId: ctx.workspaceId,
    id: newId(),
    journeyId: journey.id,
    customerId: journey.customerId,
    name: input.name,
    type: input.type ?? next?.type ?? "follow-up",
    phase: stage.phase,
    medium: input.medium ?? null,
    spokeId: input.spokeId ?? journey.accountableSpokeId,
    ownerId: input.ownerId ?? journey.accountableId,
    stageId: stage.id,
    state: due ? "due" : "planned",
    startedAt: ctx.now,
    dueAt: due,
  };
}

/** Makes the row for `next`: what the template expects here, or what was asked for, or nothing. */
export function planNext(ctx: Context, loaded: LoadedJourney, input: NextInput): NewTouchpoint | null {
  if (input === "none") return null;
  if (input !== "template") return askedNext(ctx, loaded, input);
  const { journey, stage, calendar } = loaded;
  const at = { journeyId: journey.id, customerId: journey.customerId, accountableId: journey.accountableId };
  return expectedOf(ctx, at, stage, stage.touchpoints[0], calendar);
}

/** Starts the clock of the new expected next touchpoint, or the orphan timer when there is none. */
export function clockOf(ctx: Context, loaded: LoadedJourney, touchpoint: NewTouchpoint | null): NextClock {
  if (!touchpoint) {
    if (isClocked(loaded.journey.status)) clockOrphan(ctx, loaded);
    return { nextStartedAt: null, nextDueAt: null };
  }
  const due = touchpoint.dueAt ? new Date(touchpoint.dueAt) : null;
  if (due) clockNext(ctx, loaded.journey.id, touchpoint.id, due);
  return { nextStartedAt: ctx.now, nextDueAt: due };
}

/**
 * Replaces the expected next touchpoint: the old one ends as `endsAs`, the new one starts its clock, an orphan event closes.
 * Returns the clock for the journey row, which the caller writes.
 */
export async function replaceNext(
  ctx: Context,
  loaded: LoadedJourney,
  touchpoint: NewTouchpoint | null,
  endsAs: "superseded" | "cancelled" | "missed" = "superseded",
): Promise<NextClock> {
  const { workspaceId } = ctx;
  if (loaded.next) {
    await ctx.db.touchpoint.updateMany({
      where: { workspaceId, id: loaded.next.id },
      data: { state: endsAs, closedAt: ctx.now, nextId: null, version: { increment: 1 } },
    });
  }
  if (touchpoint) {
    await ctx.db.touchpoint.create({ data: { ...touchpoint, workspaceId } });
    await closeOffTrack(ctx, loaded, ["T3"], "recovered");
    record(ctx, "touchpoint.planned", {
      subject: `touchpoint:${touchpoint.id}`,
      customerId: loaded.journey.customerId,
      journeyId: loaded.journey.id,
      detail: { name: touchpoint.name, dueAt: touchpoint.dueAt ?? null },
    });
  }
  loaded.next = null;
  return clockOf(ctx, loaded, touchpoint);
}
