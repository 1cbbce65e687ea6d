/** From which difference of two prices on they disagree. */
export const priceTolerance = 0.03;
/** From which overlap of scope on two proposals speak of the same thing. */
export const sameScope = 0.5;
const parallelDays = 14;
const day = 86_400_000;

export const conflictKinds = ["price", "discount", "solution", "term", "parallel"] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/** The difference of two amounts as a share of the larger; 0 when both are zero (DOMAIN F51). */
export function gapOf(a: number, b: number): number {
  const larger = Math.max(a, b);
  return larger === 0 ? 0 : Math.abs(a - b) / larger;
}

/** How far amounts lie apart: the range as a share of the largest, and the population's coefficient of variation (DOMAIN F51). */
export function spreadOf(amounts: readonly number[]): { spread: number; cv: number } {
  const mean = amounts.reduce((sum, each) => sum + each, 0) / amounts.length;
  const variance = amounts.reduce((sum, each) => sum + (each - mean) ** 2, 0) / amounts.length;
  return {
    spread: gapOf(Math.max(...amounts), Math.min(...amounts)),
    cv: mean === 0 ? 0 : Math.sqrt(variance) / mean,
  };
}

/** What two sets share of all that either has, 0 to 1; two empty sets are the same (DOMAIN F51). */
export function jaccardOf(a: readonly string[], b: readonly string[]): number {
  const union = new Set([...a, ...b]);
  const [left, right] = [new Set(a), new Set(b)];
  return union.size === 0 ? 1 : [...left].filter((each) => right.has(each)).length / union.size;
}

/** What of a proposal its conflicts are judged by. Prices are monthly equivalents in one currency; dates are `YYYY-MM-DD`. */
export type Compared = {
  sellerId: string;
  monthly: number;
  scopeTags: readonly string[];
  families: readonly string[];
  discountBp: number;
  termMonths: number;
  freeMonths: number;
  validFrom: string;
  validTo: string;
  activeAt: Date;
};

/** Whether two proposals for one need speak of the same: their dates meet, and half of the scope or a product family is shared (DOMAIN D2). */
export function isOverlapping(a: Compared, b: Compared): boolean {
  if (a.validFrom > b.validTo || b.validFrom > a.validTo) return false;
  return jaccardOf(a.scopeTags, b.scopeTags) >= sameScope || a.families.some((family) => b.families.includes(family));
}

/** In what two overlapping proposals disagree (DOMAIN D3); a gap of exactly the tolerance is none. */
export function kindsOf(a: Compared, b: Compared): ConflictKind[] {
  const isOther = a.sellerId !== b.sellerId;
  const found: Record<ConflictKind, boolean> = {
    price: gapOf(a.monthly, b.monthly) > priceTolerance,
    discount: (a.discountBp === 0) !== (b.discountBp === 0),
    solution: jaccardOf(a.scopeTags, b.scopeTags) < 1,
    term: a.termMonths !== b.termMonths || a.freeMonths !== b.freeMonths,
    parallel: isOther && Math.abs(a.activeAt.getTime() - b.activeAt.getTime()) <= parallelDays * day,
  };
  return conflictKinds.filter((kind) => found[kind]);
}

/** From how many proposals on a seller's discounts are shown. */
export const enoughForSeller = 20;

export type SellerEffect = { seller: string; n: number; effect: number; isShown: boolean };

/** By how much each seller's discounts differ from the mean of their segments, as a share; shown from 20 on (DOMAIN F53). */
export function sellerEffects(rows: readonly { seller: string; segment: string; discount: number }[]): {
  segments: Map<string, number>;
  sellers: SellerEffect[];
} {
  const meanBy = (pick: (row: (typeof rows)[number]) => [key: string, value: number]) => {
    const sums = new Map<string, { n: number; sum: number }>();
    for (const row of rows) {
      const [key, value] = pick(row);
      const { n, sum } = sums.get(key) ?? { n: 0, sum: 0 };
      sums.set(key, { n: n + 1, sum: sum + value });
    }
    return sums;
  };
  const segments = new Map(
    [...meanBy((row) => [row.segment, row.discount])].map(([segment, { n, sum }]) => [segment, sum / n]),
  );
  const residuals = meanBy((row) => [row.seller, row.discount - (segments.get(row.segment) ?? 0)]);
  const sellers = [...residuals].map(([seller, { n, sum }]) => ({
    ...{ seller, n, effect: sum / n, isShown: n >= enoughForSeller },
  }));
  return { segments, sellers };
}
