import { type Decision, permit, refuse } from "../decision";

export type PromiseState = "open" | "kept" | "broken";

export type RulePromise = { state: string; dueAt: Date; renegotiated: number };

/** Decides what we may promise: something that is still ahead of us. */
export function planPromise(dueAt: Date, now: Date): Decision<{ dueAt: Date }> {
  if (dueAt <= now) return refuse("in_the_past", { fields: { dueAt: "in_the_past" } });
  return permit({ dueAt });
}

/** Decides how a promise ends; one that has ended stays as it ended. */
export function planEnd(promise: RulePromise, to: "kept" | "broken"): Decision<{ state: PromiseState }> {
  return promise.state === "open" ? permit({ state: to }) : refuse("promise_closed");
}

export type Renegotiation =
  | { kind: "moved"; dueAt: Date; renegotiated: number }
  | { kind: "replaced"; dueAt: Date; renegotiated: number };

/**
 * Decides a new date (DOMAIN 5). Agreed before the old one it keeps the promise unbroken and is counted; afterwards the
 * old promise was broken, and the new date is a new promise.
 */
export function planRenegotiation(promise: RulePromise, dueAt: Date, now: Date): Decision<Renegotiation> {
  if (promise.state !== "open") return refuse("promise_closed");
  if (dueAt <= now) return refuse("in_the_past", { fields: { dueAt: "in_the_past" } });
  if (dueAt.getTime() === promise.dueAt.getTime()) return refuse("same_date", { fields: { dueAt: "same_date" } });
  const renegotiated = promise.renegotiated + 1;
  return permit({ kind: now <= promise.dueAt ? "moved" : "replaced", dueAt, renegotiated });
}
