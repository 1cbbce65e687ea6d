import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { enqueue, record, transaction } from "../transaction";
import { keyOf, lintCodebook, planEdit } from "./rules";
import type {
  CodebookKey,
  CodebookState,
  CodebookTheme,
  CodebookView,
  PublishCodebook,
  SaveCodebook,
  ThemeInput,
} from "./schema";

type VersionRow = Omit<CodebookView, "issues" | "themes"> & { themes: CodebookTheme[] };

function readVersions(ctx: Context, which: Prisma.Sql): Promise<VersionRow[]> {
  return ctx.db.$queryRaw<VersionRow[]>`
    select v.id, v.number, v.status, app.iso(v.published_at) as "publishedAt", m.name as "publishedByName", v.version,
      (select coalesce(json_agg(json_build_object('themeId', c.theme_id, 'key', t.key, 'name', c.name, 'nameHe', c.name_he, 'definition', c.definition,
        'words', c.words, 'wordsHe', c.words_he) order by c.position), '[]') from codebook_themes c
        join themes t on t.workspace_id = c.workspace_id and t.id = c.theme_id where c.workspace_id = v.workspace_id and c.version_id = v.id) as themes
    from codebook_versions v left join members m on m.workspace_id = v.workspace_id and m.id = v.published_by_id
    where v.workspace_id = ${ctx.workspaceId}::uuid and ${which} order by v.number desc limit 1`;
}

const viewOf = (row: VersionRow): CodebookView => ({
  ...row,
  issues: row.status === "draft" ? lintCodebook(row.themes) : [],
});

/** The codebook in force: the newest that was published. For whoever tags; asks no permission. */
export async function codebookInForce(ctx: Context): Promise<CodebookView> {
  const [row] = await readVersions(ctx, Prisma.sql`v.status = 'published'`);
  if (!row) throw new AppError("not_found", "codebook");
  return viewOf(row);
}

/** One version as it stood. Throws `not_found`. */
export async function codebookVersion(ctx: Context, id: string): Promise<CodebookView> {
  const [row] = await readVersions(ctx, Prisma.sql`v.id = ${id}::uuid`);
  if (!row) throw new AppError("not_found", "codebook");
  return viewOf(row);
}

/** The codebook in force, the draft of the next one, and every version's number and date. */
export async function getCodebook(ctx: Context): Promise<CodebookState> {
  requirePermission(ctx, "views.use");
  const [inForce, [draft], versions] = await Promise.all([
    codebookInForce(ctx),
    readVersions(ctx, Prisma.sql`v.status = 'draft'`),
    ctx.db.$queryRaw<CodebookState["versions"]>`
      select v.id, v.number, v.status, app.iso(v.published_at) as "publishedAt",
        (select count(*)::int from codebook_themes c where c.workspace_id = v.workspace_id and c.version_id = v.id) as themes
      from codebook_versions v where v.workspace_id = ${ctx.workspaceId}::uuid order by v.number desc limit 100`,
  ]);
  return { inForce, draft: draft ? viewOf(draft) : null, versions };
}

async function insertThemes(ctx: Context, versionId: string, themes: readonly CodebookTheme[]): Promise<void> {
  const { workspaceId } = ctx;
  await ctx.db.codebookTheme.createMany({
    data: themes.map(({ key: _key, ...theme }, position) => ({ ...theme, position, workspaceId, versionId })),
  });
}

/** Begins a draft as a copy of the codebook in force. Throws `conflict` `draft_exists` with the draft's id. */
export async function draftCodebook(ctx: Context): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "standards.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const known = await ctx.db.codebookVersion.findFirst({ where: { workspaceId, status: "draft" } });
    if (known) throw new AppError("conflict", "draft_exists", { current: { id: known.id } });
    const source = await codebookInForce(ctx);
    const id = newId();
    await ctx.db.codebookVersion.create({
      data: { workspaceId, id, number: source.number + 1, createdAt: ctx.now },
    });
    await insertThemes(ctx, id, source.themes);
    record(ctx, "codebook.drafted", { subject: `codebook_version:${id}`, detail: { fromId: source.id } });
    return { id, version: 1 };
  });
}

type KnownTheme = { id: string; key: string; isPublished: boolean };

const readThemes = (ctx: Context) => ctx.db.$queryRaw<KnownTheme[]>`
  select t.id, t.key, exists (select from codebook_themes c join codebook_versions v on v.workspace_id = t.workspace_id and v.id = c.version_id
    where c.workspace_id = t.workspace_id and c.theme_id = t.id and v.status = 'published') as "isPublished"
  from themes t where t.workspace_id = ${ctx.workspaceId}::uuid`;

