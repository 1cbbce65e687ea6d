import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { visibleInteractions } from "../journeys/visibility";
import { openRecoveryCase } from "../recovery-cases/open";
import { record, transaction } from "../transaction";
import { criterionOfMoment, type Finding, findingOfObservation, planJudgement } from "./rules";
import type { JudgeInteraction, ObserveMoments, ScorerKind } from "./schema";
import { appendEvaluation, loadStanding, type StandingInteraction } from "./standing";

/** Quality sees the contact it judges; everybody else sees those of the customers she may see. */
async function requireVisible(ctx: Context, { id }: StandingInteraction): Promise<void> {
  if (canAs(ctx.roles, "evaluations.judge", "scorecards")) return;
  const seen = await ctx.db.$queryRaw<unknown[]>`
    select 1 from interactions i where i.workspace_id = ${ctx.workspaceId}::uuid and i.id = ${id}::uuid and ${visibleInteractions(ctx)}`;
  if (seen.length === 0) throw new AppError("not_found", "interaction");
}

const of = ({ id, customerId, journeyId }: StandingInteraction) => ({
  subject: `interaction:${id}`,
  customerId,
  journeyId,
});

export type Evaluated = { id: string; number: number; raw: number | null; meets: boolean | null };

/** The findings of a judge, refused field by field when a criterion is not of the standard or a rule has decided it. */
function judgedFindings({ criteria, findings }: StandingInteraction, results: JudgeInteraction["results"]): Finding[] {
  const fields: Record<string, string> = {};
  const found = results.map(({ criterionId, result }, index): Finding => {
    const criterion = criteria.find(({ id }) => id === criterionId);
    if (!criterion) throw new AppError("not_found", "criterion");
    const isDecided = findings.some((each) => each.criterionId === criterionId && each.judgedBy === "rule");
    if (isDecided) fields[`results.${index}.criterionId`] = "decided_by_rule";
    else if (results.findIndex((each) => each.criterionId === criterionId) < index)
      fields[`results.${index}.criterionId`] = "duplicate";
    return { criterionId, result, judgedBy: "qa", measure: null };
  });
  if (Object.keys(fields).length > 0) throw new AppError("refused", "decided_by_rule", { fields });
  return found;
}

/**
 * Judges how an interaction kept the standard in force when it began. It supersedes what stood, and both stay. Nobody judges
 * her own (DOMAIN P4), and what a rule decided from stored facts is not judged again (DOMAIN C3).
 */
export async function judgeInteraction(ctx: Context, input: JudgeInteraction): Promise<Evaluated> {
  requirePermission(ctx, "evaluations.judge");
  return transaction(ctx, async (ctx) => {
    const standing = await loadStanding(ctx, input.id);
    await requireVisible(ctx, standing);
    enforce(planJudgement(standing, ctx.memberId));
    const found = judgedFindings(standing, input.results);
    const scorer = { kind: "qa" as const, memberId: ctx.memberId, comment: input.comment };
    const evaluated = await appendEvaluation(ctx, standing, found, scorer);
    if (!evaluated) throw new AppError("refused", "no_standard");
    const { id, number, raw, meets } = evaluated;
    record(ctx, "evaluation.judged", { ...of(standing), detail: { id, number, raw, meets, results: input.results } });
    return { id, number, raw, meets };
  });
}

/** The agent's own view is hers; that of a colleague with a judge's eye counts as quality's. */
function observerOf(ctx: Context, { agentId }: StandingInteraction): ScorerKind {
  if (ctx.actor.kind === "customer") return "customer";
  const isJudge = agentId !== ctx.memberId && canAs(ctx.roles, "evaluations.judge", "scope", "scorecards");
  return isJudge ? "qa" : "agent";
}

/**
 * Keeps what was seen of the moments of an interaction. What quality or the customer saw decides the criterion that stands
 * for the moment; an agent's own view never does (DOMAIN P4).
 */
