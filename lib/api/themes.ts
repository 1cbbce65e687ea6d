import { z } from "zod";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { discardCodebook, draftCodebook, getCodebook, publishCodebook, saveCodebook } from "../themes/codebook";
import { getThemesReport, listComments } from "../themes/queries";
import { CommentsInput, PublishCodebook, polarities, SaveCodebook, TagComment, ThemesInput } from "../themes/schema";
import { tagComment, untagComment } from "../themes/tagging";
import { Agreement } from "./coding-rounds";
import { Share } from "./rate";

const Polarity = z.enum(polarities);

const Theme = z
  .object({
    themeId: z.uuid(),
    key: z.string().meta({ description: "Never changes; the cause of a recovery case is one" }),
    name: z.string(),
    nameHe: z.string(),
    definition: z.string(),
    words: z.array(z.string()),
    wordsHe: z.array(z.string()),
  })
  .meta({ id: "CodebookTheme" });

const Codebook = z
  .object({
    id: z.uuid(),
    number: z.number(),
    status: z.enum(["draft", "published"]),
    publishedAt: z.string().nullable(),
    publishedByName: z.string().nullable(),
    version: z.number(),
    themes: z.array(Theme),
    issues: z.array(z.object({ path: z.string(), reason: z.string() })),
  })
  .meta({ id: "Codebook" });

const CodebookState = z
  .object({
    inForce: Codebook,
    draft: Codebook.nullable(),
    versions: z.array(
      z.object({
        id: z.uuid(),
        number: z.number(),
        status: z.string(),
        publishedAt: z.string().nullable(),
        themes: z.number(),
      }),
    ),
  })
  .meta({ id: "CodebookState" });

const Report = z
  .object({
    type: z.string().nullable(),
    weeks: z.number(),
    since: z.string().nullable(),
    asOf: z.string(),
    codebook: z.object({ id: z.uuid(), number: z.number() }),
    comments: z.number(),
    negative: z.number(),
    untagged: z.number(),
    themes: z.array(
      z.object({
        themeId: z.uuid(),
        key: z.string(),
        name: z.string(),
        nameHe: z.string(),
        definition: z.string(),
        prevalence: Share,
        negative: Share,
        negativeOfAll: Share,
        lift: z.number().nullable().meta({ description: "P(negative | theme) / P(negative) (DOMAIN F40)" }),
        quotes: z.array(
          z.object({
            responseId: z.uuid(),
            text: z.string().meta({ description: "Without anybody's name" }),
            language: z.string().nullable(),
            class: Polarity.nullable(),
          }),
        ),
      }),
    ),
    types: z.array(z.string()),
    agreement: Agreement.nullable(),
  })
  .meta({ id: "ThemesReport" });

const Comment = z
  .object({
    responseId: z.uuid(),
    interactionId: z.uuid(),
    comment: z.string(),
    language: z.string().nullable(),
    class: Polarity.nullable(),
    isLate: z.boolean(),
    at: z.string(),
    medium: z.string(),
    type: z.string(),
    customerId: z.uuid().nullable(),
    customerName: z.string().nullable(),
    tags: z.array(
      z.object({
        themeId: z.uuid(),
        name: z.string(),
        nameHe: z.string(),
        polarity: Polarity,
        source: z.enum(["human", "rule"]),
        matched: z.string(),
        authorName: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "Comment" });

const tag = "Themes";
const readers = "Manager, QA, Marketing, Auditor.";
const taggers = "Manager, QA, Marketing.";
const editors = "Manager, Admin.";
const Versioned = z.object({ id: z.uuid(), version: z.number() });

/** What comments are about: the report, the comments and their tags, and the codebook. */
export const themeEndpoints = [
  endpoint({
    method: "GET",
    path: "/reports/themes",
    tag,
    summary: "What customers speak of: how often, how often after bad contacts, lift, two quotes without names.",
    permission: readers,
    query: ThemesInput,
    response: Report,
    handle: getThemesReport,
  }),
  endpoint({
    method: "GET",
    path: "/comments",
    tag,
    summary: "The comments behind a number, newest first, without anybody's name.",
    permission: readers,
    query: CommentsInput,
    response: pageOf(Comment),
    handle: listComments,
  }),
  endpoint({
    method: "POST",
    path: "/responses/{id}/tags",
    tag,
    summary: "Say that a comment speaks of a theme; it stands above what a rule found.",
    permission: taggers,
    params: ById,
    body: TagComment.omit({ responseId: true }),
    response: z.object({ id: z.uuid() }),
    status: 201,
    handle: (ctx, { id, ...input }) => tagComment(ctx, { ...input, responseId: id }),
  }),
  endpoint({
    method: "DELETE",
    path: "/responses/{id}/tags/{themeId}",
    tag,
    summary: "Say that a comment does not speak of a theme; no rule finds it there again.",
    permission: taggers,
    params: z.strictObject({ id: z.uuid(), themeId: z.uuid() }),
    handle: (ctx, { id, themeId }) => untagComment(ctx, { responseId: id, themeId }),
  }),
  endpoint({
    method: "GET",
    path: "/codebook",
    tag,
    summary: "The codebook in force, the draft of the next one, and every version.",
    permission: "Everybody.",
    response: CodebookState,
    handle: getCodebook,
  }),
  endpoint({
    method: "POST",
    path: "/codebook/draft",
    tag,
    summary: "Begin the next codebook as a copy of the one in force.",
    permission: editors,
    response: Versioned,
    status: 201,
    handle: draftCodebook,
  }),
  endpoint({
    method: "PATCH",
    path: "/codebook/{id}",
    tag,
    summary: "Replace the themes of a draft; one without themeId is new.",
    permission: editors,
    params: ById,
    body: SaveCodebook.omit({ id: true }),
    response: Versioned,
    handle: saveCodebook,
  }),
  endpoint({
    method: "POST",
    path: "/codebook/{id}/publish",
    tag,
    summary: "Publish a draft: it never changes from then on, and every comment is read again by its rules.",
    permission: editors,
    params: ById,
    body: PublishCodebook.omit({ id: true }),
    response: z.object({ id: z.uuid(), number: z.number() }),
    handle: publishCodebook,
  }),
  endpoint({
    method: "DELETE",
    path: "/codebook/{id}",
    tag,
    summary: "Throw a draft away.",
    permission: editors,
    params: ById,
    handle: discardCodebook,
  }),
];
