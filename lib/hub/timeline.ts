import { requirePermission } from "../auth/permissions";
import type { Context, Viewer } from "../context";
import { AppError } from "../errors";
import { visibleRelationship, visibleScores } from "../evaluations/visibility";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { visibleJourneys } from "../journeys/visibility";
import { keptStatement, type ViewerValues, viewerValues } from "../kept-statement";
import type { Timeline, TimelineInput } from "./schema";

type Cursor = { at: Date; id: string };

function decodeCursor(text: string | undefined): Cursor | null {
  if (!text) return null;
  const [at = "", id = ""] = Buffer.from(text, "base64url").toString().split(" ");
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime()) || !isId(id))
    throw new AppError("invalid", "input", { fields: { cursor: "unknown" } });
  return { at: instant, id };
}

/** What of the timeline is asked for, and by whom. */
type Asked = {
  viewer: Viewer;
  customerId: string;
  kind: TimelineInput["kind"];
  cursor: Cursor | null;
} & Record<"inSpokeId" | "medium" | "personId", string | null>;

const bounded = (at: Prisma.Sql, id: Prisma.Sql, cursor: Cursor | null) =>
  Prisma.sql`${
    cursor ? Prisma.sql`and (${at}, ${id}) < (${cursor.at}, ${cursor.id}::uuid)` : Prisma.empty
  } order by ${at} desc, ${id} desc limit 51`;

/** One line that is no contact: when it was, its id, and itself as JSON. What is made of few rows is made the plain way. */
type Line = { kind: Prisma.Sql; id: Prisma.Sql; at: Prisma.Sql; text: Prisma.Sql; params: Prisma.Sql } & Partial<
  Record<"who" | "spokeId", Prisma.Sql>
>;

/**
 * The page of contacts, chosen alone in the order of its index; who had them, how they were judged and what they missed of
 * their standard are then read once for all of them.
 */
function pageOfContacts({ viewer, customerId, inSpokeId, medium, personId, cursor }: Asked): Prisma.Sql {
  const w = Prisma.sql`${viewer.workspaceId}::uuid`;
  return Prisma.sql`page as materialized (select i.*, ${visibleScores(viewer)} as shows_scores from interactions i
      where i.workspace_id = ${w} and i.customer_id = ${customerId}::uuid ${inSpokeId ? Prisma.sql`and i.spoke_id = ${inSpokeId}::uuid` : Prisma.empty}
      ${medium ? Prisma.sql`and i.medium = ${medium}` : Prisma.empty} ${personId ? Prisma.sql`and i.person_id = ${personId}::uuid` : Prisma.empty}
      ${bounded(Prisma.sql`i.started_at`, Prisma.sql`i.id`, cursor)}),
    agents as materialized (select jsonb_object_agg(m.id, m.name) as names from members m where m.workspace_id = ${w} and m.id = any(array(select agent_id from page))),
    judged as materialized (select distinct on (x.interaction_id) x.* from evaluations x
      where x.workspace_id = ${w} and x.interaction_id = any(array(select id from page where shows_scores)) order by x.interaction_id, x.number desc),
    misses as materialized (select t.evaluation_id, json_agg(json_build_object('name', c.name, 'nameHe', c.name_he, 'isCritical', c.critical is not null) order by c.position) as criteria
      from evaluation_items t join standard_criteria c on c.workspace_id = ${w} and c.id = t.criterion_id
      where t.workspace_id = ${w} and t.evaluation_id = any(array(select id from judged)) and t.result = 'missed' group by t.evaluation_id)`;
}

/** A closed word or an id as JSON: what holds nothing that needs escaping. */
const jsonWord = (value: Prisma.Sql): Prisma.Sql => Prisma.sql`coalesce('"' || ${value} || '"', 'null')`;

/**
 * The contacts as lines. Their JSON is put together by hand: `json_build_object` looks up the types of all its arguments for
 * each row anew, which was more than half of what reading a timeline cost.
 */
