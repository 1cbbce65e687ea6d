import { requirePermission } from "../auth/permissions";
import { sinceOf } from "../consistency/rules";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { AppError } from "../errors";
import { standingOfTheme } from "../experience/theme-lift";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import { ofMyTeam } from "../reports/queries";
import { newestAgreement } from "./agreement";
import { codebookInForce } from "./codebook";
import { nameWords, withoutNames } from "./quotes";
import type {
  CommentRow,
  CommentsInput,
  CommentTagView,
  Polarity,
  Quote,
  ThemeLine,
  ThemesInput,
  ThemesReport,
} from "./schema";

/** Who may read what comments are about: managers, quality, and marketing, which sees themes alone (DOMAIN 4). */
export function requireThemes(ctx: Context): void {
  requirePermission(ctx, "scores.read", "scope", "scorecards", "themes");
}

type Which = { type: string | null; since: string | null; from?: Date | null; until?: Date | null };

/** Comments of customers under the alias `r`, each with its interaction `i`: those of a period and a type that the reader may read. */
function commentsOf(ctx: Context, { type, since, from, until }: Which): Prisma.Sql {
  return Prisma.sql`responses r join interactions i on i.workspace_id = ${ctx.workspaceId}::uuid and i.id = r.interaction_id
    where r.workspace_id = ${ctx.workspaceId}::uuid and r.comment <> '' and r.source <> 'staff'
      ${since ? Prisma.sql`and r.answered_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
      ${from ? Prisma.sql`and r.answered_at >= ${from}` : Prisma.empty} ${until ? Prisma.sql`and r.answered_at < ${until}` : Prisma.empty}
      ${type ? Prisma.sql`and i.type = ${type}` : Prisma.empty} and ${ofMyTeam(ctx, Prisma.sql`i.agent_id`)}`;
}

/** The names that no quote may hold: everybody who works here, and the customers of these interactions. */
export async function namesToHide(ctx: Context, interactionIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await ctx.db.$queryRaw<{ name: string }[]>`
    with them as (select distinct customer_id from interactions where workspace_id = ${ctx.workspaceId}::uuid and id = any(${[...interactionIds]}::uuid[]))
    select name from members where workspace_id = ${ctx.workspaceId}::uuid
    union all select c.name from customers c join them on c.workspace_id = ${ctx.workspaceId}::uuid and c.id = them.customer_id
    union all select p.name from persons p join them on p.workspace_id = ${ctx.workspaceId}::uuid and p.customer_id = them.customer_id`;
  return nameWords(rows.map(({ name }) => name));
}

type Counted = {
  comments: number;
  negative: number;
  untagged: number;
  themes: { themeId: string; n: number; k: number }[];
  quotes: {
    themeId: string;
    responseId: string;
    interactionId: string;
    text: string;
    language: string | null;
    class: Polarity | null;
  }[];
};

/** One pass over the comments: how many there are, how many were negative, and both for each theme with two to quote. */
async function readThemes(ctx: Context, which: Which): Promise<Counted> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<Counted[]>`
    with c as materialized (select r.id, r.interaction_id, r.class, r.answered_at from ${commentsOf(ctx, which)}),
    tagged as materialized (select t.theme_id, c.* from c join comment_tags t on t.workspace_id = ${w} and t.response_id = c.id and t.removed_at is null),
    quoted as (select * from (select tagged.*, row_number() over (partition by theme_id order by (class = 'negative') desc, answered_at desc, id) as nth from tagged) q where nth <= 2)
    select (select count(*)::int from c) as comments, (select count(*)::int from c where class = 'negative') as negative,
      (select count(*)::int from c where not exists (select from tagged where tagged.id = c.id)) as untagged,
      (select coalesce(json_agg(x), '[]') from (select theme_id as "themeId", count(*)::int as n, (count(*) filter (where class = 'negative'))::int as k
        from tagged group by theme_id) x) as themes,
      (select coalesce(json_agg(json_build_object('themeId', q.theme_id, 'responseId', q.id, 'interactionId', q.interaction_id, 'text', r.comment,
        'language', r.language, 'class', q.class) order by q.nth), '[]') from quoted q join responses r on r.workspace_id = ${w} and r.id = q.id) as quotes`;
  return row ?? { comments: 0, negative: 0, untagged: 0, themes: [], quotes: [] };
}

async function readTypes(ctx: Context): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ type: string }[]>`
    select distinct type from experience_weeks where workspace_id = ${ctx.workspaceId}::uuid order by type limit 200`;
  return rows.map(({ type }) => type);
}

/**
 * What customers speak of in their comments: each theme of the codebook in force with how often, how often negative, the lift
 * with its intervals (DOMAIN F40) and two quotes without names, the theme of most negative comments first.
 */
export async function getThemesReport(ctx: Context, input: ThemesInput): Promise<ThemesReport> {
  requireThemes(ctx);
  const type = input.type || null;
  const since = sinceOf(input.weeks, ctx.now);
  const [codebook, counted, types, agreement] = await Promise.all([
    codebookInForce(ctx),
    readThemes(ctx, { type, since }),
    readTypes(ctx),
    newestAgreement(ctx, type),
  ]);
  const { comments, negative, untagged } = counted;
  const names = await namesToHide(ctx, [...new Set(counted.quotes.map(({ interactionId }) => interactionId))]);
  const themes = codebook.themes.map(({ themeId, key, name, nameHe, definition }): ThemeLine => {
    const { n = 0, k = 0 } = counted.themes.find((each) => each.themeId === themeId) ?? {};
    const quotes = counted.quotes
      .filter((quote) => quote.themeId === themeId)
      .map(({ responseId, text, language, class: found }): Quote => {
        return { responseId, text: withoutNames(text, names), language, class: found };
      });
    const standing = standingOfTheme({ comments, negative, themed: n, themedNegative: k });
    return { themeId, key, name, nameHe, definition, ...standing, quotes };
  });
  themes.sort((a, b) => b.negative.k - a.negative.k || b.prevalence.k - a.prevalence.k);
  return {
    type,
    weeks: input.weeks,
    since,
    asOf: ctx.now.toISOString(),
    codebook: { id: codebook.id, number: codebook.number },
    ...{ comments, negative, untagged, themes, types, agreement },
  };
}

type Row = Omit<CommentRow, "at" | "tags"> & { at: Date; tags: CommentTagView[] };

const filterOf = ({ themeId, class: found, untagged, polarity }: CommentsInput, w: Prisma.Sql): Prisma.Sql => {
  const tag = (
    rest: Prisma.Sql,
  ) => Prisma.sql`exists (select from comment_tags t where t.workspace_id = ${w} and t.response_id = r.id
    and t.removed_at is null ${rest})`;
  return Prisma.sql`${found ? Prisma.sql`and r.class = ${found}` : Prisma.empty}
    ${themeId ? Prisma.sql`and ${tag(Prisma.sql`and t.theme_id = ${themeId}::uuid ${polarity ? Prisma.sql`and t.polarity = ${polarity}` : Prisma.empty}`)}` : Prisma.empty}
    ${untagged ? Prisma.sql`and not ${tag(Prisma.empty)}` : Prisma.empty}`;
};

/**
 * The comments behind a number, newest first, by cursor, with their tags and without anybody's name; the customer stands beside
 * one only for who may see her.
 */
export async function listComments(
  ctx: Context,
  input: CommentsInput,
): Promise<{ data: CommentRow[]; nextCursor: string | null }> {
  requireThemes(ctx);
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const at = decodeCursor(input.cursor);
  const { from, until, limit } = input;
  const which = {
    type: input.type || null,
    since: from ? null : sinceOf(input.weeks, ctx.now),
    from: from ? new Date(from) : null,
    until: until ? new Date(until) : null,
  };
  const rows = await ctx.db.$queryRaw<Row[]>`
    select r.id as "responseId", r.interaction_id as "interactionId", r.comment, r.language, r.class, r.is_late as "isLate", r.answered_at as at, i.medium, i.type,
      (select c.id from customers c where c.workspace_id = ${w} and c.id = i.customer_id and exists (select from journeys j
        where j.workspace_id = ${w} and j.customer_id = c.id and ${visibleJourneys(ctx)})) as "customerId",
      (select coalesce(json_agg(json_build_object('themeId', t.theme_id, 'name', coalesce(b.name, h.key), 'nameHe', coalesce(nullif(b.name_he, ''), b.name, h.key),
        'polarity', t.polarity, 'source', t.source, 'matched', t.matched, 'authorName', m.name) order by b.position), '[]')
        from comment_tags t join themes h on h.workspace_id = ${w} and h.id = t.theme_id
        left join codebook_themes b on b.workspace_id = ${w} and b.theme_id = t.theme_id and b.version_id = t.version_id
        left join members m on m.workspace_id = ${w} and m.id = t.author_id
        where t.workspace_id = ${w} and t.response_id = r.id and t.removed_at is null) as tags
    from ${commentsOf(ctx, which)} ${filterOf(input, w)}
      ${at ? Prisma.sql`and (r.answered_at, r.id) < (${at.at}, ${at.id}::uuid)` : Prisma.empty}
    order by r.answered_at desc, r.id desc limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const names = await namesToHide(
    ctx,
    page.map(({ interactionId }) => interactionId),
  );
  const shown = await namesOf(
    ctx,
    page.flatMap(({ customerId }) => customerId ?? []),
  );
  return {
    data: page.map((row) => ({
      ...row,
      at: row.at.toISOString(),
      comment: withoutNames(row.comment, names),
      customerName: row.customerId ? (shown.get(row.customerId) ?? null) : null,
    })),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.at, id: last.responseId }) : null,
  };
}

