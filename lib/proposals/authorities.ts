import { can, canAs, requirePermission } from "../auth/permissions";
import { isRole } from "../auth/roles";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId, newId } from "../identifiers";
import { notify } from "../notifications/notify";
import { record, transaction } from "../transaction";
import { dateOf, todayOf } from "./content";
import { listPolicies, policyInForce } from "./policy";
import { type ApprovalTier, approvalTiers } from "./price";
import type { AuthorityView, DelegateAuthority, PriceRules } from "./rule-schema";
import type { MoveProposal } from "./schema";

const keepsMatrix = (ctx: Context) => canAs(ctx.roles, "discounts.approve", "matrix");

/** The tiers that are hers and not lent to her: only those may be lent on. */
async function ownTiers(ctx: Context): Promise<ApprovalTier[]> {
  if (ctx.memberId === null || !canAs(ctx.roles, "discounts.approve", "tier")) return [];
  const rows = await ctx.db.$queryRaw<{ tier: ApprovalTier }[]>`
    select distinct tier from approval_authorities where workspace_id = ${ctx.workspaceId}::uuid and member_id = ${ctx.memberId}::uuid
      and delegated_by_id is null and ended_at is null
      and valid_from <= ${todayOf(ctx)}::date and (valid_to is null or valid_to >= ${todayOf(ctx)}::date)`;
  const held = new Set(rows.map(({ tier }) => tier));
  if (ctx.roles.includes("manager")) held.add("manager");
  return approvalTiers.filter((tier) => held.has(tier));
}

/** Everybody who holds a tier by name and date, those that hold first, at most two hundred. */
async function listAuthorities(ctx: Context): Promise<AuthorityView[]> {
  const w = ctx.workspaceId;
  const today = todayOf(ctx);
  return ctx.db.$queryRaw<AuthorityView[]>`
    select a.id, a.version, a.member_id as "memberId", m.name as "memberName", a.tier, a.valid_from::text as "validFrom",
      a.valid_to::text as "validTo", d.name as "delegatedByName", s.standing,
      s.standing <> 'past' and (${keepsMatrix(ctx)} or a.delegated_by_id is not distinct from ${ctx.memberId}::uuid and a.delegated_by_id is not null) as "mayEnd"
    from approval_authorities a join members m on m.workspace_id = ${w}::uuid and m.id = a.member_id
    left join members d on d.workspace_id = ${w}::uuid and d.id = a.delegated_by_id
    cross join lateral (select case when a.ended_at is not null or a.valid_to < ${today}::date then 'past'
      when a.valid_from > ${today}::date then 'announced' else 'in_force' end as standing) s
    where a.workspace_id = ${w}::uuid order by (s.standing = 'past'), a.tier, a.valid_from desc, a.id limit 200`;
}

/** Tiers that nobody active holds today, by role or by name. */
async function emptyTiers(ctx: Context): Promise<ApprovalTier[]> {
  const today = todayOf(ctx);
  const rows = await ctx.db.$queryRaw<{ tier: ApprovalTier }[]>`
    select distinct a.tier from approval_authorities a
    join members m on m.workspace_id = ${ctx.workspaceId}::uuid and m.id = a.member_id and m.status = 'active'
    where a.workspace_id = ${ctx.workspaceId}::uuid and a.ended_at is null and a.valid_from <= ${today}::date
      and (a.valid_to is null or a.valid_to >= ${today}::date)
    union select 'manager' from members m
    where m.workspace_id = ${ctx.workspaceId}::uuid and m.status = 'active' and 'manager' = any(m.roles)`;
  const held = new Set(rows.map(({ tier }) => tier));
  return approvalTiers.filter((tier) => !held.has(tier));
}