/**
 * Gives every theme of a draft its lasting id and key; a new one gets both, the same ones again when the draft is saved again.
 * Throws `not_found` for an id that is no theme here, `invalid` when one is named twice.
 */
async function settleThemes(ctx: Context, inputs: readonly ThemeInput[]): Promise<CodebookTheme[]> {
  const { workspaceId } = ctx;
  const known = await readThemes(ctx);
  const named = inputs.flatMap(({ themeId }) => themeId ?? []);
  if (named.some((id) => !known.some((theme) => theme.id === id))) throw new AppError("not_found", "theme");
  if (new Set(named).size < named.length) throw new AppError("invalid", "input", { fields: { themes: "duplicate" } });
  const taken = new Set(known.filter(({ id, isPublished }) => isPublished || named.includes(id)).map(({ key }) => key));
  const fresh: { workspaceId: string; id: string; key: string; createdAt: Date }[] = [];
  const settled = inputs.map(({ themeId, key: wanted, ...rest }): CodebookTheme => {
    const standing = known.find(({ id }) => id === themeId);
    if (standing) return { themeId: standing.id, key: standing.key, ...rest };
    const key = keyOf(wanted ?? rest.name, taken);
    taken.add(key);
    const earlier = known.find((theme) => theme.key === key);
    const id = earlier?.id ?? newId();
    if (!earlier) fresh.push({ workspaceId, id, key, createdAt: ctx.now });
    return { themeId: id, key, ...rest };
  });
  await insertRows(ctx, "themes", fresh);
  return settled;
}

async function loadDraft(ctx: Context, id: string): Promise<VersionRow> {
  const [row] = await readVersions(ctx, Prisma.sql`v.id = ${id}::uuid`);
  if (!row) throw new AppError("not_found", "codebook");
  enforce(planEdit(row.status));
  return row;
}

/** Saves a draft as a whole, complete or not. Throws `refused` for a published version, `conflict` on a stale one. */
export async function saveCodebook(ctx: Context, input: SaveCodebook): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "standards.edit");
  const { id, version } = input;
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const before = await loadDraft(ctx, id);
    const { count } = await ctx.db.codebookVersion.updateMany({
      where: { workspaceId, id, version, status: "draft" },
      data: { version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "version", { current: { version: before.version } });
    const themes = await settleThemes(ctx, input.themes);
    await ctx.db.codebookTheme.deleteMany({ where: { workspaceId, versionId: id } });
    await insertThemes(ctx, id, themes);
    record(ctx, "codebook.saved", {
      subject: `codebook_version:${id}`,
      detail: { before: before.themes, after: themes },
    });
    return { id, version: version + 1 };
  });
}

/**
 * Publishes a draft: comments are tagged by it from now on, and those of before are read again by its rules in a job. From
 * then on it never changes. Throws `refused` `codebook_incomplete` with what it lacks.
 */
export async function publishCodebook(
  ctx: Context,
  { id, version }: PublishCodebook,
): Promise<{ id: string; number: number }> {
  requirePermission(ctx, "standards.edit");
  return transaction(ctx, async (ctx) => {
    const draft = await loadDraft(ctx, id);
    const issues = lintCodebook(draft.themes);
    if (issues.length > 0)
      throw new AppError("refused", "codebook_incomplete", {
        fields: Object.fromEntries(issues.map(({ path, reason }) => [path, reason])),
      });
    const { count } = await ctx.db.codebookVersion.updateMany({
      where: { workspaceId: ctx.workspaceId, id, version, status: "draft" },
      data: {
        status: "published",
        effectiveFrom: ctx.now,
        publishedAt: ctx.now,
        publishedById: ctx.memberId,
        version: { increment: 1 },
      },
    });
    if (count === 0) throw new AppError("conflict", "version", { current: { version: draft.version } });
    const { number } = draft;
    enqueue(ctx, "themes.retag", { versionId: id }, { key: "themes.retag" });
    record(ctx, "codebook.published", { subject: `codebook_version:${id}`, detail: { number }, data: { number } });
    return { id, number };
  });
}

/** Throws a draft away. Throws `refused` for what was published: comments were tagged by it. */
export async function discardCodebook(ctx: Context, { id }: CodebookKey): Promise<void> {
  requirePermission(ctx, "standards.edit");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { number } = await loadDraft(ctx, id);
    await ctx.db.codebookTheme.deleteMany({ where: { workspaceId, versionId: id } });
    await ctx.db.codebookVersion.deleteMany({ where: { workspaceId, id, status: "draft" } });
    record(ctx, "codebook.discarded", { subject: `codebook_version:${id}`, detail: { number } });
  });
}
