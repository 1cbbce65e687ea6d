import { canAs, requirePermission } from "../auth/permissions";
import { sinceOf } from "../consistency/rules";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId, newId } from "../identifiers";
import { notify } from "../notifications/notify";
import { record, transaction } from "../transaction";
import { agreementOf } from "./agreement";
import { codebookInForce, codebookVersion } from "./codebook";
import { namesToHide, requireThemes } from "./queries";
import { withoutNames } from "./quotes";
import { sampleSize } from "./rules";
import type { CodingItem, CodingRoundRow, CodingRoundView, MarkComment, StartRound } from "./schema";

async function requireCoders(ctx: Context, ids: readonly string[]): Promise<void> {
  const members = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: [...ids] }, status: { not: "deactivated" } },
    select: { id: true, roles: true },
  });
  if (members.length !== new Set(ids).size) throw new AppError("not_found", "member");
  const stranger = members.find(({ roles }) => !canAs(roles as never, "themes.tag", "yes", "scope", "scorecards"));
  if (stranger) throw new AppError("refused", "may_not_tag", { fields: { secondId: "may_not_tag" } });
}

/**
 * Draws a share of the comments of a period, the same for the same seed, for two people who tag them blind (DOMAIN F40b).
 * Throws `invalid` when both are one person, `refused` `no_comments` when there is nothing to read.
 */
export async function startRound(ctx: Context, input: StartRound): Promise<{ id: string; comments: number }> {
  requirePermission(ctx, "themes.tag");
  const { firstId, secondId, share } = input;
  if (firstId === secondId) throw new AppError("invalid", "input", { fields: { secondId: "same_person" } });
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const w = Prisma.sql`${workspaceId}::uuid`;
    await requireCoders(ctx, [firstId, secondId]);
    const codebook = await codebookInForce(ctx);
    const id = newId();
    const seed = input.seed ?? Math.floor(ctx.now.getTime() / 1000) % 2_147_483_647;
    const since = sinceOf(input.weeks, ctx.now);
    const among = Prisma.sql`from responses r join interactions i on i.workspace_id = ${w} and i.id = r.interaction_id
      where r.workspace_id = ${w} and r.comment <> '' and r.source <> 'staff' ${input.type ? Prisma.sql`and i.type = ${input.type}` : Prisma.empty}
        ${since ? Prisma.sql`and r.answered_at >= ${since}::timestamp at time zone 'UTC'` : Prisma.empty}`;
    const [counted] = await ctx.db.$queryRaw<{ n: number }[]>`select count(*)::int as n ${among}`;
    const comments = sampleSize(counted?.n ?? 0, share);
    if (comments === 0) throw new AppError("refused", "no_comments");
    await ctx.db.codingRound.create({
      data: {
        ...{ workspaceId, id, versionId: codebook.id, interactionType: input.type ?? null },
        ...{ firstId, secondId, seed, comments, startedAt: ctx.now, startedById: ctx.memberId },
      },
    });
    await ctx.db.$executeRaw`
      insert into coding_items (workspace_id, round_id, response_id, position)
      select ${w}, ${id}::uuid, drawn.id, row_number() over (order by drawn.lot) - 1
      from (select r.id, md5(${String(seed)} || r.id::text) as lot ${among} order by lot limit ${comments}) drawn`;
    await notify(ctx, [firstId, secondId], "coding_round", null, { count: comments });
    record(ctx, "coding.started", {
      subject: `coding_round:${id}`,
      detail: { firstId, secondId, seed, comments, type: input.type ?? null, versionId: codebook.id },
    });
    return { id, comments };
  });
}

type Round = {
  id: string;
  versionId: string;
  firstId: string;
  secondId: string;
  comments: number;
  finishedAt: Date | null;
};

async function lockRound(ctx: Context, id: string): Promise<Round> {
  if (!isId(id)) throw new AppError("not_found", "coding_round");
  const [row] = await ctx.db.$queryRaw<Round[]>`
    select id, version_id as "versionId", first_id as "firstId", second_id as "secondId", comments, finished_at as "finishedAt" from coding_rounds
    where workspace_id = ${ctx.workspaceId}::uuid and id = ${id}::uuid for update`;
  if (!row) throw new AppError("not_found", "coding_round");
  return row;
}

/**
 * Marks the themes of one comment, for one of the two coders, without seeing the other's. When both have marked every comment
 * the round is finished and stays as it is. Throws `not_found` for anybody else, `refused` `round_finished` afterwards.
 */
