import type { ConsentState } from "./schema";

export type ConsentFact = { medium: string; purpose: string; state: ConsentState; at: Date };

const restricts = (state: string) => state === "denied" || state === "revoked";

/** Whether the person refused; `unknown` and `expired` are no refusal, and no permission either. */
export function isRestricted(state: string | undefined): boolean {
  return state !== undefined && restricts(state);
}

/** The fact that holds for each medium and purpose: the latest, and a denial beats a grant at the same instant (DOMAIN 5). */
export function latestConsents<Fact extends ConsentFact>(facts: readonly Fact[]): Map<string, Fact> {
  const latest = new Map<string, Fact>();
  for (const fact of facts) {
    const key = `${fact.medium} ${fact.purpose}`;
    const known = latest.get(key);
    const isLater = !known || fact.at.getTime() > known.at.getTime();
    const isStricter = known?.at.getTime() === fact.at.getTime() && restricts(fact.state);
    if (isLater || isStricter) latest.set(key, fact);
  }
  return latest;
}

/**
 * What a survivor must be told when another person turns out to be her: `revoked` where either one refused and she is
 * not on record as refusing, the other's grant where she never said anything (DOMAIN 11, most restrictive).
 */
export function mergedConsents<Fact extends ConsentFact>(
  survivor: readonly Fact[],
  loser: readonly Fact[],
): { from: Fact; state: "revoked" | "granted" }[] {
  const own = latestConsents(survivor);
  const added: { from: Fact; state: "revoked" | "granted" }[] = [];
  for (const [key, fact] of latestConsents(loser)) {
    const known = own.get(key);
    if (restricts(fact.state) && !isRestricted(known?.state)) added.push({ from: fact, state: "revoked" });
    if (fact.state === "granted" && !known) added.push({ from: fact, state: "granted" });
  }
  return added;
}

/** The one answer for several people or purposes: refused when anybody refused, granted when anybody granted, else unknown. */
export function strictest(states: readonly string[]): "granted" | "denied" | "unknown" {
  if (states.some(restricts)) return "denied";
  return states.includes("granted") ? "granted" : "unknown";
}
