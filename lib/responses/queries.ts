import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { AppError } from "../errors";
import { visibleScores } from "../evaluations/visibility";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { requireVisibleCustomer } from "../journeys/visibility";
import { ofMyTeam } from "../reports/queries";
import type { Disagreement, DisagreementInput, ResponseView, SurveySettings } from "./schema";

type Row = Omit<ResponseView, "answeredAt" | "recordedAt"> & { answeredAt: Date; recordedAt: Date; customerId: string };

/**
 * Everything said of one interaction, first word first, the customer's and members' own side by side and never added up.
 * `not_found` when it is not here or its customer may not be seen.
 */
export async function listResponses(
  ctx: Context,
  { interactionId }: { interactionId: string },
): Promise<ResponseView[]> {
  requirePermission(ctx, "scores.read");
  if (!isId(interactionId)) throw new AppError("not_found", "interaction");
  const [asked] = await ctx.db.$queryRaw<{ customer_id: string }[]>`
    select i.customer_id from interactions i where i.workspace_id = ${ctx.workspaceId}::uuid and i.id = ${interactionId}::uuid and ${visibleScores(ctx)}`;
  if (!asked) throw new AppError("not_found", "interaction");
  await requireVisibleCustomer(ctx, asked.customer_id);
  const rows = await ctx.db.$queryRaw<Row[]>`
    select r.id, r.interaction_id as "interactionId", r.source, r.class, r.is_late as "isLate", r.counts_for_class as "countsForClass",
      m.name as "authorName", r.expectation, r.outcome, r.disconfirmation, r.csat, r.ces, r.nps, r.comment, r.language,
      r.answered_at as "answeredAt", r.recorded_at as "recordedAt"
    from responses r left join members m on m.workspace_id = r.workspace_id and m.id = r.author_id
    where r.workspace_id = ${ctx.workspaceId}::uuid and r.interaction_id = ${interactionId}::uuid order by r.recorded_at, r.id limit 100`;
  return rows.map((row) => ({
    ...row,
    answeredAt: row.answeredAt.toISOString(),
    recordedAt: row.recordedAt.toISOString(),
  }));
}

type DisagreementRow = Omit<Disagreement, "at"> & { at: Date; answeredAt: Date; id: string };

/** Interactions that a member saw otherwise than the customer, the latest view first: a list of its own, part of no rate. */
export async function listDisagreements(
  ctx: Context,
  { type, limit, cursor }: DisagreementInput,
): Promise<{ data: Disagreement[]; nextCursor: string | null }> {
  requirePermission(ctx, "scores.read", "scope");
  const from = decodeCursor(cursor);
  const rows = await ctx.db.$queryRaw<DisagreementRow[]>`
    select s.id, s.answered_at as "answeredAt", i.id as "interactionId", i.customer_id as "customerId", c.name as "customerName", i.medium, i.type,
      i.started_at as at, m.name as "staffName", s.class as "staffClass", s.comment as "staffComment", i.experience_class as "customerClass",
      r.comment as "customerComment"
    from responses s
    join interactions i on i.workspace_id = s.workspace_id and i.id = s.interaction_id and i.experience_class is not null
    join responses r on r.workspace_id = s.workspace_id and r.interaction_id = s.interaction_id and r.counts_for_class
    join customers c on c.workspace_id = i.workspace_id and c.id = i.customer_id
    join members m on m.workspace_id = s.workspace_id and m.id = s.author_id
    where s.workspace_id = ${ctx.workspaceId}::uuid and s.source = 'staff' and s.class is not null and s.class <> i.experience_class
      and ${ofMyTeam(ctx, Prisma.sql`i.agent_id`)} ${type ? Prisma.sql`and i.type = ${type}` : Prisma.empty}
      ${from ? Prisma.sql`and (s.answered_at, s.id) < (${from.at}, ${from.id}::uuid)` : Prisma.empty}
    order by s.answered_at desc, s.id desc limit ${limit + 1}`;
  const last = rows.slice(0, limit).at(-1);
  return {
    data: rows.slice(0, limit).map(({ id: _id, answeredAt: _at, ...row }) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.answeredAt, id: last.id }) : null,
  };
}

export const plainSurvey: SurveySettings = {
  isOn: true,
  probability: 1,
  target: 0.8,
  seconds: {},
  asksRelationship: true,
  version: 0,
};

/** How this workspace asks, as the worker and the boards need it; version 0 as long as nobody has set anything. */
export async function surveySettings(ctx: Context): Promise<SurveySettings & { secretNumber: number }> {
  const [row] = await ctx.db.$queryRaw<(SurveySettings & { secretNumber: number })[]>`
    select is_on as "isOn", probability, target, second_questions as seconds, asks_relationship as "asksRelationship", version, secret_number as "secretNumber" from survey_settings
    where workspace_id = ${ctx.workspaceId}::uuid`;
  return row ?? { ...plainSurvey, secretNumber: 1 };
}

/** How this workspace asks its customers. */
export async function getSurvey(ctx: Context): Promise<SurveySettings> {
  requirePermission(ctx, "responses.record");
  const { secretNumber: _number, ...settings } = await surveySettings(ctx);
  return settings;
}
