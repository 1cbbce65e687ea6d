import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { officeCalendar } from "../digest/build";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { enqueue, nothingChanged, record, transaction } from "../transaction";
import { updateRow } from "../update-row";
import { requireReadable } from "./compile";
import { listReportReaders, requireReport } from "./queries";
import { nextMailing, planEdit, planRecipients } from "./rules";
import type { CreateReport, ReportKey, ReportView, ScheduleReport, UpdateReport, VersionedReport } from "./schema";

type Changed = { id: string; version: number };

/** Saves a report. Throws `forbidden` for a subject one may not read. */
export async function createReport(ctx: Context, input: CreateReport): Promise<Changed> {
  requirePermission(ctx, "reports.read");
  requireReadable(ctx, input.definition.subject);
  const { workspaceId, memberId: ownerId } = ctx;
  if (!ownerId) throw new AppError("forbidden", "reports.read");
  return transaction(ctx, async (ctx) => {
    const id = newId();
    await insertRows(ctx, "saved_reports", [{ ...input, workspaceId, id, ownerId, createdAt: ctx.now }]);
    record(ctx, "saved_report.created", { subject: `saved_report:${id}`, detail: input });
    return { id, version: 1 };
  });
}

/** The report, locked, for whoever may change it; `conflict` when she saw an older version. */
async function lockOwn(ctx: Context, { id, version }: VersionedReport): Promise<ReportView> {
  const report = await requireReport(ctx, id, "write");
  enforce(planEdit(report, ctx));
  if (report.version !== version)
    throw new AppError("conflict", "version", { current: { ...contentOf(report), version: report.version } });
  return report;
}

const contentOf = ({ name, definition, isShared }: ReportView) => ({ name, definition, isShared });

/** Changes a report's name, definition or audience; one that is no longer shared is mailed to its owner alone. */
export async function updateReport(ctx: Context, { id, version, ...changes }: UpdateReport): Promise<Changed> {
  requirePermission(ctx, "reports.read");
  if (changes.definition) requireReadable(ctx, changes.definition.subject);
  return transaction(ctx, async (ctx) => {
    const report = await lockOwn(ctx, { id, version });
    await updateRow(ctx, "saved_reports", id, changes);
    if (changes.isShared === false) {
      await ctx.db.$executeRaw`delete from saved_report_recipients
        where workspace_id = ${ctx.workspaceId}::uuid and report_id = ${id}::uuid and member_id <> ${report.ownerId}::uuid`;
    }
    record(ctx, "saved_report.updated", {
      subject: `saved_report:${id}`,
      detail: { before: contentOf(report), after: changes },
    });
    return { id, version: version + 1 };
  });
}

/** Removes a report and its mailings; the audit row keeps what it was. */
export async function deleteReport(ctx: Context, { id }: ReportKey): Promise<{ id: string }> {
  requirePermission(ctx, "reports.read");
  return transaction(ctx, async (ctx) => {
    const report = await requireReport(ctx, id, "write");
    enforce(planEdit(report, ctx));
    await ctx.db
      .$executeRaw`delete from saved_reports where workspace_id = ${ctx.workspaceId}::uuid and id = ${id}::uuid`;
    record(ctx, "saved_report.deleted", { subject: `saved_report:${id}`, detail: contentOf(report) });
    return { id };
  });
}

/** Says when a report is mailed and to which members, or that it is not any more; its next mail is put on the clock. */
export async function scheduleReport(
  ctx: Context,
  { id, version, schedule, recipientIds }: ScheduleReport,
): Promise<Changed> {
  requirePermission(ctx, "reports.read");
  const readers = new Set((await listReportReaders(ctx)).map((each) => each.id));
  const { timeZone } = await officeCalendar(ctx);
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const report = await lockOwn(ctx, { id, version });
    const recipients = schedule ? enforce(planRecipients(report, recipientIds, readers)) : [];
    const nextMailAt = schedule ? nextMailing(schedule, timeZone, ctx.now) : null;
    await updateRow(ctx, "saved_reports", id, {
      schedule: schedule?.every ?? null,
      scheduleWeekday: schedule?.every === "weekly" ? schedule.weekday : null,
      scheduleMinute: schedule?.minute ?? null,
      nextMailAt,
    });
    await ctx.db
      .$executeRaw`delete from saved_report_recipients where workspace_id = ${workspaceId}::uuid and report_id = ${id}::uuid`;
    const rows = recipients.map((memberId) => ({ workspaceId, reportId: id, memberId, addedAt: ctx.now }));
    await insertRows(ctx, "saved_report_recipients", rows);
    if (nextMailAt) enqueueMailing(ctx, id, nextMailAt);
    const detail = { before: report.schedule, after: schedule, recipients };
    record(ctx, "saved_report.scheduled", { subject: `saved_report:${id}`, detail });
    return { id, version: version + 1 };
  });
}

/** Puts the mailing of one time on the clock; one job stands per report. */
export function enqueueMailing(ctx: Context, reportId: string, at: Date): void {
  const job = { runAt: at, key: `saved-report:${reportId}` };
  enqueue(ctx, "saved_report.mail", { reportId, at: at.toISOString() }, job);
}

/** Stops the mails of a report to oneself; a second time changes nothing. */
export async function unsubscribeReport(ctx: Context, { id }: ReportKey): Promise<{ id: string }> {
  requirePermission(ctx, "reports.read");
  return transaction(ctx, async (ctx) => {
    await requireReport(ctx, id, "write");
    const count = await ctx.db.$executeRaw`delete from saved_report_recipients
      where workspace_id = ${ctx.workspaceId}::uuid and report_id = ${id}::uuid and member_id = ${ctx.memberId}::uuid`;
    if (count === 0) nothingChanged(ctx);
    else
      record(ctx, "saved_report.unsubscribed", { subject: `saved_report:${id}`, detail: { memberId: ctx.memberId } });
    return { id };
  });
}
