import { z } from "zod";
import { type Role, roles } from "../auth/roles";
import type { EnablementEffect } from "../experience/enablement-effect";
import type { Rate } from "../statistics/rate";

export const itemKinds = ["playbook", "training", "coaching", "tool"] as const;
export type ItemKind = (typeof itemKinds)[number];

export const assignmentStates = ["assigned", "in_progress", "completed", "verified", "waived", "overdue"] as const;
export type AssignmentState = (typeof assignmentStates)[number];

/** What an assignment rests on: a ranked driver, a leak, a judged contact, or a manager's own view. */
export const assignmentReasons = ["driver", "leak", "evaluation", "manager"] as const;

/** How the people of an item are picked, which decides whom they may be compared with (DOMAIN F41). */
export const selections = ["low_scores", "by_lot", "staggered_start"] as const;

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const fields = {
  kind: z.enum(itemKinds),
  name: z.string().trim().min(1).max(120),
  nameHe: z.string().trim().max(120),
  /** What to read, do or open. */
  content: z.string().trim().max(4_000),
  contentHe: z.string().trim().max(4_000),
  role: z.enum(roles),
  selection: z.enum(selections),
  /** How many weeks before and after its start are compared. */
  weeks: z.number().int().min(1).max(52),
};

export const CreateItem = z.strictObject({
  momentId: z.uuid(),
  kind: fields.kind,
  name: fields.name,
  nameHe: fields.nameHe.default(""),
  content: fields.content.default(""),
  contentHe: fields.contentHe.default(""),
  /** Whom it is for; the moment's responsible role when left out. */
  role: fields.role.optional(),
  selection: fields.selection.default("low_scores"),
  weeks: fields.weeks.default(8),
});
export type CreateItem = z.output<typeof CreateItem>;

export const ChangeItem = z.strictObject({
  id: z.uuid(),
  version: z.number().int().min(1),
  kind: fields.kind.optional(),
  name: fields.name.optional(),
  nameHe: fields.nameHe.optional(),
  content: fields.content.optional(),
  contentHe: fields.contentHe.optional(),
  role: fields.role.optional(),
  selection: fields.selection.optional(),
  weeks: fields.weeks.optional(),
});
export type ChangeItem = z.output<typeof ChangeItem>;

export const ItemKey = z.strictObject({ id: z.uuid() });
export type ItemKey = z.output<typeof ItemKey>;

export const AssignItem = z.strictObject({
  /** The item. */
  id: z.uuid(),
  memberIds: z.array(z.uuid()).min(1).max(100),
  dueAt: instant,
  coachId: z.uuid().nullable().default(null),
  reason: z.enum(assignmentReasons).default("manager"),
});
export type AssignItem = z.output<typeof AssignItem>;

export const AssignmentKey = z.strictObject({ id: z.uuid(), version: z.number().int().min(1).optional() });
export type AssignmentKey = z.output<typeof AssignmentKey>;

export const WaiveAssignment = z.strictObject({ ...AssignmentKey.shape, reason: z.string().trim().min(1).max(500) });
export type WaiveAssignment = z.output<typeof WaiveAssignment>;

export const WriteNote = z.strictObject({ assignmentId: z.uuid(), text: z.string().trim().min(1).max(4_000) });
export type WriteNote = z.output<typeof WriteNote>;

export const NotesKey = z.strictObject({ assignmentId: z.uuid() });
export type NotesKey = z.output<typeof NotesKey>;

export const EnablementInput = z.strictObject({ type: z.string().trim().max(100).optional() });
export type EnablementInput = z.output<typeof EnablementInput>;

export const AssignmentsInput = z.strictObject({
  memberId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type AssignmentsInput = z.output<typeof AssignmentsInput>;

export type ItemView = {
  id: string;
  kind: ItemKind;
  name: string;
  nameHe: string;
  content: string;
  contentHe: string;
  momentId: string;
  momentName: string;
  momentNameHe: string;
  interactionType: string;
  role: Role;
  selection: (typeof selections)[number];
  weeks: number;
  startedAt: string | null;
  /** Assignments that were not waived, and those completed. */
  assigned: number;
  completed: number;
  version: number;
};

export type AssignmentView = {
  id: string;
  itemId: string;
  itemName: string;
  itemNameHe: string;
  itemKind: ItemKind;
  interactionType: string;
  memberId: string;
  memberName: string;
  coachId: string | null;
  coachName: string | null;
  reason: (typeof assignmentReasons)[number];
  state: AssignmentState;
  assignedAt: string;
  dueAt: string;
  completedAt: string | null;
  verifiedAt: string | null;
  version: number;
};

/** What one does oneself: the assignment with the words of its item. */
export type OwnAssignment = AssignmentView & { content: string; contentHe: string };

/** A coach's or coachee's word; nobody else ever gets one. */
export type NoteView = { id: string; authorName: string; isMine: boolean; text: string; createdAt: string };

/** A role that answers for moments: how many of those who hold it are enabled, and who is not. */
export type RoleCoverage = {
  role: Role;
  enabled: Rate;
  missing: { memberId: string; name: string; itemIds: string[] }[];
  finding: "nobody_holds_it" | "no_items" | null;
};

/** An assignment worth making: what mending it is worth for this person or department (DOMAIN F39). */
export type Proposal = {
  momentId: string;
  itemId: string | null;
  memberIds: string[];
  /** One person by name; several as their department. */
  scope: "person" | "team";
  /** Given already but not done yet. */
  isGiven: boolean;
  name: string;
  nameHe: string;
  weight: number;
  shrunken: number;
  k: number;
  n: number;
  priority: number;
};

/** Whether an item worked, with the four cells that say so (DOMAIN F41). */
export type ItemEffect = {
  itemId: string;
  enabled: { people: number; before: Rate; after: Rate };
  others: { people: number; before: Rate; after: Rate };
  effect: EnablementEffect;
};

/** A finished run of effects: when it looked, how far, and by which run. */
export type EffectRun = { runId: string; asOf: string; knownAt: string; items: ItemEffect[] };

/** The ranking that proposals rest on; null as long as there is none. */
export type RankingSource = { runId: string; asOf: string; target: number };

export type EnablementBoard = {
  type: string | null;
  types: string[];
  items: ItemView[];
  coverage: RoleCoverage[];
  ranking: RankingSource | null;
  proposals: Proposal[];
  effects: EffectRun | null;
  assignments: AssignmentView[];
};
