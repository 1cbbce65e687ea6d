import { type Price, type PricedLine, priceOf, type Tax, type Term } from "./price";

/** A line with what it is to the customer: part of the offer, or hers to choose. */
export type OfferedLine = PricedLine & { isOptional: boolean };

/** What a proposal with options comes to: without them, with all of them, and the worst of any choice in basis points. */
export type OptionPrices = { base: Price; full: Price; worstDiscountBp: number; worstMarginBp: number | null };

const lowest = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((each) => each !== null);
  return known.length > 0 ? Math.min(...known) : null;
};

/** The figures of the fixed lines with the options added one by one, those first that are worst by themselves. */
function pricesBy(
  fixed: readonly OfferedLine[],
  options: readonly OfferedLine[],
  worse: (price: Price | null) => number,
  pricedAs: (lines: readonly OfferedLine[]) => Price | null,
): (Price | null)[] {
  const sorted = options.toSorted((a, b) => worse(pricedAs([b])) - worse(pricedAs([a])));
  return sorted.map((_, place) => pricedAs([...fixed, ...sorted.slice(0, place + 1)]));
}

/**
 * The prices of a proposal with options (DOMAIN F50). Its largest discount and smallest margin over every choice are those of the
 * options taken in the order of their own: a share of sums is largest for a beginning of that order. Null without a fixed line.
 */
export function priceOptions(lines: readonly OfferedLine[], term: Term, tax: Tax): OptionPrices | null {
  const pricedAs = (some: readonly OfferedLine[]) => priceOf(some, term, tax);
  const fixed = lines.filter(({ isOptional }) => !isOptional);
  const options = lines.filter(({ isOptional }) => isOptional);
  const [base, full] = [pricedAs(fixed), pricedAs(lines)];
  if (!base || !full) return null;
  const byDiscount = pricesBy(fixed, options, (price) => price?.effectiveDiscount ?? 0, pricedAs);
  const byMargin = pricesBy(fixed, options, (price) => -(price?.marginBp ?? Number.MAX_SAFE_INTEGER), pricedAs);
  return {
    ...{ base, full },
    worstDiscountBp: Math.max(base.discountBp, ...byDiscount.map((price) => price?.discountBp ?? 0)),
    worstMarginBp: lowest([base, ...byMargin].map((price) => price?.marginBp ?? null)),
  };
}

/** What was chosen comes to, by the places of the options; null when a place is none of an option. */
export function priceChoice(
  lines: readonly (OfferedLine & { position: number })[],
  chosen: readonly number[],
  term: Term,
  tax: Tax,
): Price | null {
  const isOption = (place: number) => lines.some(({ position, isOptional }) => position === place && isOptional);
  if (!chosen.every(isOption)) return null;
  return priceOf(
    lines.filter(({ position, isOptional }) => !isOptional || chosen.includes(position)),
    term,
    tax,
  );
}
