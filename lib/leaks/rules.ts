import { type Decision, permit, refuse } from "../decision";
import type { Count } from "../statistics/newcombe";
import { newcombe } from "../statistics/newcombe";
import { rateOf } from "../statistics/rate";
import type { LeakMeasure, LeakState, LeaksParameters, NextCohort, StandingFinding } from "./schema";

/** What is asked every night; only answers to this open and end leaks. */
export const usualParameters: LeaksParameters = { horizonDays: 30, windowDays: 365, recentDays: 90 };

/** Days in which a confirmed leak is to be mended unless somebody says otherwise. */
export const usualDays = 30;
/** Matured entries that it takes to say that a leak is closed (DOMAIN 6B). */
const fewestNext = 30;
const day = 86_400_000;

export const standingStates: readonly LeakState[] = ["suspected", "confirmed", "being_fixed"];

/** A leak is one group in one stage, by one measure. */
export type LeakPlace = Pick<StandingFinding, "template" | "stage" | "dimension" | "value"> & { measure: LeakMeasure };
export const placeOf = ({ measure, template, stage, dimension, value }: LeakPlace) =>
  `${measure}/${template}/${stage}/${dimension}/${value}`;

/** What a run found, with the measure that it was found by. */
export type MeasuredFinding = StandingFinding & { measure: LeakMeasure };

type Standing = LeakPlace & { id: string; state: string; lastAsOf: Date };
type Past = LeakPlace & { state: string; endedAt: Date; isByHand: boolean };

export type Followed = {
  suspect: MeasuredFinding[];
  confirm: { id: string; finding: MeasuredFinding }[];
  /** Found again, or once more on the same day: what the run says of it is kept, its state stays. */
  refresh: { id: string; finding: MeasuredFinding }[];
  /** Suspected once and not found again. */
  drop: string[];
};

/**
 * What a run means for the leaks that stand (DOMAIN 6B): found once is suspected, found on two days in a row is confirmed, and
 * a suspicion that is not found again goes. What somebody rejected, or what was mended, is not suspected again while the window
 * still holds the entries of then.
 */
export function planFollow(
  findings: readonly MeasuredFinding[],
  {
    standing,
    past,
    asOf,
    windowDays,
  }: { standing: readonly Standing[]; past: readonly Past[]; asOf: Date; windowDays: number },
): Followed {
  const found = new Map(findings.filter(({ verdict }) => verdict === "leak").map((each) => [placeOf(each), each]));
  const followed: Followed = { suspect: [], confirm: [], refresh: [], drop: [] };
  for (const { id, state, lastAsOf, ...place } of standing) {
    const finding = found.get(placeOf(place));
    const isNext = dayOf(asOf) > dayOf(lastAsOf);
    if (finding) followed[state === "suspected" && isNext ? "confirm" : "refresh"].push({ id, finding });
    else if (state === "suspected" && isNext) followed.drop.push(id);
  }
  const known = new Set(standing.map(placeOf));
  const since = asOf.getTime() - windowDays * day;
  for (const each of past)
    if ((each.state === "closed" || each.isByHand) && each.endedAt.getTime() > since) known.add(placeOf(each));
  followed.suspect = [...found].flatMap(([place, finding]) => (known.has(place) ? [] : [finding]));
  return followed;
}

const dayOf = (at: Date) => Math.floor(at.getTime() / day);

/** Decides whether somebody may begin to mend a leak, or reject it with a reason. */
export function planMove(
  { state, ownerId }: { state: string; ownerId: string | null },
  to: "being_fixed" | "rejected",
  note: string,
): Decision<{ state: LeakState }> {
  if (to === "being_fixed" && state !== "confirmed") return refuse("no_such_move");
  if (!standingStates.some((each) => each === state)) return refuse("no_such_move");
  if (to === "being_fixed" && ownerId === null) return refuse("owner_needed", { fields: { ownerId: "required" } });
  if (to === "rejected" && note === "") return refuse("note_needed", { fields: { note: "required" } });
  return permit({ state: to });
}

/** Decides whether its owner, date and action may change. */
export function planEdit(state: string): Decision<null> {
  return standingStates.some((each) => each === state) ? permit(null) : refuse("leak_ended");
}

/** The cohort that entered since the mending began, beside the one the leak was found in (DOMAIN F13, F89). */
export function nextCohortOf(found: Count, next: Count, immature: number): NextCohort {
  return { dropped: rateOf(next.k, next.n), immature, improvement: newcombe(found, next) };
}

/** A leak is closed when thirty matured entries drop less than before, and the whole interval of the difference says so. */
export function isMended({ dropped, improvement }: NextCohort): boolean {
  return dropped.n >= fewestNext && improvement !== null && improvement.lo > 0;
}
