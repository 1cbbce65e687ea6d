import { requirePermission } from "../auth/permissions";
import type { Role } from "../auth/roles";
import type { Context, Viewer } from "../context";
import { AppError } from "../errors";
import { visibleScores } from "../evaluations/visibility";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { visibleJourneys } from "../journeys/visibility";
import { keptStatement, type ViewerValues, viewerValues } from "../kept-statement";
import type { Hub, HubStage } from "./schema";

/** The stages of templates that journeys run on: a published version never changes. */
const stagesOfTemplates = new Map<string, string>();
const templatesAtMost = 500;

async function stagesOf(ctx: Context, templateId: string): Promise<string> {
  const key = `${ctx.workspaceId} ${templateId}`;
  const known = stagesOfTemplates.get(key);
  if (known) return known;
  const stages = await ctx.db.$queryRaw<HubStage[]>`
    select id, key, name, position, spoke_id as "spokeId", dwell_p50_days as "dwellP50Days", dwell_p80_days as "dwellP80Days",
      allowed_next as "allowedNext", required_fields as "requiredFields", entry_status as "entryStatus"
    from stages where workspace_id = ${ctx.workspaceId}::uuid and template_id = ${templateId}::uuid order by position`;
  if (stagesOfTemplates.size >= templatesAtMost) stagesOfTemplates.clear();
  const text = JSON.stringify(stages);
  stagesOfTemplates.set(key, text);
  return text;
}

const touchpointJson = Prisma.sql`json_build_object('id', t.id, 'name', t.name, 'type', t.type, 'medium', t.medium, 'state', t.state, 'spokeId', t.spoke_id,
  'ownerName', tm.name, 'startedAt', app.iso(t.started_at), 'dueAt', app.iso(t.due_at), 'closedAt', app.iso(t.closed_at), 'version', t.version)`;

type HubValues = ViewerValues & { customerId: string; journeyId: string | null };

