import { canAs, requirePermission } from "../auth/permissions";
import { isRole } from "../auth/roles";
import type { Context } from "../context";
import type { ChangeLog } from "../customers/change-log";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { requireVisibleCustomer } from "../journeys/visibility";
import { notify } from "../notifications/notify";
import { isDealDesk, lockCustomer } from "../proposals/loaded";
import { record, transaction } from "../transaction";
import { readSellingTeam } from "./queries";
import { mayChangeTeam, planTeam } from "./rules";
import type { SetSellingTeam } from "./schema";

async function sellersAmong(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const found = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: [...ids] }, status: "active" },
    select: { id: true, roles: true },
  });
  return found.filter(({ roles }) => canAs(roles.filter(isRole), "proposals.present", "yes")).map(({ id }) => id);
}

/**
 * Names who sells to a customer together and the one of them who coordinates. For those who sell to her: anybody while there is no
 * team, then its members and the deal desk. Throws `conflict` when it changed since it was read.
 */
export async function setSellingTeam(ctx: Context, input: SetSellingTeam): Promise<{ version: number }> {
  requirePermission(ctx, "proposals.present", "yes");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { customerId, version, coordinatorId } = input;
    await requireVisibleCustomer(ctx, customerId);
    await lockCustomer(ctx, customerId);
    const before = await readSellingTeam(ctx, customerId);
    const team = before.members.map(({ id }) => id);
    if (!mayChangeTeam(team, { memberId: ctx.memberId, isDealDesk: isDealDesk(ctx) }))
      throw new AppError("forbidden", "proposals.present");
    if (before.version !== version) throw new AppError("conflict", "version", { current: before });
    const { memberIds } = enforce(planTeam(input, await sellersAmong(ctx, input.memberIds)));
    if (version === 0) await ctx.db.sellingTeam.create({ data: { workspaceId, customerId, coordinatorId } });
    else
      await ctx.db.sellingTeam.updateMany({
        where: { workspaceId, customerId },
        data: { coordinatorId, version: version + 1 },
      });
    await ctx.db.sellingTeamMember.deleteMany({ where: { workspaceId, customerId, memberId: { notIn: memberIds } } });
    await ctx.db.sellingTeamMember.createMany({
      data: memberIds.map((memberId) => ({ workspaceId, customerId, memberId })),
      skipDuplicates: true,
    });
    await notify(ctx, [...new Set([...team, ...memberIds])], "selling_team_changed", customerId, {});
    record(ctx, "selling_team.set", {
      subject: `customer:${customerId}`,
      customerId,
      detail: { before: before.members, after: { coordinatorId, memberIds } },
      data: { coordinatorId, members: memberIds.length },
    });
    return { version: version + 1 };
  });
}

/** A customer who turned out to be another brings her selling team along where that one has none. */
export async function mergeSellingTeams(ctx: Context, log: ChangeLog, from: string, to: string): Promise<void> {
  const [theirs, kept] = [await readSellingTeam(ctx, from), await readSellingTeam(ctx, to)];
  const coordinator = theirs.members.find(({ isCoordinator }) => isCoordinator);
  if (!coordinator || kept.version > 0) return;
  log.open("selling_team", true);
  await log.insert("selling_teams", { customer_id: to, coordinator_id: coordinator.id, version: 1 });
  for (const { id } of theirs.members) await log.insert("selling_team_members", { customer_id: to, member_id: id });
}

/** Takes a leaver out of every selling team; where she coordinated, her taker does. */
export async function leaveSellingTeams(ctx: Context, memberId: string, takerId: string): Promise<void> {
  const w = ctx.workspaceId;
  await ctx.db.$executeRaw`
    insert into selling_team_members (workspace_id, customer_id, member_id)
    select t.workspace_id, t.customer_id, ${takerId}::uuid from selling_teams t
    where t.workspace_id = ${w}::uuid and t.coordinator_id = ${memberId}::uuid on conflict do nothing`;
  await ctx.db.sellingTeam.updateMany({
    where: { workspaceId: w, coordinatorId: memberId },
    data: { coordinatorId: takerId, version: { increment: 1 } },
  });
  await ctx.db.sellingTeamMember.deleteMany({ where: { workspaceId: w, memberId } });
}
