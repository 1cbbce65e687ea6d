import { requirePermission } from "../auth/permissions";
import { dayKey } from "../calendar/day";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { loadHandoff } from "../handoffs/load";
import { isId, newId } from "../identifiers";
import { type LoadedJourney, loadJourney } from "../journeys/loaded";
import { record, sqlState, transaction } from "../transaction";
import { loggerOf } from "./queries";
import { isPresale, planDay, planWhose } from "./rules";
import type { CsmHoursKey, LogCsmHours, SetCsmCapacity } from "./schema";

/** A member as the rules see her; throws `not_found` when she does not work here. */
async function getOwner(ctx: Context, id: string): Promise<{ id: string; isCsm: boolean }> {
  const { workspaceId } = ctx;
  if (!isId(id)) throw new AppError("not_found", "member");
  const member = await ctx.db.member.findFirst({
    where: { workspaceId, id, status: "active" },
    select: { spokeId: true },
  });
  if (!member) throw new AppError("not_found", "member");
  const cs = await ctx.db.spoke.findFirst({ where: { workspaceId, key: "cs" }, select: { id: true } });
  return { id, isCsm: cs !== null && member.spokeId === cs.id };
}

async function loadDeal(ctx: Context, { handoffId, journeyId }: LogCsmHours): Promise<LoadedJourney> {
  if (!handoffId) return loadJourney(ctx, { journeyId });
  const { handoff, loaded } = await loadHandoff(ctx, { id: handoffId });
  if (handoff.journeyId !== journeyId) throw new AppError("not_found", "handoff");
  return loaded;
}

/** The day on which the journey was won first, in the workspace's zone; null while it is not. */
async function wonOn(ctx: Context, journeyId: string): Promise<string | null> {
  const first = await ctx.db.stageTransition.findFirst({
    where: { workspaceId: ctx.workspaceId, journeyId, status: { in: ["won", "completed"] } },
    orderBy: { seq: "asc" },
    select: { at: true },
  });
  return first ? dayKey(ctx.timeZone, first.at) : null;
}

/**
 * Logs time of customer success on a deal (INV H5): a member of that department her own, a manager that of any of them.
 * Throws `refused` with the rule's reason, `conflict` `duplicate` for an id that was logged.
 */
export async function logCsmHours(ctx: Context, input: LogCsmHours): Promise<{ id: string; presale: boolean }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { minutes, spentOn, note, handoffId = null } = input;
    const owner = await getOwner(ctx, input.memberId ?? ctx.memberId ?? "");
    enforce(planWhose(loggerOf(ctx), owner));
    const { journey } = await loadDeal(ctx, input);
    enforce(planDay(spentOn, dayKey(ctx.timeZone, ctx.now)));
    const presale = input.presale ?? isPresale(spentOn, await wonOn(ctx, journey.id));
    const id = input.id ?? newId();
    const at = { spentOn: new Date(`${spentOn}T00:00:00Z`), loggedAt: ctx.now };
    try {
      await ctx.db.csmHour.create({
        data: { workspaceId, id, journeyId: journey.id, handoffId, userId: owner.id, minutes, presale, note, ...at },
      });
    } catch (error) {
      if (sqlState(error) !== "23505" && (error as { code?: string }).code !== "P2002") throw error;
      throw new AppError("conflict", "duplicate");
    }
    record(ctx, "csm_hours.logged", {
      subject: `csm_hours:${id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { memberId: owner.id, handoffId, minutes, spentOn, presale, note },
      data: { minutes, presale },
    });
    return { id, presale };
  });
}

/** Takes logged time back, as it was wrong; the audit row keeps it. Her own, or a manager anybody's. */
export async function removeCsmHours(ctx: Context, { id }: CsmHoursKey): Promise<void> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const entry = await ctx.db.csmHour.findFirst({ where: { workspaceId, id, removedAt: null } });
    if (!entry) throw new AppError("not_found", "csm_hours");
    enforce(planWhose(loggerOf(ctx), { id: entry.userId, isCsm: true }));
    const { journey } = await loadJourney({ ...ctx, actor: { kind: "system" } }, { journeyId: entry.journeyId });
    const removedAt = ctx.now;
    await ctx.db.csmHour.updateMany({ where: { workspaceId, id, removedAt: null }, data: { removedAt } });
    record(ctx, "csm_hours.removed", {
      subject: `csm_hours:${id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { ...entry, workspaceId: undefined },
    });
  });
}

/** Says how many minutes a week somebody of customer success, or everybody who has no own, has for deals. */
export async function setCsmCapacity(ctx: Context, { memberId, minutesWeek }: SetCsmCapacity): Promise<void> {
  requirePermission(ctx, "handoffs.accept", "override", "policy");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const bump = { version: { increment: 1 } };
    if (memberId === null) {
      const before = await ctx.db.workspaceSettings.findFirstOrThrow({ where: { workspaceId } });
      await ctx.db.workspaceSettings.updateMany({
        where: { workspaceId },
        data: { csmMinutesWeek: minutesWeek, ...bump },
      });
      record(ctx, "csm_capacity.set", {
        subject: `workspace_settings:${workspaceId}`,
        detail: { before: before.csmMinutesWeek, after: minutesWeek },
      });
      return;
    }
    const owner = await getOwner(ctx, memberId);
    if (!owner.isCsm) throw new AppError("refused", "not_csm", { fields: { memberId: "not_csm" } });
    const before = await ctx.db.member.findFirstOrThrow({ where: { workspaceId, id: memberId } });
    await ctx.db.member.updateMany({
      where: { workspaceId, id: memberId },
      data: { csmMinutesWeek: minutesWeek, ...bump },
    });
    record(ctx, "csm_capacity.set", {
      subject: `member:${memberId}`,
      detail: { before: before.csmMinutesWeek, after: minutesWeek },
    });
  });
}
