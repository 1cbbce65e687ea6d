import { can, canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { seesEverything, visibleJourneys } from "../journeys/visibility";
import { activeDays, orderCards, shownPerColumn } from "./rules";
import type {
  Board,
  BoardCard,
  BoardColumn,
  BoardCounts,
  BoardFilter,
  BoardSpoke,
  BoardStage,
  BoardTemplate,
} from "./schema";

const open = Prisma.sql`('pre_lead', 'active', 'nurture', 'won', 'on_hold')`;

/** Who may not see everything is shown at most this many of what she sees, the oldest first. */
const seenAtMost = 2_000;

type Cell = { stage_id: string; spoke_id: string; count: number; off_track: number };

type Structure = {
  template_id: string | null;
  templates: BoardTemplate[];
  stages: BoardStage[];
  spokes: BoardSpoke[];
  cells: Cell[];
};

type Row = {
  id: string;
  customer_id: string;
  version: number;
  name: string;
  place: string | null;
  status: string;
  template_id: string;
  stage_id: string;
  spoke_id: string;
  entered_stage_at: Date;
  held_minutes: number;
  hold_started_at: Date | null;
  off_track_since: Date | null;
  next_started_at: Date | null;
  next_due_at: Date | null;
  next_name: string | null;
  need: string | null;
  fields: Record<string, unknown>;
  involved: number[];
};

/** Whose customers: her own as a consultant, otherwise those she is accountable for. */
function whose(ctx: Context, who: "mine" | "all"): Prisma.Sql {
  if (who === "all") return Prisma.sql`true`;
  return ctx.roles.includes("osc")
    ? Prisma.sql`j.osc_id = ${ctx.memberId}::uuid`
    : Prisma.sql`j.accountable_id = ${ctx.memberId}::uuid`;
}

/** Whether the counters alone say how many: she sees everything, and "mine" is what she is the consultant of. */
function isCounted(ctx: Context, who: "mine" | "all"): boolean {
  return seesEverything(ctx) && (who === "all" || ctx.roles.includes("osc"));
}

/**
 * Every place where somebody stands and how many do: from the counters when they say it, otherwise from the journeys this
 * member may see, read once and never more than a fixed number of them.
 */
function places(ctx: Context, who: "mine" | "all"): Prisma.Sql {
  if (!isCounted(ctx, who)) {
    return Prisma.sql`seen as materialized (
        select j.id, j.stage_id, j.accountable_spoke_id, j.entered_stage_at, j.off_track_since from journeys j
        where j.workspace_id = ${ctx.workspaceId}::uuid and j.status in ${open} and ${whose(ctx, who)} and ${visibleJourneys(ctx)}
        order by j.entered_stage_at limit ${seenAtMost}),
      places as (select stage_id, accountable_spoke_id as spoke_id, count(*)::int as count,
        (count(*) filter (where off_track_since is not null))::int as off_track from seen group by 1, 2)`;
  }
  const mine = who === "mine" ? Prisma.sql`and jc.osc_id = ${ctx.memberId}::uuid` : Prisma.empty;
  return Prisma.sql`places as (
    select jc.stage_id, jc.accountable_spoke_id as spoke_id, sum(jc.count)::int as count,
      coalesce(sum(jc.count) filter (where jc.is_off_track), 0)::int as off_track
    from journey_counts jc where jc.workspace_id = ${ctx.workspaceId}::uuid and jc.status in ${open} ${mine}
    group by 1, 2 having sum(jc.count) > 0)`;
}

/** The template whose stages are the columns: the one asked for, else the default. */
function chosenTemplate(ctx: Context, { by, template }: BoardFilter): Prisma.Sql {
  if (by === "spoke") return Prisma.sql`null::uuid`;
  return template
    ? Prisma.sql`${template}::uuid`
    : Prisma.sql`(select id from journey_templates where workspace_id = ${ctx.workspaceId}::uuid and is_default)`;
}

async function readStructure(ctx: Context, filter: BoardFilter, who: "mine" | "all"): Promise<Structure> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<Structure[]>`
    with ${places(ctx, who)},
    shown_templates as (
      select t.id, t.name, t.number, t.status, t.is_default from journey_templates t
      where t.workspace_id = ${w} and (t.status = 'published' or t.id in (
        select s.template_id from stages s join places p on p.stage_id = s.id where s.workspace_id = ${w}))
    )
    select ${chosenTemplate(ctx, filter)} as template_id,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'number', number, 'status', status, 'isDefault', is_default)
        order by is_default desc, status = 'published' desc, name, number desc), '[]') from shown_templates) as templates,
      (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'templateId', s.template_id, 'key', s.key, 'name', s.name,
        'position', s.position, 'spokeId', s.spoke_id, 'entryStatus', s.entry_status, 'p50', s.dwell_p50_days, 'p80', s.dwell_p80_days,
        'allowedNext', s.allowed_next, 'requiredFields', s.required_fields) order by s.template_id, s.position), '[]')
        from stages s join shown_templates t on t.id = s.template_id where s.workspace_id = ${w}) as stages,
      (select jsonb_agg(jsonb_build_object('id', id, 'key', key, 'code', code, 'name', name, 'nameHe', name_he, 'position', position)
        order by position) from spokes where workspace_id = ${w} and archived_at is null) as spokes,
      (select coalesce(jsonb_agg(to_jsonb(places)), '[]') from places) as cells`;
  const structure = rows[0];
  if (!structure) throw new AppError("not_found", "workspace");
  return structure;
}

