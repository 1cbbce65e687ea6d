import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId, newId } from "../identifiers";
import { requireVisibleCustomer } from "../journeys/visibility";
import { nothingChanged, record, transaction } from "../transaction";
import { type InviteStanding, pageState } from "./rules";
import type { RelationshipAnswer, RelationshipPage, WithdrawResponse } from "./schema";

const notHere = () => new AppError("not_found", "survey");

type PageRow = Omit<RelationshipPage, "state" | "about"> & InviteStanding;

/** Whether the form about the relationship still asks. */
export async function getRelationshipPage(ctx: Context, inviteId: string): Promise<RelationshipPage> {
  const [row] = await ctx.db.$queryRaw<PageRow[]>`
    select s.state as "inviteState", s.expires_at as "expiresAt", w.name as company, s.language, s.withdrawn_at is not null as "isWithdrawn",
      exists (select from relationship_responses r where r.workspace_id = s.workspace_id and r.invite_id = s.id) as "mayWithdraw"
    from relationship_invites s join workspaces w on w.id = s.workspace_id
    where s.workspace_id = ${ctx.workspaceId}::uuid and s.id = ${inviteId}::uuid`;
  if (!row) throw notHere();
  const { inviteState, expiresAt, isWithdrawn, ...page } = row;
  return { ...page, about: "relationship", state: pageState({ inviteState, expiresAt, isWithdrawn }, ctx.now) };
}

type Invite = {
  personId: string;
  customerId: string;
  expiresAt: Date;
  isWithdrawn: boolean;
  responseId: string | null;
};

/** An invitation with the answer to it, locked behind its customer, as merges lock them. */
async function lockInvite(ctx: Context, id: string): Promise<Invite | undefined> {
  const { workspaceId } = ctx;
  await ctx.db
    .$queryRaw`select id from customers where workspace_id = ${workspaceId}::uuid and id = (select p.customer_id
    from relationship_invites s join persons p on p.workspace_id = s.workspace_id and p.id = s.person_id
    where s.workspace_id = ${workspaceId}::uuid and s.id = ${id}::uuid) for no key update`;
  const [row] = await ctx.db.$queryRaw<Invite[]>`
    select s.person_id as "personId", p.customer_id as "customerId", s.expires_at as "expiresAt", s.withdrawn_at is not null as "isWithdrawn",
      (select r.id from relationship_responses r where r.workspace_id = s.workspace_id and r.invite_id = s.id) as "responseId"
    from relationship_invites s join persons p on p.workspace_id = s.workspace_id and p.id = s.person_id
    where s.workspace_id = ${workspaceId}::uuid and s.id = ${id}::uuid for no key update of s`;
  return row;
}

/**
 * The customer says whether she would recommend the company, 0 to 10. Her first answer holds (`answered`); one after fourteen days
 * is kept and counts in no figure (`late`); one that was taken back is not given anew (`withdrawn`).
 */
export async function answerRelationship(
  ctx: Context,
  inviteId: string,
  { nps, comment, language }: RelationshipAnswer & { language: string },
): Promise<"thanks" | "late" | "answered" | "withdrawn"> {
  return transaction(ctx, async (ctx) => {
    const invite = await lockInvite(ctx, inviteId);
    if (!invite) throw notHere();
    if (invite.isWithdrawn || invite.responseId) {
      nothingChanged(ctx);
      return invite.isWithdrawn ? "withdrawn" : "answered";
    }
    const isLate = ctx.now > invite.expiresAt;
    const id = newId();
    await ctx.db.$executeRaw`
      insert into relationship_responses (workspace_id, id, invite_id, nps, comment, language, answered_at, is_late)
      values (${ctx.workspaceId}::uuid, ${id}::uuid, ${inviteId}::uuid, ${nps}::smallint, ${comment}, ${language}, ${ctx.now}, ${isLate})`;
    await ctx.db.$executeRaw`
      update relationship_invites set state = ${isLate ? "expired" : "answered"}, answered_at = ${ctx.now}
      where workspace_id = ${ctx.workspaceId}::uuid and id = ${inviteId}::uuid`;
    const { customerId, personId } = invite;
    record(ctx, "relationship.answered", {
      subject: `relationship_response:${id}`,
      customerId,
      detail: { personId, inviteId, isLate },
      data: { personId, isLate },
    });
    return isLate ? "late" : "thanks";
  });
}

async function withdraw(ctx: Context, inviteId: string, { responseId, ...invite }: Invite, reason: string) {
  await ctx.db.$executeRaw`
    update relationship_invites set withdrawn_at = ${ctx.now}, withdrawn_by_id = ${ctx.memberId}::uuid, state = 'expired', answered_at = null
    where workspace_id = ${ctx.workspaceId}::uuid and id = ${inviteId}::uuid`;
  await ctx.db.$queryRaw`select app.remove_relationship_response(${responseId}::uuid)::text as removed`;
  const { customerId, personId } = invite;
  record(ctx, "relationship.withdrawn", {
    subject: `relationship_response:${responseId}`,
    customerId,
    detail: { personId, inviteId, reason },
    data: { personId },
  });
}

/**
 * Deletes what a person said of the relationship because she wants it so: it is in no figure any more, that there was an answer and who
 * took it back stays. Throws `not_found`.
 */
export async function withdrawRelationship(ctx: Context, { id, reason }: WithdrawResponse): Promise<void> {
  requirePermission(ctx, "responses.record");
  const gone = new AppError("not_found", "response");
  if (!isId(id)) throw gone;
  await transaction(ctx, async (ctx) => {
    const [given] = await ctx.db.$queryRaw<{ inviteId: string }[]>`
      select invite_id as "inviteId" from relationship_responses where workspace_id = ${ctx.workspaceId}::uuid and id = ${id}::uuid`;
    if (!given) throw gone;
    const invite = await lockInvite(ctx, given.inviteId);
    if (!invite?.responseId) throw gone;
    await requireVisibleCustomer(ctx, invite.customerId).catch(() => {
      throw gone;
    });
    await withdraw(ctx, given.inviteId, invite, reason);
  });
}

/** The person takes her answer back by the link she gave it with. Does nothing when there is none. */
export async function withdrawRelationshipAnswer(ctx: Context, inviteId: string): Promise<"withdrawn" | null> {
  return transaction(ctx, async (ctx) => {
    const invite = await lockInvite(ctx, inviteId);
    if (!invite?.responseId) {
      nothingChanged(ctx);
      return null;
    }
    await withdraw(ctx, inviteId, invite, "");
    return "withdrawn";
  });
}
