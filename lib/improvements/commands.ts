import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { Improvement } from "../generated/prisma/client";
import { isId, newId } from "../identifiers";
import { notify } from "../notifications/notify";
import { requireTheme } from "../themes/queries";
import { record, sqlState, transaction } from "../transaction";
import { repeatSettings } from "./repeated";
import { planEdit, planMove, usualDays } from "./rules";
import type { EditImprovement, LinkCase, MoveImprovement, ProposeImprovement } from "./schema";

const day = 86_400_000;
const dateOf = (text: string) => new Date(`${text}T00:00:00Z`);

async function requireMember(ctx: Context, id: string): Promise<void> {
  const found = await ctx.db.member.count({
    where: { workspaceId: ctx.workspaceId, id, status: { in: ["active", "invited"] } },
  });
  if (found === 0) throw new AppError("not_found", "member");
}

async function loadImprovement(ctx: Context, id: string, version?: number): Promise<Improvement> {
  if (!isId(id)) throw new AppError("not_found", "improvement");
  const { workspaceId } = ctx;
  await ctx.db
    .$queryRaw`select 1 from improvements where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid for update`;
  const found = await ctx.db.improvement.findFirst({ where: { workspaceId, id } });
  if (!found) throw new AppError("not_found", "improvement");
  if (version !== undefined && version !== found.version)
    throw new AppError("conflict", "version", { current: { state: found.state, version: found.version } });
  return found;
}

/** Managers lead every improvement; whoever owns one moves hers on and writes it down. */
function requireHand(ctx: Context, { ownerId }: Improvement): void {
  requirePermission(ctx, "improvements.edit");
  if (ownerId !== ctx.memberId && !canAs(ctx.roles, "improvements.edit", "yes"))
    throw new AppError("forbidden", "improvements.edit");
}

/** Proposes an improvement for a cause by hand. Throws `conflict` `duplicate` while one for that cause stands. */
export async function proposeImprovement(
  ctx: Context,
  input: ProposeImprovement,
): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "improvements.edit", "yes");
  const { cause, title, description } = input;
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const ownerId = input.ownerId ?? ctx.memberId;
    await requireTheme(ctx, cause);
    if (ownerId) await requireMember(ctx, ownerId);
    const { repeatDays } = await repeatSettings(ctx);
    const id = newId();
    const dueOn = input.dueOn ? dateOf(input.dueOn) : new Date(ctx.now.getTime() + usualDays * day);
    try {
      await ctx.db.improvement.create({
        data: {
          ...{ workspaceId, id, cause, title, description, ownerId, dueOn, windowDays: repeatDays },
          ...{ interactionType: input.interactionType ?? null, proposedAt: ctx.now, proposedById: ctx.memberId },
        },
      });
    } catch (error) {
      if (sqlState(error) !== "23505" && (error as { code?: string }).code !== "P2002") throw error;
      throw new AppError("conflict", "duplicate", { fields: { cause: "duplicate" } });
    }
    await notify(ctx, [ownerId], "improvement_proposed", null, { cause });
    record(ctx, "improvement.proposed", {
      subject: `improvement:${id}`,
      detail: { ...input, ownerId },
      data: { cause },
    });
    return { id, version: 1 };
  });
}

/** Changes words, owner, date or the type of contact of an improvement that has not ended. A new owner only a manager names. */
export async function editImprovement(
  ctx: Context,
  { id, version, dueOn, ...changes }: EditImprovement,
): Promise<{ version: number }> {
  return transaction(ctx, async (ctx) => {
    const before = await loadImprovement(ctx, id, version);
    requireHand(ctx, before);
    enforce(planEdit(before.state));
    if (changes.ownerId && changes.ownerId !== before.ownerId) {
      requirePermission(ctx, "improvements.edit", "yes");
      await requireMember(ctx, changes.ownerId);
      await notify(ctx, [changes.ownerId], "improvement_yours", null, { cause: before.cause });
    }
    await ctx.db.improvement.updateMany({
      where: { workspaceId: ctx.workspaceId, id },
      data: { ...changes, ...(dueOn ? { dueOn: dateOf(dueOn) } : {}), version: { increment: 1 } },
    });
    const { title, description, ownerId, interactionType } = before;
    record(ctx, "improvement.edited", {
      subject: `improvement:${id}`,
      detail: {
        before: { title, description, ownerId, interactionType, dueOn: before.dueOn },
        after: { ...changes, dueOn },
      },
    });
    return { version: version + 1 };
  });
}

/** Accepts, begins, finishes or rejects an improvement. Accepting and rejecting are a manager's; its owner begins and finishes it. */
export async function moveImprovement(
  ctx: Context,
  { id, version, state: to, note }: MoveImprovement,
): Promise<{ version: number }> {
  return transaction(ctx, async (ctx) => {
    const before = await loadImprovement(ctx, id, version);
    requireHand(ctx, before);
    if (to === "accepted" || to === "rejected") requirePermission(ctx, "improvements.edit", "yes");
    const { state } = enforce(planMove(before, to, note));
    await ctx.db.improvement.updateMany({
      where: { workspaceId: ctx.workspaceId, id },
      data: {
        state,
        ...(note ? { endedNote: note } : {}),
        ...(state === "in_progress" ? { startedAt: ctx.now } : {}),
        ...(state === "done" ? { doneAt: ctx.now } : {}),
        version: { increment: 1 },
      },
    });
    await notify(ctx, [before.ownerId], `improvement_${state}`, null, { cause: before.cause });
    record(ctx, `improvement.${state}`, {
      subject: `improvement:${id}`,
      detail: { before: before.state, after: state, note },
      data: { state, cause: before.cause },
    });
    return { version: version + 1 };
  });
}

/** Links a closed case of the same cause by hand. Throws `refused` `other_cause`, `conflict` `duplicate` when one has it already. */
export async function linkCase(ctx: Context, { id, caseId }: LinkCase): Promise<void> {
  requirePermission(ctx, "improvements.edit", "yes");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const improvement = await loadImprovement(ctx, id);
    enforce(planEdit(improvement.state));
    const found = await ctx.db.recoveryCase.findFirst({ where: { workspaceId, id: caseId }, select: { cause: true } });
    if (!found) throw new AppError("not_found", "recovery_case");
    if (found.cause !== improvement.cause) throw new AppError("refused", "other_cause");
    const known = await ctx.db.improvementCase.count({ where: { workspaceId, caseId } });
    if (known > 0) throw new AppError("conflict", "duplicate");
    await ctx.db.improvementCase.create({ data: { workspaceId, improvementId: id, caseId, linkedAt: ctx.now } });
    record(ctx, "improvement.case_linked", { subject: `improvement:${id}`, detail: { caseId } });
  });
}
