import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { createImport, startImport, storeImportFile, undoImport } from "@/lib/imports/commands";
import { previewImport } from "@/lib/imports/preview";
import { getImport, listImports } from "@/lib/imports/queries";
import { getRejects } from "@/lib/imports/rejects";
import { maxFileBytes } from "@/lib/imports/schema";
import { differences, dumpWorkspace } from "../../support/dump";
import { makeMember } from "../../support/factories";
import { makeCrew, takeIn } from "../../support/hubs";
import { importFiles, queueFiles, rejectsOf, reportOf, runTask } from "../../support/imports";

const inDb = databaseTransaction;
const counts = (rows: number, created: number, matched: number, rejected: number, flagged = 0) => ({
  rows,
  created,
  matched,
  rejected,
  flagged,
});

/** 300 rows: 263 good ones, two of them known already, and 37 with one known defect each. */
function fixture() {
  const header = ["Name", "Email", "Phone", "City", "First contact", "Role"];
  const rows = Array.from({ length: 300 }, (_, index) => {
    const phone = `+97250${String(1_000_000 + index)}`;
    return [`Person ${index}`, `person${index}@example.com`, phone, "Haifa", "2026-01-05", "owner"];
  });
  const defects: Record<string, number[]> = {};
  const spoil = (reason: string, from: number, count: number, change: (row: string[], index: number) => string[]) => {
    defects[reason] = Array.from({ length: count }, (_, each) => from + each);
    for (const index of defects[reason]) rows[index] = change(rows[index] ?? [], index);
  };
  const put = (column: number, value: string) => (row: string[]) =>
    row.map((cell, index) => (index === column ? value : cell));
  spoil("bad_email", 10, 9, put(1, "nobody at example"));
  spoil("bad_phone", 40, 7, put(2, "12"));
  spoil("bad_date", 80, 6, put(4, "2026-02-31"));
  spoil("future_date", 100, 2, put(4, "2199-01-01"));
  spoil("no_name_and_no_contact", 120, 5, (row) => ["", "", "", ...row.slice(3)]);
  spoil("too_many_columns", 150, 3, (row) => [...row, "one more"]);
  spoil("too_few_columns", 160, 2, (row) => row.slice(0, 3));
  spoil("duplicate_in_file", 200, 3, (_row, index) => rows[index - 190] ?? []);
  // What rows 200 to 202 repeat must itself be taken.
  for (const index of [200, 201, 202]) rows[index] = [...(rows[index - 190 + 15] ?? [])];
  return { header, rows, defects };
}

const written = (header: string[], rows: string[][]) => stringify([header, ...rows]);

describe("importing a file with known defects", () => {
  test("counts every row exactly, and names line, column, value and reason of each reject", async () => {
    const crew = await makeCrew();
    const ctx = await crew.managerContext();
    await takeIn(ctx, { person: "Person 0", persons: [{ name: "Person 0", emails: ["person0@example.com"] }] });
    const { header, rows, defects } = fixture();
    const report = await importFiles(ctx, [written(header, rows)]);

    expect(report).toMatchObject({ status: "done", progress: 1, counts: counts(300, 262, 1, 37) });
    expect(Object.fromEntries(report.reasons.map(({ reason, count }) => [reason, count]))).toEqual(
      Object.fromEntries(Object.entries(defects).map(([reason, lines]) => [reason, lines.length])),
    );
    expect(report.rejects[0]).toMatchObject({ line: 12, column: "Email", value: "nobody at example" });
    const members = await inDb(ctx.workspaceId, (db) =>
      db.member.findMany({ where: { workspaceId: ctx.workspaceId, roles: { has: "owner" } } }),
    );
    expect(members).toHaveLength(1);
  });

  test("the rejects come as CSV, and corrected they all arrive", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const { header, rows } = fixture();
    const first = await importFiles(ctx, [written(header, rows)]);
    const [head, ...lines] = parse(await rejectsOf(ctx, first.id), { bom: true });
    expect(head).toEqual([...header, "Line", "Reason"]);
    expect(lines).toHaveLength(37);
    expect(lines[0]?.slice(-2)).toEqual(["12", "The e-mail address is not valid (Email: nobody at example)"]);

    const corrected = lines.map((line, index) => [
      `Corrected ${index}`,
      `corrected${index}@example.com`,
      `+97252${2_000_000 + index}`,
      "Haifa",
      "2026-01-05",
      "owner",
      ...line.slice(-2),
    ]);
    const second = await importFiles(ctx, [stringify([head ?? [], ...corrected])]);
    expect(second.counts).toEqual(counts(37, 37, 0, 0));
  });

  test("a cell that a spreadsheet would run is guarded in the rejects and comes back whole", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const report = await importFiles(ctx, ['Name,Email\n=HYPERLINK("http://x"),nobody\n']);
    const csv = await rejectsOf(ctx, report.id);
    expect(csv).toContain("'=HYPERLINK");
    const fixed = await importFiles(ctx, [csv.replace(",nobody,", ",fixed@example.com,")]);
    expect(fixed.counts).toEqual(counts(1, 1, 0, 0));
    const [customer] = await inDb(ctx.workspaceId, (db) =>
      db.customer.findMany({ where: { workspaceId: ctx.workspaceId, importId: fixed.id } }),
    );
    expect(customer?.name.startsWith("=HYPERLINK")).toBe(true);
  });

  test("the reasons are told in Hebrew to who reads Hebrew", async () => {
    const ctx: Context = { ...(await (await makeCrew()).managerContext()), locale: "he" };
    const report = await importFiles(ctx, ["שם,דוא״ל\nדנה,לא כתובת\n"]);
    expect(await rejectsOf(ctx, report.id)).toContain("כתובת הדוא״ל אינה תקינה");
  });
});