const hubStatement = keptStatement((values: HubValues, roles: readonly Role[]) => {
  const viewer: Viewer = { ...values, roles };
  return Prisma.sql`
    select to_json(hub)::text as hub, j.template_id as "templateId"
    from customers c
    join journeys j on j.workspace_id = c.workspace_id and j.customer_id = c.id and ${values.journeyId === null ? Prisma.sql`j.is_primary` : Prisma.sql`j.id = ${values.journeyId}::uuid`}
    join members om on om.workspace_id = j.workspace_id and om.id = j.osc_id
    left join members am on am.workspace_id = j.workspace_id and am.id = j.accountable_id
    cross join lateral (select
      json_build_object('id', c.id, 'name', c.name, 'kind', c.kind, 'segment', c.segment, 'place', c.place, 'origin', c.origin, 'flag', c.flag,
        'notes', c.notes, 'timeZone', c.time_zone, 'createdAt', app.iso(c.created_at), 'version', c.version, 'mergedIntoId', c.merged_into_id) as customer,
      json_build_object('id', j.id, 'status', j.status, 'need', j.need, 'stageId', j.stage_id, 'templateId', j.template_id, 'oscId', j.osc_id,
        'oscName', om.name, 'oscPhotoId', om.photo_id, 'oscSince', (select app.iso(max(oa.from_at)) from osc_assignments oa where oa.workspace_id = j.workspace_id and oa.journey_id = j.id and oa.to_at is null),
        'accountableSpokeId', j.accountable_spoke_id, 'accountableId', j.accountable_id, 'accountableName', am.name,
        'enteredStageAt', app.iso(j.entered_stage_at), 'arrivedAt', app.iso(j.arrived_at), 'unansweredSince', app.iso(j.unanswered_since),
        'unansweredDueAt', app.iso(j.unanswered_due_at), 'offTrackSince', app.iso(j.off_track_since), 'holdUntil', app.iso(j.hold_until),
        'valueMinor', j.value_minor, 'currency', j.currency, 'lostReason', j.lost_reason, 'fields', j.fields, 'version', j.version) as journey,
      (select coalesce(json_agg(json_build_object('id', o.id, 'need', o.need, 'status', o.status, 'stageName', os.name)), '[]')
        from journeys o join stages os on os.workspace_id = o.workspace_id and os.id = o.stage_id
        where o.workspace_id = j.workspace_id and o.customer_id = j.customer_id and o.id <> j.id) as "otherJourneys",
      (select coalesce(array_agg(st.to_stage_id::text order by st.seq), '{}') from stage_transitions st where st.workspace_id = j.workspace_id and st.journey_id = j.id) as "visitedStageIds",
      (select json_agg(json_build_object('id', sp.id, 'key', sp.key, 'code', sp.code, 'name', sp.name, 'nameHe', sp.name_he, 'position', sp.position) order by sp.position)
        from spokes sp where sp.workspace_id = j.workspace_id and sp.archived_at is null) as spokes,
      (select coalesce(array_agg(js.spoke_id::text), '{}') from journey_spokes js where js.workspace_id = j.workspace_id and js.journey_id = j.id) as "involvedSpokeIds",
      (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'role', p.role, 'identityLevel', p.identity_level, 'isPrimary', p.is_primary,
        'version', p.version, 'contactPoints', (select coalesce(json_agg(json_build_object('id', cp.id, 'kind', cp.kind, 'value', cp.value, 'raw', cp.raw,
          'verifiedAt', app.iso(cp.verified_at)) order by cp.kind, cp.created_at), '[]') from contact_points cp where cp.workspace_id = p.workspace_id and cp.person_id = p.id),
        'consents', (select coalesce(json_object_agg(k.medium, k.state), '{}') from (select distinct on (co.medium) co.medium, co.state from consents co
          where co.workspace_id = p.workspace_id and co.person_id = p.id order by co.medium, co.at desc, co.state) k)) order by p.is_primary desc, p.created_at, p.id), '[]')
        from (select * from persons p where p.workspace_id = j.workspace_id and p.customer_id = j.customer_id and p.merged_into_id is null order by p.is_primary desc, p.created_at limit 50) p) as persons,
      (select ${touchpointJson} from touchpoints t left join members tm on tm.workspace_id = t.workspace_id and tm.id = t.owner_id
        where t.workspace_id = j.workspace_id and t.journey_id = j.id and t.state in ('planned', 'due') limit 1) as next,
      (select ${touchpointJson} from touchpoints t left join members tm on tm.workspace_id = t.workspace_id and tm.id = t.owner_id
        where t.workspace_id = j.workspace_id and t.journey_id = j.id and t.state in ('in_progress', 'completed')
        order by (t.state = 'in_progress') desc, t.closed_at desc limit 1) as "lastDone",
      (select coalesce(json_agg(json_build_object('id', p.id, 'text', p.text, 'state', p.state, 'dueAt', app.iso(p.due_at), 'madeAt', app.iso(p.made_at),
        'spokeId', p.spoke_id, 'byName', pm.name, 'version', p.version) order by p.due_at), '[]') from (
          select * from promises where workspace_id = j.workspace_id and customer_id = j.customer_id order by (state = 'open') desc, due_at desc limit 20) p
        join members pm on pm.workspace_id = p.workspace_id and pm.id = p.by_id) as promises,
      (select coalesce(json_agg(json_build_object('id', r.id, 'question', r.question, 'state', r.state, 'sentAt', app.iso(r.sent_at), 'needBy', app.iso(r.need_by),
        'toSpokeId', r.to_spoke_id, 'toName', tm.name, 'fromName', fm.name, 'version', r.version) order by r.need_by), '[]') from (
          select * from relays where workspace_id = j.workspace_id and customer_id = j.customer_id and state in ('sent', 'acked') order by need_by limit 20) r
        left join members tm on tm.workspace_id = r.workspace_id and tm.id = r.to_id
        join members fm on fm.workspace_id = r.workspace_id and fm.id = r.from_id) as relays,
      (select coalesce(json_agg(json_build_object('id', e.id, 'trigger', e.trigger, 'openedAt', app.iso(e.opened_at), 'severity', e.severity, 'evidence', e.evidence,
        'steps', (select coalesce(json_agg(json_build_object('id', rs.id, 'name', rs.name, 'doneAt', app.iso(rs.done_at), 'dueAt', app.iso(rs.due_at), 'spokeId', rs.spoke_id,
          'ownerName', rm.name) order by rs.position), '[]') from recovery_steps rs left join members rm on rm.workspace_id = rs.workspace_id and rm.id = rs.owner_id
          where rs.workspace_id = e.workspace_id and rs.event_id = e.id)) order by e.opened_at desc), '[]')
        from off_track_events e where e.workspace_id = j.workspace_id and e.journey_id = j.id and e.state in ('open', 'playing')) as "offTrack",
      (select coalesce(json_agg(json_build_object('id', k.id, 'title', k.title, 'kind', k.kind, 'dueAt', app.iso(k.due_at), 'ownerName', km.name,
        'spokeId', k.spoke_id, 'version', k.version) order by k.due_at), '[]') from (
          select * from tasks where workspace_id = j.workspace_id and customer_id = j.customer_id and state = 'open' order by due_at limit 20) k
        left join members km on km.workspace_id = k.workspace_id and km.id = k.owner_id) as tasks,
      (select coalesce(json_agg(json_build_object('id', a.id, 'startAt', app.iso(a.start_at), 'timeZone', a.time_zone, 'place', a.place, 'state', a.state,
        'hostId', a.host_id, 'hostName', hm.name, 'version', a.version) order by a.start_at), '[]') from (
          select * from appointments where workspace_id = j.workspace_id and customer_id = j.customer_id and state in ('set', 'confirmed') order by start_at limit 20) a
        join members hm on hm.workspace_id = a.workspace_id and hm.id = a.host_id) as appointments,
      (select coalesce(json_agg(json_build_object('spokeId', i.spoke_id, 'at', app.iso(i.started_at), 'isTwoWay', i.is_two_way, 'agentName', im.name,
          'class', case when ${visibleScores(viewer)} then i.experience_class end) order by i.started_at desc), '[]') from (
          select newest.*, row_number() over (partition by spoke_id order by started_at desc) as nth from (
            select spoke_id, started_at, is_two_way, agent_id, workspace_id, journey_id, experience_class from interactions
            where workspace_id = j.workspace_id and customer_id = j.customer_id and not is_automated order by started_at desc, id desc limit 64) newest) i
        left join members im on im.workspace_id = i.workspace_id and im.id = i.agent_id
        where i.nth <= 12 or i.experience_class is not null) as touches) hub
    where c.workspace_id = ${values.workspaceId}::uuid and c.id = ${values.customerId}::uuid and ${visibleJourneys(viewer)}`;
});

/**
 * The hub as JSON: one customer with the journey her lists show (or the one named), in one statement,
 * and one more for a template that this process has not met.
 * Throws `not_found` when she is not here or may not be seen. A merged customer answers with where she went.
 */
export async function hubText(ctx: Context, customerId: string, journeyId?: string): Promise<string> {
  requirePermission(ctx, "journeys.read");
  if (!isId(customerId) || (journeyId && !isId(journeyId))) throw new AppError("not_found", "customer");
  const values = { ...viewerValues(ctx), customerId, journeyId: journeyId ?? null };
  const [row] = await ctx.db.$queryRaw<{ hub: string; templateId: string }[]>(hubStatement(values, ctx.roles));
  if (!row) throw new AppError("not_found", "customer");
  return `${row.hub.slice(0, -1)},"stages":${await stagesOf(ctx, row.templateId)}}`;
}

/** The hub, for who reads it here and does not send it on. Throws as `hubText`. */
export async function getHub(ctx: Context, customerId: string, journeyId?: string): Promise<Hub> {
  return JSON.parse(await hubText(ctx, customerId, journeyId)) as Hub;
}
