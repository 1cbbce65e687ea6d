import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId } from "../identifiers";
import { visibleJourneys } from "../journeys/visibility";
import { fromJsonRow } from "../rows";
import type { Hub } from "./schema";

type Json = Record<string, unknown>;
type Row = Record<"customer" | "journey", Json> &
  Record<
    | "other_journeys"
    | "stages"
    | "spokes"
    | "persons"
    | "touchpoints"
    | "promises"
    | "relays"
    | "off_track"
    | "tasks"
    | "appointments"
    | "touches",
    Json[]
  > & { visited: string[]; involved: string[] };

/** Rows as the view has them: camel case all the way down, instants stay ISO text. */
function view<T>(value: unknown): T {
  if (Array.isArray(value)) return value.map((each) => view<unknown>(each)) as T;
  if (value === null || typeof value !== "object") return value as T;
  const row = fromJsonRow<Json>(value);
  for (const [key, each] of Object.entries(row))
    row[key] =
      each instanceof Date
        ? each.toISOString()
        : key === "fields" || key === "evidence" || key === "consents"
          ? each
          : view(each);
  return row as T;
}

/**
 * The hub: one customer with the journey her lists show (or the one named), in one statement.
 * Throws `not_found` when she is not here or may not be seen. A merged customer answers with where she went.
 */
