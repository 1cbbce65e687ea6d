import { z } from "zod";
import { createReport, deleteReport, scheduleReport, unsubscribeReport, updateReport } from "../saved-reports/commands";
import { getReportFile } from "../saved-reports/file";
import { getReport, listReports } from "../saved-reports/queries";
import { getReportResult, listReportRows } from "../saved-reports/result";
import { CreateReport, Definition, RowsInput, ScheduleReport, UpdateReport } from "../saved-reports/schema";
import { dimensions, measures } from "../saved-reports/vocabulary";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { streamed } from "../server/streamed";
import { Share } from "./rate";

const Schedule = z.object({
  every: z.enum(["daily", "weekly"]),
  weekday: z.number().optional().meta({ description: "0 is Sunday" }),
  minute: z.number().meta({ description: "Of the workspace's day" }),
});

const Report = z
  .object({
    id: z.uuid(),
    name: z.string(),
    definition: Definition,
    isShared: z.boolean(),
    ownerId: z.uuid(),
    ownerName: z.string(),
    isMine: z.boolean(),
    mayEdit: z.boolean(),
    schedule: Schedule.nullable(),
    nextMailAt: z.string().nullable(),
    recipients: z.array(z.object({ id: z.uuid(), name: z.string() })),
    version: z.number(),
  })
  .meta({ id: "SavedReport" });

const Value = z.object({ key: z.string(), name: z.string().nullable(), nameHe: z.string().nullable() });
const measure = z.enum(measures);

const Result = z
  .object({
    definition: Definition,
    asOf: z.string(),
    timeZone: z.string().meta({ description: "Whose days, weeks and months they are" }),
    total: z.number(),
    groups: z.array(
      z.object({
        a: Value.nullable(),
        b: Value.nullable(),
        count: z.number(),
        measured: z.array(
          z.union([
            z.object({ measure, rate: Share }),
            z.object({ measure, median: z.number().nullable().meta({ description: "Minutes" }), n: z.number() }),
          ]),
        ),
      }),
    ),
  })
  .meta({ id: "SavedReportResult" });

const Row = z
  .object({
    id: z.uuid(),
    at: z.string(),
    customerId: z.uuid(),
    customerName: z.string(),
    values: z.array(z.object({ dimension: z.enum(dimensions), value: Value })),
  })
  .meta({ id: "SavedReportRow" });

const Versioned = z.object({ id: z.uuid(), version: z.number() });
const Keyed = z.object({ id: z.uuid() });
const tag = "Reports";
const readers = "Everybody but Admin; her own reports and shared ones, over what she may see.";
const editors = "Whoever saved it; a shared one also Manager.";

/** Reports that members put together: what they are, what they find, and when they are mailed. */
export const savedReportEndpoints = [
  endpoint({
    method: "GET",
    path: "/saved-reports",
    tag,
    summary: "The saved reports one may use.",
    permission: readers,
    response: pageOf(Report),
    handle: async (ctx) => ({ data: await listReports(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/saved-reports",
    tag,
    summary: "Save a report.",
    permission: "Everybody but Admin.",
    body: CreateReport,
    response: Versioned,
    status: 201,
    handle: createReport,
  }),
  endpoint({
    method: "GET",
    path: "/saved-reports/{id}",
    tag,
    summary: "One saved report.",
    permission: readers,
    params: ById,
    response: Report,
    handle: getReport,
  }),
  endpoint({
    method: "PATCH",
    path: "/saved-reports/{id}",
    tag,
    summary: "Change a report's name, definition or audience.",
    permission: editors,
    params: ById,
    body: UpdateReport.omit({ id: true, version: true }),
    response: Versioned,
    isVersioned: true,
    handle: (ctx, input, { version }) => updateReport(ctx, { ...input, version }),
  }),
  endpoint({
    method: "DELETE",
    path: "/saved-reports/{id}",
    tag,
    summary: "Delete a report and its mailings.",
    permission: editors,
    params: ById,
    response: Keyed,
    handle: deleteReport,
  }),
  endpoint({
    method: "GET",
    path: "/saved-reports/{id}/result",
    tag,
    summary: "What a report finds now: groups with counts, shares with their intervals, medians of minutes.",
    permission: readers,
    params: ById,
    response: Result,
    handle: getReportResult,
  }),
  endpoint({
    method: "GET",
    path: "/saved-reports/{id}/rows",
    tag,
    summary: "The rows behind a report, newest first; `a` and `b` are the keys of one group.",
    permission: readers,
    params: ById,
    query: RowsInput.omit({ id: true }),
    response: pageOf(Row),
    handle: listReportRows,
  }),
  endpoint({
    method: "GET",
    path: "/saved-reports/{id}/table.csv",
    tag,
    summary: "A report's table as CSV, whole.",
    permission: readers,
    params: ById,
    answers: "csv",
    handle: async (ctx, { id }) => streamed(ctx, await getReportFile(ctx, { id, what: "table", kind: "csv" })),
  }),
  endpoint({
    method: "POST",
    path: "/saved-reports/{id}/schedule",
    tag,
    summary: "Say when a report is mailed and to which members; null to nobody any more.",
    permission: editors,
    params: ById,
    body: ScheduleReport.omit({ id: true, version: true }),
    response: Versioned,
    isVersioned: true,
    handle: (ctx, input, { version }) => scheduleReport(ctx, { ...input, version }),
  }),
  endpoint({
    method: "POST",
    path: "/saved-reports/{id}/unsubscribe",
    tag,
    summary: "Have a report mailed to oneself no more.",
    permission: readers,
    params: ById,
    response: Keyed,
    handle: unsubscribeReport,
  }),
];
