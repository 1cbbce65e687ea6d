import { can } from "../auth/permissions";
import { isRole } from "../auth/roles";
import type { Context } from "../context";
import { byteOrderMark } from "../csv";
import { officeCalendar } from "../digest/build";
import { translatorIn } from "../digest/letter";
import { setLetter } from "../email/letter";
import { sendMail } from "../email/outbox";
import { publicOrigin } from "../env";
import { AppError } from "../errors";
import { localeOf } from "../i18n/locales";
import type { TaskHandler } from "../journeys/tasks";
import { paths } from "../paths";
import { nothingChanged, record, transaction } from "../transaction";
import { enqueueMailing } from "./commands";
import { csvLines, momentOf, tableOf } from "./file";
import { nextMailing } from "./rules";
import { Definition, type Schedule } from "./schema";

type Due = {
  id: string;
  name: string;
  definition: unknown;
  every: "daily" | "weekly";
  weekday: number | null;
  minute: number;
};

type Recipient = {
  memberId: string;
  email: string | null;
  locale: string;
  roles: string[];
  spokeId: string | null;
  teamId: string | null;
};

/** The members to whom the report goes and who may still read it. */
async function recipientsOf(ctx: Context, reportId: string): Promise<Recipient[]> {
  const rows = await ctx.db.$queryRaw<Recipient[]>`
    select m.id as "memberId", coalesce(u.email, m.email) as email, coalesce(u.locale, 'en') as locale, m.roles, m.spoke_id as "spokeId", m.team_id as "teamId"
    from saved_report_recipients r
    join saved_reports s on s.workspace_id = r.workspace_id and s.id = r.report_id
    join members m on m.workspace_id = r.workspace_id and m.id = r.member_id and m.status = 'active'
    left join users u on u.id = m.user_id and u.status = 'active'
    where r.workspace_id = ${ctx.workspaceId}::uuid and r.report_id = ${reportId}::uuid and (s.is_shared or s.owner_id = m.id)
    order by m.id`;
  return rows.filter(({ email, roles }) => email !== null && can(roles.filter(isRole), "reports.read"));
}

async function mailTo(ctx: Context, { id, name, definition }: Due, to: Recipient): Promise<boolean> {
  const { memberId, locale, spokeId, teamId, email } = to;
  const reader: Context = { ...ctx, memberId, locale, spokeId, teamId, roles: to.roles.filter(isRole) };
  const known = localeOf(locale, null);
  const t = translatorIn(known);
  try {
    const lines = await tableOf(reader, Definition.parse(definition));
    const letter = {
      subject: t("reports.mail_subject", { name }),
      paragraphs: [t("reports.mail_intro", { name: `\u2068${name}\u2069`, count: lines.length - 1 })],
      action: { label: t("reports.mail_open"), url: `${publicOrigin()}${paths.report(ctx.slug, id)}` },
      foot: t("reports.mail_foot", { email: email ?? "" }),
    };
    const attachment = { name: `report-${id.slice(-6)}.csv`, content: byteOrderMark + csvLines(lines) };
    const { reportPaper } = await import("./paper");
    const content = await reportPaper({
      name,
      lines,
      locale: known,
      ...(await momentOf({ ...reader, locale: known })),
    });
    const paper = { name: `report-${id.slice(-6)}.pdf`, content };
    await sendMail(ctx, { ...setLetter(email ?? "", letter, known), attachment, paper });
    return true;
  } catch (error) {
    // Who may not read the subject any more gets nothing; the others get theirs.
    if (error instanceof AppError && error.code === "forbidden") return false;
    throw error;
  }
}

/**
 * Mails a report to its readers, each with what she may see, and puts the next time on the clock. A time that is not the
 * report's next one was mailed before or given up, so that each is mailed once.
 */
const mailReport: TaskHandler = async (ctx, { reportId, at }) => {
  const { timeZone } = await officeCalendar(ctx);
  await transaction(ctx, async (ctx) => {
    const [due] = await ctx.db.$queryRaw<Due[]>`
      select id, name, definition, schedule as every, schedule_weekday as weekday, schedule_minute as minute from saved_reports
      where workspace_id = ${ctx.workspaceId}::uuid and id = ${String(reportId)}::uuid and next_mail_at = ${new Date(String(at))}
        and next_mail_at <= ${ctx.now} for update`;
    if (!due) return nothingChanged(ctx);
    const { every, weekday, minute } = due;
    const schedule: Schedule = every === "weekly" ? { every, weekday: weekday ?? 0, minute } : { every, minute };
    let mails = 0;
    for (const recipient of await recipientsOf(ctx, due.id)) if (await mailTo(ctx, due, recipient)) mails += 1;
    const next = nextMailing(schedule, timeZone, ctx.now);
    await ctx.db.$executeRaw`update saved_reports set next_mail_at = ${next}
      where workspace_id = ${ctx.workspaceId}::uuid and id = ${due.id}::uuid`;
    enqueueMailing(ctx, due.id, next);
    record(ctx, "saved_report.mailed", { subject: `saved_report:${due.id}`, detail: { at, mails } });
  });
};

/** The jobs of this noun, by task name. */
export const savedReportTasks: Record<string, TaskHandler> = { "saved_report.mail": mailReport };
