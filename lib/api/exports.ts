import { z } from "zod";
import { decideExport, requestExport } from "../exports/commands";
import { fetchExport } from "../exports/file";
import { listExports } from "../exports/queries";
import { DecideExport, exportStates, RequestExport } from "../exports/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { streamed } from "../server/streamed";

const ExportRequest = z
  .object({
    id: z.uuid(),
    query: z.string().meta({ description: "The search string of the customers list" }),
    reason: z.string(),
    estimate: z.number().meta({ description: "How many customers it would hold" }),
    isAtLeast: z.boolean().meta({ description: "There are more than the estimate says" }),
    state: z.enum(exportStates),
    isMine: z.boolean(),
    requestedBy: z.string(),
    requestedAt: z.string(),
    decidedBy: z.string().nullable(),
    fetchableUntil: z.string().nullable(),
  })
  .meta({ id: "ExportRequest" });

const tag = "Exports";

export const exportEndpoints = [
  endpoint({
    method: "GET",
    path: "/exports",
    tag,
    summary: "One's own requests of the last week and those that wait for one's decision; at most 20.",
    permission: "Manager, Admin, Owner; others find none.",
    response: pageOf(ExportRequest),
    handle: async (ctx) => ({ data: await listExports(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/exports",
    tag,
    summary: "Ask for a file of the customers that a list's search string finds; somebody else approves it.",
    permission: "Manager, with a key of one's own.",
    body: RequestExport,
    response: z.object({ id: z.uuid() }),
    status: 201,
    handle: requestExport,
  }),
  endpoint({
    method: "POST",
    path: "/exports/{id}/decision",
    tag,
    summary: "Approve a request or refuse it; nobody decides her own.",
    permission: "Admin, Owner, with a key of one's own.",
    params: ById,
    body: DecideExport.omit({ id: true }),
    response: z.object({ id: z.uuid() }),
    handle: decideExport,
  }),
  endpoint({
    method: "GET",
    path: "/exports/{id}/file",
    tag,
    summary: "The approved file as CSV, for who asked for it, within a day; the audit log says that it left.",
    permission: "Whoever asked for it, with a key of her own.",
    params: ById,
    answers: "csv",
    handle: async (ctx, key) => streamed(ctx, await fetchExport(ctx, key)),
  }),
];
