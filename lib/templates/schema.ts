import { z } from "zod";
import { dueRule } from "../journeys/schema";
import { media } from "../journeys/vocabulary";

const key = z
  .string()
  .trim()
  .regex(/^[a-z0-9_]{1,60}$/, "bad_key");
const days = z.number().finite().min(0).max(3650);

export const phases = ["before", "during", "after"] as const;
export const entryStatuses = ["pre_lead", "active", "won"] as const;

export const TouchpointInput = z.strictObject({
  name: z.string().trim().max(200),
  type: z.string().trim().max(60),
  medium: z.enum(media).nullable(),
  spokeKey: z.string().max(60).nullable(),
  due: dueRule.nullable(),
});
export type TouchpointInput = z.output<typeof TouchpointInput>;

/** One stage as the editor holds it; what makes no sense together is for the rules to say. */
export const StageInput = z.strictObject({
  key: z.string().trim().max(60),
  name: z.string().trim().max(120),
  spokeId: z.uuid(),
  phase: z.enum(phases),
  entryStatus: z.enum(entryStatuses),
  dwellP50Days: days.nullable(),
  dwellP80Days: days.nullable(),
  silenceDays: z.number().int().min(0).max(3650).nullable(),
  allowedNext: z.array(z.string().max(60)).max(60),
  requiredFields: z.array(z.string().trim().max(60)).max(40),
  touchpoints: z.array(TouchpointInput).max(20),
});
export type StageInput = z.output<typeof StageInput>;

/** A draft begins as a copy; with a key of its own it begins a template of its own. */
export const CreateDraft = z.strictObject({
  fromId: z.uuid(),
  key: key.optional(),
  name: z.string().trim().min(1).max(120).optional(),
});
export type CreateDraft = z.output<typeof CreateDraft>;

export const UpdateDraft = z.strictObject({
  id: z.uuid(),
  version: z.number().int().min(1),
  name: z.string().trim().min(1).max(120),
  stages: z.array(StageInput).min(1).max(60),
});
export type UpdateDraft = z.output<typeof UpdateDraft>;

export const PublishTemplate = z.strictObject({ id: z.uuid(), version: z.number().int().min(1) });
export type PublishTemplate = z.output<typeof PublishTemplate>;

export const TemplateKey = z.strictObject({ id: z.uuid() });
export type TemplateKey = z.output<typeof TemplateKey>;

export type TemplateStageView = StageInput & { id: string; position: number };

/** A template in the list. */
export type TemplateSummary = {
  id: string;
  key: string;
  name: string;
  number: number;
  status: "draft" | "published" | "archived";
  isDefault: boolean;
  publishedAt: string | null;
  version: number;
  stages: number;
  /** Open journeys that run on this version. */
  running: number;
};

export type TemplateSpoke = { id: string; key: string; code: string; name: string; nameHe: string; position: number };

/** What is wrong with a draft: where it stands, and a key of the messages. */
export type LintIssue = { path: string; reason: string; params?: Record<string, string | number> };

export type StageChange = {
  key: string;
  name: string;
  /** Which parts differ from the published version. */
  parts: StagePart[];
  newFields: string[];
};
export type StagePart =
  | "name"
  | "position"
  | "spoke"
  | "phase"
  | "entryStatus"
  | "dwell"
  | "silence"
  | "next"
  | "requiredFields"
  | "touchpoints";

/** What publishing would change, for the person who is about to. */
export type Impact = {
  /** The published version this replaces; null for a new template. */
  replaces: { id: string; number: number } | null;
  /** Open journeys that stay on the version they started on. */
  keepOld: number;
  added: { key: string; name: string }[];
  removed: { key: string; name: string; running: number }[];
  changed: StageChange[];
  /** Whether arrivals without a named template will start on this. */
  becomesDefault: boolean;
  /** The stage in which new journeys will start, and what is expected of it first. */
  newStart: { name: string; touchpoint: string | null } | null;
};

export type TemplateView = TemplateSummary & {
  stageList: TemplateStageView[];
  spokes: TemplateSpoke[];
  issues: LintIssue[];
  impact: Impact | null;
  /** The draft that is being written of the same template, when there is one. */
  draftId: string | null;
};
