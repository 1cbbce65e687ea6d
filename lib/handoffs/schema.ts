import { z } from "zod";
import { media } from "../journeys/vocabulary";
import { type Scenario, scenarios } from "../scenarios/vocabulary";
import { type PacketKey, packetKeys } from "./packet";

export const handoffStates = [
  "draft",
  "proposed",
  "accepted",
  "rejected",
  "expired",
  "completed",
  "rated",
  "cancelled",
] as const;
export type HandoffState = (typeof handoffStates)[number];

export const handoffTypes = ["spoke_to_spoke", "sales_to_cs"] as const;
export type HandoffType = (typeof handoffTypes)[number];

/** Why a receiver sends a handoff back (DOMAIN 6E). */
export const rejectReasons = [
  "incomplete_packet",
  "scope_mismatch",
  "unsellable_promise",
  "no_capacity",
  "wrong_segment",
  "duplicate",
] as const;
export type RejectReason = (typeof rejectReasons)[number];

const words = (length: number) => z.string().trim().max(length);
const key = { id: z.uuid(), version: z.number().int().optional() };

export const DraftHandoff = z.strictObject({
  /** Made by the screen, so that a retry is the same handoff. */
  id: z.uuid().optional(),
  customerId: z.uuid(),
  journeyId: z.uuid().optional(),
  toSpokeId: z.uuid(),
  /** Who of that department should take it; the whole department when left out. */
  toId: z.uuid().nullish(),
  /** Other departments that receive it as well, each her part; the first one leads. */
  alsoTo: z
    .array(z.strictObject({ toSpokeId: z.uuid(), toId: z.uuid().nullish() }))
    .max(3)
    .default([]),
  note: words(2_000).default(""),
  /** A manager who steps in says why. */
  reason: words(1_000).default(""),
  /** From sales to customer success; left out, what the deal was given at its decision stage, else the policy's. */
  scenario: z.enum(scenarios).nullish(),
  /** Why it is neither. */
  overrideReason: words(1_000).default(""),
});
export type DraftHandoff = z.output<typeof DraftHandoff>;

export const ChooseScenario = z.strictObject({
  ...key,
  scenario: z.enum(scenarios).nullable(),
  overrideReason: words(1_000).default(""),
  reason: words(1_000).default(""),
});
export type ChooseScenario = z.output<typeof ChooseScenario>;

/** Why it goes to somebody who has not the hours it takes. */
const capacityReason = words(1_000).default("");

export const ProposeHandoff = z.strictObject({ ...key, reason: words(1_000).default(""), capacityReason });
export type ProposeHandoff = z.output<typeof ProposeHandoff>;

export const AcceptHandoff = z.strictObject({ ...key, capacityReason: words(1_000).optional() });
export type AcceptHandoff = z.output<typeof AcceptHandoff>;

export const RejectHandoff = z.strictObject({
  ...key,
  reason: z.enum(rejectReasons),
  /** Which items are missing or do not fit. */
  missingItems: z.array(z.enum(packetKeys)).min(1).max(packetKeys.length),
  note: words(2_000).default(""),
});
export type RejectHandoff = z.output<typeof RejectHandoff>;

export const CompleteHandoff = z.strictObject({ ...key, interactionId: z.uuid() });
export type CompleteHandoff = z.output<typeof CompleteHandoff>;

export const IntroduceHandoff = z.strictObject({
  ...key,
  medium: z.enum(media).default("video"),
  summary: words(10_000).default(""),
  /** A contact that was logged already and was the introduction; without it one is logged. */
  interactionId: z.uuid().optional(),
});
export type IntroduceHandoff = z.output<typeof IntroduceHandoff>;

export const RateHandoff = z.strictObject({
  ...key,
  rating: z.number().int().min(1).max(5),
  /** Whether the customer had to say again what she had said before. */
  hadToRepeat: z.boolean(),
});
export type RateHandoff = z.output<typeof RateHandoff>;

export const MarkReasked = z.strictObject({
  ...key,
  /** The item of the packet that answers it. */
  key: z.enum(packetKeys),
  /** What she was asked again. */
  question: words(1_000).default(""),
});
export type MarkReasked = z.output<typeof MarkReasked>;

export const CancelHandoff = z.strictObject({ ...key, reason: words(1_000).min(1) });
export type CancelHandoff = z.output<typeof CancelHandoff>;

export const FillPacketItem = z.strictObject({
  customerId: z.uuid(),
  journeyId: z.uuid().optional(),
  key: z.enum(packetKeys),
  text: words(4_000).default(""),
  /** False: it does not apply; for promises, none were made. */
  isApplicable: z.boolean().default(true),
  /** The one that was read; 0 before anybody wrote it. */
  version: z.number().int().min(0).optional(),
});
export type FillPacketItem = z.output<typeof FillPacketItem>;

