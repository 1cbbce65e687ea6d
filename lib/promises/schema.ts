import { z } from "zod";

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const key = { id: z.uuid(), version: z.number().int().optional() };

/** What we told the customer we would do, by when, by whom. */
export const MakePromise = z.strictObject({
  /** Made by the screen, so that a retry is the same promise. */
  id: z.uuid().optional(),
  customerId: z.uuid(),
  journeyId: z.uuid().optional(),
  text: z.string().trim().min(1).max(1000),
  dueAt: instant,
  /** Who keeps it; the author when left out. */
  byId: z.uuid().optional(),
  interactionId: z.uuid().optional(),
});
export type MakePromise = z.output<typeof MakePromise>;

export const PromiseKey = z.strictObject(key);
export type PromiseKey = z.output<typeof PromiseKey>;

export const BreakPromise = z.strictObject({ ...key, reason: z.string().trim().max(1000).optional() });
export type BreakPromise = z.output<typeof BreakPromise>;

export const RenegotiatePromise = z.strictObject({
  ...key,
  dueAt: instant,
  reason: z.string().trim().max(1000).optional(),
});
export type RenegotiatePromise = z.output<typeof RenegotiatePromise>;

/** A promise as it leaves the server. */
export type PromiseView = {
  id: string;
  customerId: string;
  journeyId: string;
  text: string;
  byId: string;
  byName: string;
  spokeId: string;
  state: string;
  renegotiated: number;
  madeAt: string;
  dueAt: string;
  closedAt: string | null;
  version: number;
};
