import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import type { Context } from "@/lib/context";
import { database, inWorkspace } from "@/lib/db";
import { mailTasks } from "@/lib/email/tasks";
import { newId } from "@/lib/identifiers";
import { insertInteractions } from "@/lib/interactions/commands";
import {
  createReport,
  deleteReport,
  scheduleReport,
  unsubscribeReport,
  updateReport,
} from "@/lib/saved-reports/commands";
import { getReportFile, getReportPaper } from "@/lib/saved-reports/file";
import { mostPrinted, reportPaper } from "@/lib/saved-reports/paper";
import { getReport, listReports } from "@/lib/saved-reports/queries";
import { getReportResult, listReportRows, readRows, runDefinition } from "@/lib/saved-reports/result";
import { CreateReport, Definition, RowsInput, UpdateReport } from "@/lib/saved-reports/schema";
import { savedReportTasks } from "@/lib/saved-reports/tasks";
import { type Dimension, type Measure, vocabulary } from "@/lib/saved-reports/vocabulary";
import { quantile } from "@/lib/statistics/quantile";
import { seededRandom } from "@/lib/statistics/random";
import { wilson } from "@/lib/statistics/wilson";
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

const now = new Date("2026-03-11T10:00:00Z");
const hour = 3_600_000;
type Known = {
  id: string;
  at: Date;
  minutes: number | null;
  isTwoWay: boolean;
  isAutomated: boolean;
  osc: string;
  keys: Record<string, string>;
};

let workspace: TestWorkspace;
let dana: TestMember;
let marcus: TestMember;
let ruth: TestMember;
const known: Known[] = [];
const within = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);
const as = (member: TestMember, at = now, roles?: Context["roles"]) =>
  contextOf(workspace, member, at, roles ? [...roles] : undefined);
