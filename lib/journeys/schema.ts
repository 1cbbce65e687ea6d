import { z } from "zod";
import { lostReasons, media } from "./vocabulary";

export const dueRule = z.object({
  unit: z.enum(["staffed_minutes", "business_days", "calendar_days", "hours"]),
  amount: z.number().int().min(0).max(100_000),
});

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** What is expected next: the template's touchpoint of the stage, nothing, or what a person says. */
export const nextInput = z.union([
  z.literal("template"),
  z.literal("none"),
  z.strictObject({
    name: z.string().trim().min(1).max(200),
    type: z.string().max(60).optional(),
    medium: z.enum(media).optional(),
    spokeId: z.uuid().optional(),
    ownerId: z.uuid().nullish(),
    dueAt: instant.optional(),
    due: dueRule.optional(),
  }),
]);
export type NextInput = z.output<typeof nextInput>;

const fieldValues = z.record(
  z.string().regex(/^[a-z0-9_]{1,60}$/),
  z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]),
);

const journeyOf = {
  customerId: z.uuid(),
  journeyId: z.uuid().optional(),
  /** The version one saw; when it is given and stale the answer is a conflict with the row as it now stands. */
  version: z.number().int().optional(),
};

export const MoveJourney = z.strictObject({
  ...journeyOf,
  toStageId: z.uuid(),
  reason: z.string().trim().min(1).max(1000).optional(),
  fields: fieldValues.optional(),
  need: z.string().trim().min(1).max(200).optional(),
  accountableId: z.uuid().nullish(),
});
export type MoveJourney = z.output<typeof MoveJourney>;

export const HoldJourney = z.strictObject({
  ...journeyOf,
  until: instant,
  reason: z.string().trim().max(1000).optional(),
});
export type HoldJourney = z.output<typeof HoldJourney>;

export const JourneyKeyInput = z.strictObject(journeyOf);
export type JourneyKeyInput = z.output<typeof JourneyKeyInput>;

export const LoseJourney = z.strictObject({
  ...journeyOf,
  lostReason: z.enum(lostReasons),
  byCustomer: z.boolean(),
  note: z.string().trim().max(1000).optional(),
});
export type LoseJourney = z.output<typeof LoseJourney>;

export const ReopenJourney = z.strictObject({
  ...journeyOf,
  reason: z.string().trim().min(1).max(1000),
  stageId: z.uuid().optional(),
});
export type ReopenJourney = z.output<typeof ReopenJourney>;

export const SetNext = z.strictObject({ ...journeyOf, next: nextInput });
export type SetNext = z.output<typeof SetNext>;

export const SetFields = z.strictObject({
  ...journeyOf,
  fields: fieldValues.optional(),
  need: z.string().trim().max(200).nullish(),
  valueMinor: z.number().int().min(0).max(9_000_000_000_000).nullish(),
  currency: z.string().length(3).optional(),
});
export type SetFields = z.output<typeof SetFields>;

export const ReassignOsc = z.strictObject({
  ...journeyOf,
  memberId: z.uuid(),
  reason: z.string().trim().min(1).max(1000),
});
export type ReassignOsc = z.output<typeof ReassignOsc>;

export const TakeBaton = z.strictObject({ ...journeyOf, memberId: z.uuid().nullable() });
export type TakeBaton = z.output<typeof TakeBaton>;

export const CloseOffTrack = z.strictObject({
  eventId: z.uuid(),
  customerId: z.uuid(),
  state: z.enum(["recovered", "false_alarm"]),
  reason: z.string().trim().min(1).max(1000),
});
export type CloseOffTrack = z.output<typeof CloseOffTrack>;

export const CompleteStep = z.strictObject({ stepId: z.uuid(), customerId: z.uuid() });
export type CompleteStep = z.output<typeof CompleteStep>;
