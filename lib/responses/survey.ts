import { systemContext } from "../auth/context";
import { isTimeZone } from "../calendar/zone";
import { recordConsent } from "../consents/commands";
import type { Context } from "../context";
import { inWorkspace } from "../db";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { nothingChanged, record, transaction } from "../transaction";
import { writeResponse } from "./commands";
import { surveySettings } from "./queries";
import { type InviteStanding, pageState, secondQuestion } from "./rules";
import type { ContactPage, SurveyAbout, SurveyAnswer } from "./schema";
import { openSurveyToken } from "./token";

const notHere = () => new AppError("not_found", "survey");

/** Where the invitations of each kind stand. */
const invitesOf: Record<SurveyAbout, Prisma.Sql> = {
  contact: Prisma.sql`survey_invites`,
  relationship: Prisma.sql`relationship_invites`,
};

/** Whose invitation it is and what it asks about; nothing when it was never sent or its customer is no more. */
async function findInvite(ctx: Context, id: string): Promise<{ customerId: string; about: SurveyAbout } | undefined> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<{ customerId: string; about: SurveyAbout }[]>`
    select c.id as "customerId", found.about from (
      select i.customer_id, 'contact' as about from survey_invites s join interactions i on i.workspace_id = ${w} and i.id = s.interaction_id
      where s.workspace_id = ${w} and s.id = ${id}::uuid and s.sent_at is not null
      union all select p.customer_id, 'relationship' from relationship_invites s join persons p on p.workspace_id = ${w} and p.id = s.person_id
      where s.workspace_id = ${w} and s.id = ${id}::uuid and s.sent_at is not null) found
    join customers c on c.workspace_id = ${w} and c.id = found.customer_id and c.deleted_at is null`;
  return row;
}

/**
 * Opens a survey by the token of its link and runs `work` as that customer. Forged, unknown, of a workspace that is no
 * more or of another one: always the same `not_found`.
 */
export async function asAsked<T>(
  token: string,
  work: (ctx: Context, inviteId: string, about: SurveyAbout) => Promise<T>,
  now = new Date(),
): Promise<T> {
  const named = openSurveyToken(token);
  if (!named) throw notHere();
  const system = await systemContext(named.workspaceId, { now, roles: [] }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") throw notHere();
    throw error;
  });
  return inWorkspace(named.workspaceId, async () => {
    const found = await findInvite(system, named.inviteId);
    if (!found) throw notHere();
    const ctx: Context = { ...system, actor: { kind: "customer", id: found.customerId } };
    return work(ctx, named.inviteId, found.about);
  });
}

type PageRow = Omit<ContactPage, "state" | "about" | "at" | "asks"> & InviteStanding & { at: Date };

/** What the form about a contact asks, and whether it still does. */
export async function getSurveyPage(ctx: Context, inviteId: string): Promise<ContactPage> {
  const [row] = await ctx.db.$queryRaw<PageRow[]>`
    select s.state as "inviteState", s.expires_at as "expiresAt", w.name as company, s.language, coalesce(c.time_zone, w.time_zone) as "timeZone",
      m.name as who, i.medium, i.type, i.started_at as at,
      exists (select from responses r where r.workspace_id = s.workspace_id and r.invite_id = s.id) as "mayWithdraw",
      exists (select from response_withdrawals x where x.workspace_id = s.workspace_id and x.invite_id = s.id) as "isWithdrawn"
    from survey_invites s join workspaces w on w.id = s.workspace_id
    join interactions i on i.workspace_id = s.workspace_id and i.id = s.interaction_id
    join customers c on c.workspace_id = i.workspace_id and c.id = i.customer_id
    left join members m on m.workspace_id = i.workspace_id and m.id = i.agent_id
    where s.workspace_id = ${ctx.workspaceId}::uuid and s.id = ${inviteId}::uuid`;
  if (!row) throw notHere();
  const { inviteState, expiresAt, at, isWithdrawn, ...page } = row;
  return {
    ...page,
    about: "contact",
    asks: secondQuestion(page.type, (await surveySettings(ctx)).seconds),
    timeZone: isTimeZone(page.timeZone) ? page.timeZone : "UTC",
    at: at.toISOString(),
    state: pageState({ inviteState, expiresAt, isWithdrawn }, ctx.now),
  };
}

/** Notes, once, that the customer looked at the form. */
export async function noteOpened(ctx: Context, inviteId: string, about: SurveyAbout = "contact"): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const count = await ctx.db
      .$executeRaw`update ${invitesOf[about]} set state = case when state = 'sent' then 'opened' else state end, opened_at = ${ctx.now}
      where workspace_id = ${ctx.workspaceId}::uuid and id = ${inviteId}::uuid and opened_at is null`;
    if (count === 0) return nothingChanged(ctx);
    record(ctx, "survey.opened", {
      subject: `${about === "contact" ? "survey" : about}_invite:${inviteId}`,
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

/** Whoever does not want to be asked is not asked again, about contacts or the relationship. */
export async function refuseSurveys(ctx: Context, inviteId: string, about: SurveyAbout = "contact"): Promise<void> {
  const [row] = await ctx.db.$queryRaw<{ customer_id: string; person_id: string }[]>`
    select p.customer_id, p.id as person_id from ${invitesOf[about]} s
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
