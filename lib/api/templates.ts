import { z } from "zod";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import { createDraft, discardDraft, makeDefaultTemplate, publishTemplate, updateDraft } from "../templates/commands";
import { getTemplate, listTemplates } from "../templates/queries";
import { CreateDraft, PublishTemplate, StageInput, UpdateDraft } from "../templates/schema";

const Summary = z
  .object({
    id: z.uuid(),
    key: z.string(),
    name: z.string(),
    number: z.number().meta({ description: "Version of the template of this key" }),
    status: z.enum(["draft", "published", "archived"]),
    isDefault: z.boolean(),
    publishedAt: z.string().nullable(),
    version: z.number().meta({ description: "Of the row, for If-Match" }),
    stages: z.number(),
    running: z.number().meta({ description: "Open journeys on this version" }),
  })
  .meta({ id: "TemplateSummary" });

const Spoke = z
  .object({
    id: z.uuid(),
    key: z.string(),
    code: z.string(),
    name: z.string(),
    nameHe: z.string(),
    position: z.number(),
  })
  .meta({ id: "Spoke" });

const Template = z
  .object({
    ...Summary.shape,
    stageList: z.array(z.object({ ...StageInput.shape, id: z.uuid(), position: z.number() })),
    spokes: z.array(Spoke),
    issues: z.array(z.object({ path: z.string(), reason: z.string() })),
    draftId: z.uuid().nullable(),
  })
  .meta({ id: "Template" });

const Versioned = z.object({ id: z.uuid(), version: z.number() });

const tag = "Templates";
const permission = "Manager.";

export const templateEndpoints = [
  endpoint({
    method: "GET",
    path: "/templates",
    tag,
    summary: "The journey templates in every version.",
    permission: "Everybody.",
    response: pageOf(Summary),
    handle: async (ctx) => ({ data: await listTemplates(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "GET",
    path: "/templates/{id}",
    tag,
    summary: "One version with its stages, and what is wrong with it while it is a draft.",
    permission: "Everybody.",
    params: ById,
    response: Template,
    isVersioned: true,
    handle: (ctx, { id }) => getTemplate(ctx, id),
  }),
  endpoint({
    method: "POST",
    path: "/templates",
    tag,
    summary: "Begin a draft as a copy of a version; with a key of its own it becomes a template of its own.",
    permission,
    body: CreateDraft,
    response: Versioned,
    status: 201,
    handle: createDraft,
  }),
  endpoint({
    method: "PATCH",
    path: "/templates/{id}",
    tag,
    summary: "Replace name and stages of a draft.",
    permission,
    params: ById,
    body: UpdateDraft.omit({ id: true, version: true }),
    response: Versioned,
    isVersioned: true,
    handle: (ctx, input, { version }) => updateDraft(ctx, { ...input, version }),
  }),
  endpoint({
    method: "POST",
    path: "/templates/{id}/publish",
    tag,
    summary: "Publish a draft; running journeys stay on the version they started on.",
    permission,
    params: ById,
    body: PublishTemplate.omit({ id: true }),
    response: z.object({ id: z.uuid(), number: z.number() }),
    handle: publishTemplate,
  }),
  endpoint({
    method: "POST",
    path: "/templates/{id}/default",
    tag,
    summary: "Let arrivals without a named template start on this version.",
    permission,
    params: ById,
    handle: makeDefaultTemplate,
  }),
  endpoint({
    method: "DELETE",
    path: "/templates/{id}",
    tag,
    summary: "Throw a draft away.",
    permission,
    params: ById,
    handle: discardDraft,
  }),
];
