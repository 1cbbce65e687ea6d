import { headOf, lookalikesOf, treeOf } from "../accounts/tree";
import { canAs } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma, type Proposal } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { todayOf } from "./content";
import type { ApprovalTier } from "./price";

/**
 * A proposal to be changed. Whoever changes offers of one account takes its rows first, so that of a hundred at one moment
 * each sees what the others did. Throws `not_found`, and `conflict` when it changed since it was read.
 */
export async function loadProposal(ctx: Context, { id, version }: { id: string; version: number }): Promise<Proposal> {
  if (!isId(id)) throw new AppError("not_found", "proposal");
  const w = ctx.workspaceId;
  const of = await ctx.db.proposal.findFirst({ where: { workspaceId: w, id }, select: { customerId: true } });
  if (!of) throw new AppError("not_found", "proposal");
  await lockCustomer(ctx, of.customerId);
  const found = await ctx.db.proposal.findFirst({ where: { workspaceId: w, id } });
  if (!found) throw new AppError("not_found", "proposal");
  if (found.version !== version)
    throw new AppError("conflict", "version", { current: { state: found.state, version: found.version } });
  return found;
}

/**
 * Takes the rows of a customer, of the head of her account and of the records that look like her, in the order of their ids:
 * of two approvals for any two of them at one moment, the second sees what the first did.
 */
export async function lockCustomer(ctx: Context, customerId: string): Promise<void> {
  const [w, own] = [Prisma.sql`${ctx.workspaceId}::uuid`, Prisma.sql`${customerId}::uuid`];
  await ctx.db.$queryRaw`
    select 1 from customers where workspace_id = ${w} and id = any(array(select ${own} union select ${headOf(w, own)} union ${lookalikesOf(w, own)}))
    order by id for no key update`;
}

/** Whether two records are of one account. */
export async function isOneAccount(ctx: Context, firstId: string, secondId: string): Promise<boolean> {
  const [w, first] = [Prisma.sql`${ctx.workspaceId}::uuid`, Prisma.sql`${firstId}::uuid`];
  const [row] = await ctx.db.$queryRaw<{ isOne: boolean }[]>`
    select ${secondId}::uuid = any(array(${treeOf(w, first)})) as "isOne"`;
  return row?.isOne === true;
}

/** Those who settle between two sellers. */
export const isDealDesk = (ctx: Context) => ctx.roles.some((role) => role === "manager" || role === "senior_sales");

/** The tiers in which she may approve today: a manager's by role, others by name and date. */
export async function tiersOf(ctx: Context): Promise<ApprovalTier[]> {
  if (ctx.memberId === null || !canAs(ctx.roles, "discounts.approve", "tier")) return [];
  const rows = await ctx.db.$queryRaw<{ tier: ApprovalTier }[]>`
    select distinct tier from approval_authorities where workspace_id = ${ctx.workspaceId}::uuid and member_id = ${ctx.memberId}::uuid
      and ended_at is null and valid_from <= ${todayOf(ctx)}::date and (valid_to is null or valid_to >= ${todayOf(ctx)}::date)`;
  const named = rows.map(({ tier }) => tier);
  return ctx.roles.includes("manager") ? [...new Set<ApprovalTier>(["manager", ...named])] : named;
}

/** What a proposal's audit rows and events name. */
export const subjectOf = ({ id, customerId }: { id: string; customerId: string }) => ({
  subject: `proposal:${id}`,
  customerId,
});
