import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId, newId } from "../identifiers";
import { ofMyTeam } from "../reports/queries";
import { enqueue, nothingChanged, record, transaction } from "../transaction";
import { codebookInForce } from "./codebook";
import { findThemes, type ThemeWords } from "./matching";
import { polarityOf } from "./rules";
import type { CodebookView, Polarity, TagComment, UntagComment } from "./schema";

type Comment = { id: string; comment: string; class: Polarity | null; answered_at: Date };
type Standing = {
  response_id: string;
  theme_id: string;
  version_id: string;
  source: string;
  removed: boolean;
  by_hand: boolean;
};

/** How many comments are read again in one transaction. */
const batch = 500;

const wordsOf = ({ themes }: CodebookView): ThemeWords[] =>
  themes.map(({ themeId, words, wordsHe }) => ({ themeId, words: [...words, ...wordsHe] }));

/**
 * Tags comments by the rules of the codebook. What a person tagged or took off stays as she said; what a rule of an earlier
 * version found and this one does not is taken off. Running it again, or twice at once, changes nothing. Answers how many tags it changed.
 */
async function tagByRule(ctx: Context, codebook: CodebookView, comments: readonly Comment[]): Promise<number> {
  if (comments.length === 0) return 0;
  const { workspaceId } = ctx;
  const ids = comments.map(({ id }) => id);
  const standing = await ctx.db.$queryRaw<Standing[]>`
    select response_id, theme_id, version_id, source, removed_at is not null as removed, (source = 'human' or removed_by_id is not null) as by_hand
    from comment_tags where workspace_id = ${workspaceId}::uuid and response_id = any(${ids}::uuid[])`;
  const known = new Map<string, Standing[]>();
  for (const tag of standing) known.set(tag.response_id, [...(known.get(tag.response_id) ?? []), tag]);
  const words = wordsOf(codebook);
  const fresh: { id: string; responseId: string; themeId: string; polarity: Polarity; matched: string }[] = [];
  const stale: Prisma.Sql[] = [];
  for (const { id: responseId, comment, class: found } of comments) {
    const before = known.get(responseId) ?? [];
    const themes = findThemes(comment, words);
    for (const { themeId, matched } of themes) {
      if (before.some((tag) => tag.theme_id === themeId && (!tag.removed || tag.by_hand))) continue;
      fresh.push({ id: newId(), responseId, themeId, polarity: polarityOf(found), matched });
    }
    for (const tag of before)
      if (tag.source === "rule" && !tag.removed && !themes.some(({ themeId }) => themeId === tag.theme_id))
        stale.push(Prisma.sql`(${responseId}::uuid, ${tag.theme_id}::uuid)`);
  }
  const added = await ctx.db.$executeRaw`
    insert into comment_tags (workspace_id, id, response_id, theme_id, version_id, polarity, source, matched, tagged_at)
    select ${workspaceId}::uuid, f.id, f."responseId", f."themeId", ${codebook.id}::uuid, f.polarity, 'rule', f.matched, ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) f(id uuid, "responseId" uuid, "themeId" uuid, polarity text, matched text)
    on conflict (workspace_id, response_id, theme_id) where removed_at is null do nothing`;
  if (stale.length > 0)
    await ctx.db
      .$executeRaw`update comment_tags set removed_at = ${ctx.now} where workspace_id = ${workspaceId}::uuid and removed_at is null
      and source = 'rule' and (response_id, theme_id) in (${Prisma.join(stale)})`;
  return added + stale.length;
}

/** Tags one comment by the codebook in force, after it was given. A comment that is gone needs nothing. */
export async function tagResponse(ctx: Context, responseId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const comments = await ctx.db.$queryRaw<Comment[]>`
      select r.id, r.comment, r.class, r.answered_at from responses r
      where r.workspace_id = ${ctx.workspaceId}::uuid and r.id = ${responseId}::uuid and r.comment <> '' and r.source <> 'staff'`;
    const changed = comments.length > 0 ? await tagByRule(ctx, await codebookInForce(ctx), comments) : 0;
    if (changed === 0) return nothingChanged(ctx);
    record(ctx, "comment.tagged_by_rule", { subject: `response:${responseId}`, detail: { changed } });
  });
}

/**
 * Reads every comment again by the codebook in force, newest first, five hundred to a transaction; the rest follows in a job.
 * Answers how many tags changed in this batch and where it ended.
 */
