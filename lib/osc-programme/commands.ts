import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { record, transaction } from "../transaction";
import type { SetProgrammeGoal } from "./schema";

/**
 * Sets how many sales a month aims at, or takes the goal away. Throws `conflict` when somebody else set it meanwhile.
 */
export async function setProgrammeGoal(
  ctx: Context,
  { month, sales, version }: SetProgrammeGoal,
): Promise<{ version: number }> {
  requirePermission(ctx, "standards.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const first = new Date(`${month}-01T00:00:00Z`);
    await ctx.db
      .$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`programme goal ${workspaceId} ${month}`}, 0))`;
    const before = await ctx.db.programmeGoal.findFirst({ where: { workspaceId, month: first } });
    if ((before?.version ?? 0) !== version)
      throw new AppError("conflict", "version", {
        current: { sales: before?.sales ?? null, version: before?.version ?? 0 },
      });
    const next = { sales: sales ?? 1, setById: ctx.memberId, setAt: ctx.now, version: version + 1 };
    if (sales === null) await ctx.db.programmeGoal.deleteMany({ where: { workspaceId, month: first } });
    else if (before) await ctx.db.programmeGoal.updateMany({ where: { workspaceId, month: first }, data: next });
    else await ctx.db.programmeGoal.create({ data: { workspaceId, month: first, ...next } });
    record(ctx, "programme_goal.set", {
      subject: `workspace:${workspaceId}`,
      detail: { month, before: before?.sales ?? null, after: sales },
    });
    return { version: sales === null ? 0 : version + 1 };
  });
}
