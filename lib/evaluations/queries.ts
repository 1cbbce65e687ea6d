import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { visibleInteractions } from "../journeys/visibility";
import { planJudgement } from "./rules";
import type { EvaluationView, ObservationView, Scorecard, ScorecardCriterion, ScorecardRow } from "./schema";
import { visibleScores } from "./visibility";

/** Quality sees the contacts it judges; everybody else those of customers she may see. */
const visible = (ctx: Context) =>
  canAs(ctx.roles, "evaluations.judge", "scorecards") ? Prisma.sql`true` : visibleInteractions(ctx);

async function requireInteraction(ctx: Context, id: string, which: Prisma.Sql): Promise<void> {
  if (!isId(id)) throw new AppError("not_found", "interaction");
  const seen = await ctx.db.$queryRaw<unknown[]>`
    select 1 from interactions i where i.workspace_id = ${ctx.workspaceId}::uuid and i.id = ${id}::uuid and ${which}`;
  if (seen.length === 0) throw new AppError("not_found", "interaction");
}

/** Every evaluation of an interaction, the standing one first. Throws `not_found` when its score may not be seen. */
export async function listEvaluations(ctx: Context, interactionId: string): Promise<EvaluationView[]> {
  requirePermission(ctx, "scores.read");
  await requireInteraction(ctx, interactionId, Prisma.sql`${visible(ctx)} and ${visibleScores(ctx)}`);
  return ctx.db.$queryRaw<EvaluationView[]>`
    select e.id, e.number, e.version_id as "versionId", e.scorer_kind as "scorerKind", m.name as "scorerName", e.comment, e.raw, e.meets,
      e.is_critical_safe as "isCriticalSafe", e.judged, e.total, app.iso(e.evaluated_at) as "evaluatedAt",
      (select json_agg(json_build_object('criterionId', c.id, 'name', c.name, 'nameHe', c.name_he, 'weight', c.weight, 'critical', c.critical,
        'result', t.result, 'judgedBy', t.judged_by) order by c.position)
        from evaluation_items t join standard_criteria c on c.workspace_id = t.workspace_id and c.id = t.criterion_id
        where t.workspace_id = e.workspace_id and t.evaluation_id = e.id) as items
    from evaluations e left join members m on m.workspace_id = e.workspace_id and m.id = e.scorer_id
    where e.workspace_id = ${ctx.workspaceId}::uuid and e.interaction_id = ${interactionId}::uuid order by e.number desc limit 100`;
}

function readObservations(ctx: Context, interactionId: string): Promise<ObservationView[]> {
  return ctx.db.$queryRaw<ObservationView[]>`
    select o.id, o.moment_id as "momentId", d.name as "momentName", d.name_he as "momentNameHe", o.state, o.evidence, o.observer_kind as "observerKind",
      m.name as "observerName", app.iso(o.observed_at) as "observedAt"
    from moment_observations o join defining_moments d on d.workspace_id = o.workspace_id and d.id = o.moment_id
    left join members m on m.workspace_id = o.workspace_id and m.id = o.observer_id
    where o.workspace_id = ${ctx.workspaceId}::uuid and o.interaction_id = ${interactionId}::uuid order by o.observed_at desc, o.id desc limit 200`;
}

/** What was seen of the moments of an interaction, newest first. Throws `not_found` when it may not be seen. */
export async function listObservations(ctx: Context, interactionId: string): Promise<ObservationView[]> {
  requirePermission(ctx, "scores.read");
  await requireInteraction(ctx, interactionId, Prisma.sql`${visible(ctx)} and ${visibleScores(ctx)}`);
  return readObservations(ctx, interactionId);
}

type CardRow = Omit<Scorecard, "criteria" | "observations" | "refusal"> & {
  isAutomated: boolean;
  criteria: ScorecardCriterion[] | null;
};

/**
 * What a judge needs to judge one interaction by the standard in force when it began. Throws `not_found` when she may not see
 * it, or no standard was in force.
 */
