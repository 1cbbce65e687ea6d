import type { Count } from "@/lib/statistics/newcombe";

/** One group's drops among its entries on both sides of a comparison. */
export type MixGroup = { key: string; before: Count; after: Count };

export type MixPart = { key: string; rate: number; mix: number };

export type MixAndRate = {
  /** The whole difference of the two rates, after minus before; `rate` and `mix` sum to it. */
  total: number;
  /** What the groups' own rates make of it, and what the shares of the groups make of it. */
  rate: number;
  mix: number;
  groups: MixPart[];
};

type Weighted = { key: string; weights: readonly [number, number]; rates: readonly [number, number] };

/** Splits the difference of two weighted rates into what the rates and what the weights make of it (DOMAIN F19). */
export function kitagawa(groups: readonly Weighted[]): MixAndRate {
  const parts = groups.map(({ key, weights: [w1, w2], rates: [r1, r2] }) => ({
    key,
    rate: ((w1 + w2) / 2) * (r2 - r1),
    mix: ((r1 + r2) / 2) * (w2 - w1),
  }));
  const rate = parts.reduce((sum, part) => sum + part.rate, 0);
  const mix = parts.reduce((sum, part) => sum + part.mix, 0);
  return { total: rate + mix, rate, mix, groups: parts };
}

/**
 * Mix against rate from counts (DOMAIN F19). A group that is on one side only has no rate on the other: its own is taken for
 * both, so that it counts as mix alone. Null when a side has no entries.
 */
export function mixAndRate(groups: readonly MixGroup[]): MixAndRate | null {
  const before = groups.reduce((sum, group) => sum + group.before.n, 0);
  const after = groups.reduce((sum, group) => sum + group.after.n, 0);
  if (before === 0 || after === 0) return null;
  const present = groups.filter((group) => group.before.n + group.after.n > 0);
  return kitagawa(
    present.map((group) => {
      const rateOfSide = (side: Count, other: Count) => (side.n > 0 ? side.k / side.n : other.k / other.n);
      return {
        key: group.key,
        weights: [group.before.n / before, group.after.n / after],
        rates: [rateOfSide(group.before, group.after), rateOfSide(group.after, group.before)],
      };
    }),
  );
}
