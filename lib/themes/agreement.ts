import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { agreementOfAll, agreementsOf, type Marks } from "./rules";
import type { AgreementReport } from "./schema";

type Row = Pick<
  AgreementReport,
  "roundId" | "type" | "comments" | "finishedAt" | "firstName" | "secondName" | "codebookNumber"
> & {
  marks: Marks[];
  themes: { themeId: string; name: string; nameHe: string }[];
};

async function readAgreement(ctx: Context, which: Prisma.Sql): Promise<AgreementReport | null> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select r.id as "roundId", r.interaction_type as type, r.comments, app.iso(r.finished_at) as "finishedAt", f.name as "firstName", s.name as "secondName",
      v.number as "codebookNumber",
      (select json_agg(json_build_object('responseId', a.response_id, 'first', a.theme_ids, 'second', b.theme_ids)) from coding_marks a
        join coding_marks b on b.workspace_id = ${w} and b.round_id = r.id and b.response_id = a.response_id and b.coder_id = r.second_id
        where a.workspace_id = ${w} and a.round_id = r.id and a.coder_id = r.first_id) as marks,
      (select json_agg(json_build_object('themeId', c.theme_id, 'name', c.name, 'nameHe', c.name_he) order by c.position) from codebook_themes c
        where c.workspace_id = ${w} and c.version_id = r.version_id) as themes
    from coding_rounds r join codebook_versions v on v.workspace_id = ${w} and v.id = r.version_id
    join members f on f.workspace_id = ${w} and f.id = r.first_id join members s on s.workspace_id = ${w} and s.id = r.second_id
    where r.workspace_id = ${w} and r.finished_at is not null and ${which} order by r.finished_at desc, r.id limit 1`;
  if (!row) return null;
  const { marks, themes, ...round } = row;
  const agreements = agreementsOf(marks ?? [], themes ?? []);
  const { kappa, isSound } = agreementOfAll(agreements);
  return { ...round, all: kappa, isSound, themes: agreements };
}

/** The newest round that two people finished, of one type of contact or of any; null before the first. */
export function newestAgreement(ctx: Context, type: string | null): Promise<AgreementReport | null> {
  return readAgreement(ctx, type === null ? Prisma.sql`true` : Prisma.sql`r.interaction_type = ${type}`);
}

/** What came of one round; null until both are through. */
export function agreementOf(ctx: Context, roundId: string): Promise<AgreementReport | null> {
  return readAgreement(ctx, Prisma.sql`r.id = ${roundId}::uuid`);
}
