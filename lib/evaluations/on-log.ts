import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import type { Facts } from "./rules";
import type { ObservationInput } from "./schema";

export type LoggedInteraction = {
  id: string;
  medium: string;
  type: string;
  startedAt: Date;
  facts: Facts;
  observations: readonly ObservationInput[];
};

/**
 * The parts of the statement that logs an interaction which evaluate it by rule and keep what was observed, so that a log
 * costs no statement more. The arithmetic is that of `scoreOf`; a test compares the two. `observed` counts what was kept.
 */
export function evaluationOnLog(ctx: Context, logged: LoggedInteraction): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const observations = logged.observations.map((each) => ({ ...each, id: newId() }));
  return Prisma.sql`in_force as (
      select v.id, v.pass_mark from standards s join standard_versions v on v.workspace_id = ${w} and v.standard_id = s.id
      where s.workspace_id = ${w} and s.medium = ${logged.medium} and (s.interaction_type is null or s.interaction_type = ${logged.type})
        and (s.retired_at is null or s.retired_at > ${logged.startedAt}::timestamptz) and v.status = 'published' and v.effective_from <= ${logged.startedAt}::timestamptz
      order by s.interaction_type nulls last, v.effective_from desc, v.number desc limit 1),
    found as (
      select c.id, c.weight, c.critical is not null as is_critical, (f.value #>> '{}')::float8 as measure,
        case when f.value = 'null' then 'not_applicable' when (f.value #>> '{}')::float8 <= coalesce(c.threshold, 0) then 'passed' else 'missed' end as result
      from in_force join standard_criteria c on c.workspace_id = ${w} and c.version_id = in_force.id and c.kind = 'operational'
      join jsonb_each(${JSON.stringify(logged.facts)}::jsonb) f on f.key = c.rule),
    score as (
      select count(*)::int as judged, (select count(*)::int from standard_criteria c join in_force on c.version_id = in_force.id where c.workspace_id = ${w}) as total,
        coalesce(bool_or(is_critical and result = 'missed'), false) as is_failed,
        coalesce(sum(weight) filter (where result = 'passed'), 0)::float8 / nullif(sum(weight) filter (where result <> 'not_applicable'), 0) as share
      from found),
    evaluated as (
      insert into evaluations (workspace_id, id, interaction_id, number, version_id, scorer_kind, raw, meets, is_critical_safe, judged, total, evaluated_at)
      select ${w}, ${newId()}::uuid, ${logged.id}::uuid, 1, in_force.id, 'rule', case when share is null and is_failed then 0 else share end,
        case when is_failed then false when judged = total then share >= pass_mark - 1e-9 end, not is_failed, judged, total, ${ctx.now}::timestamptz
      from in_force, score where judged > 0 returning id),
    marked as (
      insert into evaluation_items (workspace_id, evaluation_id, criterion_id, result, judged_by, measure)
      select ${w}, evaluated.id, found.id, found.result, 'rule', found.measure from evaluated, found),
    observed as (
      insert into moment_observations (workspace_id, id, interaction_id, moment_id, state, evidence, observer_kind, observer_id, observed_at)
      select ${w}, o.id, ${logged.id}::uuid, o."momentId", o.state, o.evidence, ${ctx.actor.kind === "customer" ? "customer" : "agent"}::text, ${ctx.memberId}::uuid, ${ctx.now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(observations)}::jsonb) o(id uuid, "momentId" uuid, state text, evidence text)
      join defining_moments d on d.workspace_id = ${w} and d.id = o."momentId" and d.archived_at is null returning id)`;
}
