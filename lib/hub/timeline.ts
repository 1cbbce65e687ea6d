import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { visibleRelationship, visibleScores } from "../evaluations/visibility";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { visibleJourneys } from "../journeys/visibility";
import type { Timeline, TimelineInput } from "./schema";

type Cursor = { at: Date; id: string } | null;

function decodeCursor(text: string | undefined): Cursor {
  if (!text) return null;
  const [at = "", id = ""] = Buffer.from(text, "base64url").toString().split(" ");
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime()) || !isId(id))
    throw new AppError("invalid", "input", { fields: { cursor: "unknown" } });
  return { at: instant, id };
}

const bounded = (at: Prisma.Sql, id: Prisma.Sql, cursor: Cursor) =>
  Prisma.sql`${
    cursor ? Prisma.sql`and (${at}, ${id}) < (${cursor.at}, ${cursor.id}::uuid)` : Prisma.empty
  } order by ${at} desc, ${id} desc limit 51`;

/** One branch of the timeline: its newest lines below the cursor, found by its own index. */
function branches(ctx: Context, input: TimelineInput, cursor: Cursor): Prisma.Sql[] {
  const of = (alias: Prisma.Sql) =>
    Prisma.sql`${alias}.workspace_id = ${ctx.workspaceId}::uuid and ${alias}.customer_id = ${input.customerId}::uuid`;
  const spoke = (column: Prisma.Sql) =>
    input.spokeId ? Prisma.sql`and ${column} = ${input.spokeId}::uuid` : Prisma.empty;
  // The page of contacts is chosen alone, in the order of its index; only its rows are then dressed.
  const interactions = Prisma.sql`(select i.id, 'interaction' as kind, i.started_at as at, i.medium, i.direction, i.is_two_way, i.is_automated, i.summary as text,
      m.name as who, i.spoke_id, json_build_object('type', i.type, 'route', i.route, 'moments', i.moments, 'felt', i.felt, 'person', p.name, 'version', i.version,
        'class', case when ${visibleScores(ctx)} then i.experience_class end, 'standard', case when e.id is not null then json_build_object('raw', e.raw, 'meets', e.meets, 'judged', e.judged, 'total', e.total, 'missed',
          (select coalesce(json_agg(json_build_object('name', c.name, 'nameHe', c.name_he, 'isCritical', c.critical is not null) order by c.position), '[]')
            from evaluation_items t join standard_criteria c on c.workspace_id = t.workspace_id and c.id = t.criterion_id
            where t.workspace_id = i.workspace_id and t.evaluation_id = e.id and t.result = 'missed')) end) as params
    from (select i.* from interactions i where ${of(Prisma.sql`i`)} ${spoke(Prisma.sql`i.spoke_id`)} ${input.medium ? Prisma.sql`and i.medium = ${input.medium}` : Prisma.empty}
      ${input.personId ? Prisma.sql`and i.person_id = ${input.personId}::uuid` : Prisma.empty} ${bounded(Prisma.sql`i.started_at`, Prisma.sql`i.id`, cursor)}) i
    left join members m on m.workspace_id = i.workspace_id and m.id = i.agent_id
    left join persons p on p.workspace_id = i.workspace_id and p.id = i.person_id
    left join lateral (select x.* from evaluations x where x.workspace_id = i.workspace_id and x.interaction_id = i.id and ${visibleScores(ctx)}
      order by x.number desc limit 1) e on true)`;
  if (input.medium || input.personId) return [interactions];
  const stages = Prisma.sql`(select t.id, 'stage' as kind, t.at, null, null, false, false, coalesce(t.reason, ''), null, t.spoke_id,
      json_build_object('cause', t.cause, 'from', f.name, 'to', s.name, 'batonFrom', t.spoke_at_exit_id, 'batonTo', t.spoke_id, 'status', t.status)
    from stage_transitions t join journeys j on j.workspace_id = t.workspace_id and j.id = t.journey_id
    join stages s on s.workspace_id = t.workspace_id and s.id = t.to_stage_id left join stages f on f.workspace_id = t.workspace_id and f.id = t.from_stage_id
    where ${of(Prisma.sql`j`)} ${spoke(Prisma.sql`t.spoke_id`)} ${bounded(Prisma.sql`t.at`, Prisma.sql`t.id`, cursor)})`;
  const relays = Prisma.sql`(select r.id, 'relay' as kind, coalesce(r.closed_at, r.sent_at) as at, null, null, false, false, r.question, m.name, r.to_spoke_id,
      json_build_object('state', r.state, 'askedAt', r.sent_at, 'answer', r.answer, 'answeredAt', r.closed_at, 'answeredBy', cm.name, 'reason', r.decline_reason)
    from relays r join members m on m.workspace_id = r.workspace_id and m.id = r.from_id
    left join members cm on cm.workspace_id = r.workspace_id and cm.id = r.closed_by_id
    where ${of(Prisma.sql`r`)} ${spoke(Prisma.sql`r.to_spoke_id`)} ${bounded(Prisma.sql`coalesce(r.closed_at, r.sent_at)`, Prisma.sql`r.id`, cursor)})`;
  const promises = Prisma.sql`(select p.id, 'promise' as kind, p.made_at as at, null, null, false, false, p.text, m.name, p.spoke_id,
      json_build_object('state', p.state, 'dueAt', p.due_at, 'closedAt', p.closed_at)
    from promises p join members m on m.workspace_id = p.workspace_id and m.id = p.by_id
    where ${of(Prisma.sql`p`)} ${spoke(Prisma.sql`p.spoke_id`)} ${bounded(Prisma.sql`p.made_at`, Prisma.sql`p.id`, cursor)})`;
  const offTrack = Prisma.sql`(select e.id, 'off_track' as kind, e.opened_at as at, null, null, false, false, '', null, null::uuid,
      json_build_object('trigger', e.trigger, 'state', e.state, 'closedAt', e.closed_at, 'evidence', e.evidence)
    from off_track_events e where ${of(Prisma.sql`e`)} ${bounded(Prisma.sql`e.opened_at`, Prisma.sql`e.id`, cursor)})`;
  const appointments = Prisma.sql`(select a.id, 'appointment' as kind, a.set_at as at, null, null, false, false, coalesce(a.place, ''), m.name, null::uuid,
      json_build_object('state', a.state, 'startAt', a.start_at, 'timeZone', a.time_zone)
    from appointments a join members m on m.workspace_id = a.workspace_id and m.id = a.host_id
    where ${of(Prisma.sql`a`)} ${bounded(Prisma.sql`a.set_at`, Prisma.sql`a.id`, cursor)})`;
  const relationship = Prisma.sql`(select r.id, 'relationship' as kind, r.answered_at as at, null, null, false, false, r.comment, null, null::uuid,
      json_build_object('nps', r.nps, 'isLate', r.is_late, 'person', p.name)
    from persons o join relationship_invites v on v.workspace_id = ${ctx.workspaceId}::uuid and v.person_id = o.id
    join relationship_responses r on r.workspace_id = ${ctx.workspaceId}::uuid and r.invite_id = v.id
    join persons p on p.workspace_id = ${ctx.workspaceId}::uuid and p.id = coalesce(o.merged_into_id, o.id)
    where ${of(Prisma.sql`o`)} and ${visibleRelationship(ctx, Prisma.sql`o.customer_id`)} ${bounded(Prisma.sql`r.answered_at`, Prisma.sql`r.id`, cursor)})`;
  const byKind: Record<TimelineInput["kind"], Prisma.Sql[]> = {
    all: input.spokeId
      ? [interactions, stages, relays, promises]
      : [interactions, stages, relays, promises, offTrack, appointments, relationship],
    interactions: [interactions],
    stages: [stages],
    relays: [relays],
    promises: [promises],
    off_track: [offTrack],
    appointments: [appointments],
    relationship: [relationship],
  };
  return byKind[input.kind];
}

