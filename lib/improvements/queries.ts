import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { visibleJourneys } from "../journeys/visibility";
import { countTheme } from "../themes/queries";
import { measureOf, windowsOf } from "./rules";
import type { ImprovementRow, ImprovementsInput, ImprovementView, LinkedCase } from "./schema";

type Row = Omit<ImprovementRow, "isLate"> & {
  description: string;
  endedNote: string;
  windowDays: number;
  themeId: string;
};

function readRows(ctx: Context, which: Prisma.Sql, limit: number): Promise<Row[]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return ctx.db.$queryRaw<Row[]>`
    select m.id, m.version, m.cause, coalesce(b.name, h.key) as "causeName", coalesce(nullif(b.name_he, ''), b.name, h.key) as "causeNameHe", h.id as "themeId",
      m.interaction_type as "interactionType", m.title, m.description, m.state, m.owner_id as "ownerId", o.name as "ownerName", m.due_on::text as "dueOn",
      app.iso(m.proposed_at) as "proposedAt", p.name as "proposedByName", app.iso(m.started_at) as "startedAt", app.iso(m.done_at) as "doneAt",
      m.ended_note as "endedNote", m.window_days as "windowDays",
      (select count(*)::int from improvement_cases l where l.workspace_id = ${w} and l.improvement_id = m.id) as cases
    from improvements m join themes h on h.workspace_id = ${w} and h.key = m.cause
    left join lateral (select c.name, c.name_he from codebook_themes c join codebook_versions v on v.workspace_id = ${w} and v.id = c.version_id and v.status = 'published'
      where c.workspace_id = ${w} and c.theme_id = h.id order by v.number desc limit 1) b on true
    left join members o on o.workspace_id = ${w} and o.id = m.owner_id left join members p on p.workspace_id = ${w} and p.id = m.proposed_by_id
    where m.workspace_id = ${w} and ${which}
    order by array_position(array['in_progress', 'accepted', 'proposed', 'done', 'rejected'], m.state), m.due_on, m.id limit ${limit}`;
}

const isStanding = (state: string) => state === "proposed" || state === "accepted" || state === "in_progress";

function rowOf(
  ctx: Context,
  { description: _d, endedNote: _n, windowDays: _w, themeId: _t, ...row }: Row,
): ImprovementRow {
  return { ...row, isLate: isStanding(row.state) && row.dueOn < ctx.now.toISOString().slice(0, 10) };
}

/** Improvements, those under way first, each with owner, date and how many cases stand behind it. */
export async function listImprovements(ctx: Context, { show, limit }: ImprovementsInput): Promise<ImprovementRow[]> {
  requirePermission(ctx, "reports.read");
  const standing = Prisma.sql`m.state in ('proposed', 'accepted', 'in_progress')`;
  const which = show === "all" ? Prisma.sql`true` : show === "open" ? standing : Prisma.sql`not ${standing}`;
  const rows = await readRows(ctx, which, limit);
  return rows.map((row) => rowOf(ctx, row));
}

/** The cases behind an improvement; customers only for who may see them. */
function readLinked(ctx: Context, id: string): Promise<LinkedCase[]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const visible = Prisma.sql`exists (select from journeys j where j.workspace_id = ${w} and j.customer_id = i.customer_id and ${visibleJourneys(ctx)})`;
  return ctx.db.$queryRaw<LinkedCase[]>`
    select c.id, case when ${visible} then i.customer_id end as "customerId", case when ${visible} then u.name end as "customerName", i.medium, i.type,
      app.iso(c.opened_at) as "openedAt", c.state, case when ${visible} then c.outcome else '' end as outcome
    from improvement_cases l join recovery_cases c on c.workspace_id = ${w} and c.id = l.case_id
    join interactions i on i.workspace_id = ${w} and i.id = c.interaction_id join customers u on u.workspace_id = ${w} and u.id = i.customer_id
    where l.workspace_id = ${w} and l.improvement_id = ${id}::uuid order by c.opened_at desc, c.id limit 200`;
}

/**
 * One improvement with its cases and its measure: the share of comments that speak ill of its cause, before it began and after
 * it was done. Throws `not_found`.
 */
export async function getImprovement(ctx: Context, { id }: { id: string }): Promise<ImprovementView> {
  requirePermission(ctx, "reports.read");
  if (!isId(id)) throw new AppError("not_found", "improvement");
  const [row] = await readRows(ctx, Prisma.sql`m.id = ${id}::uuid`, 1);
  if (!row) throw new AppError("not_found", "improvement");
  const { before, after } = windowsOf(
    {
      startedAt: row.startedAt ? new Date(row.startedAt) : null,
      doneAt: row.doneAt ? new Date(row.doneAt) : null,
      windowDays: row.windowDays,
    },
    ctx.now,
  );
  const of = { key: row.cause, type: row.interactionType };
  const [linked, countBefore, countAfter] = await Promise.all([
    readLinked(ctx, id),
    countTheme(ctx, { ...of, ...before }),
    after ? countTheme(ctx, { ...of, ...after }) : null,
  ]);
  const mayLead = canAs(ctx.roles, "improvements.edit", "yes");
  return {
    ...rowOf(ctx, row),
    ...{ description: row.description, endedNote: row.endedNote, themeId: row.themeId, windowDays: row.windowDays },
    measure: {
      ...measureOf(countBefore, countAfter),
      beforeFrom: before.from.toISOString(),
      beforeUntil: before.until.toISOString(),
      afterFrom: after?.from.toISOString() ?? null,
      afterUntil: after?.until.toISOString() ?? null,
    },
    linked,
    mayLead,
    mayMove:
      mayLead || (row.ownerId !== null && row.ownerId === ctx.memberId && canAs(ctx.roles, "improvements.edit", "own")),
  };
}
