import { describe, expect, test } from "vitest";
import { parseInstant } from "@/lib/imports/dates";
import { mappingOf, matchColumns } from "@/lib/imports/header-match";
import { readLead } from "@/lib/imports/lead";
import { mediumOfOrigin } from "@/lib/imports/medium";
import { planStart, planUndo } from "@/lib/imports/rules";
import type { ImportField, Mapping } from "@/lib/imports/schema";

const now = new Date("2026-06-01T12:00:00Z");
const reading = { region: "IL", timeZone: "Asia/Jerusalem", now };

describe("parseInstant", () => {
  const at = (text: string, region = "IL", timeZone = "UTC") => parseInstant(text, { region, timeZone })?.toISOString();

  test.each([
    ["2018-02-26 19:58:54", "2018-02-26T19:58:54.000Z"],
    ["2018-02-26", "2018-02-26T00:00:00.000Z"],
    ["2018-02-26T19:58:54+02:00", "2018-02-26T17:58:54.000Z"],
    ["2018-02-26T19:58:54.250Z", "2018-02-26T19:58:54.250Z"],
    ["26/02/2018", "2018-02-26T00:00:00.000Z"],
    ["26.2.18 7:05 pm", "2018-02-26T19:05:00.000Z"],
    ["12/31/2018", undefined],
    ["2018-02-30", undefined],
    ["soon", undefined],
    ["", undefined],
  ])("reads %s", (text, expected) => {
    expect(at(text)).toBe(expected);
  });

  test("reads a slash date month first in the United States, a point date never", () => {
    expect(at("02/03/2018", "US")).toBe("2018-02-03T00:00:00.000Z");
    expect(at("02.03.2018", "US")).toBe("2018-03-02T00:00:00.000Z");
  });

  test("a day is the first moment of that day where the workspace is", () => {
    expect(at("2018-07-01", "IL", "Asia/Jerusalem")).toBe("2018-06-30T21:00:00.000Z");
  });
});

describe("matchColumns", () => {
  const fields = (columns: string[], rows: string[][] = []) => mappingOf(matchColumns(columns, rows));

  test("knows English names whatever their case, points and underscores", () => {
    expect(fields(["Full_Name", "E-Mail Address", "MOBILE.PHONE", "Lead Source", "Created At"])).toEqual({
      Full_Name: "name",
      "E-Mail Address": "email",
      "MOBILE.PHONE": "phone",
      "Lead Source": "origin",
      "Created At": "first_contact_at",
    });
  });

  test("knows Hebrew names", () => {
    expect(fields(["שם מלא", "דוא״ל", "נייד", "עיר", "הערות"])).toEqual({
      "שם מלא": "name",
      "דוא״ל": "email",
      נייד: "phone",
      עיר: "place",
      הערות: "note",
    });
  });

  test("tells an unnamed column by what stands in it, less surely", () => {
    const [match] = matchColumns(["#1"], [["dana@example.com"], ["yossi@example.org"]]);
    expect(match).toMatchObject({
      field: "email",
      confidence: 0.7,
      samples: ["dana@example.com", "yossi@example.org"],
    });
  });

  test("takes a name once, phones as often as they come", () => {
    expect(fields(["Name", "Customer name", "Phone", "Mobile"])).toEqual({
      Name: "name",
      "Customer name": null,
      Phone: "phone",
      Mobile: "phone",
    });
  });

  test("leaves columns of users, roles and passwords alone", () => {
    const columns = ["Role", "User name", "Password", "Is admin", "Permissions", "תפקיד"];
    expect(Object.values(fields(columns))).toEqual([null, null, null, null, null, null]);
  });

  test("does not take a column for e-mail when only its name speaks of it", () => {
    expect(fields(["E-mail wanted"], [["yes"], ["no"], ["yes"]])).toEqual({ "E-mail wanted": null });
  });

  test("believes a plain name even when the values are wrong, so that they are rejected and not lost", () => {
    expect(matchColumns(["Email"], [["dana at example"]])).toMatchObject([{ field: "email", confidence: 0.6 }]);
  });
});

describe("readLead", () => {
  const columns = ["Name", "Mail", "Phone", "When"];
  const map: Mapping = { Name: "name", Mail: "email", Phone: "phone", When: "first_contact_at" };
  const read = (...cells: string[]) => readLead(columns, cells, map, reading);

  test("types what a row says", () => {
    expect(read(" Dana  Levi ", "Dana@Example.com", "050-123 4567", "01/05/2026")).toEqual({
      lead: expect.objectContaining({
        name: "Dana Levi",
        emails: ["dana@example.com"],
        phones: [{ e164: "+972501234567", raw: "050-123 4567" }],
        firstContactAt: new Date("2026-04-30T21:00:00Z"),
      }),
    });
  });

  test.each([
    ["no_name_and_no_contact", null, ["", "", "", ""]],
    ["bad_email", "Mail", ["Dana", "dana@", "", ""]],
    ["bad_phone", "Phone", ["Dana", "", "12", ""]],
    ["bad_date", "When", ["Dana", "", "", "31/02/2026"]],
    ["future_date", "When", ["Dana", "", "", "2026-12-24"]],
    ["too_many_columns", null, ["Dana", "", "", "", "x"]],
    ["too_few_columns", null, ["Dana", ""]],
    ["too_long", "Name", ["x".repeat(501), "", "", ""]],
  ])("rejects with %s and says where", (reason, column, cells) => {
    expect(read(...cells)).toEqual({ fault: expect.objectContaining({ reason, column }) });
  });

  test("is called by her contact when she has no name, and by given and family name when they stand apart", () => {
    expect(read("", "x@example.com", "", "")).toMatchObject({ lead: { name: "x@example.com" } });
    const apart: Record<string, ImportField> = { First: "given", Last: "family" };
    expect(readLead(["First", "Last"], ["Dana", "Levi"], apart, reading)).toMatchObject({
      lead: { name: "Dana Levi" },
    });
  });
});

describe("mediumOfOrigin", () => {
  test.each([
    ["email", "email"],
    ["social", "social"],
    ["organic search", "portal"],
    ["direct traffic", "portal"],
    ["unknown", "unknown"],
    ["", "unknown"],
    [null, "unknown"],
  ])("%s is %s", (origin, medium) => {
    expect(mediumOfOrigin(origin)).toBe(medium);
  });
});

describe("the life of an import", () => {
  test("only a check that ended well can be started", () => {
    expect(planStart({ status: "done", dryRun: true })).toEqual({ ok: true, change: { dryRun: false } });
    expect(planStart({ status: "failed", dryRun: true })).toMatchObject({ ok: false, reason: "not_checked" });
    expect(planStart({ status: "done", dryRun: false })).toMatchObject({ ok: false, reason: "no_dry_run" });
  });

  test("what has come to its end can be undone, once", () => {
    expect(planUndo({ status: "done", dryRun: false })).toEqual({ ok: true, change: { status: "undoing" } });
    expect(planUndo({ status: "running", dryRun: false })).toMatchObject({ reason: "still_running" });
    expect(planUndo({ status: "undone", dryRun: false })).toMatchObject({ reason: "already_undone" });
    expect(planUndo({ status: "done", dryRun: true })).toMatchObject({ reason: "dry_run_wrote_nothing" });
  });
});
