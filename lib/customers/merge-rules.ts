import { type Decision, permit, refuse } from "../decision";
import { isOpen } from "../journeys/rules";
import { likeEnough, personLikeness } from "./duplicates";
import { type MergeField, mergeFields } from "./schema";
import { foldText } from "./search-text";

/** A merge can be taken back for this long, in milliseconds. */
export const undoWindow = 30 * 86_400_000;

export type MergeablePerson = { id: string; name: string; points: readonly { kind: string; value: string }[] };

const sharedKinds = (a: MergeablePerson, b: MergeablePerson): Set<string> =>
  new Set(
    a.points
      .filter((point) => b.points.some((other) => other.kind === point.kind && other.value === point.value))
      .map(({ kind }) => kind),
  );

/**
 * Whether two persons of records that are one customer are the same human: the same name, a shared e-mail or handle,
 * a shared phone and a like name, or like names when each record has one person only. A family name and a phone in
 * common make a household, not one person.
 */
export function isSamePerson(a: MergeablePerson, b: MergeablePerson, areAlone: boolean): boolean {
  const likeness = personLikeness(a.name, b.name);
  if (likeness === 1) return true;
  const shared = sharedKinds(a, b);
  if (shared.has("email") || shared.has("social")) return true;
  return likeness >= likeEnough && (areAlone || shared.has("phone"));
}

/** Which persons of the loser are one of the survivor's, each at most once: loser's id to survivor's id. */
export function pairPersons(
  survivors: readonly MergeablePerson[],
  losers: readonly MergeablePerson[],
): Map<string, string> {
  const areAlone = survivors.length === 1 && losers.length === 1;
  const pairs = new Map<string, string>();
  for (const loser of losers) {
    const taken = new Set(pairs.values());
    const match = survivors.find((survivor) => !taken.has(survivor.id) && isSamePerson(survivor, loser, areAlone));
    if (match) pairs.set(loser.id, match.id);
  }
  return pairs;
}

export type MergeableJourney = {
  id: string;
  need: string | null;
  status: string;
  statusBeforeHold: string | null;
  templateId: string;
  stagePosition: number;
  oscId: string;
  isPrimary: boolean;
  lastActivityAt: Date;
};

/** Whether two needs are one: the same words, or one is not known yet (DOMAIN 11). */
export function isSameNeed(a: string | null, b: string | null): boolean {
  return a === null || b === null || foldText(a) === foldText(b);
}

/** Open journeys of the same need, loser's beside survivor's, the same words before the unknown; each at most once. */
export function pairJourneys<J extends MergeableJourney>(
  survivors: readonly J[],
  losers: readonly J[],
): { survivor: J; loser: J }[] {
  const pairs: { survivor: J; loser: J }[] = [];
  const isFree = (journey: J) =>
    isOpen(journey.status) && !pairs.some(({ survivor, loser }) => survivor === journey || loser === journey);
  const same = [
    (a: J, b: J) => a.need !== null && b.need !== null && isSameNeed(a.need, b.need),
    (a: J, b: J) => isSameNeed(a.need, b.need),
  ];
  for (const matches of same) {
    for (const loser of losers.filter(isFree)) {
      const survivor = survivors.find((each) => isFree(each) && matches(each, loser));
      if (survivor) pairs.push({ survivor, loser });
    }
  }
  return pairs;
}

const ranks: Record<string, number> = { pre_lead: 0, nurture: 1, active: 2, won: 3 };
const rankOf = ({ status, statusBeforeHold }: MergeableJourney) =>
  ranks[status === "on_hold" ? (statusBeforeHold ?? "active") : status] ?? 0;

/** Whether the loser's journey has come further, so that the surviving one goes on from there. */
export function isFurther(loser: MergeableJourney, survivor: MergeableJourney): boolean {
  const ahead = rankOf(loser) - rankOf(survivor);
  if (ahead !== 0) return ahead > 0;
  return loser.templateId === survivor.templateId && loser.stagePosition > survivor.stagePosition;
}

/** Decides who the one OSC of the merged customer is: the only one there is, else the one the manager names. */
export function chooseSurvivingOsc(
  journeys: readonly MergeableJourney[],
  named: string | undefined,
): Decision<string | null> {
  const candidates = [...new Set(journeys.filter(({ status }) => isOpen(status)).map(({ oscId }) => oscId))];
  const [only] = candidates;
  if (candidates.length <= 1) return permit(only ?? null);
  if (!named) return refuse("osc_required", { fields: { oscId: "required" } });
  return candidates.includes(named) ? permit(named) : refuse("osc_not_theirs", { fields: { oscId: "not_theirs" } });
}

/** The journey the lists show: the survivor's own while it is open, else the most active open one, else the survivor's own. */
export function choosePrimary<J extends MergeableJourney>(survivors: readonly J[], remaining: readonly J[]): J | null {
  const own = survivors.find(({ isPrimary }) => isPrimary) ?? null;
  if (own && isOpen(own.status)) return own;
  const byActivity = (a: J, b: J) => b.lastActivityAt.getTime() - a.lastActivityAt.getTime();
  const [best] = remaining.filter(({ status }) => isOpen(status)).sort(byActivity);
  return best ?? own ?? [...remaining].sort(byActivity)[0] ?? null;
}

type MergeableCustomer = Record<MergeField, string | null> & { notes: string; flag: string | null };

const columns: Record<MergeField, string> = {
  name: "name",
  kind: "kind",
  segment: "segment",
  place: "place",
  origin: "origin",
  locale: "locale",
  timeZone: "time_zone",
};

/** What the survivor's row becomes: the chosen values, the loser's where the survivor has none, both notes. By column. */
export function chooseFields(
  survivor: MergeableCustomer,
  loser: MergeableCustomer,
  choice: Partial<Record<MergeField, "survivor" | "loser">>,
): Record<string, string | null> {
  const chosen: Record<string, string | null> = {};
  for (const field of mergeFields) {
    const value = choice[field] === "loser" ? loser[field] : (survivor[field] ?? loser[field]);
    if (value !== survivor[field]) chosen[columns[field]] = value;
  }
  if (loser.notes && loser.notes !== survivor.notes)
    chosen.notes = [survivor.notes, loser.notes].filter(Boolean).join("\n\n");
  if (loser.flag && !survivor.flag) chosen.flag = loser.flag;
  return chosen;
}

/** Triggers that hang on the journey's own clocks and end with the position that is given up. */
export const positionTriggers: readonly string[] = ["T1", "T2", "T3", "T4"];