export async function retag(
  ctx: Context,
  before?: { at: string; id: string },
): Promise<{ changed: number; next: { at: string; id: string } | null }> {
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const comments = await ctx.db.$queryRaw<Comment[]>`
      select r.id, r.comment, r.class, r.answered_at from responses r
      where r.workspace_id = ${workspaceId}::uuid and r.comment <> '' and r.source <> 'staff'
        ${before ? Prisma.sql`and (r.answered_at, r.id) < (${before.at}::timestamptz, ${before.id}::uuid)` : Prisma.empty}
      order by r.answered_at desc, r.id desc limit 500`;
    const codebook = await codebookInForce(ctx);
    const changed = await tagByRule(ctx, codebook, comments);
    const last = comments.at(-1);
    const next = last && comments.length === batch ? { at: last.answered_at.toISOString(), id: last.id } : null;
    if (next) enqueue(ctx, "themes.retag", { before: next }, { key: "themes.retag" });
    if (changed === 0) nothingChanged(ctx);
    else
      record(ctx, "comments.retagged", {
        subject: `codebook_version:${codebook.id}`,
        detail: { changed, comments: comments.length },
      });
    return { changed, next };
  });
}

type Found = { id: string; customer_id: string; journey_id: string | null; class: Polarity | null };

/** A comment that this reader may tag: of her team when she leads one. Locked, so that two taggers follow each other. */
async function lockComment(ctx: Context, responseId: string): Promise<Found> {
  if (!isId(responseId)) throw new AppError("not_found", "response");
  const [row] = await ctx.db.$queryRaw<Found[]>`
    select r.id, i.customer_id, i.journey_id, r.class from responses r
    join interactions i on i.workspace_id = r.workspace_id and i.id = r.interaction_id
    where r.workspace_id = ${ctx.workspaceId}::uuid and r.id = ${responseId}::uuid and r.comment <> '' and r.source <> 'staff'
      and ${ofMyTeam(ctx, Prisma.sql`i.agent_id`)} for no key update of i`;
  if (!row) throw new AppError("not_found", "response");
  return row;
}

const take = (ctx: Context, { responseId, themeId }: UntagComment) => ctx.db.$executeRaw`
  update comment_tags set removed_at = ${ctx.now}, removed_by_id = ${ctx.memberId}::uuid
  where workspace_id = ${ctx.workspaceId}::uuid and response_id = ${responseId}::uuid and theme_id = ${themeId}::uuid and removed_at is null`;

/**
 * Says by hand that a comment speaks of a theme of the codebook in force; it stands above what a rule found. Throws `not_found`
 * for a comment or theme that is not here, `conflict` `duplicate` when a person said just that before.
 */
export async function tagComment(ctx: Context, input: TagComment): Promise<{ id: string }> {
  requirePermission(ctx, "themes.tag");
  const { responseId, themeId } = input;
  return transaction(ctx, async (ctx) => {
    const found = await lockComment(ctx, responseId);
    const { workspaceId } = ctx;
    const codebook = await codebookInForce(ctx);
    const theme = codebook.themes.find((each) => each.themeId === themeId);
    if (!theme) throw new AppError("not_found", "theme");
    const polarity = input.polarity ?? polarityOf(found.class);
    const before = await ctx.db.commentTag.findFirst({ where: { workspaceId, responseId, themeId, removedAt: null } });
    if (before?.source === "human" && before.polarity === polarity)
      throw new AppError("conflict", "duplicate", { current: { id: before.id } });
    await take(ctx, input);
    const id = newId();
    await ctx.db.commentTag.create({
      data: {
        ...{ workspaceId, id, responseId, themeId, polarity, versionId: codebook.id },
        ...{ source: "human", authorId: ctx.memberId, taggedAt: ctx.now },
      },
    });
    record(ctx, "comment.tagged", {
      subject: `response:${responseId}`,
      customerId: found.customer_id,
      journeyId: found.journey_id,
      detail: { theme: theme.key, polarity, before: before && { source: before.source, polarity: before.polarity } },
      data: { themeId, polarity },
    });
    return { id };
  });
}

/** Says by hand that a comment does not speak of a theme; no rule finds it there again. Throws `not_found` when it was not tagged so. */
export async function untagComment(ctx: Context, input: UntagComment): Promise<void> {
  requirePermission(ctx, "themes.tag");
  await transaction(ctx, async (ctx) => {
    const found = await lockComment(ctx, input.responseId);
    if ((await take(ctx, input)) === 0) throw new AppError("not_found", "tag");
    record(ctx, "comment.untagged", {
      subject: `response:${input.responseId}`,
      customerId: found.customer_id,
      journeyId: found.journey_id,
      detail: { themeId: input.themeId },
      data: { themeId: input.themeId },
    });
  });
}
