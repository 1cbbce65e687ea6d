import { type Decision, permit, refuse } from "../decision";
import { clockedStatuses, type JourneyStatus, openStatuses } from "./vocabulary";

export type RuleStage = {
  id: string;
  templateId: string;
  key: string;
  position: number;
  spokeId: string;
  entryStatus: string;
  allowedNext: string[];
  requiredFields: string[];
};

export type RuleJourney = {
  status: string;
  stageId: string;
  templateId: string;
  need: string | null;
  fields: Record<string, unknown>;
  statusBeforeHold: string | null;
};

export type StageChange = {
  stageId: string;
  spokeId: string;
  status: JourneyStatus;
  cause: "advance" | "back" | "skip" | "drop" | "reopen" | "complete" | "hold" | "resume" | "nurture";
};

/** Whether the journey is still in the circle. */
export function isOpen(status: string): boolean {
  return (openStatuses as readonly string[]).includes(status);
}

/** Whether the journey's clocks run: it is open and nobody asked for a pause. */
export function isClocked(status: string): boolean {
  return (clockedStatuses as readonly string[]).includes(status);
}

const isFilled = (value: unknown) => value !== undefined && value !== null && value !== "";

/** Keys of the stage's required fields that are still empty. */
export function missingFields(stage: RuleStage, fields: Record<string, unknown>): string[] {
  return stage.requiredFields.filter((key) => !isFilled(fields[key]));
}

/** Whether the template has an edge from one stage forward to the other; without a list the next by position. */
export function isForwardEdge(from: RuleStage, to: RuleStage): boolean {
  if (from.allowedNext.length > 0) return from.allowedNext.includes(to.key);
  return to.position === from.position + 1;
}

/**
 * Decides what moving a journey to another stage of its template changes.
 *
 * Forward needs an edge of the template and the fields the left stage requires; back is always open but needs a
 * reason, because a second passage is a new interval in every report. A customer who is not yet a lead becomes one
 * only with a need. A won journey stays won: winning does not end it.
 */
export function planMove(
  journey: RuleJourney,
  from: RuleStage,
  to: RuleStage,
  reason: string | undefined,
): Decision<StageChange> {
  if (journey.status === "on_hold") return refuse("on_hold");
  if (!isOpen(journey.status)) return refuse("journey_closed");
  if (to.templateId !== journey.templateId) return refuse("other_template");
  if (to.id === from.id) return refuse("same_stage");
  if (to.position < from.position) {
    if (!reason) return refuse("reason_required", { fields: { reason: "required" } });
    const status = journey.status === "won" && to.entryStatus !== "won" ? "active" : entryStatusOf(to);
    return permit({ stageId: to.id, spokeId: to.spokeId, status, cause: "back" });
  }
  if (!isForwardEdge(from, to)) return refuse("no_edge");
  if (from.entryStatus === "pre_lead" && to.entryStatus !== "pre_lead" && !journey.need) {
    return refuse("need_required", { fields: { need: "required" } });
  }
  const missing = missingFields(from, journey.fields);
  if (missing.length > 0)
    return refuse("fields_missing", {
      fields: Object.fromEntries(missing.map((key) => [`fields.${key}`, "required"])),
    });
  const cause = to.position === from.position + 1 ? "advance" : "skip";
  return permit({
    stageId: to.id,
    spokeId: to.spokeId,
    status: journey.status === "won" ? "won" : entryStatusOf(to),
    cause,
  });
}

function entryStatusOf(stage: RuleStage): JourneyStatus {
  return stage.entryStatus as JourneyStatus;
}

/** Whether a trigger may open: a pause stops T1 to T4 alone; what we owe a customer who waits stays owed (DOMAIN 6B). */
export function mayGoOffTrack(status: string, trigger: string): boolean {
  return isClocked(status) || (status === "on_hold" && !["T1", "T2", "T3", "T4"].includes(trigger));
}

/** Decides the pause a customer asked for: her clocks stop until the date. A pause ends later than it begins. */
export function planHold(
  journey: RuleJourney,
  until: Date,
  now: Date,
): Decision<{ status: "on_hold"; statusBeforeHold: string }> {
  if (journey.status === "on_hold") return refuse("on_hold");
  if (!isClocked(journey.status)) return refuse("journey_closed");
  if (until.getTime() <= now.getTime()) return refuse("in_the_past", { fields: { until: "in_the_past" } });
  return permit({ status: "on_hold", statusBeforeHold: journey.status });
}

/** Decides the end of a pause. */
export function planResume(journey: RuleJourney): Decision<{ status: JourneyStatus }> {
  if (journey.status !== "on_hold") return refuse("not_on_hold");
  return permit({ status: (journey.statusBeforeHold ?? "active") as JourneyStatus });
}

/** Decides dropping a journey: only an open one that has not completed, with who said it and why. */
export function planLose(journey: RuleJourney): Decision<{ status: "lost" }> {
  if (!isOpen(journey.status)) return refuse("journey_closed");
  return permit({ status: "lost" });
}

/** Decides taking a lost journey up again: it keeps its id and enters the stage anew. */
export function planReopen(journey: RuleJourney, stage: RuleStage): Decision<{ status: JourneyStatus }> {
  if (journey.status !== "lost") return refuse("not_lost");
  return permit({ status: stage.entryStatus === "pre_lead" ? "active" : entryStatusOf(stage) });
}

/** Decides completing the circle: a won journey, from the last stage of its template. */
export function planComplete(
  journey: RuleJourney,
  stage: RuleStage,
  lastPosition: number,
): Decision<{ status: "completed" }> {
  if (journey.status !== "won") return refuse("not_won");
  if (stage.position !== lastPosition) return refuse("not_last_stage");
  const missing = missingFields(stage, journey.fields);
  if (missing.length > 0)
    return refuse("fields_missing", {
      fields: Object.fromEntries(missing.map((key) => [`fields.${key}`, "required"])),
    });
  return permit({ status: "completed" });
}
