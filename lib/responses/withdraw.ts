import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { evaluateByCustomer, retractCustomer } from "../evaluations/commands";
import { isId } from "../identifiers";
import { requireVisibleCustomer } from "../journeys/visibility";
import { nothingChanged, record, transaction } from "../transaction";
import type { WithdrawResponse } from "./schema";

type Row = {
  id: string;
  interactionId: string;
  customerId: string;
  journeyId: string | null;
  source: string;
  outcome: number | null;
  countsForClass: boolean;
};

/** An answer with its contact, locked behind its customer as answers and merges lock them. */
async function lockResponse(ctx: Context, id: string): Promise<Row | null> {
  const { workspaceId } = ctx;
  await ctx.db
    .$queryRaw`select id from customers where workspace_id = ${workspaceId}::uuid and id = (select i.customer_id from responses r
    join interactions i on i.workspace_id = r.workspace_id and i.id = r.interaction_id
    where r.workspace_id = ${workspaceId}::uuid and r.id = ${id}::uuid) for no key update`;
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select r.id, i.id as "interactionId", i.customer_id as "customerId", i.journey_id as "journeyId", r.source, r.outcome,
      r.counts_for_class as "countsForClass"
    from responses r join interactions i on i.workspace_id = r.workspace_id and i.id = r.interaction_id
    where r.workspace_id = ${workspaceId}::uuid and r.id = ${id}::uuid for no key update of i`;
  return row ?? null;
}

/** Whether it was said of a contact of the one team whose answers this manager reads, whoever has the customer. */
async function isOfMyTeam(ctx: Context, { interactionId }: Row): Promise<boolean> {
  if (!ctx.teamId || !canAs(ctx.roles, "scores.read", "scope")) return false;
  const rows = await ctx.db.$queryRaw<unknown[]>`
    select 1 from interactions i join members m on m.workspace_id = ${ctx.workspaceId}::uuid and m.id = i.agent_id
    where i.workspace_id = ${ctx.workspaceId}::uuid and i.id = ${interactionId}::uuid and m.team_id = ${ctx.teamId}::uuid`;
  return rows.length > 0;
}

/** What the customer's score said of the standard goes with it; the next timely answer says its own. */
async function judgeAgain(ctx: Context, { interactionId, outcome, countsForClass }: Row): Promise<void> {
  if (!countsForClass || outcome === null) return;
  const [next] = await ctx.db.$queryRaw<{ outcome: number | null }[]>`
    select outcome from responses where workspace_id = ${ctx.workspaceId}::uuid and interaction_id = ${interactionId}::uuid and counts_for_class`;
  if (next && next.outcome !== null) await evaluateByCustomer(ctx, interactionId, next.outcome);
  else await retractCustomer(ctx, interactionId);
}

async function withdraw(ctx: Context, found: Row, reason: string): Promise<void> {
  const { id, interactionId, customerId, journeyId, source } = found;
  await ctx.db.$executeRaw`
    insert into response_withdrawals (workspace_id, response_id, interaction_id, invite_id, source, source_system, external_id, answered_at,
      recorded_at, withdrawn_at, withdrawn_by_id, reason)
    select workspace_id, id, interaction_id, invite_id, source, source_system, external_id, answered_at, recorded_at, ${ctx.now},
      ${ctx.memberId}::uuid, ${reason} from responses where workspace_id = ${ctx.workspaceId}::uuid and id = ${id}::uuid`;
  await ctx.db.$queryRaw`select app.remove_withdrawn_response(${id}::uuid)::text as removed`;
  await judgeAgain(ctx, found);
  record(ctx, "response.withdrawn", {
    subject: `response:${id}`,
    customerId,
    journeyId,
    detail: { interactionId, source, reason },
    data: { interactionId, source },
  });
}

/**
 * Takes a customer's answer out of every figure because she wants it so: the words and scores are gone, that there was an answer
 * and who took it back stays. The next timely answer about the contact then decides its class. Throws `not_found`, and `refused`
 * `not_the_customers` for a member's own view.
 */
export async function withdrawResponse(ctx: Context, { id, reason }: WithdrawResponse): Promise<void> {
  requirePermission(ctx, "responses.record");
  if (!isId(id)) throw new AppError("not_found", "response");
  await transaction(ctx, async (ctx) => {
    const found = await lockResponse(ctx, id);
    if (!found) throw new AppError("not_found", "response");
    if (!(await isOfMyTeam(ctx, found)))
      await requireVisibleCustomer(ctx, found.customerId).catch(() => {
        throw new AppError("not_found", "response");
      });
    if (found.source === "staff") throw new AppError("refused", "not_the_customers");
    await withdraw(ctx, found, reason);
  });
}

/** The customer takes her answer back by the link she gave it with. Does nothing when there is none. */
export async function withdrawAnswer(ctx: Context, inviteId: string): Promise<"withdrawn" | null> {
  return transaction(ctx, async (ctx) => {
    const [given] = await ctx.db.$queryRaw<{ id: string }[]>`
      select id from responses where workspace_id = ${ctx.workspaceId}::uuid and invite_id = ${inviteId}::uuid`;
    const found = given ? await lockResponse(ctx, given.id) : null;
    if (!found) {
      nothingChanged(ctx);
      return null;
    }
    await withdraw(ctx, found, "");
    return "withdrawn";
  });
}