describe("what arrives", () => {
  test("an open lead is active, with the coverage lead as OSC and a first review that has no due time", async () => {
    const crew = await makeCrew();
    const ctx = await crew.managerContext();
    const csv =
      "Name,Email,Source,First contact,Need,Notes\nDana Levi,dana@example.com,organic search,2026-01-05,Garden,Likes trees\n";
    const report = await importFiles(ctx, [csv]);
    const { workspaceId } = ctx;
    const [customer] = await inDb(workspaceId, (db) =>
      db.customer.findMany({ where: { workspaceId, importId: report.id } }),
    );
    const [journey] = await inDb(workspaceId, (db) =>
      db.journey.findMany({ where: { workspaceId, importId: report.id } }),
    );
    const [next] = await inDb(workspaceId, (db) =>
      db.touchpoint.findMany({ where: { workspaceId, importId: report.id } }),
    );
    const [contact] = await inDb(workspaceId, (db) =>
      db.interaction.findMany({ where: { workspaceId, importId: report.id } }),
    );
    expect(customer).toMatchObject({ name: "Dana Levi", origin: "organic search", notes: "Likes trees" });
    expect(journey).toMatchObject({
      status: "active",
      need: "Garden",
      oscId: crew.workspace.owner.memberId,
      nextDueAt: null,
      unansweredSince: null,
      arrivedAt: new Date("2026-01-05T00:00:00Z"),
    });
    expect(next).toMatchObject({ name: "First review", state: "planned", dueAt: null });
    expect(contact).toMatchObject({ medium: "portal", direction: "inbound", origin: "organic search" });
  });

  test("an OSC named by e-mail gets the lead; an unknown one keeps the row out", async () => {
    const crew = await makeCrew();
    const ctx = await crew.managerContext();
    const csv = `Name,OSC email\nDana,${crew.osc.email}\nYossi,nobody@example.com\n`;
    const report = await importFiles(ctx, [csv]);
    expect(report.counts).toEqual(counts(2, 1, 0, 1));
    expect(report.rejects[0]).toMatchObject({ reason: "unknown_osc", value: "nobody@example.com" });
    const { workspaceId } = ctx;
    const [journey] = await inDb(workspaceId, (db) =>
      db.journey.findMany({ where: { workspaceId, importId: report.id } }),
    );
    expect(journey?.oscId).toBe(crew.osc.memberId);
  });

  test("who is known fills empty fields and changes nothing else", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const { workspaceId } = ctx;
    const known = await takeIn(ctx, { persons: [{ name: "Dana Levi", emails: ["dana@example.com"] }], origin: "fair" });
    const csv = "Name,Email,Phone,City,Source\nDana L,DANA@example.com,+972501234567,Haifa,web\n";
    const report = await importFiles(ctx, [csv]);
    expect(report.counts).toEqual(counts(1, 0, 1, 0));
    const customer = await inDb(workspaceId, (db) => db.customer.findFirst({ where: { workspaceId, id: known.id } }));
    expect(customer).toMatchObject({ name: "Dana Levi", place: "Haifa", origin: "fair", version: 2 });
    const points = await inDb(workspaceId, (db) =>
      db.contactPoint.findMany({ where: { workspaceId, customerId: known.id } }),
    );
    expect(points.map(({ value }) => value).sort()).toEqual(["+972501234567", "dana@example.com"]);
  });

  test("the same file twice brings nobody twice", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const csv = "Id,Name,Email\nA1,Dana,dana@example.com\nA2,Yossi,\n";
    expect((await importFiles(ctx, [csv])).counts).toEqual(counts(2, 2, 0, 0));
    expect((await importFiles(ctx, [csv])).counts).toEqual(counts(2, 0, 2, 0));
  });
});

