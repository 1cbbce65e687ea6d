import { z } from "zod";
import { acknowledgeItem, actOnItem } from "../digest/commands";
import { getDigest, listDigests } from "../digest/queries";
import { ActOnItem, DigestsInput, itemKinds, itemStates } from "../digest/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";

const Item = z.object({
  id: z.uuid(),
  about: z
    .looseObject({ kind: z.enum(itemKinds) })
    .meta({ description: "Numbers and names of the matter: k of n over so many weeks against a target, or an effect" }),
  quotes: z.array(z.object({ text: z.string(), language: z.string().nullable() })).meta({
    description: "Two customers' words without anybody's name",
  }),
  ownerId: z.uuid().nullable(),
  ownerName: z.string().nullable(),
  state: z.enum(itemStates),
  decidedByName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  action: z.string(),
  actionKind: z.literal("improvement").nullable(),
  actionId: z.uuid().nullable(),
  escalatedAt: z.string().nullable().meta({ description: "When it went to the managers, undecided for seven days" }),
  version: z.number(),
});

const Digest = z
  .object({
    id: z.uuid(),
    spokeId: z.uuid(),
    spokeKey: z.string(),
    spokeName: z.string(),
    spokeNameHe: z.string(),
    week: z.string().meta({ description: "Its first local day" }),
    from: z.string(),
    to: z.string(),
    state: z.enum(["built", "sent", "acked"]),
    builtAt: z.string(),
    items: z.array(Item).meta({ description: "None: no change worth anybody's time" }),
  })
  .meta({ id: "Digest" });

const tag = "Digest";
const readers = "Manager and Auditor: every department's; others: their department's.";
const deciders = "The department's people, and Manager.";
const Moved = z.object({ version: z.number() });

/** What every department is told of its week, and who decided what about it. */
export const digestEndpoints = [
  endpoint({
    method: "GET",
    path: "/digests",
    tag,
    summary: "Weekly digests, the latest first.",
    permission: readers,
    query: DigestsInput,
    response: pageOf(Digest),
    handle: listDigests,
  }),
  endpoint({
    method: "GET",
    path: "/digests/{id}",
    tag,
    summary: "One digest with its items.",
    permission: readers,
    params: ById,
    response: Digest,
    handle: getDigest,
  }),
  endpoint({
    method: "POST",
    path: "/digest-items/{id}/acknowledge",
    tag,
    summary: "Somebody has read an item.",
    permission: deciders,
    params: ById,
    response: Moved,
    handle: acknowledgeItem,
  }),
  endpoint({
    method: "POST",
    path: "/digest-items/{id}/act",
    tag,
    summary: "Somebody does something about an item, and says what.",
    permission: deciders,
    params: ById,
    body: ActOnItem.omit({ id: true, version: true }),
    response: Moved,
    handle: actOnItem,
  }),
];
