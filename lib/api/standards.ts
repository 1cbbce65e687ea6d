import { z } from "zod";
import { archiveMoment, changeMoment, createMoment } from "../moments/commands";
import { listMoments } from "../moments/queries";
import { ChangeMoment, CreateMoment, momentPhases } from "../moments/schema";
import { ById, endpoint, pageOf } from "../server/api-endpoint";
import {
  createStandard,
  discardStandardDraft,
  draftStandard,
  publishStandard,
  retireStandard,
  saveStandardDraft,
} from "../standards/commands";
import { getStandard, getStandardVersion, listStandards } from "../standards/queries";
import { CreateStandard, CriterionInput, PublishDraft, SaveDraft } from "../standards/schema";

const VersionSummary = z
  .object({
    id: z.uuid(),
    number: z.number(),
    status: z.enum(["draft", "published"]),
    passMark: z.number().meta({ description: "Share of the applicable weight from which it is met, 0 to 1" }),
    effectiveFrom: z.string().nullable().meta({ description: "Contacts that begin from then on are judged by it" }),
    publishedAt: z.string().nullable(),
    publishedByName: z.string().nullable(),
    criteria: z.number(),
    evaluated: z.number().meta({ description: "Evaluations by it; counting stops at 1000" }),
  })
  .meta({ id: "StandardVersionSummary" });

const Standard = z
  .object({
    id: z.uuid(),
    medium: z.string(),
    interactionType: z.string().nullable().meta({ description: "Null: whatever has no standard of its own" }),
    retiredAt: z.string().nullable(),
    inForceId: z.uuid().nullable(),
    draftId: z.uuid().nullable(),
    versions: z.array(VersionSummary),
  })
  .meta({ id: "Standard" });

const Diff = z
  .object({
    passMark: z.object({ before: z.number(), after: z.number() }).nullable(),
    added: z.array(z.string()),
    removed: z.array(z.string()),
    changed: z.array(z.object({ name: z.string(), parts: z.array(z.string()) })),
  })
  .meta({ id: "StandardDiff" });

const Version = z
  .object({
    ...VersionSummary.shape,
    version: z.number().meta({ description: "Of the row, for If-Match" }),
    standardId: z.uuid(),
    medium: z.string(),
    interactionType: z.string().nullable(),
    criterionList: z.array(
      z.object({
        ...CriterionInput.shape,
        id: z.uuid(),
        momentName: z.string().nullable(),
        momentNameHe: z.string().nullable(),
      }),
    ),
    issues: z.array(z.object({ path: z.string(), reason: z.string() })),
    diff: Diff.nullable(),
  })
  .meta({ id: "StandardVersion" });

const Moment = z
  .object({
    id: z.uuid(),
    interactionType: z.string(),
    name: z.string(),
    nameHe: z.string(),
    phase: z.enum(momentPhases),
    responsibleRole: z.string().nullable(),
    responsibleId: z.uuid().nullable(),
    responsibleName: z.string().nullable(),
    playbook: z.string(),
    playbookHe: z.string(),
    isOrphaned: z
      .boolean()
      .meta({ description: "Neither a role that somebody holds nor an active member answers for it" }),
    version: z.number(),
  })
  .meta({ id: "Moment" });

const Versioned = z.object({ id: z.uuid(), version: z.number() });
const tag = "Standards";
const everybody = "Everybody.";
const permission = "Manager, Admin.";

/** Standards, their versions, and the moments that matter. */
export const standardEndpoints = [
  endpoint({
    method: "GET",
    path: "/standards",
    tag,
    summary: "What every contact must keep, by medium and type, in every version.",
    permission: everybody,
    response: pageOf(Standard),
    handle: async (ctx) => ({ data: await listStandards(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "GET",
    path: "/standards/{id}",
    tag,
    summary: "One standard with its versions, newest first.",
    permission: everybody,
    params: ById,
    response: Standard,
    handle: (ctx, { id }) => getStandard(ctx, id),
  }),
  endpoint({
    method: "POST",
    path: "/standards",
    tag,
    summary: "Begin the standard of a medium, or of a medium and a type of contact, with an empty draft.",
    permission,
    body: CreateStandard,
    response: z.object({ id: z.uuid(), draftId: z.uuid() }),
    status: 201,
    handle: createStandard,
  }),
  endpoint({
    method: "POST",
    path: "/standards/{id}/draft",
    tag,
    summary: "Begin a draft as a copy of the newest version.",
    permission,
    params: ById,
    response: Versioned,
    status: 201,
    handle: draftStandard,
  }),
  endpoint({
    method: "POST",
    path: "/standards/{id}/retire",
    tag,
    summary: "End a standard: contacts from now on are judged by that of the medium alone, or by none.",
    permission,
    params: ById,
    handle: retireStandard,
  }),
  endpoint({
    method: "GET",
    path: "/standard-versions/{id}",
    tag,
    summary: "One version with its criteria; a draft also with what it lacks and what it changes.",
    permission: everybody,
    params: ById,
    response: Version,
    isVersioned: true,
    handle: (ctx, { id }) => getStandardVersion(ctx, id),
  }),
  endpoint({
    method: "PATCH",
    path: "/standard-versions/{id}",
    tag,
    summary: "Replace pass mark and criteria of a draft.",
    permission,
    params: ById,
    body: SaveDraft.omit({ id: true, version: true }),
    response: Versioned,
    isVersioned: true,
    handle: (ctx, input, { version }) => saveStandardDraft(ctx, { ...input, version }),
  }),
  endpoint({
    method: "POST",
    path: "/standard-versions/{id}/publish",
    tag,
    summary: "Publish a draft; contacts that begin from its date on are judged by it, and it never changes.",
    permission,
    params: ById,
    body: PublishDraft.omit({ id: true }),
    response: z.object({ id: z.uuid(), number: z.number(), effectiveFrom: z.string() }),
    handle: publishStandard,
  }),
  endpoint({
    method: "DELETE",
    path: "/standard-versions/{id}",
    tag,
    summary: "Throw a draft away.",
    permission,
    params: ById,
    handle: discardStandardDraft,
  }),
  endpoint({
    method: "GET",
    path: "/moments",
    tag,
    summary: "The moments that matter by type of contact, who answers for them, and how they are done well.",
    permission: everybody,
    response: pageOf(Moment),
    handle: async (ctx) => ({ data: await listMoments(ctx), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/moments",
    tag,
    summary: "Add a moment behind the others of its type.",
    permission,
    body: CreateMoment,
    response: Versioned,
    status: 201,
    handle: createMoment,
  }),
  endpoint({
    method: "PATCH",
    path: "/moments/{id}",
    tag,
    summary: "Change a moment; what was observed stays.",
    permission,
    params: ById,
    body: ChangeMoment.omit({ id: true, version: true }),
    response: Versioned,
    isVersioned: true,
    handle: (ctx, input, { version }) => changeMoment(ctx, { ...input, version }),
  }),
  endpoint({
    method: "DELETE",
    path: "/moments/{id}",
    tag,
    summary: "Take a moment out of use.",
    permission,
    params: ById,
    handle: archiveMoment,
  }),
];
