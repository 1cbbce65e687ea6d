import { AppError, type ErrorDetails } from "./errors";

/** A rule's answer: the change to make, or the reason why not. */
export type Decision<Change> = { ok: true; change: Change } | { ok: false; reason: string; details?: ErrorDetails };

/** Allows the change. */
export function permit<Change>(change: Change): { ok: true; change: Change } {
  return { ok: true, change };
}

/** Refuses with a stable reason that the screens have words for. */
export function refuse(reason: string, details?: ErrorDetails): { ok: false; reason: string; details?: ErrorDetails } {
  return { ok: false, reason, details };
}

/** Unwraps a decision inside a command; a refusal throws `refused`, which rolls the transaction back. */
export function enforce<Change>(decision: Decision<Change>): Change {
  if (decision.ok) return decision.change;
  throw new AppError("refused", decision.reason, decision.details);
}