export async function getHub(ctx: Context, customerId: string, journeyId?: string): Promise<Hub> {
  requirePermission(ctx, "journeys.read");
  if (!isId(customerId) || (journeyId && !isId(journeyId))) throw new AppError("not_found", "customer");
  const rows = await ctx.db.$queryRaw<Row[]>`
    select
      jsonb_build_object('id', c.id, 'name', c.name, 'kind', c.kind, 'segment', c.segment, 'place', c.place, 'origin', c.origin, 'flag', c.flag,
        'notes', c.notes, 'time_zone', c.time_zone, 'created_at', c.created_at, 'version', c.version, 'merged_into_id', c.merged_into_id) as customer,
      jsonb_build_object('id', j.id, 'status', j.status, 'need', j.need, 'stage_id', j.stage_id, 'template_id', j.template_id, 'osc_id', j.osc_id,
        'osc_name', om.name, 'osc_photo_id', om.photo_id, 'osc_since', (select max(oa.from_at) from osc_assignments oa where oa.workspace_id = j.workspace_id and oa.journey_id = j.id and oa.to_at is null),
        'accountable_spoke_id', j.accountable_spoke_id, 'accountable_id', j.accountable_id, 'accountable_name', am.name,
        'entered_stage_at', j.entered_stage_at, 'arrived_at', j.arrived_at, 'unanswered_since', j.unanswered_since, 'unanswered_due_at', j.unanswered_due_at,
        'off_track_since', j.off_track_since, 'hold_until', j.hold_until, 'value_minor', j.value_minor, 'currency', j.currency,
        'lost_reason', j.lost_reason, 'fields', j.fields, 'version', j.version) as journey,
      (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'need', o.need, 'status', o.status, 'stage_name', os.name)), '[]')
        from journeys o join stages os on os.workspace_id = o.workspace_id and os.id = o.stage_id
        where o.workspace_id = j.workspace_id and o.customer_id = j.customer_id and o.id <> j.id) as other_journeys,
      (select jsonb_agg(jsonb_build_object('id', s.id, 'key', s.key, 'name', s.name, 'position', s.position, 'spoke_id', s.spoke_id,
        'dwell_p50_days', s.dwell_p50_days, 'dwell_p80_days', s.dwell_p80_days, 'allowed_next', s.allowed_next, 'required_fields', s.required_fields, 'entry_status', s.entry_status) order by s.position)
        from stages s where s.workspace_id = j.workspace_id and s.template_id = j.template_id) as stages,
      (select coalesce(array_agg(st.to_stage_id::text order by st.seq), '{}') from stage_transitions st where st.workspace_id = j.workspace_id and st.journey_id = j.id) as visited,
      (select jsonb_agg(jsonb_build_object('id', sp.id, 'key', sp.key, 'code', sp.code, 'name', sp.name, 'name_he', sp.name_he, 'position', sp.position) order by sp.position)
        from spokes sp where sp.workspace_id = j.workspace_id and sp.archived_at is null) as spokes,
      (select coalesce(array_agg(js.spoke_id::text), '{}') from journey_spokes js where js.workspace_id = j.workspace_id and js.journey_id = j.id) as involved,
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'role', p.role, 'identity_level', p.identity_level, 'is_primary', p.is_primary,
        'version', p.version, 'contact_points', (select coalesce(jsonb_agg(jsonb_build_object('id', cp.id, 'kind', cp.kind, 'value', cp.value, 'raw', cp.raw,
          'verified_at', cp.verified_at) order by cp.kind, cp.created_at), '[]') from contact_points cp where cp.workspace_id = p.workspace_id and cp.person_id = p.id),
        'consents', (select coalesce(jsonb_object_agg(k.medium, k.state), '{}') from (select distinct on (co.medium) co.medium, co.state from consents co
          where co.workspace_id = p.workspace_id and co.person_id = p.id order by co.medium, co.at desc, co.state) k)) order by p.is_primary desc, p.created_at, p.id), '[]')
        from (select * from persons p where p.workspace_id = j.workspace_id and p.customer_id = j.customer_id and p.merged_into_id is null order by p.is_primary desc, p.created_at limit 50) p) as persons,
      (select coalesce(jsonb_agg(to_jsonb(t) || jsonb_build_object('owner_name', tm.name)), '[]') from (
          (select * from touchpoints where workspace_id = j.workspace_id and journey_id = j.id and state in ('planned', 'due', 'in_progress'))
          union all (select * from touchpoints where workspace_id = j.workspace_id and journey_id = j.id and state = 'completed' order by closed_at desc limit 1)) t
        left join members tm on tm.workspace_id = t.workspace_id and tm.id = t.owner_id) as touchpoints,
      (select coalesce(jsonb_agg(to_jsonb(p) || jsonb_build_object('by_name', pm.name) order by p.due_at), '[]') from (
          select * from promises where workspace_id = j.workspace_id and customer_id = j.customer_id order by (state = 'open') desc, due_at desc limit 20) p
        join members pm on pm.workspace_id = p.workspace_id and pm.id = p.by_id) as promises,
      (select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object('to_name', tm.name, 'from_name', fm.name) order by r.need_by), '[]') from (
          select * from relays where workspace_id = j.workspace_id and customer_id = j.customer_id and state in ('sent', 'acked') order by need_by limit 20) r
        left join members tm on tm.workspace_id = r.workspace_id and tm.id = r.to_id
        join members fm on fm.workspace_id = r.workspace_id and fm.id = r.from_id) as relays,
      (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'trigger', e.trigger, 'opened_at', e.opened_at, 'severity', e.severity, 'evidence', e.evidence,
        'steps', (select coalesce(jsonb_agg(jsonb_build_object('id', rs.id, 'name', rs.name, 'done_at', rs.done_at, 'due_at', rs.due_at, 'spoke_id', rs.spoke_id,
          'owner_name', rm.name) order by rs.position), '[]') from recovery_steps rs left join members rm on rm.workspace_id = rs.workspace_id and rm.id = rs.owner_id
          where rs.workspace_id = e.workspace_id and rs.event_id = e.id)) order by e.opened_at desc), '[]')
        from off_track_events e where e.workspace_id = j.workspace_id and e.journey_id = j.id and e.state in ('open', 'playing')) as off_track,
      (select coalesce(jsonb_agg(to_jsonb(k) || jsonb_build_object('owner_name', km.name) order by k.due_at), '[]') from (
          select * from tasks where workspace_id = j.workspace_id and customer_id = j.customer_id and state = 'open' order by due_at limit 20) k
        left join members km on km.workspace_id = k.workspace_id and km.id = k.owner_id) as tasks,
      (select coalesce(jsonb_agg(to_jsonb(a) || jsonb_build_object('host_name', hm.name) order by a.start_at), '[]') from (
          select * from appointments where workspace_id = j.workspace_id and customer_id = j.customer_id and state in ('set', 'confirmed') order by start_at limit 20) a
        join members hm on hm.workspace_id = a.workspace_id and hm.id = a.host_id) as appointments,
      (select coalesce(jsonb_agg(jsonb_build_object('spoke_id', i.spoke_id, 'at', i.started_at, 'is_two_way', i.is_two_way, 'agent_name', im.name)), '[]') from (
          select spoke_id, started_at, is_two_way, agent_id, workspace_id from interactions
          where workspace_id = j.workspace_id and customer_id = j.customer_id and not is_automated order by started_at desc, id desc limit 200) i
        left join members im on im.workspace_id = i.workspace_id and im.id = i.agent_id) as touches
    from customers c
    join journeys j on j.workspace_id = c.workspace_id and j.customer_id = c.id and (j.id = ${journeyId ?? null}::uuid or (${journeyId ?? null}::uuid is null and j.is_primary))
    join members om on om.workspace_id = j.workspace_id and om.id = j.osc_id
    left join members am on am.workspace_id = j.workspace_id and am.id = j.accountable_id
    where c.workspace_id = ${ctx.workspaceId}::uuid and c.id = ${customerId}::uuid and ${visibleJourneys(ctx)}`;
  const row = rows[0];
  if (!row) throw new AppError("not_found", "customer");
  const touchpoints = view<(Hub["next"] & { state: string })[]>(row.touchpoints);
  return {
    customer: view(row.customer),
    journey: view(row.journey),
    otherJourneys: view(row.other_journeys),
    stages: view(row.stages),
    visitedStageIds: row.visited,
    spokes: view(row.spokes),
    involvedSpokeIds: row.involved,
    persons: view(row.persons),
    next: touchpoints.find(({ state }) => state === "planned" || state === "due") ?? null,
    lastDone:
      touchpoints.find(({ state }) => state === "in_progress") ??
      touchpoints.find(({ state }) => state === "completed") ??
      null,
    promises: view(row.promises),
    relays: view(row.relays),
    offTrack: view(row.off_track),
    tasks: view(row.tasks),
    appointments: view(row.appointments),
    touches: view(row.touches),
  };
}
