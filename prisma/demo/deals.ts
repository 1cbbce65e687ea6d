import type { Scenario } from "../../lib/scenarios/vocabulary";
import { seededRandom } from "../../lib/statistics/random";

/** Deals from 600,000 on count as large. */
const largeFrom = 60_000_000;
const step = 100_000;

/** Near its end a large deal was joined more often than not, a small one rarely: what makes a plain comparison unfair. */
const habits: Record<"large" | "small", readonly Scenario[]> = {
  large: ["C", "A", "C", "B", "C", "A", "C", "B"],
  small: ["A", "B", "A", "C", "A", "B", "A", "B"],
};

/** How many are lost at the contract: large deals far more often, and of either size fewer the sooner success joins. */
const losses = {
  large: { A: 0.75, B: 0.6, C: 0.45 },
  small: { A: 0.15, B: 0.1, C: 0.03 },
} as const;

const sizeOf = (valueMinor: number) => (valueMinor >= largeFrom ? "large" : "small");

/** What Ines decides for a deal of this value when it comes to the contract; those without one are decided by turns. */
export function scenarioOf(valueMinor: number, turn = 0): Scenario {
  const habit = habits[sizeOf(valueMinor)];
  return habit[(valueMinor ? Math.floor(valueMinor / step) : turn) % habit.length] ?? "A";
}

/** The chance of winning that a deal of this value was given. */
export const chanceOf = (valueMinor: number): number => (sizeOf(valueMinor) === "large" ? 0.45 : 0.85);

/** What sales wrote of a deal for the rules of the policy: how hard its onboarding is, how much a personal relation is wanted. */
type Asked = { complexity: number; relationship: number };

export type PastDeal = { valueMinor: number; isLost: boolean; asked: Asked | null };

/**
 * Values of past deals, two of five large, whether each that comes to the contract is lost there, and what was asked of nine in
 * ten; the same every time.
 */
export function pastDeals(count: number, seed: number): PastDeal[] {
  const random = seededRandom(seed);
  const answers = seededRandom(seed + 1);
  const share = () => Math.round(answers() * 20) / 20;
  return Array.from({ length: count }, (_, each) => {
    const from = random() < 0.4 ? largeFrom : 36_000_000;
    const valueMinor = from + Math.floor(random() * 200) * step;
    const isLost = random() < losses[sizeOf(valueMinor)][scenarioOf(valueMinor)];
    const asked = { complexity: share(), relationship: share() };
    return { valueMinor, isLost, asked: each % 10 === 9 ? null : asked };
  });
}
