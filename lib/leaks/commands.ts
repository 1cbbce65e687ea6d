import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { Leak } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { notify } from "../notifications/notify";
import { record, transaction } from "../transaction";
import { planEdit, planMove } from "./rules";
import type { EditLeak, MoveLeak, StandingFinding } from "./schema";

async function loadLeak(ctx: Context, id: string, version: number): Promise<Leak> {
  if (!isId(id)) throw new AppError("not_found", "leak");
  const { workspaceId } = ctx;
  await ctx.db.$queryRaw`select 1 from leaks where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid for update`;
  const found = await ctx.db.leak.findFirst({ where: { workspaceId, id } });
  if (!found) throw new AppError("not_found", "leak");
  if (version !== found.version)
    throw new AppError("conflict", "version", { current: { state: found.state, version: found.version } });
  return found;
}

/** Managers lead every leak; whoever owns one writes down what she does and begins to mend it. */
function requireHand(ctx: Context, { ownerId }: Leak): void {
  requirePermission(ctx, "improvements.edit");
  if (ownerId !== ctx.memberId && !canAs(ctx.roles, "improvements.edit", "yes"))
    throw new AppError("forbidden", "improvements.edit");
}

const stageNameOf = ({ finding }: Leak) => (finding as unknown as StandingFinding).stageName;

/** Changes owner, date or what is being done about a leak that stands. A new owner only a manager names. */
export async function editLeak(
  ctx: Context,
  { id, version, dueOn, ...changes }: EditLeak,
): Promise<{ version: number }> {
  return transaction(ctx, async (ctx) => {
    const before = await loadLeak(ctx, id, version);
    requireHand(ctx, before);
    enforce(planEdit(before.state));
    const { workspaceId } = ctx;
    if (changes.ownerId && changes.ownerId !== before.ownerId) {
      requirePermission(ctx, "improvements.edit", "yes");
      const found = await ctx.db.member.count({
        where: { workspaceId, id: changes.ownerId, status: { in: ["active", "invited"] } },
      });
      if (found === 0) throw new AppError("not_found", "member");
      await notify(ctx, [changes.ownerId], "leak_yours", null, { stage: stageNameOf(before) });
    }
    const data = { ...changes, ...(dueOn ? { dueOn: new Date(`${dueOn}T00:00:00Z`) } : {}), version: { increment: 1 } };
    await ctx.db.leak.updateMany({ where: { workspaceId, id }, data });
    const { ownerId, action } = before;
    record(ctx, "leak.edited", {
      subject: `leak:${id}`,
      detail: { before: { ownerId, action, dueOn: before.dueOn }, after: { ...changes, dueOn } },
    });
    return { version: version + 1 };
  });
}

/** Begins to mend a confirmed leak, or rejects one with a reason, which is a manager's. Throws `refused` as `planMove` says. */
export async function moveLeak(ctx: Context, { id, version, state: to, note }: MoveLeak): Promise<{ version: number }> {
  return transaction(ctx, async (ctx) => {
    const before = await loadLeak(ctx, id, version);
    requireHand(ctx, before);
    if (to === "rejected") requirePermission(ctx, "improvements.edit", "yes");
    const { state } = enforce(planMove(before, to, note));
    await ctx.db.leak.updateMany({
      where: { workspaceId: ctx.workspaceId, id },
      data: {
        ...{ state, note, version: { increment: 1 } },
        ...(to === "being_fixed" ? { fixingSince: ctx.now } : { endedAt: ctx.now, endedById: ctx.memberId }),
      },
    });
    record(ctx, `leak.${state}`, {
      subject: `leak:${id}`,
      detail: { before: before.state, after: state, note },
      data: { state },
    });
    return { version: version + 1 };
  });
}
