import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { impactOf, lintTemplate } from "./rules";
import type { TemplateSpoke, TemplateStageView, TemplateSummary, TemplateView } from "./schema";

const open = Prisma.sql`('pre_lead', 'active', 'nurture', 'won', 'on_hold')`;

type SummaryRow = {
  id: string;
  key: string;
  name: string;
  number: number;
  status: TemplateSummary["status"];
  is_default: boolean;
  published_at: Date | null;
  version: number;
  stages: number;
  running: number;
};

function readSummaries(ctx: Context, which: Prisma.Sql): Promise<SummaryRow[]> {
  return ctx.db.$queryRaw<SummaryRow[]>`
    select t.id, t.key, t.name, t.number, t.status, t.is_default, t.published_at, t.version,
      (select count(*)::int from stages s where s.workspace_id = t.workspace_id and s.template_id = t.id) as stages,
      (select coalesce(sum(jc.count), 0)::int from journey_counts jc join stages s on s.workspace_id = jc.workspace_id and s.id = jc.stage_id
        where jc.workspace_id = t.workspace_id and s.template_id = t.id and jc.status in ${open}) as running
    from journey_templates t where t.workspace_id = ${ctx.workspaceId}::uuid and ${which}
    order by t.is_default desc, t.name, t.key, t.number desc limit 200`;
}

const toSummary = ({ is_default, published_at, ...row }: SummaryRow): TemplateSummary => ({
  ...row,
  isDefault: is_default,
  publishedAt: published_at?.toISOString() ?? null,
});

/** Every version of every template with how many open journeys run on it (from counters), the default's first. */
export async function listTemplates(ctx: Context): Promise<TemplateSummary[]> {
  requirePermission(ctx, "journeys.read");
  return (await readSummaries(ctx, Prisma.sql`true`)).map(toSummary);
}

/** The departments that are not archived, the hub first. */
export async function listTemplateSpokes(ctx: Context): Promise<TemplateSpoke[]> {
  return ctx.db.spoke.findMany({
    where: { workspaceId: ctx.workspaceId, archivedAt: null },
    select: { id: true, key: true, code: true, name: true, nameHe: true, position: true },
    orderBy: { position: "asc" },
  });
}

/** The stages of a version in order, as the editor holds them. */
export async function readStages(ctx: Context, templateId: string): Promise<TemplateStageView[]> {
  const rows = await ctx.db.stage.findMany({
    where: { workspaceId: ctx.workspaceId, templateId },
    orderBy: { position: "asc" },
    omit: { workspaceId: true, templateId: true },
  });
  return rows as unknown as TemplateStageView[];
}

type Running = {
  id: string;
  key: string;
  number: number;
  is_default: boolean;
  stage_key: string | null;
  count: number;
};

/** The version that publishing would replace, with its open journeys by the key of their stage. */
async function readReplaced(ctx: Context, key: string) {
  const rows = await ctx.db.$queryRaw<Running[]>`
    select t.id, t.key, t.number, t.is_default, s.key as stage_key, coalesce(sum(jc.count), 0)::int as count
    from journey_templates t
    join stages s on s.workspace_id = t.workspace_id and s.template_id = t.id
    left join journey_counts jc on jc.workspace_id = s.workspace_id and jc.stage_id = s.id and jc.status in ${open}
    where t.workspace_id = ${ctx.workspaceId}::uuid and t.key = ${key} and t.status = 'published'
    group by t.id, t.key, t.number, t.is_default, s.key`;
  const first = rows[0];
  return {
    replaces: first ? { id: first.id, number: first.number, isDefault: first.is_default } : null,
    running: Object.fromEntries(rows.flatMap((row) => (row.stage_key ? [[row.stage_key, row.count]] : []))),
  };
}

/** The one version in full; a draft also with what is wrong with it and what publishing it would change. Throws `not_found`. */
export async function getTemplate(ctx: Context, id: string): Promise<TemplateView> {
  requirePermission(ctx, "journeys.read");
  if (!isId(id)) throw new AppError("not_found", "template");
  const [summaries, stageList, spokes] = await Promise.all([
    readSummaries(ctx, Prisma.sql`(t.id = ${id}::uuid or t.status = 'draft')`),
    readStages(ctx, id),
    listTemplateSpokes(ctx),
  ]);
  const row = summaries.find((each) => each.id === id);
  if (!row) throw new AppError("not_found", "template");
  const draft = summaries.find((each) => each.key === row.key && each.status === "draft");
  const view = { ...toSummary(row), stageList, spokes, draftId: draft?.id ?? null };
  if (row.status !== "draft") return { ...view, issues: [], impact: null };
  const facts = await readReplaced(ctx, row.key);
  const before = facts.replaces ? await readStages(ctx, facts.replaces.id) : [];
  return {
    ...view,
    issues: lintTemplate({ name: row.name, stages: stageList }, spokes),
    impact: impactOf(before, stageList, facts),
  };
}
