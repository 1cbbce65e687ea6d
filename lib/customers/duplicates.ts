import { nameLikeness } from "./likeness";
import type { DuplicateReason } from "./schema";
import { foldText } from "./search-text";

/** From here on two names count as one. */
export const likeEnough = 0.92;

/** Where likeness candidates are looked up: two letters of the two first words, whichever way round they stand. */
export function nameKeyOf(name: string): string {
  const [first = "", second = ""] = foldText(name).split(" ").sort();
  return `${Array.from(first).slice(0, 2).join("")} ${Array.from(second).slice(0, 2).join("")}`.trim();
}

type Place = { place?: string | null | undefined };

/** Whether two places can be one: the same, or one is not known. */
export function placesAgree(a: Place, b: Place): boolean {
  return !a.place || !b.place || foldText(a.place) === foldText(b.place);
}

/** What two names do not share must be this alike, or they are two people of one family. */
const restLikeEnough = 0.75;

/**
 * How alike two names are as names of one person, 0..1: `nameLikeness`, but 0 where they share a family name and the
 * given names are not alike, because a long common name alone makes husband and wife look like one.
 */
export function personLikeness(a: string, b: string): number {
  const [first, second] = [foldText(a).split(" "), foldText(b).split(" ")];
  const restOfFirst = first.filter((word) => !second.includes(word)).join(" ");
  const restOfSecond = second.filter((word) => !first.includes(word)).join(" ");
  const isOther = restOfFirst !== "" && restOfSecond !== "" && nameLikeness(restOfFirst, restOfSecond) < restLikeEnough;
  return isOther ? 0 : nameLikeness(a, b);
}

/** How alike the names of two records are, 0..1: of the customers or of any two of their people. */
export function namesLikeness(first: readonly string[], second: readonly string[]): number {
  let most = 0;
  for (const a of first) for (const b of second) most = Math.max(most, personLikeness(a, b));
  return most;
}

const doubtOf = { email: 0.05, phone: 0.1, social: 0.15 } as const;

/** How sure a pair is, 0..1: a shared address or number is near certain, a handle less, a name is as sure as it is alike. */
export function scoreOf(reasons: readonly DuplicateReason[]): number {
  const doubts = reasons.map((reason) => (reason.kind === "name" ? 1 - 0.8 * reason.likeness : doubtOf[reason.kind]));
  return 1 - doubts.reduce((product, doubt) => product * doubt, 1);
}

export type MatchedCustomer = { customerId: string; names: string[]; reasons: DuplicateReason[] };

/**
 * Whom a new record attaches to (DOMAIN A1): the one customer with the same e-mail or phone whose name does not speak
 * against it. Null when several match or the name is another one: a shared phone is a household's, not a person's.
 */
export function attachTarget(names: readonly string[], matches: readonly MatchedCustomer[]): MatchedCustomer | null {
  const byContact = matches.filter(({ reasons }) => reasons.some(({ kind }) => kind === "email" || kind === "phone"));
  const [only] = byContact;
  if (!only || byContact.length > 1) return null;
  return names.length === 0 || namesLikeness(names, only.names) >= likeEnough ? only : null;
}

/** The pair in the order in which it is stored, lower id first. */
export function pairOf(a: string, b: string): { firstId: string; secondId: string } {
  return a < b ? { firstId: a, secondId: b } : { firstId: b, secondId: a };
}
