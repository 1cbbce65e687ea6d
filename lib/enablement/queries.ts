import { can, canAs, requirePermission } from "../auth/permissions";
import { isRole, type Role } from "../auth/roles";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { Prisma } from "../generated/prisma/client";
import { readRanking } from "./ranking";
import { coverRoles, type PersonRating, proposeAssignments } from "./rules";
import { latestEffects } from "./runs";
import type {
  AssignmentState,
  AssignmentsInput,
  AssignmentView,
  EnablementBoard,
  EnablementInput,
  ItemView,
  OwnAssignment,
} from "./schema";

const half = 26 * 7 * 86_400_000;

/** The members whom a manager of one team looks at; everybody for the others. */
const ofMyPeople = (ctx: Context, column: Prisma.Sql) =>
  ctx.teamId
    ? Prisma.sql`${column} in (select tm.id from members tm where tm.workspace_id = ${ctx.workspaceId}::uuid and tm.team_id = ${ctx.teamId}::uuid)`
    : Prisma.sql`true`;

type ItemRow = Omit<ItemView, "startedAt"> & { startedAt: Date | null };

/** Everything in use that makes people able, by the moment it is for. */
export async function listItems(ctx: Context, { type }: EnablementInput = {}): Promise<ItemView[]> {
  requirePermission(ctx, "views.use");
  const rows = await ctx.db.$queryRaw<ItemRow[]>`
    select e.id, e.kind, e.name, e.name_he as "nameHe", e.content, e.content_he as "contentHe", e.moment_id as "momentId", d.name as "momentName",
      d.name_he as "momentNameHe", d.interaction_type as "interactionType", e.role, e.selection, e.weeks, e.started_at as "startedAt", e.version,
      (select count(*)::int from enablement_assignments a where a.workspace_id = e.workspace_id and a.item_id = e.id and a.state <> 'waived') as assigned,
      (select count(*)::int from enablement_assignments a where a.workspace_id = e.workspace_id and a.item_id = e.id and a.completed_at is not null) as completed
    from enablement_items e join defining_moments d on d.workspace_id = e.workspace_id and d.id = e.moment_id
    where e.workspace_id = ${ctx.workspaceId}::uuid and e.archived_at is null ${type ? Prisma.sql`and d.interaction_type = ${type}` : Prisma.empty}
    order by d.interaction_type, d.position, e.created_at, e.id limit 500`;
  return rows.map((row) => ({ ...row, startedAt: row.startedAt?.toISOString() ?? null }));
}

type AssignmentRow = Omit<OwnAssignment, "assignedAt" | "dueAt" | "completedAt" | "verifiedAt"> & {
  assignedAt: Date;
  dueAt: Date;
  completedAt: Date | null;
  verifiedAt: Date | null;
};

/** Assignments under a condition, by when they are due; notes are no part of what any of these reads. */
function readAssignments(ctx: Context, which: Prisma.Sql, most: number): Promise<AssignmentRow[]> {
  return ctx.db.$queryRaw<AssignmentRow[]>`
    select a.id, a.item_id as "itemId", e.name as "itemName", e.name_he as "itemNameHe", e.kind as "itemKind", d.interaction_type as "interactionType",
      a.member_id as "memberId", m.name as "memberName", a.coach_id as "coachId", c.name as "coachName", a.reason, a.state, a.assigned_at as "assignedAt",
      a.due_at as "dueAt", a.completed_at as "completedAt", a.verified_at as "verifiedAt", a.version, e.content, e.content_he as "contentHe"
    from enablement_assignments a
    join enablement_items e on e.workspace_id = a.workspace_id and e.id = a.item_id
    join defining_moments d on d.workspace_id = e.workspace_id and d.id = e.moment_id
    join members m on m.workspace_id = a.workspace_id and m.id = a.member_id
    left join members c on c.workspace_id = a.workspace_id and c.id = a.coach_id
    where a.workspace_id = ${ctx.workspaceId}::uuid and ${which} order by a.due_at desc, a.id desc limit ${most}`;
}

const ownOf = (row: AssignmentRow): OwnAssignment => ({
  ...row,
  assignedAt: row.assignedAt.toISOString(),
  dueAt: row.dueAt.toISOString(),
  completedAt: row.completedAt?.toISOString() ?? null,
  verifiedAt: row.verifiedAt?.toISOString() ?? null,
});

const viewOf = (row: AssignmentRow): AssignmentView => {
  const { content: _words, contentHe: _wordsHe, ...view } = ownOf(row);
  return view;
};

/** What I was given and what I coach, with the words of each item. */
export async function listOwnAssignments(ctx: Context): Promise<OwnAssignment[]> {
  requirePermission(ctx, "views.use");
  if (!ctx.memberId) return [];
  const rows = await readAssignments(
    ctx,
    Prisma.sql`e.archived_at is null and ${ctx.memberId}::uuid in (a.member_id, a.coach_id)`,
    100,
  );
  return rows.map(ownOf);
}

