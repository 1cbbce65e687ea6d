import { z } from "zod";
import { roles } from "../auth/roles";
import {
  archiveItem,
  assignItem,
  beginAssignment,
  changeItem,
  completeAssignment,
  createItem,
  verifyAssignment,
  waiveAssignment,
} from "../enablement/commands";
import { getEnablement, listAssignments, listItems } from "../enablement/queries";
import {
  AssignItem,
  AssignmentsInput,
  assignmentReasons,
  assignmentStates,
  ChangeItem,
  CreateItem,
  EnablementInput,
  itemKinds,
  selections,
  WaiveAssignment,
} from "../enablement/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";

const share = z.number().nullable();
const Rate = z.object({ k: z.number(), n: z.number(), rate: share, lo: share, hi: share });

const Item = z
  .object({
    id: z.uuid(),
    kind: z.enum(itemKinds),
    name: z.string(),
    nameHe: z.string(),
    content: z.string(),
    contentHe: z.string(),
    momentId: z.uuid(),
    momentName: z.string(),
    momentNameHe: z.string(),
    interactionType: z.string(),
    role: z.enum(roles),
    selection: z.enum(selections).meta({ description: "How its people are picked: whom they may be compared with" }),
    weeks: z.number().meta({ description: "Compared before and after its start" }),
    startedAt: z.string().nullable().meta({ description: "Its first completion" }),
    assigned: z.number(),
    completed: z.number(),
    version: z.number(),
  })
  .meta({ id: "EnablementItem" });

const Assignment = z
  .object({
    id: z.uuid(),
    itemId: z.uuid(),
    itemName: z.string(),
    itemNameHe: z.string(),
    itemKind: z.enum(itemKinds),
    interactionType: z.string(),
    memberId: z.uuid(),
    memberName: z.string(),
    coachId: z.uuid().nullable(),
    coachName: z.string().nullable(),
    reason: z.enum(assignmentReasons),
    state: z.enum(assignmentStates),
    assignedAt: z.string(),
    dueAt: z.string(),
    completedAt: z.string().nullable(),
    verifiedAt: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: "EnablementAssignment" });

const Group = z.object({ people: z.number(), before: Rate, after: Rate });

const Effect = z
  .object({
    itemId: z.uuid(),
    enabled: Group,
    others: Group,
    effect: z.union([
      z.object({
        status: z.literal("cannot_estimate"),
        reason: z.enum(["too_few_ratings", "no_variation"]),
        fewestRatings: z.number(),
      }),
      z.object({
        status: z.literal("estimated"),
        effect: z.number(),
        standardError: z.number(),
        lo: z.number(),
        hi: z.number(),
        z: z.number(),
        p: z.number(),
        verdict: z.enum(["proven", "not_proven", "proven_worse"]),
        reason: z.enum(["interval_excludes_zero", "interval_includes_zero", "controls_not_equally_low"]),
        errorBetween: z.enum(["people", "ratings"]),
        ratingsNeeded: z.number().nullable().meta({ description: "In each group, to prove an effect of this size" }),
      }),
    ]),
  })
  .meta({ id: "EnablementEffect" });

const Report = z
  .object({
    type: z.string().nullable(),
    coverage: z.array(
      z.object({
        role: z.enum(roles),
        enabled: Rate,
        missing: z.array(z.object({ memberId: z.uuid(), name: z.string(), itemIds: z.array(z.uuid()) })),
        finding: z.enum(["nobody_holds_it", "no_items"]).nullable(),
      }),
    ),
    ranking: z
      .object({ runId: z.uuid(), asOf: z.string(), target: z.number() })
      .nullable()
      .meta({ description: "Null: no run of drivers could rank moments yet" }),
    proposals: z.array(
      z.object({
        momentId: z.uuid(),
        itemId: z.uuid().nullable(),
        memberIds: z.array(z.uuid()),
        scope: z.enum(["person", "team"]),
        isGiven: z.boolean().meta({ description: "Given already but not done yet" }),
        name: z.string(),
        nameHe: z.string(),
        weight: z.number(),
        shrunken: z.number(),
        k: z.number(),
        n: z.number(),
        priority: z.number().meta({ description: "Weight x shortfall x volume (DOMAIN F39)" }),
      }),
    ),
    effects: z.object({ runId: z.uuid(), asOf: z.string(), knownAt: z.string(), items: z.array(Effect) }).nullable(),
  })
  .meta({ id: "EnablementReport" });