/** The candidates of each place `c`: its oldest and those off track the longest. */
function candidates(ctx: Context, who: "mine" | "all"): Prisma.Sql {
  const [source, mine] = isCounted(ctx, who)
    ? [
        Prisma.sql`journeys`,
        Prisma.sql`j.workspace_id = ${ctx.workspaceId}::uuid and j.status in ${open} and ${whose(ctx, who)}`,
      ]
    : [Prisma.sql`seen`, Prisma.sql`true`];
  const here = Prisma.sql`${mine} and j.stage_id = c.stage_id and j.accountable_spoke_id = c.spoke_id`;
  return Prisma.sql`
    (select j.id, j.off_track_since, j.entered_stage_at from ${source} j where ${here}
      order by j.entered_stage_at, j.id limit ${shownPerColumn})
    union
    (select j.id, j.off_track_since, j.entered_stage_at from ${source} j where ${here} and j.off_track_since is not null
      order by j.off_track_since, j.id limit ${shownPerColumn})`;
}

/** The rows of every column at once: off track first, then the oldest, twenty of each column. */
function readRows(ctx: Context, filter: BoardFilter, who: "mine" | "all"): Promise<Row[]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const column = filter.by === "stage" ? Prisma.sql`c.stage_id` : Prisma.sql`c.spoke_id`;
  const ofTemplate =
    filter.by === "stage"
      ? Prisma.sql`where exists (select 1 from stages s where s.workspace_id = ${w} and s.id = c.stage_id
          and s.template_id = ${chosenTemplate(ctx, filter)})`
      : Prisma.empty;
  return ctx.db.$queryRaw<Row[]>`
    with ${places(ctx, who)},
    found as (
      select r.id, row_number() over (partition by ${column} order by r.off_track_since is null, r.entered_stage_at, r.id) as place
      from places c cross join lateral (${candidates(ctx, who)}) r
      ${ofTemplate}
    )
    select j.id, j.customer_id, j.version, cu.name, cu.place, j.status, j.template_id, j.stage_id, j.accountable_spoke_id as spoke_id,
      j.entered_stage_at, j.held_minutes, j.hold_started_at, j.off_track_since, j.next_started_at, j.next_due_at, t.name as next_name,
      j.need, j.fields,
      (select coalesce(array_agg(p.position order by p.position), '{}') from journey_spokes js
        join spokes p on p.workspace_id = js.workspace_id and p.id = js.spoke_id
        where js.workspace_id = j.workspace_id and js.journey_id = j.id) as involved
    from found f join journeys j on j.workspace_id = ${w} and j.id = f.id
    join customers cu on cu.workspace_id = j.workspace_id and cu.id = j.customer_id
    left join touchpoints t on t.workspace_id = j.workspace_id and t.journey_id = j.id and t.state in ('planned', 'due')
    where f.place <= ${shownPerColumn}`;
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === "";

function toCard(row: Row, stage: BoardStage | undefined, now: Date): BoardCard {
  const days = activeDays(
    { enteredStageAt: row.entered_stage_at, heldMinutes: row.held_minutes, holdStartedAt: row.hold_started_at },
    now,
  );
  const isClockRunning = row.status !== "on_hold" && row.next_started_at !== null && row.next_due_at !== null;
  return {
    journeyId: row.id,
    customerId: row.customer_id,
    version: row.version,
    name: row.name,
    place: row.place,
    status: row.status,
    templateId: row.template_id,
    stageId: row.stage_id,
    spokeId: row.spoke_id,
    days: Math.round(days * 100) / 100,
    isSlow: stage?.p80 != null && days > stage.p80,
    isOffTrack: row.off_track_since !== null,
    nextName: row.next_name,
    clock:
      isClockRunning && row.next_started_at && row.next_due_at
        ? { startedAt: row.next_started_at.toISOString(), dueAt: row.next_due_at.toISOString() }
        : null,
    involved: row.involved,
    missing: (stage?.requiredFields ?? []).filter((key) => isEmpty(row.fields[key])),
    hasNeed: !isEmpty(row.need),
  };
}