const random = seededRandom(20260311);
const pick = <T>(values: readonly T[]): T => {
  const found = values[Math.floor(random() * values.length)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
};

async function furnish(osc: TestMember): Promise<void> {
  const ctx = await as(osc);
  const { customerId, journeyId } = await makeCustomer(ctx, osc, { name: `=Household of ${osc.name}` });
  const rows = Array.from({ length: 40 }, () => {
    const startedAt = new Date(now.getTime() - Math.floor(random() * 90 * 24) * hour);
    const minutes = random() < 0.3 ? null : 1 + Math.floor(random() * 60);
    const plain = { medium: pick(["phone", "email", "chat"]), direction: pick(["inbound", "outbound"]) };
    const type = pick(["follow-up", "complaint"]);
    const route = pick([null, "inside", "territory"]);
    const isTwoWay = random() < 0.5;
    const flags = { isTwoWay, isAutomated: !isTwoWay && plain.direction === "outbound" && random() < 0.5 };
    const id = newId();
    known.push({
      ...{ id, at: startedAt, minutes, osc: osc.memberId, ...flags },
      keys: {
        ...plain,
        type,
        route: route ?? "",
        osc: osc.memberId,
        month: startedAt.toISOString().slice(0, 7),
        week: mondayOf(startedAt),
      },
    });
    const endedAt = minutes === null ? null : new Date(startedAt.getTime() + minutes * 60_000);
    return {
      id,
      customerId,
      journeyId,
      moments: [],
      agentId: osc.memberId,
      startedAt,
      endedAt,
      type,
      route,
      ...plain,
      ...flags,
    };
  });
  await within(() =>
    transaction(ctx, async (ctx) => {
      await insertInteractions(ctx, rows);
      record(ctx, "test.furnished", { subject: "test:1" });
    }),
  );
}

function mondayOf(at: Date): string {
  const day = (at.getUTCDay() + 6) % 7;
  return new Date(at.getTime() - day * 24 * hour).toISOString().slice(0, 10);
}

beforeAll(async () => {
  process.env.MAIL_FROM = "Harrow & Pine <hello@harrowpine.example>";
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  process.env.SMTP_URL = `smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  workspace = await makeWorkspace({ timeZone: "UTC" });
  dana = await makeMember(workspace, { name: "Dana Reyes", roles: ["osc"], spoke: "osc" });
  marcus = await makeMember(workspace, { name: "Marcus Bell", roles: ["sales"], spoke: "sales" });
  ruth = await makeMember(workspace, { name: "Ruth Lindqvist", roles: ["manager"], spoke: "cs" });
  await furnish(dana);
  await furnish(marcus);
}, 60_000);
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const groupable: readonly Dimension[] = ["week", "month", "osc", "medium", "route", "type", "direction"];

function randomDefinition(): Definition {
  const shuffled = [...groupable].sort(() => random() - 0.5);
  const filters = random() < 0.6 ? [{ dimension: pick(["medium", "type", "route"] as const) }] : [];
  return Definition.parse({
    subject: "interactions",
    period: random() < 0.5 ? { days: 1 + Math.floor(random() * 80) } : { from: "2026-01-10", to: "2026-02-20" },
    groupBy: shuffled.slice(0, Math.floor(random() * 3)),
    filters: filters.map(({ dimension }) => ({ dimension, values: [pick(known).keys[dimension] ?? ""] })),
    measures: (["two_way", "duration", "automated"] as const).filter(() => random() < 0.7),
  });
}

function inPeriod({ period }: Definition, at: Date): boolean {
  if (!("days" in period)) {
    const day = at.toISOString().slice(0, 10);
    return (!period.from || day >= period.from) && (!period.to || day <= period.to);
  }
  const start = Date.UTC(2026, 2, 11) - (period.days - 1) * 24 * hour;
  return at.getTime() >= start && at <= now;
}

function measureOf(measure: Measure, rows: readonly Known[]) {
  if (measure === "duration") {
    const times = rows.flatMap(({ minutes }) => (minutes === null ? [] : [minutes]));
    return { measure, median: quantile(times, 0.5), n: times.length };
  }
  const k = rows.filter((row) => (measure === "two_way" ? row.isTwoWay : row.isAutomated)).length;
  const n = rows.length;
  return { measure, rate: { k, n, rate: k / n, ...wilson(k, n) } };
}

/** The same answer by going through every row. */
function oracle(definition: Definition, rows: readonly Known[]) {
  const { groupBy, filters, measures } = definition;
  const found = rows.filter(
    (row) =>
      inPeriod(definition, row.at) &&
      filters.every(({ dimension, values }) => values.includes(row.keys[dimension] ?? "")),
  );
  const groups = new Map<string, Known[]>();
  for (const row of found) {
    const key = groupBy.map((each) => row.keys[each]).join("|");
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups]
    .map(([key, members]) => ({
      key,
      count: members.length,
      measured: measures.map((measure) => measureOf(measure, members)),
    }))
    .sort((x, y) => (x.key < y.key ? -1 : 1));
}

const save = async (input: object = {}, member = dana) =>
  within(async () =>
    createReport(
      await as(member),
      CreateReport.parse({
        name: "Contacts by medium",
        definition: { subject: "interactions", groupBy: ["medium"], measures: ["two_way", "duration"] },
        ...input,
      }),
    ),
  );

async function textOf(pieces: AsyncGenerator<string | Uint8Array>): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const piece of pieces) found.push(Buffer.from(piece));
  return Buffer.concat(found);
}

describe("a report", () => {
  test("finds what going through every row finds, for fifty random definitions", async () => {
    const ctx = await as(dana);
    for (let round = 0; round < 50; round++) {
      const definition = randomDefinition();
      const { groups } = await within(() => runDefinition(ctx, definition));
      const found = groups
        .map(({ a, b, count, measured }) => ({
          key: [a, b].flatMap((each) => (each ? [each.key] : [])).join("|"),
          count,
          measured,
        }))
        .sort((x, y) => (x.key < y.key ? -1 : 1));
      expect(found, JSON.stringify(definition)).toEqual(oracle(definition, known));
    }
  }, 60_000);

  test("counts only what its reader may see, and its rows are those it counted", async () => {
    const { id } = await save({ isShared: true });
    const mine = known.filter(({ osc }) => osc === marcus.memberId);
    const ctx = await as(marcus);
    const result = await within(() => getReportResult(ctx, { id }));
    expect(result.total).toBe(mine.length);
    const phone = result.groups.find(({ a }) => a?.key === "phone");
    const rows = await within(() => listReportRows(ctx, RowsInput.parse({ id, a: "phone", limit: 200 })));
    expect(rows.data.map((row) => row.id).sort()).toEqual(
      mine
        .filter(({ keys }) => keys.medium === "phone")
        .map((row) => row.id)
        .sort(),
    );
    expect(phone?.count).toBe(rows.data.length);
  });

  test("pages its rows without missing one", async () => {
    const ctx = await as(dana);
    const definition = Definition.parse({ subject: "interactions" });
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await within(() => readRows(ctx, definition, { cursor: cursor ?? undefined, limit: 7 }));
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen.sort()).toEqual(known.map(({ id }) => id).sort());
  });

  test("answers for every subject, by every dimension and measure it has", async () => {
    const ctx = await as(ruth);
    for (const [subject, { dimensions, shares, medians }] of Object.entries(vocabulary))
      for (const dimension of dimensions) {
        const measures = [...shares, ...medians].slice(0, 4);
        const filters = [{ dimension, values: ["", "nobody' or true --"] }];
        const whole = Definition.parse({ subject, groupBy: [dimension], measures });
        const { groups, total } = await within(() => runDefinition(ctx, whole));
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(total);
        const narrowed = await within(() => runDefinition(ctx, Definition.parse({ subject, filters, measures })));
        expect(narrowed.total).toBeLessThanOrEqual(total);
      }
  });

  test("refuses words it does not know, of another subject, twice the same, and a period that ends before it begins", () => {
    const bad = [
      { subject: "members" },
      { subject: "customers", groupBy: ["medium"] },
      { subject: "customers", groupBy: ["stage", "stage"] },
      { subject: "customers", measures: ["two_way"] },
      { subject: "customers", filters: [{ dimension: "class", values: ["x"] }] },
      { subject: "customers", period: { from: "2026-02-01", to: "2026-01-01" } },
      { subject: "customers", sql: "select 1" },
    ];
    for (const each of bad) expect(Definition.safeParse(each).success, JSON.stringify(each)).toBe(false);
  });

  test("takes the customers list's search: only what is of customers that it finds", async () => {
    const ctx = await as(dana);
    const definition = { subject: "interactions", customers: `osc=${marcus.memberId}` };
    const { total } = await within(() => runDefinition(ctx, Definition.parse(definition)));
    expect(total).toBe(known.filter(({ osc }) => osc === marcus.memberId).length);
  });
});

describe("a saved report", () => {
  test("is its owner's alone until it is shared, and is changed by its owner or, shared, a manager", async () => {
    const { id } = await save({ name: "Private one" });
    const names = async (member: TestMember) =>
      within(async () => (await listReports(await as(member))).map(({ name }) => name));
    expect(await names(dana)).toContain("Private one");
    expect(await names(marcus)).not.toContain("Private one");
    await expect(within(async () => getReport(await as(marcus), { id }))).rejects.toThrow("not_found");
    await within(async () => updateReport(await as(dana), UpdateReport.parse({ id, version: 1, isShared: true })));
    expect(await names(marcus)).toContain("Private one");
    const rename = (member: TestMember, version: number) =>
      within(async () => updateReport(await as(member), UpdateReport.parse({ id, version, name: "Public one" })));
    await expect(rename(marcus, 2)).rejects.toThrow("not_your_report");
    await expect(rename(ruth, 1)).rejects.toThrow("version");
    await rename(ruth, 2);
    expect(await names(dana)).toContain("Public one");
    await within(async () => deleteReport(await as(dana), { id }));
    expect(await names(dana)).not.toContain("Public one");
  });

  test("is nobody's who may not read reports", async () => {
    const ctx = await as(dana, now, ["admin"]);
    await expect(within(() => listReports(ctx))).rejects.toThrow("reports.read");
  });

  test("leaves as CSV and as a spreadsheet, table and rows, with nothing that runs and nobody's name", async () => {
    const { id } = await save();
    const ctx = await as(dana);
    const fileOf = (what: "table" | "rows", kind: "csv" | "xlsx") =>
      within(async () => textOf((await getReportFile(ctx, { id, what, kind })).pieces));
    const table = (await fileOf("table", "csv")).toString();
    expect(table.startsWith("\ufeffMedium,Count,")).toBe(true);
    expect(table.trim().split("\n")).toHaveLength(4);
    const rows = (await fileOf("rows", "csv")).toString();
    expect(rows.trim().split("\n")).toHaveLength(known.length + 1);
    expect(rows).not.toContain("Household");
    for (const what of ["table", "rows"] as const) {
      const book = await fileOf(what, "xlsx");
      expect(book.subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");
    }
  });

  test("is a PDF to print in either language, as long as it is readable, and the audit says that it left", async () => {
    const { id } = await save({ name: "דוח weekly" });
    for (const locale of ["en", "he"]) {
      const ctx = { ...(await as(dana)), locale };
      const file = await within(() => getReportPaper(ctx, { id }));
      expect(file).toMatchObject({ fileName: `report-${id.slice(-6)}.pdf`, mediaType: "application/pdf" });
      expect(
        Buffer.from(file.body as Uint8Array)
          .subarray(0, 5)
          .toString(),
      ).toBe("%PDF-");
    }
    const lines = [
      ["Group", "Count"],
      ...Array.from({ length: mostPrinted + 50 }, (_, place) => [`Line ${place}`, place]),
    ];
    const bytes = await reportPaper({ name: "Long", company: "Harrow & Pine", at: "today", lines, locale: "he" });
    const empty = await reportPaper({
      name: "Empty",
      company: "Harrow & Pine",
      at: "today",
      lines: [["Count"]],
      locale: "en",
    });
    expect(bytes.length).toBeGreaterThan(empty.length);
    const stranger = await as(marcus, now, ["partner"]);
    await expect(within(() => getReportPaper(stranger, { id }))).rejects.toMatchObject({ code: expect.any(String) });
    const rows = await within(() =>
      database().auditEntry.findMany({
        where: { workspaceId: workspace.id, subject: `saved_report:${id}`, action: "saved_report.fetched" },
      }),
    );
    expect(rows.map(({ detail }) => detail)).toMatchObject([{ kind: "pdf" }, { kind: "pdf" }]);
  });

  test("is mailed once per time to those it is sent to, each with what she sees, over real SMTP", async () => {
    const { id } = await save({ name: "דוח = weekly", isShared: true });
    const people = [dana.memberId, marcus.memberId];
    const schedule = { every: "daily" as const, minute: 8 * 60 };
    await within(async () => scheduleReport(await as(dana), { id, version: 1, schedule, recipientIds: people }));
    const { nextMailAt } = await within(async () => getReport(await as(dana), { id }));
    expect(nextMailAt).toBe("2026-03-12T08:00:00.000Z");
    const run = async (at: string) => {
      const ctx = await systemContext(workspace.id, { now: new Date(at) });
      await within(async () => savedReportTasks["saved_report.mail"]?.(ctx, { reportId: id, at: nextMailAt }));
    };
    await run("2026-03-12T07:59:00Z");
    await Promise.all([run("2026-03-12T08:00:01Z"), run("2026-03-12T08:00:01Z")]);
    await run("2026-03-12T08:05:00Z");
    const mails = await within(() => database().mail.findMany({ where: { workspaceId: workspace.id } }));
    expect(mails.map(({ recipient }) => recipient).sort()).toEqual([dana.email, marcus.email].sort());
    for (const { id: mailId } of mails) {
      const ctx = await systemContext(workspace.id, { now });
      await within(async () => mailTasks["mail.send"]?.(ctx, { mailId }));
    }
    const countOf = (to: TestMember) => {
      const file = delivered.find((each) => each.to === to.email)?.mail.attachments[0];
      const lines = (file?.content.toString() ?? "").trim().split("\n").slice(1);
      return lines.reduce((sum, line) => sum + Number(line.split(",")[1]), 0);
    };
    expect(countOf(dana)).toBe(known.length);
    expect(countOf(marcus)).toBe(known.length / 2);
    const [sent] = await within(() => database().mail.findMany({ where: { workspaceId: workspace.id } }));
    expect(sent).toMatchObject({ attachment: null, attachmentName: null, paper: null, paperName: null });
    for (const { mail } of delivered.slice(-2)) {
      const [table, paper] = mail.attachments;
      expect([table?.contentType, paper?.contentType]).toEqual(["text/csv", "application/pdf"]);
      expect(paper?.filename).toBe(`report-${id.slice(-6)}.pdf`);
      expect(paper?.content.subarray(0, 5).toString()).toBe("%PDF-");
    }
    expect((await within(async () => getReport(await as(dana), { id }))).nextMailAt).toBe("2026-03-13T08:00:00.000Z");
  });

  test("is mailed no more to who has stopped it, and to members alone", async () => {
    const { id } = await save({ name: "Stopped" });
    const schedule = { every: "weekly" as const, weekday: 0, minute: 0 };
    const to = (recipientIds: string[]) =>
      within(async () => scheduleReport(await as(dana), { id, version: 1, schedule, recipientIds }));
    await expect(to([newId()])).rejects.toThrow("not_a_member");
    await expect(to([marcus.memberId])).rejects.toThrow("not_shared");
    await to([dana.memberId]);
    await within(async () => unsubscribeReport(await as(dana), { id }));
    const report = await within(async () => getReport(await as(dana), { id }));
    expect(report).toMatchObject({ recipients: [], nextMailAt: "2026-03-15T00:00:00.000Z" });
  });
});