function contacts(viewer: Viewer): Prisma.Sql {
  const standard = Prisma.sql`case when e.id is not null then json_build_object('raw', e.raw, 'meets', e.meets, 'judged', e.judged, 'total', e.total, 'missed', coalesce(ms.criteria, '[]')) end`;
  const person = Prisma.sql`(select p.name from persons p where p.workspace_id = ${viewer.workspaceId}::uuid and p.id = i.person_id)`;
  const line = Prisma.sql`'{"id":"' || i.id || '","kind":"interaction","at":"' || app.iso(i.started_at)
    || '","medium":' || ${jsonWord(Prisma.sql`i.medium`)} || ',"direction":' || ${jsonWord(Prisma.sql`i.direction`)}
    || ',"isTwoWay":' || i.is_two_way::text || ',"isAutomated":' || i.is_automated::text || ',"text":' || to_json(i.summary)::text
    || ',"who":' || coalesce(((select names from agents) -> i.agent_id::text)::text, 'null') || ',"spokeId":' || ${jsonWord(Prisma.sql`i.spoke_id`)}
    || ',"params":{"type":' || ${jsonWord(Prisma.sql`i.type`)} || ',"route":' || ${jsonWord(Prisma.sql`i.route`)}
    || ',"moments":' || coalesce(to_json(i.moments)::text, '[]') || ',"felt":' || ${jsonWord(Prisma.sql`i.felt`)}
    || ',"person":' || coalesce(to_json(${person})::text, 'null') || ',"version":' || i.version
    || ',"class":' || ${jsonWord(Prisma.sql`case when i.shows_scores then i.experience_class end`)}
    || ',"standard":' || coalesce((${standard})::text, 'null') || '}}'`;
  return Prisma.sql`(select i.id, i.started_at, ${line} from page i left join judged e on e.interaction_id = i.id left join misses ms on ms.evaluation_id = e.id)`;
}

type Bounds = {
  viewer: Viewer;
  /** That a row under this alias is the customer's. */
  of(alias: Prisma.Sql): Prisma.Sql;
  /** That this column names the department asked for, if one was. */
  spoke(column: Prisma.Sql): Prisma.Sql;
  cursor: Cursor | null;
};

const branch = ({ cursor }: Bounds, { kind, id, at, text, who, spokeId, params }: Line, rows: Prisma.Sql) =>
  Prisma.sql`(select ${id}, ${at}, json_build_object('id', ${id}, 'kind', ${kind}, 'at', app.iso(${at}), 'medium', null, 'direction', null,
      'isTwoWay', false, 'isAutomated', false, 'text', ${text}, 'who', ${who ?? Prisma.sql`null`}, 'spokeId', ${spokeId ?? Prisma.sql`null`}, 'params', json_build_object(${params}))::text
    ${rows} ${bounded(at, id, cursor)})`;

