import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";

/**
 * What she may do with proposals: sell to everybody, sell only to customers who bought before, or write options into a draft
 * (DOMAIN section 4).
 */
export type Power = "sell" | "upsell" | "options";

/** Her power; null for whoever only reads. Who may sell more is asked of her own row, as it stands now. */
export async function powerOf({ db, workspaceId, memberId, roles }: Context): Promise<Power | null> {
  if (memberId === null) return null;
  if (canAs(roles, "proposals.present", "yes")) return "sell";
  if (canAs(roles, "proposals.present", "if_flag")) {
    const where = { workspaceId, id: memberId, status: "active", mayUpsell: true };
    if ((await db.member.count({ where })) > 0) return "upsell";
  }
  return canAs(roles, "proposals.present", "options") ? "options" : null;
}

/** Whether a customer bought before: one of her journeys was won. */
async function hasBought({ db, workspaceId }: Context, customerId: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ has: boolean }[]>`
    select exists (select from journeys j join stage_transitions s on s.workspace_id = j.workspace_id and s.journey_id = j.id and s.status = 'won'
      where j.workspace_id = ${workspaceId}::uuid and j.customer_id = ${customerId}::uuid) as has`;
  return row?.has === true;
}

/** Whether she may make a new offer to this customer. */
export async function maySellTo(ctx: Context, customerId: string): Promise<boolean> {
  const power = await powerOf(ctx);
  return power === "sell" || (power === "upsell" && (await hasBought(ctx, customerId)));
}

/** Throws `forbidden` for who may not offer anything to this customer. */
export async function requireSeller(ctx: Context, customerId: string): Promise<void> {
  requirePermission(ctx, "proposals.present", "yes", "if_flag");
  if (!(await maySellTo(ctx, customerId))) throw new AppError("forbidden", "proposals.present");
}

const isSelling = (power: Power | null) => power === "sell" || power === "upsell";

/** Whether a proposal is hers to change and to present: its seller's own, and a manager's any. */
export const isInHand = (ctx: Context, power: Power | null, { sellerId }: { sellerId: string }): boolean =>
  isSelling(power) && (sellerId === ctx.memberId || ctx.roles.includes("manager"));

/** Its seller sells it, and a manager any. Throws `forbidden` for everybody else. */
export async function requireHand(ctx: Context, proposal: { sellerId: string }): Promise<void> {
  if (!isInHand(ctx, await powerOf(ctx), proposal)) throw new AppError("forbidden", "proposals.present");
}

/** Who writes options into a draft: whoever has it in hand, and a designer. Throws `forbidden` for everybody else. */
export async function requireOptions(ctx: Context, proposal: { sellerId: string }): Promise<void> {
  const power = await powerOf(ctx);
  if (power !== "options" && !isInHand(ctx, power, proposal)) throw new AppError("forbidden", "proposals.present");
}
