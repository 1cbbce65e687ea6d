import { z } from "zod";
import { listLapsed } from "../lapses/queries";
import { LapsedInput } from "../lapses/schema";
import { requestRun } from "../runs/commands";
import { compareRuns, listRuns, readRun } from "../runs/queries";
import { CompareRuns, ListRuns, RequestRun, runStatuses } from "../runs/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { listStays } from "../survival/queries";
import { StaysInput } from "../survival/schema";

const Run = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    asOf: z.string().meta({ description: "What happened later did not count" }),
    knownAt: z.string().meta({ description: "What was written down later did not count" }),
    configVersion: z.number(),
    seed: z.number(),
    status: z.enum(runStatuses),
    requestedByName: z.string().nullable(),
    requestedAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
    resultSha256: z
      .string()
      .nullable()
      .meta({ description: "Of the result as canonical JSON: equal results, equal sums" }),
    error: z.string().nullable(),
  })
  .meta({ id: "AnalyticsRun" });

const RunWithResult = Run.extend({ result: z.unknown() }).meta({ id: "AnalyticsRunWithResult" });

const behind = {
  journeyId: z.uuid(),
  customerId: z.uuid().nullable().meta({ description: "Null where the key may not see her; so is her name" }),
  name: z.string().nullable(),
  days: z.number(),
};

const total = z.number().meta({ description: "How many there are in all" });

export const runEndpoints = [
  endpoint({
    method: "GET",
    path: "/runs",
    tag: "Analyses",
    summary: "Analyses that were asked for, newest first, without what they found.",
    permission: "Manager and Auditor.",
    query: ListRuns,
    response: pageOf(Run),
    handle: listRuns,
  }),
  endpoint({
    method: "POST",
    path: "/runs",
    tag: "Analyses",
    summary: "Asks for an analysis, which is made in the background, of any time and of what was known at any time.",
    permission: "Manager.",
    body: RequestRun,
    status: 202,
    response: z.object({ id: z.uuid(), status: z.enum(runStatuses) }).meta({ id: "RequestedRun" }),
    handle: requestRun,
  }),
  endpoint({
    method: "GET",
    path: "/runs/{id}",
    tag: "Analyses",
    summary: "One analysis with what it found.",
    permission: "Manager and Auditor.",
    params: ById,
    response: RunWithResult,
    handle: readRun,
  }),
  endpoint({
    method: "GET",
    path: "/runs/{id}/lapsed",
    tag: "Analyses",
    summary: "The customers behind a number of an analysis of lapses as it knew them, the longest first, fifty a page.",
    permission: "Manager and Auditor.",
    params: ById,
    query: LapsedInput.omit({ run: true }),
    response: z.object({ rows: z.array(z.object({ ...behind, at: z.string() })), total }).meta({ id: "Lapsed" }),
    handle: (ctx, { id, ...rest }) => listLapsed(ctx, { ...rest, run: id }),
  }),
  endpoint({
    method: "GET",
    path: "/runs/{id}/stays",
    tag: "Analyses",
    summary: "The customers behind a number of an analysis of survival as it knew them, the newest hundred.",
    permission: "Manager and Auditor.",
    params: ById,
    query: StaysInput.omit({ run: true }),
    response: z
      .object({ rows: z.array(z.object({ ...behind, origin: z.string(), enteredAt: z.string() })), total })
      .meta({ id: "Stays" }),
    handle: (ctx, { id, ...rest }) => listStays(ctx, { ...rest, run: id }),
  }),
  endpoint({
    method: "GET",
    path: "/runs/{id}/compare/{otherId}",
    tag: "Analyses",
    summary: "Whether two finished analyses found the same, and where they part.",
    permission: "Manager and Auditor.",
    params: CompareRuns,
    response: z
      .object({
        isSame: z.boolean(),
        differences: z.array(z.object({ path: z.string(), first: z.unknown(), second: z.unknown() })),
        isTruncated: z.boolean(),
      })
      .meta({ id: "RunComparison" }),
    handle: compareRuns,
  }),
];
