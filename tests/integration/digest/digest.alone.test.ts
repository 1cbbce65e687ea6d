import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import type { Context } from "@/lib/context";
import { asUser, database, inWorkspace } from "@/lib/db";
import { acknowledgeItem, actOnItem } from "@/lib/digest/commands";
import { countOpenItems, getDigest, getDigestScreen, listDigests } from "@/lib/digest/queries";
import { ActOnItem, DigestsInput } from "@/lib/digest/schema";
import { clockDigests, digestTasks } from "@/lib/digest/tasks";
import { mailTasks } from "@/lib/email/tasks";
import { newId } from "@/lib/identifiers";
import { insertInteractions } from "@/lib/interactions/commands";
import { writeResponse } from "@/lib/responses/commands";
import { GiveResponse } from "@/lib/responses/schema";
import { record, transaction } from "@/lib/transaction";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer } from "../../support/story";

const delivered: { to: string; mail: ParsedMail }[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData: (stream, session, answer) => {
    void simpleParser(stream).then((mail) => {
      delivered.push({ to: session.envelope.rcptTo[0]?.address ?? "", mail });
      answer();
    });
  },
});

// The office opens on Mondays at nine, UTC.
const opening = new Date("2026-03-09T09:00:00Z");
const week = "2026-03-02";
const day = 86_400_000;
const later = (milliseconds: number) => new Date(opening.getTime() + milliseconds);

let workspace: TestWorkspace;
let marcus: TestMember;
let noa: TestMember;
let ruth: TestMember;
const within = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);
const as = (member: TestMember, at = later(3_600_000), roles?: Context["roles"]) =>
  contextOf(workspace, member, at, roles ? [...roles] : undefined);

async function run(task: string, payload: Record<string, unknown>, now: Date) {
  const ctx = await systemContext(workspace.id, { now });
  await within(async () => digestTasks[task]?.(ctx, payload));
}