/** The other lines by kind, each kind's newest below the cursor, found by its own index. */
const others = {
  stages: (b: Bounds) =>
    branch(
      b,
      {
        kind: Prisma.sql`'stage'`,
        id: Prisma.sql`t.id`,
        at: Prisma.sql`t.at`,
        text: Prisma.sql`coalesce(t.reason, '')`,
        spokeId: Prisma.sql`t.spoke_id`,
        params: Prisma.sql`'cause', t.cause, 'from', f.name, 'to', s.name, 'batonFrom', t.spoke_at_exit_id, 'batonTo', t.spoke_id, 'status', t.status`,
      },
      Prisma.sql`from stage_transitions t join journeys j on j.workspace_id = t.workspace_id and j.id = t.journey_id
      join stages s on s.workspace_id = t.workspace_id and s.id = t.to_stage_id left join stages f on f.workspace_id = t.workspace_id and f.id = t.from_stage_id
      where ${b.of(Prisma.sql`j`)} ${b.spoke(Prisma.sql`t.spoke_id`)}`,
    ),
  relays: (b: Bounds) =>
    branch(
      b,
      {
        kind: Prisma.sql`'relay'`,
        id: Prisma.sql`r.id`,
        at: Prisma.sql`coalesce(r.closed_at, r.sent_at)`,
        text: Prisma.sql`r.question`,
        who: Prisma.sql`m.name`,
        spokeId: Prisma.sql`r.to_spoke_id`,
        params: Prisma.sql`'state', r.state, 'askedAt', r.sent_at, 'answer', r.answer, 'answeredAt', r.closed_at, 'answeredBy', cm.name, 'reason', r.decline_reason`,
      },
      Prisma.sql`from relays r join members m on m.workspace_id = r.workspace_id and m.id = r.from_id
      left join members cm on cm.workspace_id = r.workspace_id and cm.id = r.closed_by_id
      where ${b.of(Prisma.sql`r`)} ${b.spoke(Prisma.sql`r.to_spoke_id`)}`,
    ),
  promises: (b: Bounds) =>
    branch(
      b,
      {
        kind: Prisma.sql`'promise'`,
        id: Prisma.sql`p.id`,
        at: Prisma.sql`p.made_at`,
        text: Prisma.sql`p.text`,
        who: Prisma.sql`m.name`,
        spokeId: Prisma.sql`p.spoke_id`,
        params: Prisma.sql`'state', p.state, 'dueAt', p.due_at, 'closedAt', p.closed_at`,
      },
      Prisma.sql`from promises p join members m on m.workspace_id = p.workspace_id and m.id = p.by_id
      where ${b.of(Prisma.sql`p`)} ${b.spoke(Prisma.sql`p.spoke_id`)}`,
    ),
  off_track: (b: Bounds) =>
    branch(
      b,
      {
        kind: Prisma.sql`'off_track'`,
        id: Prisma.sql`e.id`,
        at: Prisma.sql`e.opened_at`,
        text: Prisma.sql`''::text`,
        params: Prisma.sql`'trigger', e.trigger, 'state', e.state, 'closedAt', e.closed_at, 'evidence', e.evidence`,
      },
      Prisma.sql`from off_track_events e where ${b.of(Prisma.sql`e`)}`,
    ),
  appointments: (b: Bounds) =>
    branch(
      b,
      {
        kind: Prisma.sql`'appointment'`,
        id: Prisma.sql`a.id`,
        at: Prisma.sql`a.set_at`,
        text: Prisma.sql`coalesce(a.place, '')`,
        who: Prisma.sql`m.name`,
        params: Prisma.sql`'state', a.state, 'startAt', a.start_at, 'timeZone', a.time_zone`,
      },
      Prisma.sql`from appointments a join members m on m.workspace_id = a.workspace_id and m.id = a.host_id where ${b.of(Prisma.sql`a`)}`,
    ),
  relationship: (b: Bounds) =>
    branch(
      b,
      {
        kind: Prisma.sql`'relationship'`,
        id: Prisma.sql`r.id`,
        at: Prisma.sql`r.answered_at`,
        text: Prisma.sql`r.comment`,
        params: Prisma.sql`'nps', r.nps, 'isLate', r.is_late, 'person', (select p.name from persons p where p.workspace_id = ${b.viewer.workspaceId}::uuid and p.id = coalesce(o.merged_into_id, o.id))`,
      },
      Prisma.sql`from persons o join relationship_invites v on v.workspace_id = ${b.viewer.workspaceId}::uuid and v.person_id = o.id
      join relationship_responses r on r.workspace_id = ${b.viewer.workspaceId}::uuid and r.invite_id = v.id
      where ${b.of(Prisma.sql`o`)} and ${visibleRelationship(b.viewer, Prisma.sql`o.customer_id`)}`,
    ),
};

