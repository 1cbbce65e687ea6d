import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { openStates } from "../handoffs/rules";
import { reassignAllOf } from "../journeys/osc";
import { releaseProposals } from "../proposals/leaving";
import { record, transaction } from "../transaction";
import { type LoadedMember, lockMember, requireKeepers, requireVersion } from "./commands";
import { planManage, planSuccession } from "./rules";
import type { DeactivateMember, ReactivateMember } from "./schema";

async function findSuccessor(ctx: Context, id: string | undefined) {
  if (!id) return null;
  const member = await ctx.db.member.findFirst({
    where: { workspaceId: ctx.workspaceId, id, status: "active" },
    select: { id: true, roles: true },
  });
  if (!member) throw new AppError("not_found", "member");
  return { id: member.id, isOsc: member.roles.includes("osc") };
}

/** Who takes over, locked together with the settings that name the leader of the coverage group. */
async function settleSuccession(ctx: Context, member: LoadedMember, successorId: string | undefined) {
  const { workspaceId } = ctx;
  const [settings] = await ctx.db.$queryRaw<{ coverageLeadId: string | null }[]>`
    select coverage_lead_id as "coverageLeadId" from workspace_settings where workspace_id = ${workspaceId}::uuid for update`;
  const oscs = await ctx.db.member.findMany({
    where: { workspaceId, status: "active", roles: { has: "osc" } },
    select: { id: true },
  });
  const succession = enforce(
    planSuccession({
      memberId: member.id,
      coverageLeadId: settings?.coverageLeadId ?? null,
      oscIds: oscs.map(({ id }) => id),
      successor: await findSuccessor(ctx, successorId),
    }),
  );
  if (succession.newLeadId)
    await ctx.db.workspaceSettings.updateMany({
      where: { workspaceId },
      data: { coverageLeadId: succession.newLeadId, version: { increment: 1 } },
    });
  return succession;
}

/** What she had open goes back to her department's queue; what needs a host or an asker goes to her heir. */
async function releaseWork(ctx: Context, memberId: string, heirId: string): Promise<void> {
  const { workspaceId } = ctx;
  const mine = { workspaceId, ownerId: memberId };
  const bump = { version: { increment: 1 } };
  await ctx.db.journey.updateMany({
    where: { workspaceId, accountableId: memberId, status: { notIn: ["completed", "lost", "merged"] } },
    data: { accountableId: null, ...bump },
  });
  await ctx.db.touchpoint.updateMany({
    where: { ...mine, state: { in: ["planned", "due", "in_progress"] } },
    data: { ownerId: null, ...bump },
  });
  await ctx.db.task.updateMany({ where: { ...mine, state: "open" }, data: { ownerId: null, ...bump } });
  await ctx.db.recoveryStep.updateMany({ where: { ...mine, doneAt: null }, data: { ownerId: null } });
  await ctx.db.recoveryCaseStep.updateMany({ where: { ...mine, doneAt: null }, data: { ownerId: heirId } });
  await ctx.db.recoveryCase.updateMany({ where: { ...mine, closedAt: null }, data: { ownerId: heirId, ...bump } });
  await ctx.db.onboarding.updateMany({ where: { ...mine, state: "open" }, data: { ownerId: heirId, ...bump } });
  await ctx.db.onboardingMilestone.updateMany({ where: { ...mine, endedAt: null }, data: { ownerId: null, ...bump } });
  await ctx.db.improvement.updateMany({
    where: { ...mine, state: { in: ["proposed", "accepted", "in_progress"] } },
    data: { ownerId: null, ...bump },
  });
  await ctx.db.relay.updateMany({
    where: { workspaceId, toId: memberId, state: { in: ["sent", "acked"] } },
    data: { toId: null, ...bump },
  });
  await ctx.db.relay.updateMany({
    where: { workspaceId, fromId: memberId, state: { in: ["sent", "acked"] } },
    data: { fromId: heirId, ...bump },
  });
  await ctx.db.handoff.updateMany({
    where: { workspaceId, toId: memberId, state: { in: [...openStates] } },
    data: { toId: null, ...bump },
  });
  await ctx.db.appointment.updateMany({
    where: { workspaceId, hostId: memberId, state: { in: ["set", "confirmed"] } },
    data: { hostId: heirId, ...bump },
  });
}

/** Nothing that she could come in by stays open: her link, and the keys she made. */
async function closeDoors(ctx: Context, memberId: string): Promise<void> {
  const { workspaceId } = ctx;
  await ctx.db.invitation.updateMany({
    where: { workspaceId, memberId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: ctx.now },
  });
  await ctx.db.apiKey.updateMany({
    where: { workspaceId, createdById: memberId, revokedAt: null },
    data: { revokedAt: ctx.now },
  });
}

/**
 * Ends a member's access at once. Her customers get the successor (or the leader of the coverage group) as OSC, her open work
 * goes back to the queue, all in one transaction; her name stays on what she did. The last owner, the leader of the coverage
 * group and the last OSC cannot go before somebody takes their place.
 */
export async function deactivateMember(ctx: Context, input: DeactivateMember): Promise<{ version: number }> {
  requirePermission(ctx, "members.manage");
  const { memberId, version } = input;
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const member = await lockMember(ctx, memberId);
    requireVersion(member, version);
    enforce(planManage(ctx.roles, member.roles));
    if (member.status === "deactivated") throw new AppError("refused", "former_member");
    await requireKeepers(ctx, member, []);
    const { heirId, newLeadId } = await settleSuccession(ctx, member, input.successorId);
    await ctx.db.member.updateMany({
      where: { workspaceId, id: memberId },
      data: { status: "deactivated", version: { increment: 1 } },
    });
    await reassignAllOf(ctx, memberId, heirId);
    await releaseWork(ctx, memberId, heirId);
    await releaseProposals(ctx, memberId, heirId);
    await closeDoors(ctx, memberId);
    record(ctx, "member.deactivated", { subject: `member:${memberId}`, detail: { heirId, newLeadId } });
    return { version: version + 1 };
  });
}

/** Lets a former member in again, in the roles she had; what went to others stays there. */
export async function reactivateMember(ctx: Context, input: ReactivateMember): Promise<{ version: number }> {
  requirePermission(ctx, "members.manage");
  const { memberId, version } = input;
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const member = await lockMember(ctx, memberId);
    requireVersion(member, version);
    enforce(planManage(ctx.roles, member.roles));
    if (member.status !== "deactivated" && member.status !== "suspended") throw new AppError("refused", "not_former");
    const status = member.userId || !member.email ? "active" : "invited";
    await ctx.db.member.updateMany({
      where: { workspaceId, id: memberId },
      data: { status, version: { increment: 1 } },
    });
    record(ctx, "member.reactivated", { subject: `member:${memberId}`, detail: { status } });
    return { version: version + 1 };
  });
}
