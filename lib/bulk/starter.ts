import { systemContext } from "../auth/context";
import { canAs, requirePermission } from "../auth/permissions";
import { isRole } from "../auth/roles";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { BulkRun } from "../generated/prisma/client";

/** The run, and a context that acts as who started it with the roles she has at this moment. */
export type Started = { ctx: Context; run: BulkRun };

/** Throws `forbidden` unless such a run may be led: another OSC by whom `osc.reassign` lets, a leak's customers by managers. */
export function requireLead(ctx: Context, kind: string): void {
  if (kind === "recover") {
    requirePermission(ctx, "improvements.edit", "yes");
    requirePermission(ctx, "recovery.play", "yes");
  } else requirePermission(ctx, "osc.reassign");
}

/** Throws `forbidden` for roles that lead no run of any kind. */
export function requireSomeLead(ctx: Context): void {
  if (!canAs(ctx.roles, "improvements.edit", "yes")) requirePermission(ctx, "osc.reassign");
}

/** Finds a run in one of the given states; null when it moved on. Throws `forbidden` when its starter works here no more. */
export async function findStarted(
  workspaceId: string,
  runId: string,
  statuses: readonly string[],
): Promise<Started | null> {
  const system = await systemContext(workspaceId);
  const run = await system.db.bulkRun.findFirst({ where: { workspaceId, id: runId } });
  if (!run || !statuses.includes(run.status)) return null;
  const member = await system.db.member.findFirst({
    where: { workspaceId, id: run.createdById, status: "active" },
    select: { id: true, roles: true, spokeId: true, teamId: true, timeZone: true },
  });
  if (!member) throw new AppError("forbidden", run.kind === "recover" ? "improvements.edit" : "osc.reassign");
  const ctx = await systemContext(workspaceId, { memberId: member.id, roles: member.roles.filter(isRole) });
  const { spokeId, teamId, timeZone } = member;
  return { run, ctx: { ...ctx, spokeId, teamId, timeZone: timeZone ?? ctx.timeZone } };
}
