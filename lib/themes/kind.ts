import { z } from "zod";
import { sinceOf } from "../consistency/rules";
import type { Context } from "../context";
import { standingOfTheme, type ThemeStanding } from "../experience/theme-lift";
import { Prisma } from "../generated/prisma/client";
import { defineRunKind, type RunFrame } from "../runs/kind";
import { interactionsKnownAt } from "../runs/queries";
import { codebookInForce } from "./codebook";

const Parameters = z.strictObject({
  type: z.string().trim().min(1).max(100).nullable().default(null),
  weeks: z.number().int().min(0).max(520).default(26),
});
type Parameters = z.output<typeof Parameters>;
type Config = { codebook: number; themes: { themeId: string; key: string }[] };
type Input = {
  comments: number;
  negative: number;
  untagged: number;
  themes: { themeId: string; n: number; k: number }[];
};

/** What the comments of a time spoke of, theme by theme in the order of the codebook. */
export type ThemesResult = Omit<Input, "themes"> & {
  codebook: number;
  themes: ({ themeId: string; key: string } & ThemeStanding)[];
};

async function read(ctx: Context, run: RunFrame<Parameters, Config>): Promise<Input> {
  const { parameters, asOf, knownAt, agentIds } = run;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const since = sinceOf(parameters.weeks, asOf);
  const [row] = await ctx.db.$queryRaw<Input[]>`
    with c as materialized (select r.id, r.class from ${interactionsKnownAt(ctx, run)} k
      join responses r on r.workspace_id = ${w} and r.interaction_id = k.id and r.comment <> '' and r.source <> 'staff'
        and r.recorded_at <= ${knownAt} and r.answered_at <= ${asOf}
      where true ${parameters.type === null ? Prisma.empty : Prisma.sql`and k.type = ${parameters.type}`}
        ${since ? Prisma.sql`and r.answered_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}
        ${agentIds ? Prisma.sql`and k.agent_id = any(${[...agentIds]}::uuid[])` : Prisma.empty}),
    tagged as materialized (select t.theme_id, c.id, c.class from c join comment_tags t on t.workspace_id = ${w} and t.response_id = c.id
      and t.recorded_at <= ${knownAt} and (t.removal_recorded_at is null or t.removal_recorded_at > ${knownAt}))
    select (select count(*)::int from c) as comments, (select count(*)::int from c where class = 'negative') as negative,
      (select count(*)::int from c where not exists (select from tagged where tagged.id = c.id)) as untagged,
      (select coalesce(json_agg(x order by x."themeId"), '[]') from (select theme_id as "themeId", count(*)::int as n,
        (count(*) filter (where class = 'negative'))::int as k from tagged group by theme_id) x) as themes`;
  return row ?? { comments: 0, negative: 0, untagged: 0, themes: [] };
}

/** What customers spoke of, as it could be known at a time (DOMAIN F40). */
export const themesKind = defineRunKind<Parameters, Config, Input, ThemesResult>({
  kind: "themes",
  parameters: Parameters,
  seed: 40,
  nightly: [{ type: null, weeks: 26 }],
  config: async (ctx) => {
    const { number, themes } = await codebookInForce(ctx);
    return {
      version: number,
      body: { codebook: number, themes: themes.map(({ themeId, key }) => ({ themeId, key })) },
    };
  },
  read,
  compute: ({ themes, ...counts }, { config }) => ({
    ...counts,
    codebook: config.codebook,
    themes: config.themes.map(({ themeId, key }) => {
      const { n, k } = themes.find((each) => each.themeId === themeId) ?? { n: 0, k: 0 };
      const { comments, negative } = counts;
      return { themeId, key, ...standingOfTheme({ comments, negative, themed: n, themedNegative: k }) };
    }),
  }),
});
