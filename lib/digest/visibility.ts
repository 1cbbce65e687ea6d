import { can, canAs } from "../auth/permissions";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";

/** Whether digests of every department are open to this member: managers and auditors. */
export function seesEveryDigest(ctx: Context): boolean {
  return canAs(ctx.roles, "scores.read", "scope");
}

/** The digests under the alias `d` that one may read: a manager's are all, others' those of their department, a partner's none. */
export function visibleDigests(ctx: Context): Prisma.Sql {
  if (seesEveryDigest(ctx)) return Prisma.sql`true`;
  if (!can(ctx.roles, "reports.read") || ctx.roles.includes("partner") || !ctx.spokeId) return Prisma.sql`false`;
  return Prisma.sql`d.spoke_id = ${ctx.spokeId}::uuid`;
}

/** Whether one may decide about an item of the department: its people who work with customers, and managers. */
export function mayDecide(ctx: Context, spokeId: string): boolean {
  if (!can(ctx.roles, "customers.edit") || ctx.roles.includes("partner")) return false;
  return ctx.spokeId === spokeId || canAs(ctx.roles, "evaluations.judge", "scope");
}
