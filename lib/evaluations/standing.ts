import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId, newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { openRecoveryCase, withdrawRecoveryCase } from "../recovery-cases/open";
import { type Finding, type JudgedCriterion, mergeFindings, type Score, scoreOf } from "./rules";
import type { ScorerKind } from "./schema";

/** An interaction with the standard in force when it began, and what stands of it. */
export type StandingInteraction = {
  id: string;
  customerId: string;
  journeyId: string | null;
  agentId: string | null;
  medium: string;
  type: string;
  direction: string;
  isTwoWay: boolean;
  isAutomated: boolean;
  startedAt: Date;
  /** Null when no standard was in force for it. */
  versionId: string | null;
  passMark: number;
  criteria: JudgedCriterion[];
  /** Of the evaluation with the highest number; 0 before the first. */
  number: number;
  evaluatedVersionId: string | null;
  findings: (Finding & { rule: string | null })[];
};

type Row = Omit<StandingInteraction, "criteria" | "findings" | "startedAt" | "number" | "passMark"> & {
  startedAt: Date;
  passMark: number | null;
  number: number | null;
  criteria: JudgedCriterion[] | null;
  findings: StandingInteraction["findings"] | null;
};

const inForce = (w: Prisma.Sql) => Prisma.sql`
  select v.id, v.pass_mark from standards s join standard_versions v on v.workspace_id = ${w} and v.standard_id = s.id
  where s.workspace_id = ${w} and s.medium = i.medium and (s.interaction_type is null or s.interaction_type = i.type)
    and (s.retired_at is null or s.retired_at > i.started_at) and v.status = 'published' and v.effective_from <= i.started_at
  order by s.interaction_type nulls last, v.effective_from desc, v.number desc limit 1`;

/** Loads an interaction for judging and locks it, so that two judgements follow each other. Throws `not_found`. */
export async function loadStanding(ctx: Context, interactionId: string): Promise<StandingInteraction> {
  if (!isId(interactionId)) throw new AppError("not_found", "interaction");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  await ctx.db
    .$queryRaw`select 1 from interactions where workspace_id = ${w} and id = ${interactionId}::uuid for update`;
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select i.id, i.customer_id as "customerId", i.journey_id as "journeyId", i.agent_id as "agentId", i.medium, i.type, i.direction,
      i.is_two_way as "isTwoWay", i.is_automated as "isAutomated", i.started_at as "startedAt", f.id as "versionId", f.pass_mark as "passMark",
      (select json_agg(json_build_object('id', c.id, 'weight', c.weight, 'kind', c.kind, 'rule', c.rule, 'threshold', c.threshold, 'critical', c.critical,
        'momentId', c.moment_id) order by c.position) from standard_criteria c where c.workspace_id = ${w} and c.version_id = f.id) as criteria,
      e.number, e.version_id as "evaluatedVersionId",
      (select json_agg(json_build_object('criterionId', t.criterion_id, 'result', t.result, 'judgedBy', t.judged_by, 'measure', t.measure, 'rule', c.rule))
        from evaluation_items t join standard_criteria c on c.workspace_id = ${w} and c.id = t.criterion_id
        where t.workspace_id = ${w} and t.evaluation_id = e.id) as findings
    from interactions i
    left join lateral (${inForce(w)}) f on true
    left join lateral (select * from evaluations x where x.workspace_id = ${w} and x.interaction_id = i.id order by x.number desc limit 1) e on true
    where i.workspace_id = ${w} and i.id = ${interactionId}::uuid`;
  if (!row) throw new AppError("not_found", "interaction");
  const { criteria, findings, number, passMark, ...rest } = row;
  return { ...rest, passMark: passMark ?? 1, criteria: criteria ?? [], number: number ?? 0, findings: findings ?? [] };
}

export type Scorer = { kind: ScorerKind; memberId: string | null; comment?: string };

/**
 * Adds an evaluation in which the new findings take the place of the standing ones; those before it stay as they were.
 * Null when it would say the same as what stands.
 */
export async function appendEvaluation(
  ctx: Context,
  standing: StandingInteraction,
  found: readonly Finding[],
  scorer: Scorer,
): Promise<(Score & { id: string; number: number }) | null> {
  const { criteria, versionId, passMark } = standing;
  if (versionId === null) throw new AppError("refused", "no_standard");
  const isSameVersion = standing.evaluatedVersionId === versionId;
  const before = isSameVersion ? standing.findings : [];
  const findings = mergeFindings(criteria, before, found);
  const isSame = (finding: Finding) =>
    before.some(({ criterionId, result }) => criterionId === finding.criterionId && result === finding.result);
  if (isSameVersion && scorer.kind === "rule" && findings.every(isSame)) return null;
  if (findings.length === 0) return null;
  const score = scoreOf(criteria, findings, passMark);
  const id = newId();
  const number = standing.number + 1;
  const { workspaceId } = ctx;
  await insertRows(ctx, "evaluations", [
    {
      ...{ workspaceId, id, number, versionId, ...score },
      interactionId: standing.id,
      scorerKind: scorer.kind,
      scorerId: scorer.memberId,
      comment: scorer.comment ?? "",
      evaluatedAt: ctx.now,
    },
  ]);
  await insertRows(
    ctx,
    "evaluation_items",
    findings.map(({ criterionId, result, judgedBy, measure }) => {
      return { workspaceId, evaluationId: id, criterionId, result, judgedBy, measure };
    }),
  );
  await settleCase(ctx, standing, { findings, score, isByRule: scorer.kind === "rule" });
  return { ...score, id, number };
}

type Settled = { findings: readonly Finding[]; score: Score; isByRule: boolean };

/** A critical criterion that was missed opens the contact's recovery case; a later judgement that it was kept withdraws it. */
async function settleCase(
  ctx: Context,
  { id, criteria, startedAt, number }: StandingInteraction,
  { findings, score, isByRule }: Settled,
): Promise<void> {
  if (score.isCriticalSafe) {
    if (number > 0) await withdrawRecoveryCase(ctx, id);
    return;
  }
  const missed = (criterionId: string) =>
    findings.some((finding) => finding.criterionId === criterionId && finding.result === "missed");
  const criterion = criteria.find((each) => each.critical !== null && missed(each.id));
  const momentId = criterion?.momentId ?? null;
  await openRecoveryCase(ctx, { interactionId: id, origin: isByRule ? "rule" : "moment", momentId, at: startedAt });
}
