import nodemailer, { type Transporter } from "nodemailer";
import type { Context } from "../context";
import { env, publicOrigin } from "../env";
import { nothingChanged, record, transaction } from "../transaction";

type Task = (ctx: Context, payload: Record<string, unknown>) => Promise<void>;

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };

const shelf = globalThis as unknown as { __wheelhouseMail?: { url: string; transport: Transporter } };

function transportOf(url: string): Transporter {
  if (shelf.__wheelhouseMail?.url !== url) {
    shelf.__wheelhouseMail?.transport.close();
    // Nothing in a mail may make the server read a file or fetch an address.
    const guarded = { disableFileAccess: true, disableUrlAccess: true };
    shelf.__wheelhouseMail = { url, transport: nodemailer.createTransport({ url, ...patience, ...guarded }) };
  }
  return shelf.__wheelhouseMail.transport;
}

const withoutFile = { attachmentName: null, attachment: null, paperName: null, paper: null };

type Outcome = { sentAt: Date; error: null } | { sentAt: null; error: string };

async function note(ctx: Context, id: string, outcome: Outcome): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const { count } = await ctx.db.mail.updateMany({
      where: { workspaceId: ctx.workspaceId, id, sentAt: null },
      // What is on its way may carry a link that opens an account: only a demo, which sends nothing, keeps the words.
      data: outcome.sentAt && !ctx.isDemo ? { ...outcome, text: "", html: "", ...withoutFile } : outcome,
    });
    if (count === 0) return nothingChanged(ctx);
    record(ctx, outcome.sentAt ? "mail.sent" : "mail.failed", { subject: `mail:${id}`, detail: outcome });
  });
}

type Files = Record<"attachmentName" | "attachment" | "paperName", string | null> & { paper: Uint8Array | null };

/** What goes with a mail: a table as CSV, a sheet as PDF, or nothing. */
function filesOf({ attachmentName, attachment, paperName, paper }: Files) {
  const table = attachmentName !== null && attachment !== null;
  return [
    ...(table ? [{ filename: attachmentName, content: attachment, contentType: "text/csv; charset=utf-8" }] : []),
    ...(paperName !== null && paper !== null
      ? [{ filename: paperName, content: Buffer.from(paper), contentType: "application/pdf" }]
      : []),
  ];
}

/** Sends one mail of the outbox; without SMTP_URL it stays there. A refused one is noted and tried again by the queue. */
const send: Task = async (ctx, { mailId }) => {
  const id = String(mailId);
  const { SMTP_URL: url, MAIL_FROM: from } = env();
  if (!url) return;
  const mail = await ctx.db.mail.findFirst({ where: { workspaceId: ctx.workspaceId, id, sentAt: null } });
  if (!mail) return;
  try {
    await transportOf(url).sendMail({
      from,
      to: { name: "", address: mail.recipient },
      subject: mail.subject,
      text: mail.text,
      ...(mail.html ? { html: mail.html } : {}),
      attachments: filesOf(mail),
      // The same for every attempt, so that a mail sent twice is shown once.
      messageId: `<${mail.id}@${new URL(publicOrigin()).hostname}>`,
    });
  } catch (error) {
    await note(ctx, id, { sentAt: null, error: error instanceof Error ? error.message.slice(0, 500) : "unknown" });
    throw error;
  }
  await note(ctx, id, { sentAt: new Date(), error: null });
};

/** Jobs of outgoing mail. */
export const mailTasks: Record<string, Task> = { "mail.send": send };
