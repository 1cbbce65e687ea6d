import { z } from "zod";
import { editImprovement, linkCase, moveImprovement, proposeImprovement } from "../improvements/commands";
import { getImprovement, listImprovements } from "../improvements/queries";
import {
  EditImprovement,
  ImprovementsInput,
  improvementStates,
  LinkCase,
  MoveImprovement,
  ProposeImprovement,
} from "../improvements/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { Share } from "./rate";

const ImprovementRow = z
  .object({
    id: z.uuid(),
    version: z.number(),
    cause: z.string(),
    causeName: z.string(),
    causeNameHe: z.string(),
    interactionType: z.string().nullable(),
    title: z.string(),
    state: z.enum(improvementStates),
    ownerId: z.uuid().nullable(),
    ownerName: z.string().nullable(),
    dueOn: z.string(),
    isLate: z.boolean(),
    proposedAt: z.string(),
    proposedByName: z.string().nullable().meta({ description: "Null: it came of a repeated cause by itself" }),
    startedAt: z.string().nullable(),
    doneAt: z.string().nullable(),
    cases: z.number(),
  })
  .meta({ id: "ImprovementSummary" });

const Improvement = z
  .object({
    ...ImprovementRow.shape,
    description: z.string(),
    endedNote: z.string(),
    themeId: z.uuid(),
    windowDays: z.number(),
    measure: z.object({
      before: Share,
      beforeFrom: z.string(),
      beforeUntil: z.string(),
      after: Share.nullable(),
      afterFrom: z.string().nullable(),
      afterUntil: z.string().nullable(),
      difference: z
        .object({ difference: z.number(), lo: z.number(), hi: z.number() })
        .nullable()
        .meta({ description: "Share before minus share after with Newcombe's 95 % interval (DOMAIN F89)" }),
      verdict: z.enum(["not_done", "too_few", "proven", "not_proven", "worse"]),
    }),
    linked: z.array(
      z.object({
        id: z.uuid(),
        customerId: z.uuid().nullable(),
        customerName: z.string().nullable(),
        medium: z.string(),
        type: z.string(),
        openedAt: z.string(),
        state: z.string(),
        outcome: z.string(),
      }),
    ),
    mayLead: z.boolean(),
    mayMove: z.boolean(),
  })
  .meta({ id: "Improvement" });

const Version = z.object({ version: z.number() });
const tag = "Recovery";
const readers = "Everybody but Admin.";

/** The improvements that repeated causes become. */
export const improvementEndpoints = [
  endpoint({
    method: "GET",
    path: "/improvements",
    tag,
    summary: "What is changed because a cause came back, those under way first.",
    permission: readers,
    query: ImprovementsInput,
    response: pageOf(ImprovementRow),
    handle: async (ctx, input) => ({ data: await listImprovements(ctx, input), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/improvements",
    tag,
    summary: "Propose an improvement for a cause.",
    permission: "Manager.",
    body: ProposeImprovement,
    response: z.object({ id: z.uuid(), version: z.number() }),
    status: 201,
    handle: proposeImprovement,
  }),
  endpoint({
    method: "GET",
    path: "/improvements/{id}",
    tag,
    summary: "One improvement with its cases and whether it helped: before and after with intervals.",
    permission: readers,
    params: ById,
    response: Improvement,
    handle: getImprovement,
  }),
  endpoint({
    method: "PATCH",
    path: "/improvements/{id}",
    tag,
    summary: "Change words, owner, date or type of contact of one that has not ended.",
    permission: "Manager; its owner all but the owner.",
    params: ById,
    body: EditImprovement.omit({ id: true }),
    response: Version,
    handle: editImprovement,
  }),
  endpoint({
    method: "POST",
    path: "/improvements/{id}/move",
    tag,
    summary: "Accept, begin, finish or reject it.",
    permission: "Manager; its owner begins and finishes.",
    params: ById,
    body: MoveImprovement.omit({ id: true }),
    response: Version,
    handle: moveImprovement,
  }),
  endpoint({
    method: "POST",
    path: "/improvements/{id}/cases",
    tag,
    summary: "Link a closed case of the same cause.",
    permission: "Manager.",
    params: ById,
    body: LinkCase.omit({ id: true }),
    handle: linkCase,
  }),
];
