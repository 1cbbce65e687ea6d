import { z } from "zod";
import type { HealthView } from "./health";

export const milestoneStates = ["planned", "in_progress", "done", "missed", "cancelled"] as const;
export type MilestoneState = (typeof milestoneStates)[number];

export const onboardingStates = ["open", "done", "cancelled"] as const;
export type OnboardingState = (typeof onboardingStates)[number];

const words = (length: number) => z.string().trim().max(length);
const day = z.iso.date();
const journey = { customerId: z.uuid(), journeyId: z.uuid().optional() };

/** A milestone of a plan: what happens, whose it is, after how many business days, and whether the customer sees it. */
export const PlanMilestone = z.strictObject({
  name: words(200).min(1),
  nameHe: words(200).nullable().default(null),
  spokeKey: z.string().regex(/^[a-z0-9_]{1,40}$/),
  dueDays: z.number().int().min(0).max(520),
  isCustomerVisible: z.boolean(),
});
export type PlanMilestone = z.output<typeof PlanMilestone>;

const planContent = { name: words(200).min(1), milestones: z.array(PlanMilestone).min(1).max(40) };

export const CreatePlan = z.strictObject({ id: z.uuid().optional(), ...planContent });
export type CreatePlan = z.output<typeof CreatePlan>;

export const SavePlan = z.strictObject({ id: z.uuid(), version: z.number().int().min(1), ...planContent });
export type SavePlan = z.output<typeof SavePlan>;

export const StartOnboarding = z.strictObject({
  /** Made by the screen, so that a retry is the same onboarding. */
  id: z.uuid().optional(),
  ...journey,
  /** The plan to begin from; the newest one when left out, the usual one when there is none. */
  planId: z.uuid().optional(),
  ownerId: z.uuid().optional(),
});
export type StartOnboarding = z.output<typeof StartOnboarding>;

const onboardingKey = { id: z.uuid() };

export const SetMilestone = z.strictObject({
  ...onboardingKey,
  milestoneId: z.uuid(),
  version: z.number().int(),
  state: z.enum(["in_progress", "done", "missed", "cancelled"]),
  /** Why it was missed or cancelled, and needed there. */
  note: words(2_000).default(""),
});
export type SetMilestone = z.output<typeof SetMilestone>;

const milestoneContent = {
  name: words(200).min(1),
  nameHe: words(200).nullable().default(null),
  ownerId: z.uuid().nullable().default(null),
  spokeId: z.uuid(),
  dueAt: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  isCustomerVisible: z.boolean(),
};

export const AddMilestone = z.strictObject({ ...onboardingKey, ...milestoneContent });
export type AddMilestone = z.output<typeof AddMilestone>;

export const EditMilestone = z.strictObject({
  ...onboardingKey,
  milestoneId: z.uuid(),
  version: z.number().int(),
  ...milestoneContent,
});
export type EditMilestone = z.output<typeof EditMilestone>;

export const NoteKickoff = z.strictObject({ ...onboardingKey, on: day });
export type NoteKickoff = z.output<typeof NoteKickoff>;

export const EndOnboarding = z.strictObject({
  ...onboardingKey,
  version: z.number().int(),
  state: z.enum(["done", "cancelled"]),
  note: words(2_000).default(""),
});
export type EndOnboarding = z.output<typeof EndOnboarding>;

export const DefineFirstValue = z.strictObject({
  ...journey,
  /** What the customer gets out of it first. */
  text: words(1_000).min(1),
  /** How everybody will notice. */
  sign: words(1_000).min(1),
  targetOn: day,
  version: z.number().int().min(0),
});
export type DefineFirstValue = z.output<typeof DefineFirstValue>;

export const MeasureFirstValue = z.strictObject({ ...journey, reachedOn: day, evidence: words(2_000).min(1) });
export type MeasureFirstValue = z.output<typeof MeasureFirstValue>;

export const OnboardingsInput = z.strictObject({
  show: z.enum(["open", "ended"]).default("open"),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(500).optional(),
});
export type OnboardingsInput = z.output<typeof OnboardingsInput>;

export const FirstValueKey = z.strictObject(journey);
export type FirstValueKey = z.output<typeof FirstValueKey>;

export type PlanView = {
  /** Null: the usual plan, which nobody has saved. */
  id: string | null;
  name: string;
  version: number;
  savedAt: string | null;
  savedByName: string | null;
  milestones: PlanMilestone[];
};

export type MilestoneView = {
  id: string;
  version: number;
  name: string;
  nameHe: string | null;
  ownerId: string | null;
  ownerName: string | null;
  spokeId: string;
  dueAt: string;
  firstDueAt: string;
  isCustomerVisible: boolean;
  state: MilestoneState;
  endedAt: string | null;
  endedByName: string | null;
  note: string;
};

export type FirstValueView = {
  text: string;
  sign: string;
  targetOn: string;
  definedByName: string | null;
  reachedOn: string | null;
  evidence: string;
  measuredByName: string | null;
  version: number;
};

/** An onboarding as the board shows it. */
export type OnboardingRow = {
  id: string;
  version: number;
  state: OnboardingState;
  customerId: string;
  customerName: string;
  journeyId: string;
  ownerId: string | null;
  ownerName: string | null;
  wonOn: string;
  startedAt: string;
  kickoffOn: string | null;
  endedAt: string | null;
  done: number;
  total: number;
  /** Milestones whose day has passed and which nobody has ended. */
  late: number;
  next: { name: string; nameHe: string | null; dueAt: string } | null;
  targetOn: string | null;
  reachedOn: string | null;
  /** From the win to the first value, in days; null until it was measured. */
  daysToFirstValue: number | null;
  health: HealthView;
};

export type OnboardingView = OnboardingRow & {
  spokeId: string;
  planVersion: number;
  endNote: string;
  milestones: MilestoneView[];
  firstValue: FirstValueView | null;
  /** Whether the reader may do everything here, beyond what is her own. */
  mayLead: boolean;
  /** Milestones that the reader may take. */
  mine: string[];
};