describe("a dry run", () => {
  test("counts as the import would and writes nobody", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const { workspaceId } = ctx;
    const { header, rows } = fixture();
    const before = await dumpWorkspace(workspaceId, { except: ["imports", "import_rows", "files"] });
    const checked = await importFiles(ctx, [written(header, rows)], { dryRun: true });
    const after = await dumpWorkspace(workspaceId, { except: ["imports", "import_rows", "files"] });
    expect(differences(before, after)).toEqual({});

    const started = await inWorkspace(workspaceId, () => startImport(ctx, { id: checked.id }));
    await runTask(ctx, "import.run", started.id);
    const real = await reportOf(ctx, started.id);
    expect(real).toMatchObject({ dryRun: false, counts: checked.counts, mapping: checked.mapping });
    expect(real.reasons).toEqual(checked.reasons);
  });
});

describe("files as they come", () => {
  const hebrew = "שם,טלפון\nדנה לוי,0501234567\n";
  const thai = (text: string) => new TextDecoder("windows-874").decode(new TextEncoder().encode(text));
  const windows1255 = (text: string) =>
    Uint8Array.from(text, (sign) =>
      sign >= "א" && sign <= "ת" ? sign.charCodeAt(0) - 0x5d0 + 0xe0 : sign.charCodeAt(0),
    );
  const utf16 = (text: string) => {
    const bytes = new Uint8Array(2 + text.length * 2);
    const view = new DataView(bytes.buffer);
    view.setUint16(0, 0xfeff, true);
    for (let index = 0; index < text.length; index += 1) view.setUint16(2 + index * 2, text.charCodeAt(index), true);
    return bytes;
  };

  test.each([
    ["UTF-8", new TextEncoder().encode(hebrew), "utf-8", false],
    ["UTF-8 with a byte order mark", new TextEncoder().encode(`\ufeff${hebrew}`), "utf-8", false],
    ["UTF-16", utf16(hebrew), "utf-16le", false],
    ["windows-1255", windows1255(hebrew), "windows-1255", false],
  ])("reads %s", async (_name, bytes, encoding, repaired) => {
    const ctx: Context = await (await makeCrew()).managerContext();
    const report = await importFiles(ctx, [bytes]);
    expect(report.counts).toEqual(counts(1, 1, 0, 0));
    expect(report.files[0]).toMatchObject({ encoding, repaired, delimiter: ",", columns: ["שם", "טלפון"] });
    const { workspaceId } = ctx;
    const [customer] = await inDb(workspaceId, (db) =>
      db.customer.findMany({ where: { workspaceId, importId: report.id } }),
    );
    expect(customer?.name).toBe("דנה לוי");
  });

  test("repairs Hebrew that was read as Thai", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const report = await importFiles(ctx, [thai(hebrew)]);
    expect(report.files[0]).toMatchObject({ repaired: true, columns: ["שם", "טלפון"] });
    expect(report.counts).toEqual(counts(1, 1, 0, 0));
  });

  test("refuses it with the reason when letters are lost, and writes nobody", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const lossy = thai(hebrew).replace(/[\u0080-\u009f€…‘’“”•–—]/g, "");
    const report = await importFiles(ctx, [lossy]);
    expect(report).toMatchObject({ status: "failed", error: "file_hebrew_lossy", counts: counts(0, 0, 0, 0) });
  });

  test.each([
    ["a workbook", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), "file_spreadsheet"],
    ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2, 3, 4), "file_binary"],
    ["a file that names nobody", new TextEncoder().encode("colour,size\nred,4\n"), "no_mapping"],
  ])("refuses %s", async (_name, bytes, error) => {
    const ctx = await (await makeCrew()).managerContext();
    expect(await importFiles(ctx, [bytes])).toMatchObject({ status: "failed", error });
  });

  test("refuses more than 50 MB and an empty file", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const store = (content: Uint8Array) =>
      inWorkspace(ctx.workspaceId, () => storeImportFile(ctx, { name: "x.csv", content }));
    await expect(store(new Uint8Array(maxFileBytes + 1))).rejects.toMatchObject({ code: "too_large" });
    await expect(store(new Uint8Array(0))).rejects.toMatchObject({ code: "invalid" });
  });

  test("reads two files of one import, each with lines of its own", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const report = await importFiles(ctx, [
      "Name,Email\nDana,bad\n",
      "Email;Name\nalso bad;Yossi\nyossi@example.com;Yossi\n",
    ]);
    expect(report.counts).toEqual(counts(3, 1, 0, 2));
    expect(report.rejects.map(({ file, line }) => [file, line])).toEqual([
      ["file-1.csv", 2],
      ["file-2.csv", 2],
    ]);
  });

  test("the preview shows encoding, columns with confidence and the first rows as they would arrive", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const preview = await inWorkspace(ctx.workspaceId, async () => {
      const content = new TextEncoder().encode("Full name;E-mail;Shoe size\nDana;dana@example.com;38\nX;bad;40\n");
      const { id } = await storeImportFile(ctx, { name: "x.csv", content });
      return previewImport(ctx, { files: [id] });
    });
    expect(preview.files[0]).toMatchObject({ encoding: "utf-8", delimiter: ";", refused: null });
    expect(preview.matches.map(({ column, field, confidence }) => [column, field, confidence])).toEqual([
      ["Full name", "name", 1],
      ["E-mail", "email", 1],
      ["Shoe size", null, 0],
    ]);
    expect(preview.rows).toEqual([
      { line: 2, values: { name: "Dana", email: "dana@example.com" }, reason: null, column: null },
      { line: 3, values: {}, reason: "bad_email", column: "E-mail" },
    ]);
  });
});

