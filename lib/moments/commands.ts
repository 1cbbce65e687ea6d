import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { record, transaction } from "../transaction";
import type { ChangeMoment, CreateMoment, MomentKey } from "./schema";

async function requireMember(ctx: Context, memberId: string | null | undefined): Promise<void> {
  if (!memberId) return;
  const member = await ctx.db.member.findFirst({
    where: { workspaceId: ctx.workspaceId, id: memberId, status: "active" },
    select: { id: true },
  });
  if (!member) throw new AppError("not_found", "member");
}

/** Adds a defining moment behind those of its type of interaction. Throws `conflict` `duplicate` for a name in use there. */
export async function createMoment(ctx: Context, input: CreateMoment): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "standards.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    await requireMember(ctx, input.responsibleId);
    const { interactionType, name } = input;
    const others = await ctx.db.definingMoment.findMany({
      where: { workspaceId, interactionType, archivedAt: null },
      select: { name: true, position: true },
    });
    if (others.some((other) => other.name === name)) {
      throw new AppError("conflict", "duplicate", { fields: { name: "duplicate" } });
    }
    const id = newId();
    const position = Math.max(-1, ...others.map((other) => other.position)) + 1;
    await ctx.db.definingMoment.create({ data: { ...input, workspaceId, id, position, createdAt: ctx.now } });
    record(ctx, "moment.created", { subject: `defining_moment:${id}`, detail: input });
    return { id, version: 1 };
  });
}

/** Changes what a moment is called, who answers for it and how it is done well; what was observed stays. */
export async function changeMoment(ctx: Context, input: ChangeMoment): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "standards.edit");
  const { id, version, ...changes } = input;
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const before = await ctx.db.definingMoment.findFirst({ where: { workspaceId, id, archivedAt: null } });
    if (!before) throw new AppError("not_found", "moment");
    await requireMember(ctx, changes.responsibleId);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const { count } = await ctx.db.definingMoment.updateMany({
      where: { workspaceId, id, version },
      data: { ...given, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "version", { current: before });
    record(ctx, "moment.changed", { subject: `defining_moment:${id}`, detail: { before, after: given } });
    return { id, version: version + 1 };
  });
}

/** Takes a moment out of use; observations and published standards keep it. */
export async function archiveMoment(ctx: Context, { id }: MomentKey): Promise<void> {
  requirePermission(ctx, "standards.edit");
  await transaction(ctx, async (ctx) => {
    const { count } = await ctx.db.definingMoment.updateMany({
      where: { workspaceId: ctx.workspaceId, id, archivedAt: null },
      data: { archivedAt: ctx.now, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("not_found", "moment");
    record(ctx, "moment.archived", { subject: `defining_moment:${id}` });
  });
}
