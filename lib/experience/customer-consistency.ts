import { type Rate, rateOf } from "@/lib/statistics/rate";

/** One rated interaction of a customer, by medium or by route. */
export type ChannelRating = { channel: string; isPositive: boolean };

/**
 * The share of customers rated in two or more channels for whom every one of them was positive (DOMAIN F35b).
 *
 * Each element holds one customer's ratings. A channel is positive for her when each rating in it was. No single
 * interaction need be bad for the whole to be inconsistent: that is what this figure shows.
 */
export function customerConsistency(customers: readonly (readonly ChannelRating[])[]): Rate {
  const served = customers.filter((ratings) => new Set(ratings.map(({ channel }) => channel)).size >= 2);
  return rateOf(served.filter((ratings) => ratings.every(({ isPositive }) => isPositive)).length, served.length);
}