describe("who may import", () => {
  test.each(["osc", "sales", "admin", "auditor"] as const)("%s may not, in any way", async (role) => {
    const crew = await makeCrew();
    const id = (await importFiles(await crew.managerContext(), ["Name\nDana\n"])).id;
    const member = await makeMember(crew.workspace, { name: "Some One", roles: [role] });
    const ctx = await crew.as(member, [role]);
    const attempts: (() => Promise<unknown>)[] = [
      () => storeImportFile(ctx, { name: "x.csv", content: Uint8Array.of(65) }),
      () => createImport(ctx, { files: [id], dryRun: true }),
      () => startImport(ctx, { id }),
      () => undoImport(ctx, { id }),
      () => getImport(ctx, { id }),
      () => listImports(ctx),
      () => getRejects(ctx, { id }),
      () => previewImport(ctx, { files: [id] }),
    ];
    for (const attempt of attempts) {
      await expect(inWorkspace(ctx.workspaceId, attempt)).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("another workspace's import and file are not found", async () => {
    const ours = await (await makeCrew()).managerContext();
    const theirs = await (await makeCrew()).managerContext();
    const { id, files } = await importFiles(theirs, ["Name,Email\nDana,bad\n"]);
    const fileId = files[0]?.id ?? "";
    const attempts: (() => Promise<unknown>)[] = [
      () => createImport(ours, { files: [fileId], dryRun: true }),
      () => previewImport(ours, { files: [fileId] }),
      () => startImport(ours, { id }),
      () => undoImport(ours, { id }),
      () => getImport(ours, { id }),
      () => getRejects(ours, { id }),
    ];
    for (const attempt of attempts) {
      await expect(inWorkspace(ours.workspaceId, attempt)).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await inWorkspace(ours.workspaceId, () => listImports(ours))).data).toEqual([]);
  });

  test("each write leaves an audit row", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const { id } = await importFiles(ctx, ["Name\nDana\n"]);
    const rows = await inDb(ctx.workspaceId, (db) =>
      db.auditEntry.findMany({
        where: { workspaceId: ctx.workspaceId, subject: `import:${id}` },
        orderBy: { seq: "asc" },
      }),
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "import.created",
      "import.started",
      "import.progressed",
      "import.finished",
    ]);
    expect(rows.every(({ actor }) => actor === `member:${ctx.memberId}`)).toBe(true);
  });
});

describe("queueing", () => {
  test("refuses a mapping that names nobody, or brings a field twice", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const queue = (mapping: Record<string, "place" | "name">) => queueFiles(ctx, ["A,B\n1,2\n"], { mapping });
    await expect(queue({ A: "place" })).rejects.toMatchObject({ details: { fields: { mapping: "names_nobody" } } });
    await expect(queue({ A: "name", B: "name" })).rejects.toMatchObject({
      details: { fields: { mapping: "field_twice" } },
    });
  });

  test("a mapping of one's own counts more than the headers", async () => {
    const ctx = await (await makeCrew()).managerContext();
    const report = await importFiles(ctx, ["Name,City\nHaifa,Dana\n"], { mapping: { Name: "place", City: "name" } });
    const { workspaceId } = ctx;
    const [customer] = await inDb(workspaceId, (db) =>
      db.customer.findMany({ where: { workspaceId, importId: report.id } }),
    );
    expect(customer).toMatchObject({ name: "Dana", place: "Haifa" });
  });
});