export const HandoffsInput = z.strictObject({
  show: z.enum(["to_us", "from_us", "all"]).default("all"),
  state: z.enum(handoffStates).optional(),
  customerId: z.uuid().optional(),
  scenario: z.enum(scenarios).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type HandoffsInput = z.output<typeof HandoffsInput>;

/** One item of a packet as it leaves the server. */
export type PacketItemView = {
  key: PacketKey;
  weight: number;
  isMandatory: boolean;
  /** Null when it does not apply. */
  isPresent: boolean | null;
  isApplicable: boolean;
  text: string;
  /** What is known of it without anybody writing it. */
  known: string[];
  /** The first stage of the journey whose department owns it. */
  stageName: string | null;
  filledByName: string | null;
  filledAt: string | null;
  /** How often the customer was asked it again after it was handed over. */
  reasked: number;
  version: number;
};

export type PacketView = {
  customerId: string;
  customerName: string;
  journeyId: string;
  stageName: string;
  accountableSpokeId: string;
  completeness: number;
  missing: PacketKey[];
  items: PacketItemView[];
};

/** A handoff as a list shows it. */
export type HandoffRow = {
  id: string;
  version: number;
  /** The whole of which it is a part. */
  parentId: string | null;
  /** It goes to several departments, each with a part of its own. */
  isParent: boolean;
  state: HandoffState;
  type: HandoffType;
  customerId: string;
  customerName: string;
  journeyId: string;
  fromSpokeId: string;
  fromId: string;
  fromName: string;
  toSpokeId: string;
  toId: string | null;
  toName: string | null;
  draftedAt: string;
  proposedAt: string | null;
  dueAccept: string | null;
  expiredAt: string | null;
  acceptedAt: string | null;
  acceptedById: string | null;
  acceptedByName: string | null;
  dueFirstTouch: string | null;
  completedAt: string | null;
  /** By when the OSC introduces whoever took it; null before it was accepted. */
  introductionDue: string | null;
  introducedAt: string | null;
  rejectReason: RejectReason | null;
  rejectNote: string;
  missingItems: PacketKey[];
  rejections: number;
  escalation: number;
  completeness: number | null;
  rating: number | null;
  hadToRepeat: boolean | null;
  quality: number | null;
  /** From sales to customer success; null is nothing chosen. */
  scenario: Scenario | null;
  /** What the deal was given at its decision stage, when it was; the lab counts it by that. */
  given: Scenario | null;
  /** What the policy answered then, by the version of this number. */
  policyAnswer: Scenario | null;
  policyNumber: number | null;
  /** Why it is not the policy's. */
  overrideReason: string | null;
};

/** What the reader may do with a handoff. */
export type HandoffMay = {
  propose: boolean;
  answer: boolean;
  rate: boolean;
  cancel: boolean;
  /** The introduction is owed, and hers to make. */
  introduce: boolean;
  reask: boolean;
  logHours: boolean;
  chooseScenario: boolean;
  /** To say that the customer refuses whoever took her. */
  decline: boolean;
  /** She steps in for the sender and says why. */
  needsReason: boolean;
};

/** An item of the packet as it was when it was proposed. */
export type ProposedItem = Pick<
  PacketItemView,
  "key" | "isMandatory" | "isPresent" | "isApplicable" | "text" | "known"
>;

export type HandoffPart = { id: string; toSpokeId: string; toName: string | null; state: HandoffState };

/** Minutes of customer success that a receiver has free in the window, and that the scenario takes. */
export type Shortage = { free: number; needed: number; isShort: boolean };

/** A question that was asked again although an item of the packet answers it. */
export type Reask = { id: string; key: PacketKey; question: string; askedAt: string; byName: string };

export type HandoffView = HandoffRow & {
  note: string;
  interactionId: string | null;
  cancelReason: string;
  /** The customer refused whoever took her. */
  isDeclined: boolean;
  /** Of a handoff to several departments every part, the whole left out; empty for a handoff to one. */
  parts: HandoffPart[];
  /** As proposed last; empty before. */
  packet: ProposedItem[];
  /** What the customer was asked again although the packet answers it, the newest first; at most a hundred. */
  reasks: Reask[];
  /** Of whoever would take it, while it is open; null where that is not known or another department receives. */
  shortage: Shortage | null;
  /** Why it goes to somebody who has not the hours. */
  capacityReason: string;
  /** Minutes of customer success that the journey took before and after it was won; null where it has no part in it. */
  csmMinutes: { presale: number; after: number } | null;
  may: HandoffMay;
};