beforeAll(async () => {
  process.env.MAIL_FROM = "Harrow & Pine <hello@harrowpine.example>";
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  process.env.SMTP_URL = `smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  workspace = await makeWorkspace({ timeZone: "UTC" });
  marcus = await makeMember(workspace, { name: "Marcus Bell", roles: ["sales"], spoke: "sales" });
  noa = await makeMember(workspace, { name: "Noa Levi", roles: ["sales"], spoke: "sales" });
  ruth = await makeMember(workspace, { name: "Ruth Lindqvist", roles: ["cs"], spoke: "cs" });
  await asUser(noa.userId, (db) => db.user.update({ where: { id: noa.userId }, data: { locale: "he" } }));
  const ctx = await as(marcus, new Date("2026-03-04T10:00:00Z"));
  const { customerId } = await makeCustomer(ctx, marcus, { name: "Tamar Ashkenazi" });
  await within(() =>
    transaction(ctx, async (ctx) => {
      const plain = { customerId, type: "proposal/price talk", medium: "email", direction: "outbound", isTwoWay: true };
      const rows = Array.from({ length: 24 }, () => ({
        ...plain,
        moments: [],
        id: newId(),
        agentId: marcus.memberId,
        startedAt: ctx.now,
      }));
      await insertInteractions(ctx, rows);
      for (const [each, { id }] of rows.entries()) {
        const isGood = each % 2 === 0;
        const comment = isGood
          ? ""
          : each % 4 === 1
            ? "Marcus told tamar another price. Call me on +1 (206) 555-0142."
            : "תמר ביקשה ממרכוס מחיר, tamar.ashkenazi@example.com";
        await writeResponse(ctx, {
          ...GiveResponse.parse({ expectation: 4, outcome: isGood ? 5 : 2, comment }),
          interactionId: id,
        });
      }
      record(ctx, "test.rated", { subject: "test:1" });
    }),
  );
  await run("digest.build", { week }, opening);
}, 60_000);
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const ours = async (member = marcus, input: object = {}) =>
  within(async () => listDigests(await as(member), DigestsInput.parse(input)));

describe("a weekly digest", () => {
  test("is made once for every department in which somebody works, whoever asks again, also at once", async () => {
    await Promise.all([run("digest.build", { week }, later(1000)), run("digest.build", { week }, later(2000))]);
    const rows = await within(
      () => database().$queryRaw<{ key: string; n: number; state: string }[]>`
        select s.key, d.state, count(*) over (partition by d.spoke_id)::int as n from digests d join spokes s on s.workspace_id = d.workspace_id and s.id = d.spoke_id
        where d.workspace_id = ${workspace.id}::uuid order by s.position`,
    );
    expect(rows).toEqual([
      { key: "osc", n: 1, state: "built" },
      { key: "sales", n: 1, state: "sent" },
      { key: "cs", n: 1, state: "built" },
    ]);
    const [empty] = (await ours(ruth)).data;
    expect(empty).toMatchObject({ spokeKey: "cs", items: [] });
  });

  test("says the number with what it rests on, two quotes without anybody's name, and who owns it", async () => {
    const [digest] = (await ours()).data;
    expect(digest).toMatchObject({
      week,
      from: "2026-03-02T00:00:00.000Z",
      to: "2026-03-09T00:00:00.000Z",
      state: "sent",
    });
    const item = digest?.items.find(({ about }) => about.kind === "voice");
    expect(item).toMatchObject({
      about: {
        kind: "voice",
        type: "proposal/price talk",
        medium: "email",
        reason: "below",
        k: 12,
        n: 24,
        weeks: 1,
        target: 0.8,
      },
      ownerName: workspace.owner.name,
      state: "open",
    });
    expect(item?.quotes).toHaveLength(2);
    const said = JSON.stringify(item?.quotes);
    for (const name of [/marcus/i, /tamar/i, /ashkenazi/i, /555/, /@/]) expect(said).not.toMatch(name);
    expect(said).toContain("another price");
  });

  test("comes by mail to everybody of the department in her own language, over real SMTP", async () => {
    const mails = await within(() => database().mail.findMany({ where: { workspaceId: workspace.id } }));
    expect(mails.map(({ recipient }) => recipient).sort()).toEqual([marcus.email, noa.email].sort());
    for (const { id } of mails) {
      const ctx = await systemContext(workspace.id);
      await within(async () => mailTasks["mail.send"]?.(ctx, { mailId: id }));
    }
    const english = delivered.find(({ to }) => to === marcus.email)?.mail;
    const hebrew = delivered.find(({ to }) => to === noa.email)?.mail;
    expect(english?.subject).toBe("Sales: 1 thing from last week");
    const text = english?.text?.replaceAll(/[\u2066-\u2069]/g, "").replaceAll("\u00a0", " ") ?? "";
    expect(text).toContain("50.0 % of 12/24, 95 % 31.4 % – 68.6 %; target 80.0 %, last week");
    expect(text).toContain(`Owner: ${workspace.owner.name}.`);
    expect(text).toContain(`/w/${workspace.slug}/digest`);
    expect(text.match(/“/g)).toHaveLength(2);
    expect(hebrew?.subject).toContain("מכירות");
    expect(hebrew?.html).toContain('dir="rtl"');
    for (const mail of [english, hebrew]) {
      const words = `${mail?.text}${mail?.html}`.replaceAll(/\S+@example\.test/g, "").replaceAll(workspace.slug, "");
      expect(words).not.toMatch(/marcus|מרכוס|tamar|תמר|ashkenazi|555/i);
    }
  });

  test("is read by its department and by managers; a key of another department, a partner and another workspace find nothing", async () => {
    const [digest] = (await ours()).data;
    const id = digest?.id ?? "";
    expect((await ours(ruth, { spoke: "sales" })).data).toEqual([]);
    await expect(within(async () => getDigest(await as(ruth), { id }))).rejects.toMatchObject({ code: "not_found" });
    await expect(within(async () => getDigest(await as(marcus, opening, ["partner"]), { id }))).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(within(async () => getDigest(await as(marcus, opening, ["admin"]), { id }))).rejects.toMatchObject({
      code: "forbidden",
    });
    const boss = await as(workspace.owner, opening, ["manager"]);
    expect((await within(() => getDigest(boss, { id }))).items).toHaveLength(1);
    const other = await makeWorkspace();
    const stranger = await contextOf(other, other.owner, opening, ["manager"]);
    await expect(inWorkspace(other.id, () => getDigest(stranger, { id }))).rejects.toMatchObject({ code: "not_found" });
  });

  test("that nobody decides goes to the managers after seven days to the second, once", async () => {
    const [digest] = (await ours()).data;
    const boss = () => as(workspace.owner, later(8 * day), ["manager"]);
    const late = () =>
      within(() => database().notification.count({ where: { workspaceId: workspace.id, kind: "digest_late" } }));
    const [job] = await within(
      () =>
        database().$queryRaw<
          { n: bigint }[]
        >`select count(*) as n from audit_log where workspace_id = ${workspace.id}::uuid and action = 'digest.escalated'`,
    );
    expect(Number(job?.n)).toBe(0);
    await run("digest.unanswered", { digestId: digest?.id }, later(7 * day - 1000));
    expect(await late()).toBe(0);
    expect((await within(async () => getDigestScreen(await boss(), DigestsInput.parse({})))).escalated).toEqual([]);
    await run("digest.unanswered", { digestId: digest?.id }, later(7 * day));
    await run("digest.unanswered", { digestId: digest?.id }, later(7 * day + 1000));
    expect(await late()).toBe(1);
    const mails = await within(() =>
      database().mail.findMany({ where: { workspaceId: workspace.id, recipient: workspace.owner.email } }),
    );
    expect(mails.map(({ subject }) => subject)).toEqual(["Sales: nobody decided for seven days (1 item)"]);
    const { escalated } = await within(async () => getDigestScreen(await boss(), DigestsInput.parse({})));
    expect(escalated.map(({ spokeKey }) => spokeKey)).toEqual(["sales"]);
    expect(await within(async () => countOpenItems(await boss()))).toBe(1);
  });

  test("is acknowledged or acted on by its department or a manager, by version, each once, and then it is closed", async () => {
    const [digest] = (await ours()).data;
    const [item] = digest?.items ?? [];
    const key = { id: item?.id ?? "", version: item?.version ?? 0 };
    await expect(within(async () => acknowledgeItem(await as(ruth), key))).rejects.toMatchObject({ code: "not_found" });
    for (const roles of [["auditor"], ["qa"]] as const)
      await expect(within(async () => acknowledgeItem(await as(marcus, opening, roles), key))).rejects.toMatchObject({
        code: "forbidden",
      });
    await expect(within(async () => acknowledgeItem(await as(marcus), { ...key, version: 99 }))).rejects.toMatchObject({
      code: "conflict",
    });
    await within(async () => acknowledgeItem(await as(marcus), key));
    expect((await ours()).data[0]).toMatchObject({
      state: "acked",
      items: [{ state: "acknowledged", decidedByName: "Marcus Bell" }],
    });
    await expect(within(async () => acknowledgeItem(await as(noa), { id: key.id }))).rejects.toMatchObject({
      reason: "already_decided",
    });
    const act = ActOnItem.parse({ id: key.id, action: "One price sheet for mail and phone." });
    await within(async () => actOnItem(await as(noa), act));
    expect((await ours()).data[0]?.items[0]).toMatchObject({
      state: "acted",
      action: act.action,
      decidedByName: "Noa Levi",
    });
    await run("digest.unanswered", { digestId: digest?.id }, later(20 * day));
    const rows = await within(
      () =>
        database().$queryRaw<
          { action: string }[]
        >`select action from audit_log where workspace_id = ${workspace.id}::uuid and action like 'digest%' order by seq`,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "digest.built",
      "digest.sent",
      "digest.built",
      "digest.escalated",
      "digest.item_acknowledged",
      "digest.acked",
      "digest.item_acted",
    ]);
  });

  test("does not say the same again a week later, when nothing changed", async () => {
    await run("digest.build", { week: "2026-03-09" }, later(7 * day));
    const { data } = await ours();
    expect(data.map((each) => [each.week, each.items.length])).toEqual([
      ["2026-03-09", 0],
      [week, 1],
    ]);
  });

  test("stands on the clock of every workspace each night, once", async () => {
    const { workspaces } = await clockDigests(opening);
    await clockDigests(opening);
    expect(workspaces).toBeGreaterThan(0);
    const { Client } = await import("pg");
    const owner = new Client({ connectionString: process.env.DATABASE_OWNER_URL });
    await owner.connect();
    const { rows } = await owner.query(
      "select run_at from graphile_worker.jobs where task_identifier = 'digest.build' and key like $1",
      [`${workspace.id}%`],
    );
    await owner.end();
    expect(rows.map(({ run_at: at }) => at)).toEqual([later(7 * day)]);
  });
});
