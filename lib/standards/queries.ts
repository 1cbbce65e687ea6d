import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { diffOf, lintStandard } from "./rules";
import type { CriterionView, StandardVersionView, StandardView, VersionSummary } from "./schema";

type VersionRow = VersionSummary & {
  version: number;
  standardId: string;
  medium: string;
  interactionType: string | null;
  retiredAt: string | null;
  isInForce: boolean;
};

function readVersions(ctx: Context, which: Prisma.Sql): Promise<VersionRow[]> {
  return ctx.db.$queryRaw<VersionRow[]>`
    select v.id, v.number, v.status, v.pass_mark as "passMark", app.iso(v.effective_from) as "effectiveFrom", app.iso(v.published_at) as "publishedAt",
      m.name as "publishedByName", v.version, s.id as "standardId", s.medium, s.interaction_type as "interactionType", app.iso(s.retired_at) as "retiredAt",
      (select count(*)::int from standard_criteria c where c.workspace_id = v.workspace_id and c.version_id = v.id) as criteria,
      (select count(*)::int from (select 1 from evaluations e where e.workspace_id = v.workspace_id and e.version_id = v.id limit 1000) newest) as evaluated,
      v.status = 'published' and v.effective_from <= ${ctx.now} and not exists (
        select from standard_versions n where n.workspace_id = v.workspace_id and n.standard_id = v.standard_id and n.status = 'published'
          and n.effective_from <= ${ctx.now} and (n.effective_from, n.number) > (v.effective_from, v.number)) as "isInForce"
    from standards s join standard_versions v on v.workspace_id = s.workspace_id and v.standard_id = s.id
    left join members m on m.workspace_id = v.workspace_id and m.id = v.published_by_id
    where s.workspace_id = ${ctx.workspaceId}::uuid and ${which}
    order by s.medium, s.interaction_type nulls first, v.number desc limit 1000`;
}

const summaryOf = ({
  id,
  number,
  status,
  passMark,
  effectiveFrom,
  publishedAt,
  ...row
}: VersionRow): VersionSummary => ({
  id,
  number,
  status,
  passMark,
  effectiveFrom,
  publishedAt,
  publishedByName: row.publishedByName,
  criteria: row.criteria,
  evaluated: row.evaluated,
});

function standardOf(first: VersionRow, rows: readonly VersionRow[]): StandardView {
  return {
    id: first.standardId,
    medium: first.medium,
    interactionType: first.interactionType,
    retiredAt: first.retiredAt,
    inForceId: first.retiredAt ? null : (rows.find(({ isInForce }) => isInForce)?.id ?? null),
    draftId: rows.find(({ status }) => status === "draft")?.id ?? null,
    versions: rows.map(summaryOf),
  };
}

/** Every standard with its versions, by medium, that of the medium alone first. `evaluated` stops counting at 1,000. */
export async function listStandards(ctx: Context): Promise<StandardView[]> {
  requirePermission(ctx, "views.use");
  const groups = new Map<string, VersionRow[]>();
  for (const row of await readVersions(ctx, Prisma.sql`true`))
    groups.set(row.standardId, [...(groups.get(row.standardId) ?? []), row]);
  return [...groups.values()].flatMap((rows) => (rows[0] ? [standardOf(rows[0], rows)] : []));
}

/** One standard with its versions, newest first. Throws `not_found`. */
export async function getStandard(ctx: Context, id: string): Promise<StandardView> {
  requirePermission(ctx, "views.use");
  if (!isId(id)) throw new AppError("not_found", "standard");
  const rows = await readVersions(ctx, Prisma.sql`s.id = ${id}::uuid`);
  if (!rows[0]) throw new AppError("not_found", "standard");
  return standardOf(rows[0], rows);
}

/** The criteria of a version in order. */
export async function readCriteria(ctx: Context, versionId: string): Promise<CriterionView[]> {
  return ctx.db.$queryRaw<CriterionView[]>`
    select c.id, c.name, c.name_he as "nameHe", c.weight, c.kind, c.rule, c.threshold, c.critical, c.moment_id as "momentId",
      d.name as "momentName", d.name_he as "momentNameHe", c.responsible_role as "responsibleRole"
    from standard_criteria c left join defining_moments d on d.workspace_id = c.workspace_id and d.id = c.moment_id
    where c.workspace_id = ${ctx.workspaceId}::uuid and c.version_id = ${versionId}::uuid order by c.position`;
}

/** One version with its criteria; a draft also with what it lacks and what it changes. Throws `not_found`. */
export async function getStandardVersion(ctx: Context, id: string): Promise<StandardVersionView> {
  requirePermission(ctx, "views.use");
  if (!isId(id)) throw new AppError("not_found", "standard_version");
  const rows = await readVersions(
    ctx,
    Prisma.sql`s.id = (select standard_id from standard_versions where workspace_id = ${ctx.workspaceId}::uuid and id = ${id}::uuid)`,
  );
  const row = rows.find((each) => each.id === id);
  if (!row) throw new AppError("not_found", "standard_version");
  const { version, standardId, medium, interactionType } = row;
  const criterionList = await readCriteria(ctx, id);
  const view = { ...summaryOf(row), version, standardId, medium, interactionType, criterionList };
  if (row.status === "published") return { ...view, issues: [], diff: null };
  const draft = { passMark: row.passMark, criteria: criterionList };
  const before = rows.find(({ status }) => status === "published");
  return {
    ...view,
    issues: lintStandard(draft),
    diff: before ? diffOf({ passMark: before.passMark, criteria: await readCriteria(ctx, before.id) }, draft) : null,
  };
}
