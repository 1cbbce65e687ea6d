import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { asUser } from "../db";
import { AppError } from "../errors";
import { findOwnRow } from "./own-row";
import type { CalendarView, SettingsView, SpokeView, TeamView } from "./schema";

/** The workspace's name as its people wrote it. */
export async function getWorkspaceName(ctx: Context): Promise<string> {
  const workspace = await asUser(ctx.userId, (db) =>
    db.workspace.findUnique({ where: { id: ctx.workspaceId }, select: { name: true } }),
  );
  return workspace?.name ?? ctx.slug;
}

/** The workspace's settings as its administrators change them. */
export async function getSettings(ctx: Context): Promise<SettingsView> {
  requirePermission(ctx, "settings.edit");
  const { workspaceId } = ctx;
  const workspace = await findOwnRow(ctx);
  const settings = await ctx.db.workspaceSettings.findFirst({ where: { workspaceId }, omit: { workspaceId: true } });
  if (!workspace || !settings) throw new AppError("not_found", "workspace");
  const { name, slug, timeZone, locale, currency } = workspace;
  return { ...settings, name, slug, timeZone, locale, currency };
}

/** Office hours by name. */
export async function listCalendars(ctx: Context): Promise<CalendarView[]> {
  requirePermission(ctx, "settings.edit");
  const rows = await ctx.db.calendar.findMany({ where: { workspaceId: ctx.workspaceId }, orderBy: { name: "asc" } });
  return rows.map(({ id, name, timeZone, hours, holidays, version }) => ({
    id,
    name,
    timeZone,
    hours: hours as CalendarView["hours"],
    holidays: holidays as string[],
    version,
  }));
}

/** The hub and the departments in their order. */
export async function listSpokes(ctx: Context): Promise<SpokeView[]> {
  requirePermission(ctx, "views.use");
  return ctx.db.spoke.findMany({
    where: { workspaceId: ctx.workspaceId, archivedAt: null },
    omit: { workspaceId: true, archivedAt: true },
    orderBy: { position: "asc" },
  });
}

/** Teams by name. */
export async function listTeams(ctx: Context): Promise<TeamView[]> {
  requirePermission(ctx, "views.use");
  return ctx.db.team.findMany({
    where: { workspaceId: ctx.workspaceId },
    omit: { workspaceId: true },
    orderBy: { name: "asc" },
  });
}
