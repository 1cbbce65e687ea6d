import { type Decision, permit, refuse } from "../decision";
import { isAtLeast } from "../statistics/tolerance";
import type { Condition, Deal, Placed, PolicyIssue, Rule, Simulation } from "./schema";
import type { Scenario } from "./vocabulary";

const factOf: Record<Condition["field"], keyof Deal> = {
  complexity: "complexity",
  inaccessibility: "inaccessibility",
  relationship: "relationship",
  value: "value",
  new_customer: "newCustomer",
  template: "template",
};

/** Whether a condition holds for a deal; null when the deal does not say. */
function holds(condition: Condition, deal: Deal): boolean | null {
  const fact = deal[factOf[condition.field]];
  if (fact === null) return null;
  if (condition.is === "equal") return fact === condition.value;
  const reaches = isAtLeast(Number(fact), condition.value);
  return condition.is === "at_least" ? reaches : !reaches;
}

/**
 * The first rule whose conditions all hold for a deal, counted from 1, with its scenario (DOMAIN F66).
 *
 * A rule that fails by what is known is passed over; one that would be decided by what is not known leaves the deal undecided,
 * with what is missing. Throws RangeError for rules without a catch-all that the deal falls through.
 */
export function placeDeal(rules: readonly Rule[], deal: Deal): Placed {
  for (const [index, { conditions, scenario }] of rules.entries()) {
    const answers = conditions.map((condition) => holds(condition, deal));
    if (answers.includes(false)) continue;
    if (!answers.includes(null)) return { rule: index + 1, scenario, missing: null };
    const missing = conditions.filter((_, each) => answers[each] === null).map(({ field }) => field);
    return { rule: null, scenario: null, missing: [...new Set(missing)] };
  }
  throw new RangeError("No rule takes this deal: the last one must take every deal.");
}

/**
 * Everything that keeps rules from being published (DOMAIN F66): none at all, a last one that asks something, one before it that
 * asks nothing and takes every deal from those after it.
 */
export function lintRules(rules: readonly Rule[]): PolicyIssue[] {
  if (rules.length === 0) return [{ path: "rules", reason: "no_rules" }];
  const issues: PolicyIssue[] = [];
  rules.forEach(({ conditions }, index) => {
    const isLast = index === rules.length - 1;
    if (isLast && conditions.length > 0) issues.push({ path: "rules", reason: "no_catch_all" });
    if (!isLast && conditions.length === 0) issues.push({ path: `rules.${index}`, reason: "hides_the_rest" });
  });
  return issues;
}

/** Decides whether a policy may be edited: only drafts are. */
export function planEdit(status: string): Decision<null> {
  return status === "draft" ? permit(null) : refuse("not_a_draft");
}

/** Decides whether a policy may be published: a draft whose last rule takes every deal. */
export function planPublish(status: string, rules: readonly Rule[]): Decision<{ status: "published" }> {
  if (status !== "draft") return refuse("not_a_draft");
  const issues = lintRules(rules);
  if (issues.length === 0) return permit({ status: "published" });
  return refuse("policy_incomplete", {
    fields: Object.fromEntries(issues.map(({ path, reason }) => [path, reason])),
  });
}

/**
 * Where deals that ended would have fallen, and how many hours of customer success that takes against those that are free.
 *
 * Deals that no rule can decide by what is stored are counted apart; so are those that fall through unfinished rules.
 */
export function simulate(
  {
    rules,
    hoursB,
    hoursC,
    freeHours,
  }: { rules: readonly Rule[]; hoursB: number; hoursC: number; freeHours: number | null },
  deals: readonly Deal[],
  { days, isPartial }: { days: number; isPartial: boolean },
): Simulation {
  const byRule = rules.map(() => 0);
  const byScenario: Record<Scenario, number> = { A: 0, B: 0, C: 0 };
  const missing = new Map<string, number>();
  const isWhole = lintRules(rules).every(({ reason }) => reason === "hides_the_rest");
  let undecided = 0;
  for (const deal of deals) {
    const placed = isWhole ? placeDeal(rules, deal) : placeInUnfinished(rules, deal);
    if (placed.rule === null) {
      undecided += 1;
      for (const field of placed.missing) missing.set(field, (missing.get(field) ?? 0) + 1);
    } else {
      byRule[placed.rule - 1] = (byRule[placed.rule - 1] ?? 0) + 1;
      byScenario[placed.scenario] += 1;
    }
  }
  return {
    days,
    deals: deals.length,
    byRule,
    byScenario,
    undecided,
    missing: [...missing].map(([field, count]) => ({ field, deals: count })),
    isPartial,
    hoursNeeded: byScenario.B * hoursB + byScenario.C * hoursC,
    freeHours,
  };
}

/** A deal under rules that lack their catch-all: what falls through is undecided for want of one. */
function placeInUnfinished(rules: readonly Rule[], deal: Deal): Placed {
  const placed = placeDeal([...rules, { conditions: [], scenario: "A" }], deal);
  return placed.rule === rules.length + 1 ? { rule: null, scenario: null, missing: ["catch_all"] } : placed;
}
