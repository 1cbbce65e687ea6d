import { assignByHash } from "../statistics/assignment";
import { type HoldoutEffect, holdoutEffect } from "../statistics/holdout-effect";
import type { Count } from "../statistics/newcombe";
import type { Arm, EffectVerdict } from "./schema";

/** Contacts that are never experimented with: complaints, safety (repairs) and compliance (billing). */
export const neverHeldOutAfter = ["complaint", "repair", "billing"] as const;

/** For how many days such a contact keeps its customer out of every comparison. */
export const protectedDays = 90;

/** Fewer on either side tell nothing (DOMAIN 6.0). */
export const fewest = 20;

export type Standing = {
  severity: "normal" | "high";
  /** Something grave is open on the same journey. */
  isOtherHigh: boolean;
  /** A recovery case is open for her. */
  hasOpenCase: boolean;
  /** She complained, or it was about safety or compliance, within `protectedDays`. */
  isProtected: boolean;
};

/** Whether an event may be part of the comparison at all: light ones only, never complaints, compliance or safety (DOMAIN 6B). */
export function mayCompare({ severity, isOtherHigh, hasOpenCase, isProtected }: Standing): boolean {
  return severity === "normal" && !isOtherHigh && !hasOpenCase && !isProtected;
}

/**
 * On which side an event stands: by the hash of its customer under an experiment of its workspace (DOMAIN F65c), so that one
 * customer is always on one side. Null outside the comparison, and always while the share (0..20 percent) is 0.
 */
export function armOf(workspaceId: string, customerId: string, percent: number, standing: Standing): Arm | null {
  if (percent === 0 || !mayCompare(standing)) return null;
  return assignByHash(`recovery-${workspaceId}`, customerId, percent / 100).isTreated ? "holdout" : "play";
}

/** What can be said of plays against the holdout (DOMAIN F20): nothing below `fewest` on a side or when the interval holds 0. */
export function judgeComparison(play: Count, holdout: Count): { effect: HoldoutEffect | null; verdict: EffectVerdict } {
  const effect = holdoutEffect(play, holdout);
  if (holdout.n === 0) return { effect, verdict: "no_holdout" };
  if (!effect || play.n < fewest || holdout.n < fewest) return { effect, verdict: "too_few" };
  if (effect.lo > 0) return { effect, verdict: "helps" };
  return { effect, verdict: effect.hi < 0 ? "harms" : "not_proven" };
}