/** Who approves what: the matrix that holds, its versions, and everybody with a tier by name. For who keeps prices. */
export async function getPriceRules(ctx: Context): Promise<PriceRules> {
  requirePermission(ctx, "prices.edit");
  const [inForce, policies, authorities, empty, lendable] = await Promise.all([
    policyInForce(ctx),
    listPolicies(ctx),
    listAuthorities(ctx),
    emptyTiers(ctx),
    ownTiers(ctx),
  ]);
  const version = policies[0]?.number ?? 0;
  return { version, inForce, policies, authorities, emptyTiers: empty, lendable, mayEdit: keepsMatrix(ctx) };
}

/** Who may be given a tier: somebody active whose role may approve at all. Throws `not_found`, and `invalid` `may_not_approve`. */
async function requireApprover(ctx: Context, memberId: string): Promise<void> {
  const where = { workspaceId: ctx.workspaceId, id: memberId, status: "active" };
  const member = isId(memberId) ? await ctx.db.member.findFirst({ where, select: { roles: true } }) : null;
  if (!member) throw new AppError("not_found", "member");
  if (!canAs(member.roles.filter(isRole), "discounts.approve", "tier"))
    throw new AppError("invalid", "may_not_approve", { fields: { memberId: "may_not_approve" } });
}

/**
 * Lends a tier of one's own to a colleague between two days, both included. Throws `refused` `not_your_tier` for one that is not
 * hers or was lent to her, and `invalid` for herself, a day that is past, or somebody whose role never approves.
 */
export async function delegateAuthority(ctx: Context, input: DelegateAuthority): Promise<{ id: string }> {
  requirePermission(ctx, "discounts.approve", "tier");
  return transaction(ctx, async (ctx) => {
    const { workspaceId, memberId: lenderId } = ctx;
    const { memberId, tier, validTo } = input;
    const today = todayOf(ctx);
    const validFrom = input.validFrom ?? today;
    if (!(await ownTiers(ctx)).includes(tier)) throw new AppError("refused", "not_your_tier");
    if (memberId === lenderId) throw new AppError("invalid", "self", { fields: { memberId: "self" } });
    if (validFrom < today) throw new AppError("invalid", "past", { fields: { validFrom: "past" } });
    if (validTo < validFrom) throw new AppError("invalid", "before_start", { fields: { validTo: "before_start" } });
    await requireApprover(ctx, memberId);
    const id = newId();
    await ctx.db.approvalAuthority.create({
      data: {
        ...{ workspaceId, id, memberId, tier, delegatedById: lenderId },
        ...{ validFrom: dateOf(validFrom), validTo: dateOf(validTo) },
      },
    });
    await notify(ctx, [memberId], "authority_delegated", null, {});
    record(ctx, "approval.authority_delegated", {
      subject: `member:${memberId}`,
      detail: { tier, validFrom, validTo, delegatedById: lenderId },
    });
    return { id };
  });
}

/** Ends an authority before its day. For who keeps the matrix, and for who lent it. Throws `refused` `already_ended`. */
export async function endAuthority(ctx: Context, { id, version }: MoveProposal): Promise<{ version: number }> {
  if (!can(ctx.roles, "discounts.approve")) throw new AppError("forbidden", "discounts.approve");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const found = isId(id) ? await ctx.db.approvalAuthority.findFirst({ where: { workspaceId, id } }) : null;
    if (!found) throw new AppError("not_found", "authority");
    const isLender = found.delegatedById !== null && found.delegatedById === ctx.memberId;
    if (!keepsMatrix(ctx) && !isLender) throw new AppError("forbidden", "discounts.approve");
    if (found.endedAt !== null) throw new AppError("refused", "already_ended");
    const { count } = await ctx.db.approvalAuthority.updateMany({
      where: { workspaceId, id, version },
      data: { endedAt: ctx.now, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "version", { current: { version: found.version } });
    record(ctx, "approval.authority_ended", {
      subject: `member:${found.memberId}`,
      detail: { tier: found.tier, validFrom: found.validFrom, validTo: found.validTo },
    });
    return { version: version + 1 };
  });
}
