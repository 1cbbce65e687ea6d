import { z } from "zod";

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** Asking a department about a customer. */
export const SendRelay = z.strictObject({
  id: z.uuid().optional(),
  customerId: z.uuid(),
  journeyId: z.uuid().optional(),
  toSpokeId: z.uuid(),
  toId: z.uuid().nullish(),
  question: z.string().trim().min(1).max(4000),
  needBy: instant.optional(),
});
export type SendRelay = z.output<typeof SendRelay>;

export const RelayKey = z.strictObject({ id: z.uuid(), version: z.number().int().optional() });
export type RelayKey = z.output<typeof RelayKey>;

export const AnswerRelay = z.strictObject({
  id: z.uuid(),
  version: z.number().int().optional(),
  answer: z.string().trim().min(1).max(4000),
});
export type AnswerRelay = z.output<typeof AnswerRelay>;

export const DeclineRelay = z.strictObject({
  id: z.uuid(),
  version: z.number().int().optional(),
  reason: z.string().trim().min(1).max(1000),
});
export type DeclineRelay = z.output<typeof DeclineRelay>;
