import { type Decision, permit, refuse } from "../decision";
import { scoreStandard } from "../experience/standard-score";
import type { OperationalRule } from "../standards/schema";
import type { CriterionFinding, ScorerKind } from "./schema";

/** A criterion of the version in force, as far as judging needs it. */
export type JudgedCriterion = {
  id: string;
  weight: number;
  kind: string;
  rule: string | null;
  threshold: number | null;
  critical: string | null;
  momentId: string | null;
};

/** What was found of one criterion, by whom, and the fact when a rule decided. */
export type Finding = { criterionId: string; result: CriterionFinding; judgedBy: ScorerKind; measure: number | null };

/**
 * What is known of an interaction by rule: what was measured, or null where the rule does not apply. A rule that is not
 * named is not known (yet).
 */
export type Facts = Partial<Record<OperationalRule, number | null>>;

/** The result by rule: a fact at or below the threshold passes; done or not done is measured 0 or 1 against 0. */
export function findingByRule(measure: number | null, threshold: number | null): CriterionFinding {
  if (measure === null) return "not_applicable";
  return measure <= (threshold ?? 0) ? "passed" : "missed";
}

/** What the facts decide of the criteria that have a rule. */
export function findingsByRule(criteria: readonly JudgedCriterion[], facts: Facts): Finding[] {
  return criteria.flatMap(({ id, kind, rule, threshold }) => {
    const measure = kind === "operational" && rule !== null ? facts[rule as OperationalRule] : undefined;
    if (measure === undefined) return [];
    return [{ criterionId: id, result: findingByRule(measure, threshold), judgedBy: "rule" as const, measure }];
  });
}

export type LoggedContact = {
  medium: string;
  direction: "inbound" | "outbound" | "internal";
  isTwoWay: boolean;
  isAutomated: boolean;
  hadToRepeat: boolean;
  answerSeconds?: number | null | undefined;
};

/**
 * What is known by rule in the moment a contact is logged (DOMAIN C3: from stored facts alone). Machines, notes and
 * messages that wait for an answer are known of nothing yet.
 */
export function factsOnLog(contact: LoggedContact, hasNextStep: boolean): Facts {
  const isHuman = !contact.isAutomated && contact.direction !== "internal" && contact.medium !== "note";
  if (!isHuman || (contact.direction === "inbound" && !contact.isTwoWay)) return {};
  const facts: Facts = { answer_minutes: null, next_step: hasNextStep ? 0 : 1 };
  if (contact.answerSeconds != null) facts.answer_seconds = contact.answerSeconds;
  else if (contact.direction === "outbound") facts.answer_seconds = null;
  facts.no_repeat = contact.isTwoWay ? Number(contact.hadToRepeat) : null;
  return facts;
}

/** The standing findings with new ones in their place; only those of criteria that the version has. */
export function mergeFindings(
  criteria: readonly JudgedCriterion[],
  standing: readonly Finding[],
  found: readonly Finding[],
): Finding[] {
  return criteria.flatMap(({ id }) => {
    const finding = [...found, ...standing].find(({ criterionId }) => criterionId === id);
    return finding ? [finding] : [];
  });
}

export type Score = {
  raw: number | null;
  meets: boolean | null;
  isCriticalSafe: boolean;
  judged: number;
  total: number;
};

/**
 * The score of what was judged (DOMAIN F32). Whether the standard is met is said when every criterion was judged, and before
 * that only when a critical one was missed.
 */
export function scoreOf(criteria: readonly JudgedCriterion[], findings: readonly Finding[], passMark: number): Score {
  const judged = criteria.flatMap(({ id, weight, critical }) => {
    const finding = findings.find(({ criterionId }) => criterionId === id);
    return finding ? [{ weight, isCritical: critical !== null, result: finding.result }] : [];
  });
  const score = scoreStandard(judged, passMark);
  const counts = { judged: judged.length, total: criteria.length };
  if (!score) return { raw: null, meets: null, isCriticalSafe: true, ...counts };
  const isComplete = judged.length === criteria.length;
  const meets = isComplete || !score.isCriticalSafe ? score.meets : null;
  return { raw: score.raw, meets, isCriticalSafe: score.isCriticalSafe, ...counts };
}

/** Decides whether somebody may judge an interaction: nobody judges her own (DOMAIN P4), and no machine is judged. */
export function planJudgement(
  interaction: { agentId: string | null; isAutomated: boolean },
  memberId: string | null,
): Decision<null> {
  if (interaction.isAutomated) return refuse("automated");
  if (memberId !== null && interaction.agentId === memberId) return refuse("own_interaction");
  return permit(null);
}

/** What an observation of a moment says about the criterion that stands for it. */
export function findingOfObservation(state: string): CriterionFinding {
  if (state === "not_applicable") return "not_applicable";
  return state === "missed" ? "missed" : "passed";
}

/** The one criterion that a moment decides; null when none or several stand for it, which is for a judge to tell apart. */
export function criterionOfMoment(criteria: readonly JudgedCriterion[], momentId: string): JudgedCriterion | null {
  const found = criteria.filter((criterion) => criterion.kind === "moment" && criterion.momentId === momentId);
  return found.length === 1 ? (found[0] ?? null) : null;
}