async function namesOf(ctx: Context, customerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.db.customer.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: [...new Set(customerIds)] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** How many comments of a period there are, and how many speak ill of one theme, for the measures of improvements. */
export async function countTheme(
  ctx: Context,
  { key, type, from, until }: { key: string; type: string | null; from: Date; until: Date },
): Promise<{ k: number; n: number }> {
  const [row] = await ctx.db.$queryRaw<{ k: number; n: number }[]>`
    select count(*)::int as n, (count(*) filter (where exists (select from comment_tags t join themes h on h.workspace_id = t.workspace_id and h.id = t.theme_id
      where t.workspace_id = ${ctx.workspaceId}::uuid and t.response_id = r.id and t.removed_at is null and t.polarity = 'negative' and h.key = ${key})))::int as k
    from responses r join interactions i on i.workspace_id = ${ctx.workspaceId}::uuid and i.id = r.interaction_id
    where r.workspace_id = ${ctx.workspaceId}::uuid and r.comment <> '' and r.source <> 'staff' and r.answered_at >= ${from} and r.answered_at < ${until}
      ${type ? Prisma.sql`and i.type = ${type}` : Prisma.empty}`;
  return row ?? { k: 0, n: 0 };
}

/** The theme of that key in the codebook in force. Throws `not_found`. */
export async function requireTheme(
  ctx: Context,
  key: string,
): Promise<{ themeId: string; key: string; name: string; nameHe: string }> {
  const { themes } = await codebookInForce(ctx);
  const theme = themes.find((each) => each.key === key);
  if (!theme) throw new AppError("not_found", "theme");
  return theme;
}
