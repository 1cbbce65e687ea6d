import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { record, transaction } from "../transaction";
import { changeOwnRow } from "./own-row";
import type { ChangeCalendar, ChangeWorkspace, CreateCalendar, CreateTeam, RenameSpoke, RenameTeam } from "./schema";

async function requireReferences(ctx: Context, { coverageLeadId, calendarId }: ChangeWorkspace): Promise<void> {
  const { workspaceId } = ctx;
  if (coverageLeadId) {
    const lead = await ctx.db.member.findFirst({
      where: { workspaceId, id: coverageLeadId, status: "active" },
      select: { id: true },
    });
    if (!lead) throw new AppError("not_found", "member");
  }
  if (calendarId) {
    const calendar = await ctx.db.calendar.findFirst({ where: { workspaceId, id: calendarId }, select: { id: true } });
    if (!calendar) throw new AppError("not_found", "calendar");
  }
}

const given = <T extends object>(changes: T) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));

/** Changes the workspace's name, language, zone and currency, and how it answers: coverage group, office hours, clocks. */
export async function changeWorkspace(ctx: Context, input: ChangeWorkspace): Promise<{ version: number }> {
  requirePermission(ctx, "settings.edit");
  const { version, name, timeZone, locale, currency, ...settings } = input;
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    await requireReferences(ctx, input);
    const { count } = await ctx.db.workspaceSettings.updateMany({
      where: { workspaceId, version },
      data: { ...given(settings), version: { increment: 1 } },
    });
    if (count === 0) {
      const current = await ctx.db.workspaceSettings.findFirst({ where: { workspaceId } });
      throw new AppError("conflict", "version", { current });
    }
    await changeOwnRow(ctx, given({ name, timeZone, locale, currency }));
    record(ctx, "settings.changed", {
      subject: `workspace:${workspaceId}`,
      detail: given({ ...input, version: undefined }),
    });
    return { version: version + 1 };
  });
}

/** Adds office hours that members and the workspace can follow. */
export async function createCalendar(ctx: Context, input: CreateCalendar): Promise<{ id: string }> {
  requirePermission(ctx, "settings.edit");
  return transaction(ctx, async (ctx) => {
    const id = newId();
    await ctx.db.calendar.create({ data: { ...input, workspaceId: ctx.workspaceId, id } });
    record(ctx, "calendar.created", { subject: `calendar:${id}`, detail: input });
    return { id };
  });
}

/** Changes office hours and holidays; due times that were set already stay as they are. */
export async function changeCalendar(ctx: Context, input: ChangeCalendar): Promise<{ version: number }> {
  requirePermission(ctx, "settings.edit");
  const { calendarId: id, version, ...changes } = input;
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const before = await ctx.db.calendar.findFirst({ where: { workspaceId, id } });
    if (!before) throw new AppError("not_found", "calendar");
    const { count } = await ctx.db.calendar.updateMany({
      where: { workspaceId, id, version },
      data: { ...changes, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "version", { current: before });
    record(ctx, "calendar.changed", { subject: `calendar:${id}`, detail: { before, after: changes } });
    return { version: version + 1 };
  });
}

/** Gives a department the name that its people use, in both languages. */
export async function renameSpoke(ctx: Context, { spokeId: id, name, nameHe }: RenameSpoke): Promise<void> {
  requirePermission(ctx, "settings.edit");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { count } = await ctx.db.spoke.updateMany({ where: { workspaceId, id }, data: { name, nameHe } });
    if (count === 0) throw new AppError("not_found", "spoke");
    record(ctx, "spoke.renamed", { subject: `spoke:${id}`, detail: { name, nameHe } });
  });
}

/** Adds a team: the circle whose customers its members see beside their own. */
export async function createTeam(ctx: Context, { name }: CreateTeam): Promise<{ id: string }> {
  requirePermission(ctx, "settings.edit");
  return transaction(ctx, async (ctx) => {
    const id = newId();
    await ctx.db.team.create({ data: { workspaceId: ctx.workspaceId, id, name } });
    record(ctx, "team.created", { subject: `team:${id}`, detail: { name } });
    return { id };
  });
}

/** Gives a team another name. */
export async function renameTeam(ctx: Context, { teamId: id, name }: RenameTeam): Promise<void> {
  requirePermission(ctx, "settings.edit");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { count } = await ctx.db.team.updateMany({ where: { workspaceId, id }, data: { name } });
    if (count === 0) throw new AppError("not_found", "team");
    record(ctx, "team.renamed", { subject: `team:${id}`, detail: { name } });
  });
}
