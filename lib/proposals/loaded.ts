import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Proposal } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { todayOf } from "./content";
import type { ApprovalTier } from "./price";

/**
 * A proposal to be changed. Whoever changes offers of one customer takes her row first, so that of a hundred at one moment
 * each sees what the others did. Throws `not_found`, and `conflict` when it changed since it was read.
 */
export async function loadProposal(ctx: Context, { id, version }: { id: string; version: number }): Promise<Proposal> {
  if (!isId(id)) throw new AppError("not_found", "proposal");
  const w = ctx.workspaceId;
  await ctx.db.$queryRaw`
    select 1 from customers where workspace_id = ${w}::uuid and id = (select customer_id from proposals
      where workspace_id = ${w}::uuid and id = ${id}::uuid) for no key update`;
  const found = await ctx.db.proposal.findFirst({ where: { workspaceId: w, id } });
  if (!found) throw new AppError("not_found", "proposal");
  if (found.version !== version)
    throw new AppError("conflict", "version", { current: { state: found.state, version: found.version } });
  return found;
}

/** Takes the customer's row before her first proposal is there. */
export async function lockCustomer(ctx: Context, customerId: string): Promise<void> {
  await ctx.db.$queryRaw`
    select 1 from customers where workspace_id = ${ctx.workspaceId}::uuid and id = ${customerId}::uuid for no key update`;
}

/** Those who settle between two sellers. */
export const isDealDesk = (ctx: Context) => ctx.roles.some((role) => role === "manager" || role === "senior_sales");

/** Its seller sells it, and a manager any. */
export function requireHand(ctx: Context, { sellerId }: { sellerId: string }): void {
  requirePermission(ctx, "proposals.present", "yes");
  if (sellerId !== ctx.memberId && !ctx.roles.includes("manager")) throw new AppError("forbidden", "proposals.present");
}

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
