import { systemContext } from "../auth/context";
import { isTimeZone } from "../calendar/zone";
import { recordConsent } from "../consents/commands";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { AppError } from "../errors";
import { nothingChanged, record, transaction } from "../transaction";
import { writeResponse } from "./commands";
import { surveySettings } from "./queries";
import { secondQuestion } from "./rules";
import type { SurveyAnswer, SurveyPage } from "./schema";
import { openSurveyToken } from "./token";

const notHere = () => new AppError("not_found", "survey");

/**
 * Opens a survey by the token of its link and runs `work` as that customer. Forged, unknown, of a workspace that is no
 * more or of another one: always the same `not_found`.
 */
export async function asAsked<T>(
  token: string,
  work: (ctx: Context, inviteId: string) => Promise<T>,
  now = new Date(),
): Promise<T> {
  const named = openSurveyToken(token);
  if (!named) throw notHere();
  const system = await systemContext(named.workspaceId, { now, roles: [] }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") throw notHere();
    throw error;
  });
  return inWorkspace(named.workspaceId, async () => {
    const [row] = await system.db.$queryRaw<{ customer_id: string }[]>`
      select i.customer_id from survey_invites s
      join interactions i on i.workspace_id = s.workspace_id and i.id = s.interaction_id
      join customers c on c.workspace_id = i.workspace_id and c.id = i.customer_id and c.deleted_at is null
      where s.workspace_id = ${named.workspaceId}::uuid and s.id = ${named.inviteId}::uuid and s.sent_at is not null`;
    if (!row) throw notHere();
    return work({ ...system, actor: { kind: "customer", id: row.customer_id } }, named.inviteId);
  });
}

type PageRow = Omit<SurveyPage, "state" | "at" | "asks"> & {
  invite_state: string;
  expires_at: Date;
  at: Date;
  isWithdrawn: boolean;
};

/** What the form asks about, and whether it still does. */
export async function getSurveyPage(ctx: Context, inviteId: string): Promise<SurveyPage> {
  const [row] = await ctx.db.$queryRaw<PageRow[]>`
    select s.state as invite_state, s.expires_at, w.name as company, s.language, coalesce(c.time_zone, w.time_zone) as "timeZone",
      m.name as who, i.medium, i.type, i.started_at as at,
      exists (select from responses r where r.workspace_id = s.workspace_id and r.invite_id = s.id) as "mayWithdraw",
      exists (select from response_withdrawals x where x.workspace_id = s.workspace_id and x.invite_id = s.id) as "isWithdrawn"
    from survey_invites s join workspaces w on w.id = s.workspace_id
    join interactions i on i.workspace_id = s.workspace_id and i.id = s.interaction_id
    join customers c on c.workspace_id = i.workspace_id and c.id = i.customer_id
    left join members m on m.workspace_id = i.workspace_id and m.id = i.agent_id
    where s.workspace_id = ${ctx.workspaceId}::uuid and s.id = ${inviteId}::uuid`;
  if (!row) throw notHere();
  const { invite_state, expires_at, at, isWithdrawn, ...page } = row;
  const standing = invite_state === "answered" ? "answered" : expires_at < ctx.now ? "late" : "open";
  return {
    ...page,
    asks: secondQuestion(page.type, (await surveySettings(ctx)).seconds),
    timeZone: isTimeZone(page.timeZone) ? page.timeZone : "UTC",
    at: at.toISOString(),
    state: isWithdrawn ? "withdrawn" : standing,
  };
}

/** Notes, once, that the customer looked at the form. */
export async function noteOpened(ctx: Context, inviteId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const count = await ctx.db
      .$executeRaw`update survey_invites set state = case when state = 'sent' then 'opened' else state end, opened_at = ${ctx.now}
      where workspace_id = ${ctx.workspaceId}::uuid and id = ${inviteId}::uuid and opened_at is null`;
    if (count === 0) return nothingChanged(ctx);
    record(ctx, "survey.opened", {
      subject: `survey_invite:${inviteId}`,
      customerId: ctx.actor.kind === "customer" ? ctx.actor.id : null,
    });
  });
}

/**
 * The customer answers. The first answer of an invitation holds, whoever forwarded the link (`answered`); one after
 * fourteen days is kept for themes alone (`late`); one that was taken back is not given anew (`withdrawn`).
 */
export async function answerSurvey(
  ctx: Context,
  inviteId: string,
  { language, ...answer }: SurveyAnswer & { language: string },
): Promise<"thanks" | "late" | "answered" | "withdrawn"> {
  return transaction(ctx, async (ctx) => {
    const [invite] = await ctx.db.$queryRaw<{ interaction_id: string; expires_at: Date; state: string }[]>`
      select interaction_id, expires_at, state from survey_invites
      where workspace_id = ${ctx.workspaceId}::uuid and id = ${inviteId}::uuid for update`;
    if (!invite) throw notHere();
    const [given] = await ctx.db.$queryRaw<{ isWithdrawn: boolean }[]>`
      select false as "isWithdrawn" from responses where workspace_id = ${ctx.workspaceId}::uuid and invite_id = ${inviteId}::uuid
      union all select true from response_withdrawals where workspace_id = ${ctx.workspaceId}::uuid and invite_id = ${inviteId}::uuid`;
    if (given) {
      nothingChanged(ctx);
      return given.isWithdrawn ? "withdrawn" : "answered";
    }
    const interactionId = invite.interaction_id;
    const spoken = { ...answer, language, source: "customer" as const };
    const { isLate } = await writeResponse(ctx, { ...spoken, interactionId, inviteId, expiresAt: invite.expires_at });
    await ctx.db
      .$executeRaw`update survey_invites set state = ${isLate ? "expired" : "answered"}, answered_at = ${ctx.now}
      where workspace_id = ${ctx.workspaceId}::uuid and id = ${inviteId}::uuid`;
    return isLate ? "late" : "thanks";
  });
}

/** Whoever does not want to be asked is not asked again. */
export async function refuseSurveys(ctx: Context, inviteId: string): Promise<void> {
  const [row] = await ctx.db.$queryRaw<{ customer_id: string; person_id: string }[]>`
    select p.customer_id, p.id as person_id from survey_invites s
    join persons o on o.workspace_id = s.workspace_id and o.id = s.person_id
    join persons p on p.workspace_id = o.workspace_id and p.id = coalesce(o.merged_into_id, o.id)
    where s.workspace_id = ${ctx.workspaceId}::uuid and s.id = ${inviteId}::uuid`;
  if (!row) throw notHere();
  await recordConsent(ctx, {
    customerId: row.customer_id,
    personId: row.person_id,
    medium: "email",
    purpose: "survey",
    state: "revoked",
    evidence: { source: "form", text: "survey page" },
  });
}
