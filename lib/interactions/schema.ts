import { z } from "zod";
import { ObservationInput } from "../evaluations/schema";
import { nextInput } from "../journeys/schema";
import { interactionTypes, media, routes } from "../journeys/vocabulary";

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** One contact, as a person logs it in under ten seconds. */
export const LogInteraction = z.strictObject({
  /** Made by the screen, so that a retry is the same interaction. */
  id: z.uuid().optional(),
  customerId: z.uuid(),
  journeyId: z.uuid().optional(),
  personId: z.uuid().nullish(),
  medium: z.enum(media),
  route: z.enum(routes).nullish(),
  direction: z.enum(["inbound", "outbound", "internal"]),
  type: z.enum(interactionTypes).default("follow-up"),
  /** Both sides spoke: a held call, a visit, a chat. */
  isTwoWay: z.boolean().default(false),
  /** Sent by a machine: never a human response (DOMAIN INV). */
  isAutomated: z.boolean().default(false),
  agentId: z.uuid().nullish(),
  startedAt: instant.optional(),
  /** What the clock of whoever sends this says now: one that is more than five minutes off is flagged (DOMAIN 11). */
  sentAt: instant.optional(),
  endedAt: instant.nullish(),
  summary: z.string().trim().max(10_000).default(""),
  moments: z.array(z.string().trim().min(1).max(100)).max(20).default([]),
  felt: z.enum(["worse", "as_expected", "better"]).nullish(),
  /** Seconds until a person took the call or greeted, when the telephone or the desk told. */
  answerSeconds: z.number().int().min(0).max(86_400).nullish(),
  /** What happened of the defining moments of this type. */
  observations: z.array(ObservationInput).max(20).optional(),
  /** The customer had to repeat what we should have known (T9). */
  hadToRepeat: z.boolean().default(false),
  /** This contact was the expected next touchpoint. */
  completesNext: z.boolean().default(false),
  outcome: z.string().trim().max(200).nullish(),
  /** What is expected next; leaving it out keeps what stands, or starts the orphan timer when nothing does. */
  next: nextInput.optional(),
  version: z.number().int().optional(),
  sourceSystem: z.string().max(60).optional(),
  externalId: z.string().max(200).optional(),
});
export type LogInteraction = z.output<typeof LogInteraction>;
export type LogInteractionInput = z.input<typeof LogInteraction>;

export const EditInteraction = z.strictObject({
  id: z.uuid(),
  version: z.number().int(),
  summary: z.string().trim().max(10_000).optional(),
  type: z.enum(interactionTypes).optional(),
  moments: z.array(z.string().trim().min(1).max(100)).max(20).optional(),
});
export type EditInteraction = z.output<typeof EditInteraction>;

/** One line of the timeline as it leaves the server. */
export type InteractionView = {
  id: string;
  customerId: string;
  journeyId: string | null;
  personId: string | null;
  personName: string | null;
  medium: string;
  route: string | null;
  direction: string;
  type: string;
  isTwoWay: boolean;
  isAutomated: boolean;
  agentId: string | null;
  agentName: string | null;
  spokeId: string | null;
  startedAt: string;
  summary: string;
  moments: string[];
  felt: string | null;
  version: number;
};
