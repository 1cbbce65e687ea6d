import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { enqueue } from "../transaction";
import type { Mail } from "./letter";

/** Puts a mail into the outbox and hands it to the worker, in the transaction of what it is about. */
export async function sendMail(ctx: Context, { to, subject, text, html, attachment, paper }: Mail): Promise<string> {
  const id = newId();
  await ctx.db.mail.create({
    data: {
      ...{ workspaceId: ctx.workspaceId, id, recipient: to, subject, text, html, createdAt: ctx.now },
      ...(attachment ? { attachmentName: attachment.name, attachment: attachment.content } : {}),
      ...(paper ? { paperName: paper.name, paper: paper.content } : {}),
    },
  });
  enqueue(ctx, "mail.send", { mailId: id });
  return id;
}

export type MailView = {
  id: string;
  to: string;
  subject: string;
  text: string;
  createdAt: string;
  sentAt: string | null;
  error: string | null;
};

/** The latest 100 mails of a demo workspace, newest first; other workspaces have no such page. */
export async function listMails(ctx: Context): Promise<{ mails: MailView[] }> {
  requirePermission(ctx, "members.manage");
  if (!ctx.isDemo) throw new AppError("not_found", "mails");
  const rows = await ctx.db.mail.findMany({
    where: { workspaceId: ctx.workspaceId },
    omit: { html: true, attachment: true, paper: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 100,
  });
  return {
    mails: rows.map(({ id, recipient, subject, text, createdAt, sentAt, error }) => ({
      id,
      to: recipient,
      subject,
      text,
      createdAt: createdAt.toISOString(),
      sentAt: sentAt?.toISOString() ?? null,
      error,
    })),
  };
}
