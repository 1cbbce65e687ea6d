import { z } from "zod";
import { keepApart } from "../customers/keep-apart";
import { mergeCustomers } from "../customers/merge";
import { listPairs } from "../customers/pairs";
import { MergeCustomers } from "../customers/schema";
import { unmergeCustomers } from "../customers/unmerge";
import { ById, endpoint, pageOf } from "../server/api-endpoint";

const Side = z.object({
  id: z.uuid(),
  name: z.string(),
  place: z.string().nullable(),
  version: z.number(),
  stage: z.string().nullable(),
  oscName: z.string().nullable(),
  interactions: z.number(),
});

const Pair = z
  .object({ id: z.uuid(), score: z.number().meta({ description: "0 to 1" }), first: Side, second: Side })
  .meta({ id: "DuplicatePair" });

const tag = "Customers";
const permission = "Manager.";

export const mergeEndpoints = [
  endpoint({
    method: "GET",
    path: "/duplicates",
    tag,
    summary: "Pairs that look like one customer and wait for a decision, surest first; at most 50.",
    permission,
    response: pageOf(Pair),
    handle: async (ctx) => ({ data: await listPairs(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/duplicates/{id}/keep-apart",
    tag,
    summary: "Say that the two of a pair are not the same.",
    permission,
    params: ById,
    response: z.object({ pairId: z.uuid() }),
    handle: (ctx, { id }) => keepApart(ctx, { pairId: id }),
  }),
  endpoint({
    method: "POST",
    path: "/merges",
    tag,
    summary: "Make one customer of two; it can be taken back for 30 days.",
    permission,
    body: MergeCustomers,
    response: z.object({ mergeId: z.uuid(), survivorId: z.uuid() }),
    status: 201,
    handle: mergeCustomers,
  }),
  endpoint({
    method: "POST",
    path: "/merges/{id}/undo",
    tag,
    summary: "Take a merge back; what was done since stays with the survivor.",
    permission,
    params: ById,
    response: z.object({ survivorId: z.uuid(), loserId: z.uuid(), stayed: z.array(z.string()) }),
    handle: (ctx, { id }) => unmergeCustomers(ctx, { mergeId: id }),
  }),
];
