import { z } from "zod";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { getRound, listRounds, markComment, startRound } from "../themes/coding";
import { MarkComment, StartRound } from "../themes/schema";

const Kappa = z
  .object({ n: z.number(), observed: z.number(), expected: z.number(), kappa: z.number() })
  .nullable()
  .meta({ id: "Kappa", description: "Agreement beyond chance (DOMAIN F40b); null where chance alone explains it" });

const counts = { bothYes: z.number(), firstOnly: z.number(), secondOnly: z.number(), bothNo: z.number() };

/** How far two coders agree, for all themes and each. */
export const Agreement = z
  .object({
    roundId: z.uuid(),
    type: z.string().nullable(),
    comments: z.number(),
    finishedAt: z.string(),
    firstName: z.string(),
    secondName: z.string(),
    codebookNumber: z.number(),
    all: Kappa,
    isSound: z.boolean().nullable(),
    themes: z.array(
      z.object({
        themeId: z.uuid(),
        name: z.string(),
        nameHe: z.string(),
        ...counts,
        kappa: Kappa,
        isSound: z.boolean().nullable(),
      }),
    ),
  })
  .meta({ id: "ThemeAgreement" });

const roundFields = {
  id: z.uuid(),
  type: z.string().nullable(),
  comments: z.number(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  firstName: z.string(),
  secondName: z.string(),
  firstDone: z.number(),
  secondDone: z.number(),
  isMine: z.boolean(),
};

const Round = z
  .object({
    ...roundFields,
    themes: z.array(z.object({ themeId: z.uuid(), name: z.string(), nameHe: z.string(), definition: z.string() })),
    items: z.array(
      z.object({
        responseId: z.uuid(),
        comment: z.string(),
        language: z.string().nullable(),
        themeIds: z.array(z.uuid()).nullable(),
      }),
    ),
    agreement: Agreement.nullable(),
  })
  .meta({ id: "CodingRound" });
const RoundRow = z.object({ ...roundFields, kappa: z.number().nullable() }).meta({ id: "CodingRoundSummary" });

const tag = "Themes";
const readers = "Manager, QA, Marketing, Auditor.";

/** Double coding: two people tag the same comments blind, and their agreement is measured. */
export const codingRoundEndpoints = [
  endpoint({
    method: "GET",
    path: "/coding-rounds",
    tag,
    summary: "Rounds of double coding, the newest first.",
    permission: readers,
    response: pageOf(RoundRow),
    handle: async (ctx) => ({ data: await listRounds(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/coding-rounds",
    tag,
    summary: "Draw a share of the comments for two people who tag them blind; the seed draws the same again.",
    permission: "Manager, QA, Marketing.",
    body: StartRound,
    response: z.object({ id: z.uuid(), comments: z.number() }),
    status: 201,
    handle: startRound,
  }),
  endpoint({
    method: "GET",
    path: "/coding-rounds/{id}",
    tag,
    summary: "One round: a coder sees the comments and her own marks; the agreement comes when both are through.",
    permission: readers,
    params: ById,
    response: Round,
    handle: (ctx, { id }) => getRound(ctx, id),
  }),
  endpoint({
    method: "POST",
    path: "/coding-rounds/{id}/marks",
    tag,
    summary: "Mark the themes of one comment, for one of the two coders.",
    permission: "The two coders.",
    params: ById,
    body: MarkComment.omit({ roundId: true }),
    response: z.object({ left: z.number(), isFinished: z.boolean() }),
    handle: (ctx, { id, ...input }) => markComment(ctx, { ...input, roundId: id }),
  }),
];
