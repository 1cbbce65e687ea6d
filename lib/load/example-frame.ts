import type { Role } from "../auth/roles";
import { mondayOf } from "../consistency/rules";
import type { Context } from "../context";

const hour = 3_600_000;
const week = 7 * 24 * hour;

/** What a customer says who got what she had expected, and one who got a little less. */
export const good = { expectation: 4, outcome: 4 };
export const short = { expectation: 4, outcome: 3 };

/** A working hour of the week so many weeks before `now`, UTC. */
export const workingHour = (now: Date, weeksAgo: number) =>
  new Date(Date.parse(mondayOf(now)) - weeksAgo * week + 34 * hour);

/** What somebody in an example does as herself, in these roles. */
export const actingAs = (ctx: Context, memberId: string, ...roles: Role[]): Context => ({
  ...ctx,
  ...{ actor: { kind: "member", id: memberId }, memberId, roles },
});
