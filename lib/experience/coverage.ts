import { newcombe } from "@/lib/statistics/newcombe";
import { type Rate, rateOf } from "@/lib/statistics/rate";
import { isAtLeast } from "@/lib/statistics/tolerance";

/** How many of the invited answered; low coverage is said above every figure that rests on it. */
export type Coverage = { response: Rate; isLow: boolean };

/** Invited people with something in common, such as a stage or a won journey: those who answered and those who did not. */
export type ResponseGroup = { key: string; answered: number; silent: number };

/** How much commoner a group is among those who answered; lo and hi bound the difference of shares with 95 %. */
export type ResponseDifference = { key: string; difference: number; lo: number; hi: number; isDifferent: boolean };

const minimumResponses = 30;
const minimumRate = 0.1;

/** The response rate, low below 10 % or below 30 responses (DOMAIN C2). Throws RangeError unless 0 <= responses <= invites. */
export function coverageOf(responses: number, invites: number): Coverage {
  const response = rateOf(responses, invites);
  const isLow = responses < minimumResponses || !isAtLeast(response.rate ?? 0, minimumRate);
  return { response, isLow };
}

/**
 * Whether those who answered resemble those who did not: each group's share among both (DOMAIN C2), in the order given.
 *
 * Empty when nobody answered or nobody kept silent: there is nothing to compare.
 */
export function compareResponders(groups: readonly ResponseGroup[]): ResponseDifference[] {
  const answered = groups.reduce((sum, group) => sum + group.answered, 0);
  const silent = groups.reduce((sum, group) => sum + group.silent, 0);
  return groups.flatMap((group) => {
    const found = newcombe({ k: group.answered, n: answered }, { k: group.silent, n: silent });
    return found ? { key: group.key, ...found, isDifferent: found.lo > 0 || found.hi < 0 } : [];
  });
}