export async function markComment(ctx: Context, input: MarkComment): Promise<{ left: number; isFinished: boolean }> {
  requirePermission(ctx, "themes.tag");
  const { roundId, responseId } = input;
  return transaction(ctx, async (ctx) => {
    const { workspaceId, memberId } = ctx;
    const round = await lockRound(ctx, roundId);
    if (memberId === null || ![round.firstId, round.secondId].includes(memberId))
      throw new AppError("not_found", "coding_round");
    if (round.finishedAt) throw new AppError("refused", "round_finished");
    const item = await ctx.db.codingItem.count({ where: { workspaceId, roundId, responseId } });
    if (item === 0) throw new AppError("not_found", "comment");
    const { themes } = await codebookVersion(ctx, round.versionId);
    const themeIds = [...new Set(input.themeIds)];
    if (themeIds.some((id) => !themes.some(({ themeId }) => themeId === id))) throw new AppError("not_found", "theme");
    await ctx.db.$executeRaw`
      insert into coding_marks (workspace_id, round_id, response_id, coder_id, theme_ids, coded_at)
      values (${workspaceId}::uuid, ${roundId}::uuid, ${responseId}::uuid, ${memberId}::uuid, ${themeIds}::uuid[], ${ctx.now})
      on conflict (workspace_id, round_id, response_id, coder_id) do update set theme_ids = excluded.theme_ids, coded_at = excluded.coded_at`;
    const [marked] = await ctx.db.$queryRaw<{ mine: number; all: number }[]>`
      select (count(*) filter (where coder_id = ${memberId}::uuid))::int as mine, count(*)::int as all from coding_marks
      where workspace_id = ${workspaceId}::uuid and round_id = ${roundId}::uuid`;
    const isFinished = (marked?.all ?? 0) === 2 * round.comments;
    if (isFinished)
      await ctx.db.codingRound.updateMany({ where: { workspaceId, id: roundId }, data: { finishedAt: ctx.now } });
    record(ctx, isFinished ? "coding.finished" : "coding.marked", {
      subject: `coding_round:${roundId}`,
      detail: { responseId },
    });
    return { left: round.comments - (marked?.mine ?? 0), isFinished };
  });
}

type RoundRow = Omit<CodingRoundRow, "kappa" | "isMine"> & { firstId: string; secondId: string; versionId: string };

function readRounds(ctx: Context, which: Prisma.Sql): Promise<RoundRow[]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const done = (coder: Prisma.Sql) =>
    Prisma.sql`(select count(*)::int from coding_marks m where m.workspace_id = ${w} and m.round_id = r.id and m.coder_id = ${coder})`;
  return ctx.db.$queryRaw<RoundRow[]>`
    select r.id, r.interaction_type as type, r.comments, app.iso(r.started_at) as "startedAt", app.iso(r.finished_at) as "finishedAt", r.version_id as "versionId",
      r.first_id as "firstId", r.second_id as "secondId", f.name as "firstName", s.name as "secondName",
      ${done(Prisma.sql`r.first_id`)} as "firstDone", ${done(Prisma.sql`r.second_id`)} as "secondDone"
    from coding_rounds r join members f on f.workspace_id = ${w} and f.id = r.first_id join members s on s.workspace_id = ${w} and s.id = r.second_id
    where r.workspace_id = ${w} and ${which} order by r.started_at desc, r.id desc limit 100`;
}

const isMineOf = ({ memberId }: Context, { firstId, secondId }: RoundRow) =>
  memberId !== null && [firstId, secondId].includes(memberId);

/** Every round, the newest first, with its kappa when it is finished. */
export async function listRounds(ctx: Context): Promise<CodingRoundRow[]> {
  requireThemes(ctx);
  const rows = await readRounds(ctx, Prisma.sql`true`);
  return Promise.all(
    rows.map(async (row) => {
      const { firstId: _first, secondId: _second, versionId: _version, ...view } = row;
      const found = row.finishedAt ? await agreementOf(ctx, row.id) : null;
      return { ...view, isMine: isMineOf(ctx, row), kappa: found?.all?.kappa ?? null };
    }),
  );
}

/**
 * One round: its comments without names for the two who mark them, each seeing her own marks alone, and what came of it once
 * both are through. Others see how far it is and what came of it.
 */
export async function getRound(ctx: Context, id: string): Promise<CodingRoundView> {
  requireThemes(ctx);
  if (!isId(id)) throw new AppError("not_found", "coding_round");
  const [row] = await readRounds(ctx, Prisma.sql`r.id = ${id}::uuid`);
  if (!row) throw new AppError("not_found", "coding_round");
  const { firstId: _first, secondId: _second, versionId, ...view } = row;
  const isMine = isMineOf(ctx, row);
  const [codebook, items, agreement] = await Promise.all([
    codebookVersion(ctx, versionId),
    isMine ? readItems(ctx, id) : [],
    row.finishedAt ? agreementOf(ctx, id) : null,
  ]);
  const themes = codebook.themes.map(({ themeId, name, nameHe, definition }) => ({
    themeId,
    name,
    nameHe,
    definition,
  }));
  return { ...view, isMine, themes, items, agreement };
}

async function readItems(ctx: Context, roundId: string): Promise<CodingItem[]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<(CodingItem & { interactionId: string })[]>`
    select i.response_id as "responseId", r.interaction_id as "interactionId", r.comment, r.language, m.theme_ids as "themeIds"
    from coding_items i join responses r on r.workspace_id = ${w} and r.id = i.response_id
    left join coding_marks m on m.workspace_id = ${w} and m.round_id = i.round_id and m.response_id = i.response_id and m.coder_id = ${ctx.memberId}::uuid
    where i.workspace_id = ${w} and i.round_id = ${roundId}::uuid order by i.position limit 200`;
  const names = await namesToHide(
    ctx,
    rows.map(({ interactionId }) => interactionId),
  );
  return rows.map(({ interactionId: _interaction, ...row }) => ({ ...row, comment: withoutNames(row.comment, names) }));
}
