import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { setLetter } from "@/lib/email/letter";
import { listMails, sendMail } from "@/lib/email/outbox";
import { mailTasks } from "@/lib/email/tasks";
import { record, transaction } from "@/lib/transaction";
import { makeMember, makeWorkspace } from "../../support/factories";
import { contextOf } from "../../support/people";

type Delivery = { to: string[]; mail: ParsedMail };
const delivered: Delivery[] = [];
let refusals = 0;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onRcptTo: (_address, _session, answer) => {
    if (refusals-- > 0) answer(new Error("450 come back later"));
    else answer();
  },
  onData: (stream, session, answer) => {
    void simpleParser(stream).then((mail) => {
      delivered.push({ to: session.envelope.rcptTo.map(({ address }) => address), mail });
      answer();
    });
  },
});

beforeAll(async () => {
  process.env.MAIL_FROM = "Harrow & Pine <hello@harrowpine.example>";
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  process.env.SMTP_URL = `smtp://127.0.0.1:${address.port}`;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

async function queue(isDemo: boolean, letter: Parameters<typeof setLetter>[1], to = "dana@example.test") {
  const workspace = await makeWorkspace({ isDemo });
  const ctx = await systemContext(workspace.id);
  const mailId = await inWorkspace(workspace.id, () =>
    transaction(ctx, async (ctx) => {
      record(ctx, "test.mailed", { subject: "test:1" });
      return sendMail(ctx, setLetter(to, letter, "he"));
    }),
  );
  const deliver = () => inWorkspace(workspace.id, async () => mailTasks["mail.send"]?.(ctx, { mailId }));
  const row = () =>
    databaseTransaction(workspace.id, (db) =>
      db.mail.findFirstOrThrow({ where: { workspaceId: workspace.id, id: mailId } }),
    );
  return { workspace, deliver, row };
}

test("I09 a Hebrew letter arrives whole, as text and HTML, once, and its subject begins no other header", async () => {
  const subject = "הזמנה אל הסלון\r\nBcc: everybody@example.test\r\n\r\n<script>";
  const url = "http://localhost:3000/invitation/abc";
  const { deliver, row } = await queue(false, {
    subject,
    paragraphs: ["שלום דנה", '<img src="x"> & more'],
    action: { label: "הצטרפות", url },
    foot: "נשלח אל דנה",
  });
  await deliver();
  await deliver();
  expect(delivered).toHaveLength(1);
  const [{ to, mail } = { to: [], mail: undefined }] = delivered;
  expect(to).toEqual(["dana@example.test"]);
  expect(mail?.subject).toBe("הזמנה אל הסלון Bcc: everybody@example.test <script>");
  expect(mail?.headers.has("bcc")).toBe(false);
  expect(mail?.from?.value).toEqual([{ name: "Harrow & Pine", address: "hello@harrowpine.example" }]);
  expect(mail?.text).toContain(`הצטרפות:\n${url}`);
  expect(mail?.html).toContain('dir="rtl"');
  expect(mail?.html).toContain("&lt;img src=&quot;x&quot;&gt; &amp; more");
  expect(mail?.html).not.toContain("<img");
  const kept = await row();
  expect(kept.sentAt).not.toBeNull();
  expect(kept.text + kept.html).toBe("");
});

test("a refused mail says why, is tried again, and arrives", async () => {
  delivered.length = 0;
  refusals = 1;
  const { deliver, row } = await queue(true, { subject: "One", paragraphs: ["Two"], foot: "Three" });
  await expect(deliver()).rejects.toThrow();
  expect((await row()).error).toContain("come back later");
  await deliver();
  expect(delivered).toHaveLength(1);
  expect(await row()).toMatchObject({ error: null, text: expect.stringContaining("Two") });
});

test("the outbox shows in a demo only, to those who manage members", async () => {
  const letter = { subject: "One", paragraphs: ["Two"], foot: "Three" };
  for (const isDemo of [true, false]) {
    const { workspace } = await queue(isDemo, letter);
    const ctx = { ...(await contextOf(workspace, workspace.owner, ["owner"])), isDemo };
    const seen = inWorkspace(workspace.id, () => listMails(ctx));
    if (isDemo) expect((await seen).mails).toMatchObject([{ subject: "One", sentAt: null }]);
    else await expect(seen).rejects.toMatchObject({ code: "not_found" });
    const osc = { ...(await contextOf(workspace, await makeMember(workspace), ["osc"])), isDemo };
    await expect(inWorkspace(workspace.id, () => listMails(osc))).rejects.toMatchObject({ code: "forbidden" });
  }
});