type ColumnFrame = Pick<BoardColumn, "id" | "name" | "spoke" | "p50" | "p80">;

function framesOf({ stages, spokes, template_id }: Structure, by: "stage" | "spoke"): ColumnFrame[] {
  const byId = new Map(spokes.map((spoke) => [spoke.id, spoke]));
  if (by === "spoke") return spokes.map((spoke) => ({ id: spoke.id, name: spoke.name, spoke, p50: null, p80: null }));
  return stages
    .filter((stage) => stage.templateId === template_id)
    .flatMap(({ id, name, spokeId, p50, p80 }) => {
      const spoke = byId.get(spokeId);
      return spoke ? [{ id, name, spoke, p50, p80 }] : [];
    });
}

/** Mine first for whoever is a consultant and leads nobody; everybody's for all others. */
export function boardOwner(ctx: Context, asked: BoardFilter["who"]): "mine" | "all" {
  if (asked) return ctx.memberId ? asked : "all";
  return ctx.memberId && ctx.roles.includes("osc") && !canAs(ctx.roles, "journeys.read", "scope") ? "mine" : "all";
}

/**
 * The board: the stages of a template, or the spokes, each with how many stand there (from counters) and its twenty rows that
 * want a look. Two statements, whatever the size of the workspace. Throws `not_found` for a template that is not here.
 */
export async function getBoard(ctx: Context, filter: BoardFilter): Promise<Board> {
  requirePermission(ctx, "journeys.read");
  const who = boardOwner(ctx, filter.who);
  const [structure, rows] = await Promise.all([readStructure(ctx, filter, who), readRows(ctx, filter, who)]);
  const frames = framesOf(structure, filter.by);
  if (filter.by === "stage" && frames.length === 0) throw new AppError("not_found", "template");
  const stages = new Map(structure.stages.map((stage) => [stage.id, stage]));
  const columnOf = (place: { stage_id: string; spoke_id: string }) =>
    filter.by === "stage" ? place.stage_id : place.spoke_id;
  const columns = frames.map((frame): BoardColumn => {
    const cells = structure.cells.filter((cell) => columnOf(cell) === frame.id);
    const cards = rows
      .filter((row) => columnOf(row) === frame.id)
      .map((row) => toCard(row, stages.get(row.stage_id), ctx.now));
    return {
      ...frame,
      count: cells.reduce((sum, cell) => sum + cell.count, 0),
      offTrack: cells.reduce((sum, cell) => sum + cell.off_track, 0),
      cards: orderCards(cards),
    };
  });
  return {
    by: filter.by,
    who,
    templateId: structure.template_id,
    templates: structure.templates,
    stages: structure.stages,
    spokes: structure.spokes,
    columns,
    total: columns.reduce((sum, { count }) => sum + count, 0),
    canMove: can(ctx.roles, "customers.edit"),
  };
}

/** How many stand in each column, from counters alone: what a funnel needs, in one statement. */
export async function getBoardCounts(ctx: Context, filter: BoardFilter): Promise<BoardCounts> {
  requirePermission(ctx, "journeys.read");
  const who = boardOwner(ctx, filter.who);
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const columns =
    filter.by === "stage"
      ? Prisma.sql`select s.id, s.name, s.position, coalesce(sum(p.count), 0)::int as count, coalesce(sum(p.off_track), 0)::int as "offTrack"
          from stages s left join places p on p.stage_id = s.id
          where s.workspace_id = ${w} and s.template_id = ${chosenTemplate(ctx, filter)} group by s.id, s.name, s.position`
      : Prisma.sql`select s.id, s.name, s.position, coalesce(sum(p.count), 0)::int as count, coalesce(sum(p.off_track), 0)::int as "offTrack"
          from spokes s left join places p on p.spoke_id = s.id
          where s.workspace_id = ${w} and s.archived_at is null group by s.id, s.name, s.position`;
  const rows = await ctx.db.$queryRaw<(BoardCounts["columns"][number] & { position: number })[]>`
    with ${places(ctx, who)} ${columns} order by position`;
  return {
    by: filter.by,
    who,
    columns: rows.map(({ id, name, count, offTrack }) => ({ id, name, count, offTrack })),
    total: rows.reduce((sum, { count }) => sum + count, 0),
  };
}