export async function getScorecard(ctx: Context, interactionId: string): Promise<Scorecard> {
  requirePermission(ctx, "evaluations.judge");
  await requireInteraction(ctx, interactionId, visible(ctx));
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [card] = await ctx.db.$queryRaw<CardRow[]>`
    select json_build_object('id', i.id, 'medium', i.medium, 'type', i.type, 'direction', i.direction, 'startedAt', app.iso(i.started_at),
        'summary', i.summary, 'agentId', i.agent_id, 'agentName', a.name) as interaction,
      i.is_automated as "isAutomated", f.pass_mark as "passMark", f.number as "versionNumber",
      (select json_agg(json_build_object('id', c.id, 'name', c.name, 'nameHe', c.name_he, 'weight', c.weight, 'kind', c.kind, 'rule', c.rule,
        'critical', c.critical, 'momentId', c.moment_id, 'momentName', d.name, 'momentNameHe', d.name_he, 'responsibleRole', c.responsible_role,
        'result', t.result, 'judgedBy', t.judged_by) order by c.position)
        from standard_criteria c left join defining_moments d on d.workspace_id = ${w} and d.id = c.moment_id
        left join evaluation_items t on t.workspace_id = ${w} and t.evaluation_id = e.id and t.criterion_id = c.id
        where c.workspace_id = ${w} and c.version_id = f.id) as criteria,
      case when e.id is not null then json_build_object('id', e.id, 'number', e.number, 'versionId', e.version_id, 'scorerKind', e.scorer_kind,
        'scorerName', s.name, 'comment', e.comment, 'raw', e.raw, 'meets', e.meets, 'isCriticalSafe', e.is_critical_safe, 'judged', e.judged,
        'total', e.total, 'evaluatedAt', app.iso(e.evaluated_at)) end as current
    from interactions i
    cross join lateral (select v.id, v.pass_mark, v.number from standards st join standard_versions v on v.workspace_id = ${w} and v.standard_id = st.id
      where st.workspace_id = ${w} and st.medium = i.medium and (st.interaction_type is null or st.interaction_type = i.type)
        and (st.retired_at is null or st.retired_at > i.started_at) and v.status = 'published' and v.effective_from <= i.started_at
      order by st.interaction_type nulls last, v.effective_from desc, v.number desc limit 1) f
    left join members a on a.workspace_id = ${w} and a.id = i.agent_id
    left join lateral (select * from evaluations x where x.workspace_id = ${w} and x.interaction_id = i.id order by x.number desc limit 1) e on true
    left join members s on s.workspace_id = ${w} and s.id = e.scorer_id
    where i.workspace_id = ${w} and i.id = ${interactionId}::uuid`;
  if (!card) throw new AppError("not_found", "standard");
  const { isAutomated, criteria, ...rest } = card;
  const decision = planJudgement({ agentId: rest.interaction.agentId, isAutomated }, ctx.memberId);
  return {
    ...rest,
    criteria: criteria ?? [],
    observations: await readObservations(ctx, interactionId),
    refusal: decision.ok ? null : decision.reason,
  };
}

const sampleDays = 14;

/**
 * Contacts that wait for a judge: of every colleague at most five of the last fourteen days, drawn by chance once and for all,
 * so that nobody picks whom to judge (DOMAIN 4, sampled). Newest first.
 */
export async function listScorecards(ctx: Context): Promise<ScorecardRow[]> {
  requirePermission(ctx, "evaluations.judge");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const since = new Date(ctx.now.getTime() - sampleDays * 86_400_000);
  return ctx.db.$queryRaw<ScorecardRow[]>`
    select i.id as "interactionId", i.medium, i.type, app.iso(i.started_at) as "startedAt", m.name as "agentName", coalesce(e.judged, 0) as judged, f.total, e.raw
    from members m
    cross join lateral (select * from (
        select * from interactions i where i.workspace_id = ${w} and i.agent_id = m.id and i.started_at >= ${since}::timestamptz and not i.is_automated
          and i.medium <> 'note' and ${visible(ctx)}
        order by i.started_at desc limit 200) newest order by md5(newest.id::text) limit 5) i
    cross join lateral (select (select count(*)::int from standard_criteria c where c.workspace_id = ${w} and c.version_id = v.id) as total
      from standards st join standard_versions v on v.workspace_id = ${w} and v.standard_id = st.id
      where st.workspace_id = ${w} and st.medium = i.medium and (st.interaction_type is null or st.interaction_type = i.type)
        and (st.retired_at is null or st.retired_at > i.started_at) and v.status = 'published' and v.effective_from <= i.started_at
      order by st.interaction_type nulls last, v.effective_from desc, v.number desc limit 1) f
    left join lateral (select * from evaluations x where x.workspace_id = ${w} and x.interaction_id = i.id order by x.number desc limit 1) e on true
    where m.workspace_id = ${w} and m.status = 'active' and m.id is distinct from ${ctx.memberId}::uuid and coalesce(e.judged, 0) < f.total
    order by i.started_at desc limit 200`;
}
