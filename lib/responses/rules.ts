import { dayLength, instantOfWall, wallClock } from "../calendar/zone";
import { classify, type ExperienceClass, type Voice } from "../experience/classification";
import { seededRandom } from "../statistics/random";
import { answerDays, type ResponseSource, type SecondQuestion, type SurveyPage, type SurveySettings } from "./schema";

const minute = 60_000;
const hour = 60 * minute;

/** How long after a contact its customer is asked: a chat at its close, a call within the hour, a letter within the day. */
const waits: Record<string, number> = { chat: 0, phone: 30 * minute, video: 30 * minute, onsite: 2 * hour };
const longestWait = 4 * hour;

/** From and until when one is asked, on the customer's own clock. */
const opening = 9 * hour;
const closing = 20 * hour;

/** One invitation a person in so many days, whatever it asks about. */
export const capDays = 14;
/** When a silent person is reminded, once, in days after the invitation. */
export const reminderDays = 4;

export type SuppressionReason =
  | "opted_out"
  | "open_complaint"
  | "asked_lately"
  | "not_drawn"
  | "no_address"
  | "test_person";

/** The facts that decide whether somebody is asked, about an interaction or the relationship. */
export type Candidate = {
  email: string | null;
  isTest: boolean;
  /** Refused surveys, by her latest word. */
  hasRefused: boolean;
  /** She had to repeat herself, and nobody has put it right yet (T9), or her last word to us was a complaint. */
  hasOpenComplaint: boolean;
  lastAskedAt: Date | null;
};

/** How many days after a contact nobody is asked about it any more. */
export const freshDays = 3;

/** A draw that can be made again from what is kept: the seed of an id is the end of its random part, 28 bits. */
export const seedOf = (id: string): number => Number.parseInt(id.replaceAll("-", "").slice(-7), 16);

/** Over so many days of a half-year the turns of persons are spread, each by her id: her next one comes half a year later. */
export const turnDays = 160;
/** A turn lasts so many days, longer than the cap: who was asked about a contact lately, or complains, is asked later in it. */
const waitDays = 21;

/** The half-year of an instant, UTC (`2026-1` ends with June), and which turns it is time for: those of the days from `from` to `to`. */
export function turnOf(now: Date): { half: string; from: number; to: number } {
  const year = now.getUTCFullYear();
  const isFirst = now.getUTCMonth() < 6;
  const today = Math.floor((now.getTime() - Date.UTC(year, isFirst ? 0 : 6, 1)) / dayLength);
  return {
    half: `${year}-${isFirst ? 1 : 2}`,
    from: Math.max(0, today - waitDays + 1),
    to: Math.min(turnDays - 1, today),
  };
}

/** The seed of a person's draw in a half-year, another in each: who was not drawn once is not left out for good. */
export function relationshipSeed(personId: string, half: string): number {
  return seedOf(personId) + Number(half.replace("-", ""));
}

/** When to ask about a contact that ended at `endedAt`, by its medium (DOMAIN C2). */
export function askAt(medium: string, endedAt: Date): Date {
  return new Date(endedAt.getTime() + (waits[medium] ?? longestWait));
}

/** The instant itself in the customer's daytime, 9 to 20, else when her next one begins (DOMAIN C2). */
export function inDaytime(at: Date, timeZone: string): Date {
  const wall = wallClock(timeZone, at.getTime());
  const midnight = Math.floor(wall / dayLength) * dayLength;
  if (wall - midnight < opening) return new Date(instantOfWall(timeZone, midnight + opening));
  if (wall - midnight < closing) return at;
  return new Date(instantOfWall(timeZone, midnight + dayLength + opening));
}

/**
 * Why somebody is not asked, or null. The cap comes before the draw, so that who was drawn is asked (DOMAIN C2).
 *
 * `probability` (above 0, up to 1) and `seed` are kept with the invitation: the same seed draws the same again.
 */
export function suppressionOf(
  candidate: Candidate,
  { probability, seed, now }: { probability: number; seed: number; now: Date },
): SuppressionReason | null {
  if (candidate.isTest) return "test_person";
  if (candidate.hasRefused) return "opted_out";
  if (candidate.hasOpenComplaint) return "open_complaint";
  if (!candidate.email) return "no_address";
  if (candidate.lastAskedAt && now.getTime() - candidate.lastAskedAt.getTime() < capDays * dayLength)
    return "asked_lately";
  return seededRandom(seed)() < probability ? null : "not_drawn";
}

const effortTypes: readonly string[] = ["order call", "complaint", "repair", "billing"];

/**
 * The one question beside the comparison, by type of contact (DOMAIN C1): what the workspace chose for the type, else how easy we made
 * it where somebody wanted something done, else how it was. Satisfaction is asked where a workspace wants to be compared with others by
 * it, instead of the outcome: three questions would be one too many. Only an outcome joins the comparison in the class (F31).
 */
export function secondQuestion(type: string, chosen: SurveySettings["seconds"]): SecondQuestion {
  if (Object.hasOwn(chosen, type) && chosen[type]) return chosen[type];
  return effortTypes.includes(type) ? "ease" : "outcome";
}

/** What of an invitation says whether its form still asks. */
export type InviteStanding = { inviteState: string; expiresAt: Date; isWithdrawn: boolean };

/** Whether the form of an invitation asks, or why it does not any more. */
export function pageState({ inviteState, expiresAt, isWithdrawn }: InviteStanding, now: Date): SurveyPage["state"] {
  if (isWithdrawn) return "withdrawn";
  if (inviteState === "answered") return "answered";
  return expiresAt < now ? "late" : "open";
}

/** Whether an answer comes too late to count: after its invitation ended, or fourteen days after the contact (DOMAIN 11). */
export function isLate(answeredAt: Date, endedAt: Date, expiresAt: Date | null): boolean {
  return answeredAt.getTime() > (expiresAt?.getTime() ?? endedAt.getTime() + answerDays * dayLength);
}

/**
 * What an answer says of its interaction. Only the first timely word of the customer herself decides the class: a member's
 * view is never mixed in, a late answer is kept for themes.
 */
export function standingOf(
  source: ResponseSource,
  voice: Voice,
  { late, isDecided }: { late: boolean; isDecided: boolean },
): { class: ExperienceClass | null; countsForClass: boolean } {
  const found = classify(voice);
  return { class: found, countsForClass: found !== null && source !== "staff" && !late && !isDecided };
}
