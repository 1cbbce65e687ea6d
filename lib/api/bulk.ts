import { z } from "zod";
import { assignMany, cancelBulk, confirmBulk, recoverMany, undoBulk } from "../bulk/commands";
import { getRunReport, listOwnRuns } from "../bulk/queries";
import { AssignMany, type BulkSelection, bulkKinds, bulkOutcomes, bulkStatuses, RecoverMany } from "../bulk/schema";
import type { Context } from "../context";
import { AppError } from "../errors";
import { ById, endpoint, pageOf } from "../server/api-endpoint";

const Counts = z
  .object(Object.fromEntries(bulkOutcomes.map((outcome) => [outcome, z.number()])))
  .meta({ id: "BulkCounts" });

const Run = z
  .object({
    id: z.uuid(),
    kind: z.enum(bulkKinds).meta({ description: "Another OSC, or the recovery play of whom a leak lost" }),
    status: z.enum(bulkStatuses),
    memberName: z.string().meta({ description: "Who becomes the OSC; empty where nobody does" }),
    leakId: z.uuid().nullable(),
    isRequest: z.boolean().meta({ description: "Managers are asked, and nothing changes before they agree" }),
    counts: Counts,
    total: z.number(),
    error: z.string().nullable(),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
    undoUntil: z.string().nullable(),
  })
  .meta({ id: "BulkRun" });

const Row = z.object({
  position: z.number(),
  customerId: z.uuid().nullable(),
  name: z.string().nullable(),
  reason: z.string(),
});

const Report = z.object({ ...Run.shape, refused: z.array(Row), kept: z.array(Row) }).meta({ id: "BulkReport" });
const Step = z.object({ id: z.uuid(), status: z.enum(bulkStatuses) });

/** Throws `not_found` when the selection names somebody who is not here; a list would have left her out. */
async function requireCustomers({ db, workspaceId }: Context, selection: BulkSelection): Promise<void> {
  const ids = [...new Set(selection.kind === "ids" ? selection.ids : selection.except)];
  if (ids.length === 0) return;
  const found = await db.customer.count({ where: { workspaceId, id: { in: ids } } });
  if (found < ids.length) throw new AppError("not_found", "customer");
}

const tag = "Bulk changes";
const permission = "Manager, with a key of one's own.";

export const bulkEndpoints = [
  endpoint({
    method: "GET",
    path: "/bulk",
    tag,
    summary: "One's own changes of many customers that move or ended within ten minutes, newest first.",
    permission,
    response: pageOf(Run),
    handle: async (ctx) => ({ data: await listOwnRuns(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/bulk",
    tag,
    summary: "Count what giving many customers another OSC would do; nothing changes before it is confirmed.",
    permission,
    body: AssignMany,
    response: z.object({ id: z.uuid() }),
    status: 202,
    handle: async (ctx, input) => {
      await requireCustomers(ctx, input.selection);
      return assignMany(ctx, input);
    },
  }),
  endpoint({
    method: "POST",
    path: "/leaks/{id}/put-back",
    tag,
    summary: "Count for whom of a leak's customers the recovery play would begin; confirm and undo it as any other.",
    permission,
    params: ById,
    body: RecoverMany.omit({ id: true }),
    response: z.object({ id: z.uuid() }),
    status: 202,
    handle: recoverMany,
  }),
  endpoint({
    method: "GET",
    path: "/bulk/{id}",
    tag,
    summary: "One change: status, counts, whom it refused and whom its undo left; 200 of each at the most.",
    permission,
    params: ById,
    response: Report,
    handle: getRunReport,
  }),
  endpoint({
    method: "POST",
    path: "/bulk/{id}/confirm",
    tag,
    summary: "Do what was counted.",
    permission,
    params: ById,
    response: Step,
    status: 202,
    handle: confirmBulk,
  }),
  endpoint({
    method: "POST",
    path: "/bulk/{id}/cancel",
    tag,
    summary: "Stop before the next batch; what was done stays.",
    permission,
    params: ById,
    response: Step,
    handle: cancelBulk,
  }),
  endpoint({
    method: "POST",
    path: "/bulk/{id}/undo",
    tag,
    summary: "Take it back within ten minutes; whom somebody changed since stays.",
    permission,
    params: ById,
    response: Step,
    status: 202,
    handle: undoBulk,
  }),
];
