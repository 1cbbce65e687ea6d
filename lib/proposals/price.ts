import { basisPointsOf, currencyExponent, multiplyRounded } from "../money";

export type PricedLine = {
  quantity: number;
  unitMinor: number;
  discountBp: number;
  recurrence?: "once" | "monthly";
  costMinor?: number | null;
};
export type Term = { termMonths: number; freeMonths: number };

/** Whether amounts hold the tax already, and how high it is in basis points; null while nobody said. */
export type Tax = { isTaxIncluded: boolean; taxBp: number | null };

const untaxed: Tax = { isTaxIncluded: false, taxBp: null };

/** An amount without the tax in it, rounded half up: what offers with and without tax are compared by (DOMAIN 11). */
export function withoutTax(minor: number, { isTaxIncluded, taxBp }: Tax): number {
  return isTaxIncluded ? multiplyRounded(minor, 10_000, 10_000 + (taxBp ?? 0)) : minor;
}

/** One line in minor units: gross, its discount rounded half up, and what is left (DOMAIN F50). */
export function priceLine({ quantity, unitMinor, discountBp }: PricedLine): {
  gross: number;
  discount: number;
  net: number;
} {
  const gross = multiplyRounded(unitMinor, quantity, 1);
  const discount = basisPointsOf(gross, discountBp);
  return { gross, discount, net: gross - discount };
}

/**
 * What a contract is worth over its term and per month: one-time plus monthly times the months that are paid (DOMAIN F50b).
 * `monthlyEquivalent` is exact in minor units, not rounded.
 */
export function monthlyEquivalentOf({
  oneTime,
  monthly,
  termMonths,
  freeMonths,
}: { oneTime: number; monthly: number } & Term): { total: number; monthlyEquivalent: number } {
  const total = oneTime + monthly * (termMonths - freeMonths);
  return { total, monthlyEquivalent: total / termMonths };
}

export type Price = {
  list: number;
  net: number;
  /** Null while the cost of a line is not known. */
  cost: number | null;
  effectiveDiscount: number;
  discountBp: number;
  marginBp: number | null;
  monthly: number;
};

/**
 * List, net, discount, margin and monthly equivalent of a proposal in minor units; monthly lines count over the whole term, and
 * free months are part of the discount (DOMAIN F50, F50b). What a cost is held against is the net price without tax. Null when the
 * list total is zero, for then a discount is undefined.
 */
export function priceOf(lines: readonly PricedLine[], term: Term, tax: Tax = untaxed): Price | null {
  let [list, oneTime, monthly] = [0, 0, 0];
  let cost: number | null = 0;
  for (const line of lines) {
    const { gross, net } = priceLine(line);
    const isMonthly = line.recurrence === "monthly";
    list += isMonthly ? gross * term.termMonths : gross;
    if (isMonthly) monthly += net;
    else oneTime += net;
    if (line.costMinor === null || line.costMinor === undefined) cost = null;
    else if (cost !== null) cost += line.costMinor * line.quantity * (isMonthly ? term.termMonths : 1);
  }
  if (list === 0) return null;
  const { total: net } = monthlyEquivalentOf({ oneTime, monthly, ...term });
  return {
    ...{ list, net, cost },
    effectiveDiscount: (list - net) / list,
    discountBp: multiplyRounded(list - net, 10_000, list),
    marginBp: marginOf(withoutTax(net, tax), cost),
    monthly: multiplyRounded(net, 1, term.termMonths),
  };
}

/** The share of the net price that is left after cost, in basis points; given away for nothing it is minus one whole. */
function marginOf(net: number, cost: number | null): number | null {
  if (cost === null) return null;
  return net === 0 ? -10_000 : Math.max(-1_000_000, multiplyRounded(net - cost, 10_000, net));
}

/** An amount in the workspace's currency at a rate in millionths of a unit, rounded half up. */
export function convert(minor: number, from: string, to: string, rateMicro: number): number {
  const power = currencyExponent(to) - currencyExponent(from);
  const scale = 10 ** Math.abs(power);
  return power >= 0
    ? multiplyRounded(minor, rateMicro * scale, 1_000_000)
    : multiplyRounded(minor, rateMicro, 1_000_000 * scale);
}

export const approvalTiers = ["manager", "director", "vp", "finance"] as const;
export type ApprovalTier = (typeof approvalTiers)[number];
export type Tier = "rep" | ApprovalTier;

/**
 * One row of the approval matrix: for list totals below so many major units (null: all that is left), the largest discounts in
 * basis points that the seller, a manager and a director may give; what goes beyond is a vice president's.
 */
export type Band = { below: number | null; repBp: number; managerBp: number; directorBp: number };
export type PricePolicy = { bands: readonly Band[]; marginFloorBp: number };

/** The matrix and the margin floor of a workspace that set none of its own (DOMAIN F54). */
export const usualPolicy: PricePolicy = {
  bands: [
    { below: 25_000, repBp: 2_000, managerBp: 3_000, directorBp: 10_000 },
    { below: 100_000, repBp: 1_000, managerBp: 3_000, directorBp: 10_000 },
    { below: null, repBp: 0, managerBp: 2_000, directorBp: 3_000 },
  ],
  marginFloorBp: 2_000,
};

const bandOf = ({ bands }: PricePolicy, size: number) =>
  bands.find(({ below }) => below === null || size < below) ?? { below: null, repBp: 0, managerBp: 0, directorBp: 0 };

/**
 * Who has to approve: by list total in major units and discount, the bound belonging to the lower band, plus finance under the
 * margin floor (DOMAIN F54). A clean offer of any size, without a discount, is the seller's own.
 */
export function requiredTiers(
  { size, discountBp, marginBp }: { size: number; discountBp: number; marginBp: number | null },
  policy: PricePolicy = usualPolicy,
): Tier[] {
  const { repBp, managerBp, directorBp } = bandOf(policy, size);
  const steps: [upToBp: number, tier: Tier][] = [
    [repBp, "rep"],
    [managerBp, "manager"],
    [directorBp, "director"],
  ];
  const tier = steps.find(([upTo]) => discountBp <= upTo)?.[1] ?? "vp";
  const isThin = marginBp !== null && marginBp < policy.marginFloorBp;
  return isThin ? [tier, "finance"] : [tier];
}

/** The discount that a seller may give on her own for a list total in major units, in basis points (DOMAIN F54). */
export function authorityBp(size: number, policy: PricePolicy = usualPolicy): number {
  return bandOf(policy, size).repBp;
}

/** What was given beyond the seller's own authority, in minor units; nothing when she stayed within it (DOMAIN F55). */
export function leakageOf(
  list: number,
  authority: number,
  given: number,
): { netAtAuthority: number; netGiven: number; leakage: number } {
  const netAtAuthority = list - basisPointsOf(list, authority);
  const netGiven = list - basisPointsOf(list, given);
  return { netAtAuthority, netGiven, leakage: Math.max(0, netAtAuthority - netGiven) };
}