/**
 * The timeline of a customer as JSON, newest first, fifty lines a page by cursor: contacts, stages and batons, relays, promises,
 * what went off track, appointments, what was said of the relationship. Throws `not_found` when the customer may not be seen.
 */
export async function timelineText(ctx: Context, input: TimelineInput): Promise<string> {
  requirePermission(ctx, "journeys.read");
  const cursor = decodeCursor(input.before);
  const [row] = await ctx.db.$queryRaw<{ items: string; after: string | null }[]>`
    with lines (id, kind, at, medium, direction, is_two_way, is_automated, text, who, spoke_id, params) as (${Prisma.join(branches(ctx, input, cursor), " union all ")}), newest as (select * from lines order by at desc, id desc limit 51)
    select (select coalesce(json_agg(line), '[]')::text from (select id, kind, app.iso(at) as at, medium, direction, is_two_way as "isTwoWay",
        is_automated as "isAutomated", text, who, spoke_id as "spokeId", params from newest order by newest.at desc, id desc limit 50) line) as items,
      (select app.iso(at) || ' ' || id from (select at, id from newest order by at desc, id desc offset 49 limit 1) l where (select count(*) from newest) > 50) as after
    where exists (select 1 from journeys j where j.workspace_id = ${ctx.workspaceId}::uuid
      and j.customer_id = ${input.customerId}::uuid and ${visibleJourneys(ctx)})`;
  if (!row) throw new AppError("not_found", "customer");
  const cursorText = row.after === null ? null : Buffer.from(row.after).toString("base64url");
  return `{"items":${row.items},"nextCursor":${JSON.stringify(cursorText)}}`;
}

/** The timeline, for who reads it here and does not send it on. Throws as `timelineText`. */
export async function getTimeline(ctx: Context, input: TimelineInput): Promise<Timeline> {
  return JSON.parse(await timelineText(ctx, input)) as Timeline;
}