export async function observeMoments(ctx: Context, input: ObserveMoments): Promise<{ observed: number }> {
  const isCustomer = ctx.actor.kind === "customer";
  if (!isCustomer && !canAs(ctx.roles, "evaluations.judge", "scorecards")) requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const standing = await loadStanding(ctx, input.id);
    if (!isCustomer) await requireVisible(ctx, standing);
    await requireMoments(ctx, input);
    const observerKind = observerOf(ctx, standing);
    const { workspaceId } = ctx;
    await insertRows(
      ctx,
      "moment_observations",
      input.observations.map((observation) => ({
        ...observation,
        ...{ workspaceId, id: newId(), interactionId: standing.id, observerKind },
        observerId: ctx.memberId,
        observedAt: ctx.now,
      })),
    );
    const found = observerKind === "agent" ? [] : findingsOf(standing, input, observerKind);
    if (found.length > 0 && standing.versionId !== null)
      await appendEvaluation(ctx, standing, found, { kind: observerKind, memberId: ctx.memberId });
    const missed = input.observations.find(({ state }) => state === "missed");
    if (observerKind === "customer" && missed)
      await openRecoveryCase(ctx, { interactionId: standing.id, origin: "moment", momentId: missed.momentId });
    record(ctx, "moments.observed", { ...of(standing), detail: { observerKind, observations: input.observations } });
    return { observed: input.observations.length };
  });
}

async function requireMoments(ctx: Context, { observations }: ObserveMoments): Promise<void> {
  const wanted = [...new Set(observations.map(({ momentId }) => momentId))];
  const known = await ctx.db.definingMoment.count({
    where: { workspaceId: ctx.workspaceId, id: { in: wanted }, archivedAt: null },
  });
  if (known !== wanted.length) throw new AppError("not_found", "moment");
}

function findingsOf({ criteria }: StandingInteraction, input: ObserveMoments, judgedBy: ScorerKind): Finding[] {
  return input.observations.flatMap(({ momentId, state }) => {
    const criterion = criterionOfMoment(criteria, momentId);
    return criterion
      ? [{ criterionId: criterion.id, result: findingOfObservation(state), judgedBy, measure: null }]
      : [];
  });
}

/**
 * Takes what the customer's score decided out of how an interaction stands; what stood before stays as it was. For whoever takes
 * answers back; joins the caller's transaction, which records.
 */
export async function retractCustomer(ctx: Context, interactionId: string): Promise<void> {
  const standing = await loadStanding(ctx, interactionId);
  if (standing.versionId === null || !standing.findings.some(({ judgedBy }) => judgedBy === "customer")) return;
  const findings = standing.findings.filter(({ judgedBy }) => judgedBy !== "customer");
  const open = standing.criteria.flatMap(({ id, kind }): Finding[] =>
    kind === "customer" ? [{ criterionId: id, result: "not_applicable", judgedBy: "customer", measure: null }] : [],
  );
  const found = findings.length > 0 ? [] : open;
  await appendEvaluation(ctx, { ...standing, findings }, found, { kind: "customer", memberId: null });
}

/**
 * Decides the customer's criteria of an interaction by her score: at or above a criterion's threshold it passes. For whoever
 * takes responses; does nothing where the standard asks nothing of her. Joins the caller's transaction, which records.
 */
export async function evaluateByCustomer(ctx: Context, interactionId: string, score: number): Promise<void> {
  const standing = await loadStanding(ctx, interactionId);
  if (standing.versionId === null) return;
  const found = standing.criteria.flatMap(({ id, kind, threshold }): Finding[] => {
    if (kind !== "customer" || threshold === null) return [];
    return [
      { criterionId: id, result: score >= threshold ? "passed" : "missed", judgedBy: "customer", measure: score },
    ];
  });
  if (found.length > 0) await appendEvaluation(ctx, standing, found, { kind: "customer", memberId: null });
}