/** Assignments by cursor, the latest due first: everybody's for who assigns, one's own for the others. */
export async function listAssignments(
  ctx: Context,
  { memberId, limit, cursor }: AssignmentsInput,
): Promise<{ data: AssignmentView[]; nextCursor: string | null }> {
  requirePermission(ctx, "views.use");
  const whose = can(ctx.roles, "enablement.assign")
    ? ofMyPeople(ctx, Prisma.sql`a.member_id`)
    : Prisma.sql`a.member_id = ${ctx.memberId}::uuid`;
  const from = decodeCursor(cursor);
  const rows = await readAssignments(
    ctx,
    Prisma.sql`${whose} ${memberId ? Prisma.sql`and a.member_id = ${memberId}::uuid` : Prisma.empty}
      ${from ? Prisma.sql`and (a.due_at, a.id) < (${from.at}, ${from.id}::uuid)` : Prisma.empty}`,
    limit + 1,
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last;
  return { data: page.map(viewOf), nextCursor: more ? encodeCursor({ at: last.dueAt, id: last.id }) : null };
}

/** Somebody's rated contacts of the last half year by type, from the counters. */
function readRatings(ctx: Context, type: string | null): Promise<PersonRating[]> {
  const since = new Date(ctx.now.getTime() - half).toISOString().slice(0, 10);
  return ctx.db.$queryRaw<PersonRating[]>`
    select c.type, c.agent_id as "memberId", m.name, m.spoke_id as "teamId", coalesce(s.name, '') as "teamName", coalesce(s.name_he, '') as "teamNameHe",
      sum(c.n)::int as n, sum(c.k)::int as k
    from experience_counts c
    join members m on m.workspace_id = c.workspace_id and m.id = c.agent_id and m.status = 'active'
    left join spokes s on s.workspace_id = m.workspace_id and s.id = m.spoke_id
    where c.workspace_id = ${ctx.workspaceId}::uuid and c.week >= ${since}::date and ${ofMyPeople(ctx, Prisma.sql`c.agent_id`)}
      ${type ? Prisma.sql`and c.type = ${type}` : Prisma.empty}
    group by 1, 2, 3, 4, 5, 6 order by c.type, m.name, 2 limit 2000`;
}

type Held = { itemId: string; memberId: string; state: AssignmentState };
type Frame = {
  roles: string[];
  types: string[];
  holders: { memberId: string; name: string; roles: string[] }[];
  held: Held[];
};

/** The roles that answer for moments, who holds them, and who was given what. */
async function readFrame(ctx: Context, type: string | null): Promise<Frame> {
  const [row] = await ctx.db.$queryRaw<Frame[]>`
    select (select coalesce(array_agg(distinct d.responsible_role), '{}') from defining_moments d where d.workspace_id = ${ctx.workspaceId}::uuid
        and d.archived_at is null and d.responsible_role is not null and (${type}::text is null or d.interaction_type = ${type}::text)) as roles,
      (select coalesce(array_agg(distinct d.interaction_type), '{}') from defining_moments d where d.workspace_id = ${ctx.workspaceId}::uuid and d.archived_at is null) as types,
      (select coalesce(jsonb_agg(jsonb_build_object('memberId', m.id, 'name', m.name, 'roles', m.roles) order by m.name, m.id), '[]') from members m
        where m.workspace_id = ${ctx.workspaceId}::uuid and m.status = 'active' and ${ofMyPeople(ctx, Prisma.sql`m.id`)}) as holders,
      (select coalesce(jsonb_agg(jsonb_build_object('itemId', a.item_id, 'memberId', a.member_id, 'state', a.state)), '[]') from enablement_assignments a
        where a.workspace_id = ${ctx.workspaceId}::uuid) as held`;
  return row ?? { roles: [], types: [], holders: [], held: [] };
}

const order = (a: Role, b: Role) => (a < b ? -1 : 1);

/**
 * Everything a manager asks about enablement: what to train first, which roles are not enabled, whether it worked. The
 * manager of one team sees her people. Reads finished runs and counters; computes no statistics of its own size.
 */
export async function getEnablement(ctx: Context, input: EnablementInput): Promise<EnablementBoard> {
  requirePermission(ctx, "scores.read", "scope");
  const type = input.type || null;
  const [items, frame, ratings, ranking, effects, assignments] = await Promise.all([
    listItems(ctx, input),
    readFrame(ctx, type),
    readRatings(ctx, type),
    readRanking(ctx, type),
    latestEffects(ctx),
    readAssignments(
      ctx,
      Prisma.sql`e.archived_at is null and ${ofMyPeople(ctx, Prisma.sql`a.member_id`)} ${type ? Prisma.sql`and d.interaction_type = ${type}` : Prisma.empty}`,
      200,
    ),
  ]);
  const shown = new Set(items.map(({ id }) => id));
  const { held } = frame;
  return {
    type,
    types: [...frame.types].sort(),
    items,
    coverage: coverRoles(frame.roles.filter(isRole).sort(order), { holders: frame.holders, items, held }),
    ranking: ranking?.source ?? null,
    proposals: ranking
      ? proposeAssignments(ranking.drivers, { items, held, ratings, target: ranking.source.target })
      : [],
    effects: effects ? { ...effects, items: effects.items.filter(({ itemId }) => shown.has(itemId)) } : null,
    assignments: assignments.map(viewOf),
  };
}

/** A screen for everybody: one's own, and the board for who may see it. */
export async function getEnablementScreen(
  ctx: Context,
  input: EnablementInput,
): Promise<{ board: EnablementBoard | null; own: OwnAssignment[]; canAssign: boolean; memberId: string | null }> {
  const canAssign = can(ctx.roles, "enablement.assign");
  const isManager = canAs(ctx.roles, "scores.read", "scope");
  const [own, board] = await Promise.all([listOwnAssignments(ctx), isManager ? getEnablement(ctx, input) : null]);
  return { own, board, canAssign, memberId: ctx.memberId };
}