/** The parts of the timeline that were asked for, and whether contacts are among them. */
function partsOf(asked: Asked): { lines: Prisma.Sql[]; hasContacts: boolean } {
  const { viewer, customerId, inSpokeId, kind, cursor } = asked;
  const isContacts = asked.medium || asked.personId || kind === "interactions";
  if (isContacts) return { lines: [contacts(viewer)], hasContacts: true };
  const bounds: Bounds = {
    viewer,
    cursor,
    of: (alias) =>
      Prisma.sql`${alias}.workspace_id = ${viewer.workspaceId}::uuid and ${alias}.customer_id = ${customerId}::uuid`,
    spoke: (column) => (inSpokeId ? Prisma.sql`and ${column} = ${inSpokeId}::uuid` : Prisma.empty),
  };
  if (kind !== "all") return { lines: [others[kind](bounds)], hasContacts: false };
  const { stages, relays, promises, ...unowned } = others;
  const owned = [stages, relays, promises];
  const all = inSpokeId ? owned : [...owned, ...Object.values(unowned)];
  return { lines: [contacts(viewer), ...all.map((each) => each(bounds))], hasContacts: true };
}

type TimelineValues = ViewerValues &
  Pick<Asked, "customerId" | "inSpokeId" | "medium" | "personId"> & { beforeAt: Date | null; beforeId: string | null };

const timelineStatement = keptStatement(
  ({ beforeAt, beforeId, ...values }: TimelineValues, { roles, kind }: Pick<Asked, "kind"> & Pick<Viewer, "roles">) => {
    const viewer: Viewer = { ...values, roles };
    const cursor = beforeAt && beforeId ? { at: beforeAt, id: beforeId } : null;
    const asked = { ...values, viewer, kind, cursor };
    const { lines, hasContacts } = partsOf(asked);
    return Prisma.sql`
    with ${hasContacts ? Prisma.sql`${pageOfContacts(asked)}, ` : Prisma.empty}lines (id, at, line) as (${Prisma.join(lines, " union all ")}), newest as materialized (select * from lines order by at desc, id desc limit 51)
    select (select '[' || coalesce(string_agg(line, ',' order by at desc, id desc), '') || ']' from (select * from newest order by at desc, id desc limit 50) shown) as items,
      (select app.iso(at) || ' ' || id from (select at, id from newest order by at desc, id desc offset 49 limit 1) l where (select count(*) from newest) > 50) as after
    where exists (select 1 from journeys j where j.workspace_id = ${viewer.workspaceId}::uuid
      and j.customer_id = ${values.customerId}::uuid and ${visibleJourneys(viewer)})`;
  },
);

/**
 * The timeline of a customer as JSON, newest first, fifty lines a page by cursor: contacts, stages and batons, relays, promises,
 * what went off track, appointments, what was said of the relationship. Throws `not_found` when the customer may not be seen.
 */
export async function timelineText(ctx: Context, input: TimelineInput): Promise<string> {
  requirePermission(ctx, "journeys.read");
  const cursor = decodeCursor(input.before);
  const values: TimelineValues = {
    ...viewerValues(ctx),
    customerId: input.customerId,
    inSpokeId: input.spokeId ?? null,
    medium: input.medium || null,
    personId: input.personId ?? null,
    beforeAt: cursor?.at ?? null,
    beforeId: cursor?.id ?? null,
  };
  const statement = timelineStatement(values, { roles: ctx.roles, kind: input.kind });
  const [row] = await ctx.db.$queryRaw<{ items: string; after: string | null }[]>(statement);
  if (!row) throw new AppError("not_found", "customer");
  const cursorText = row.after === null ? null : Buffer.from(row.after).toString("base64url");
  return `{"items":${row.items},"nextCursor":${JSON.stringify(cursorText)}}`;
}

/** The timeline, for who reads it here and does not send it on. Throws as `timelineText`. */
export async function getTimeline(ctx: Context, input: TimelineInput): Promise<Timeline> {
  return JSON.parse(await timelineText(ctx, input)) as Timeline;
}