const tag = "Enablement";
const permission = "Manager.";
const hers = "Whoever has it, and Manager.";
const Versioned = z.object({ id: z.uuid(), version: z.number() });
const Moved = z.object({ version: z.number() });

/** What makes people able, who was given it, and whether it worked. Notes between coach and coachee have no operation. */
export const enablementEndpoints = [
  endpoint({
    method: "GET",
    path: "/enablement-items",
    tag,
    summary: "Playbooks, trainings, coaching and tools in use, by the moment they are for.",
    permission: "Everybody.",
    query: EnablementInput,
    response: pageOf(Item),
    handle: async (ctx, input) => ({ data: await listItems(ctx, input), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/enablement-items",
    tag,
    summary: "Add something that makes people able to do a moment well.",
    permission,
    body: CreateItem,
    response: Versioned,
    status: 201,
    handle: createItem,
  }),
  endpoint({
    method: "PATCH",
    path: "/enablement-items/{id}",
    tag,
    summary: "Change an item; who has it keeps it.",
    permission,
    params: ById,
    body: ChangeItem.omit({ id: true, version: true }),
    response: Versioned,
    isVersioned: true,
    handle: (ctx, input, { version }) => changeItem(ctx, { ...input, version }),
  }),
  endpoint({
    method: "DELETE",
    path: "/enablement-items/{id}",
    tag,
    summary: "Take an item out of use; what people did with it stays.",
    permission,
    params: ById,
    handle: archiveItem,
  }),
  endpoint({
    method: "POST",
    path: "/enablement-items/{id}/assignments",
    tag,
    summary: "Give an item to people until a due time; whoever has it keeps what she has.",
    permission,
    params: ById,
    body: AssignItem.omit({ id: true }),
    response: z.object({ assigned: z.number(), ids: z.array(z.uuid()) }),
    status: 201,
    handle: assignItem,
  }),
  endpoint({
    method: "GET",
    path: "/enablement-assignments",
    tag,
    summary: "Who was given what, the latest due first; without notes, which coach and coachee alone read.",
    permission: "Manager: everybody's; others: their own.",
    query: AssignmentsInput,
    response: pageOf(Assignment),
    handle: listAssignments,
  }),
  ...(
    [
      ["begin", "Begin with what one was given.", hers, beginAssignment],
      [
        "complete",
        "It is done; an item's first completion starts the measuring of its effect.",
        hers,
        completeAssignment,
      ],
      ["verify", "Somebody else saw that she can do it.", "Manager; nobody her own.", verifyAssignment],
    ] as const
  ).map(([act, summary, who, handle]) =>
    endpoint({
      method: "POST",
      path: `/enablement-assignments/{id}/${act}`,
      tag,
      summary,
      permission: who,
      params: ById,
      response: Moved,
      handle,
    }),
  ),
  endpoint({
    method: "POST",
    path: "/enablement-assignments/{id}/waive",
    tag,
    summary: "It is not needed of this person, with the reason.",
    permission,
    params: ById,
    body: WaiveAssignment.omit({ id: true, version: true }),
    response: Moved,
    handle: waiveAssignment,
  }),
  endpoint({
    method: "GET",
    path: "/reports/enablement",
    tag: "Reports",
    summary: "What to train first, which roles are not enabled, and whether it worked.",
    permission: "Manager and Auditor.",
    query: EnablementInput,
    response: Report,
    handle: async (ctx, input) => {
      const { items: _items, assignments: _assignments, types: _types, ...report } = await getEnablement(ctx, input);
      return report;
    },
  }),
];
