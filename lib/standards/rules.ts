import { type Decision, permit, refuse } from "../decision";
import type { CriterionInput, CriterionPart, StandardDiff, StandardIssue } from "./schema";

type Draft = { passMark: number; criteria: readonly CriterionInput[] };

/** Rules whose measure is an amount that the standard has to name; the others are done or not done. */
const measured: ReadonlySet<string> = new Set(["answer_seconds", "answer_minutes"]);

/** Whether a criterion of this kind and rule needs a threshold. */
export function needsThreshold({ kind, rule }: Pick<CriterionInput, "kind" | "rule">): boolean {
  return kind === "customer" || (rule !== null && measured.has(rule));
}

/**
 * Everything that keeps a draft from being published: no criterion, no weight at all, criteria without a name or with one
 * twice, a rule without its threshold, a rule on what is not operational. Empty means it may be.
 */
export function lintStandard({ criteria }: Draft): StandardIssue[] {
  const found: StandardIssue[] = [];
  if (criteria.length === 0) found.push({ path: "criteria", reason: "no_criterion" });
  else if (criteria.every(({ weight }) => weight === 0)) found.push({ path: "criteria", reason: "no_weight" });
  criteria.forEach((criterion, index) => {
    const at = (field: string) => `criteria.${index}.${field}`;
    if (!criterion.name) found.push({ path: at("name"), reason: "required" });
    else if (criteria.findIndex(({ name }) => name === criterion.name) < index)
      found.push({ path: at("name"), reason: "name_taken" });
    if (criterion.rule !== null && criterion.kind !== "operational")
      found.push({ path: at("rule"), reason: "rule_not_operational" });
    if (needsThreshold(criterion) && criterion.threshold === null)
      found.push({ path: at("threshold"), reason: "threshold_needed" });
    if (criterion.kind === "moment" && criterion.momentId === null)
      found.push({ path: at("momentId"), reason: "moment_needed" });
  });
  return found;
}

const partsOf: Record<CriterionPart, (criterion: CriterionInput) => unknown> = {
  name: ({ nameHe }) => nameHe,
  weight: ({ weight }) => weight,
  kind: ({ kind, rule }) => `${kind} ${rule}`,
  threshold: ({ threshold }) => threshold,
  critical: ({ critical }) => critical,
  moment: ({ momentId }) => momentId,
  responsible: ({ responsibleRole }) => responsibleRole,
};

/** What a draft changes against the version before it; criteria are known by their name. */
export function diffOf(before: Draft, after: Draft): StandardDiff {
  const parts = Object.keys(partsOf) as CriterionPart[];
  return {
    passMark: before.passMark === after.passMark ? null : { before: before.passMark, after: after.passMark },
    added: after.criteria
      .filter(({ name }) => !before.criteria.some((old) => old.name === name))
      .map(({ name }) => name),
    removed: before.criteria
      .filter(({ name }) => !after.criteria.some((each) => each.name === name))
      .map(({ name }) => name),
    changed: after.criteria.flatMap((criterion) => {
      const old = before.criteria.find(({ name }) => name === criterion.name);
      const differing = old ? parts.filter((part) => partsOf[part](old) !== partsOf[part](criterion)) : [];
      return differing.length > 0 ? [{ name: criterion.name, parts: differing }] : [];
    }),
  };
}

/** Decides whether a version may be edited or thrown away: only drafts are. */
export function planEdit(status: string): Decision<null> {
  return status === "draft" ? permit(null) : refuse("not_a_draft");
}

/**
 * Decides whether a draft may be published and from when on it is in force. The past is judged already, so it can begin
 * no earlier than now and no earlier than a version that was announced before it.
 */
export function planPublish(
  draft: { status: string; issues: readonly StandardIssue[] },
  effectiveFrom: Date | undefined,
  latest: Date | null,
  now: Date,
): Decision<{ effectiveFrom: Date }> {
  if (draft.status !== "draft") return refuse("not_a_draft");
  if (draft.issues.length > 0) {
    return refuse("standard_incomplete", {
      fields: Object.fromEntries(draft.issues.map(({ path, reason }) => [path, reason])),
    });
  }
  const from = effectiveFrom ?? (latest && latest > now ? latest : now);
  if (from < now) return refuse("in_the_past", { fields: { effectiveFrom: "in_the_past" } });
  if (latest && from < latest) return refuse("before_announced", { fields: { effectiveFrom: "before_announced" } });
  return permit({ effectiveFrom: from });
}
