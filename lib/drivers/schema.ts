import { z } from "zod";
import type { CannotEstimate } from "../statistics/driver-run";
import type { LinearDrivers } from "../statistics/linear-drivers";
import type { LogisticDrivers } from "../statistics/logistic-drivers";
import type { Rate } from "../statistics/rate";

/** What the analysis of moments is asked: about one type of contact, or about all of them. */
export const DriversParameters = z.strictObject({
  type: z.string().trim().min(1).max(100).nullable().default(null),
});
export type DriversParameters = z.output<typeof DriversParameters>;

export type DriversConfig = { target: number; draws: number };

/** Contacts (or journeys) that share everything the analysis looks at. */
export type ContactCell = { type: string; class: "positive" | "neutral" | "negative" | null; seen: string; n: number };
export type JourneyCell = { isWon: boolean; isLarge: boolean; route: string; seen: string; n: number };

/** A moment of a type of contact. */
export type MomentKey = { type: string; momentId: string };

/** Why a moment takes no part in a model although it was seen. */
export type LeftOut = MomentKey & { reason: "too_few" | "seldom_together" | "beyond_ten" | "constant" | "repeated" };

type Named<Model extends { drivers: readonly { name: string }[] }> = Omit<Model, "drivers" | "dropped"> & {
  drivers: readonly (Omit<Model["drivers"][number], "name"> & MomentKey)[];
};

/** What customers said, by moments (DOMAIN F38); `johnson` is the same by relative weights, as a check (F38b). */
export type VoiceModel = Named<LinearDrivers> & {
  johnson: readonly { weight: number; share: number | null }[] | null;
};
/** Won or lost, by moments, after value and route (DOMAIN F38c). */
export type OutcomeModel = Named<LogisticDrivers>;
export type Estimate<Model> = { found: Model | CannotEstimate; leftOut: readonly LeftOut[] };

/** How a moment stands: how often it was seen and done, and how its contacts were rated. */
export type MomentFacts = MomentKey & {
  /** Contacts in which it was seen, rated or not. */
  volume: number;
  /** How many of those in which it was seen did it. */
  done: Rate;
  /** How many of those that the customer rated were positive. */
  positive: Rate;
  /** The positive share, pulled towards the other moments (DOMAIN F34). */
  shrunken: number | null;
};

/** A moment with what mending it is worth (DOMAIN F39). */
export type Priority = MomentKey & { weight: number; shrunken: number; volume: number; priority: number };

export type TypeDrivers = {
  type: string;
  /** Contacts that the customer rated. */
  rated: number;
  voice: Estimate<VoiceModel>;
  outcome: Estimate<OutcomeModel>;
  moments: readonly MomentFacts[];
};

/** What a run of drivers found, for each type of contact and for all of them side by side. */
export type DriversResult = {
  target: number;
  types: readonly TypeDrivers[];
  /** Won or lost by the moments of every type. */
  outcome: Estimate<OutcomeModel>;
  /** What to mend first at that target, across types. */
  ranked: readonly Priority[];
};

export const GetDrivers = z.strictObject({
  type: z.string().trim().max(100).optional(),
  /** The share of positive contacts aimed at; the workspace's own unless given. */
  target: z.coerce.number().gt(0).lt(1).optional(),
  /** Takes the newest run that is not about a later time. */
  asOf: z.coerce.date().optional(),
  run: z.uuid().optional(),
});
export type GetDrivers = z.output<typeof GetDrivers>;

export const seenStates = ["missed", "done"] as const;

/** The contacts behind a number of a run. */
export const SeenInput = z.strictObject({
  run: z.uuid(),
  type: z.string().trim().max(100).optional(),
  momentId: z.uuid().optional(),
  state: z.enum(seenStates).optional(),
  /** Only contacts that the customer rated, or only positive ones. */
  rated: z.enum(["any", "positive"]).optional(),
  /** Journeys that were won or lost instead of contacts. */
  ended: z.enum(["any", "won", "lost"]).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type SeenInput = z.output<typeof SeenInput>;

/** A contact, or the end of a journey, as a line. */
export type SeenRow = {
  id: string;
  customerId: string;
  customerName: string;
  /** Of the contact; null for the end of a journey. */
  type: string | null;
  medium: string | null;
  agentName: string | null;
  state: "missed" | "done" | "done_well" | null;
  class: ContactCell["class"];
  /** Whether a journey was won; null for a contact. */
  isWon: boolean | null;
  at: string;
};

/** A moment in the report: who answers for it, how it stands, what it weighs and what mending it is worth. */
export type MomentLine = MomentFacts & {
  name: string;
  nameHe: string;
  responsibleRole: string | null;
  responsibleName: string | null;
  /** Its part of what is explained, 0 to 1, with 95 % of the redrawn parts; null without a model. */
  share: number | null;
  interval: { lo: number; hi: number } | null;
  /** Its part of R2, and the part by relative weights (F38b). */
  weight: number | null;
  alone: number | null;
  beta: number | null;
  johnson: number | null;
  johnsonShare: number | null;
  /** What mending it is worth (F39), and its place by that; null where it has none. */
  priority: number | null;
  place: number | null;
  leftOut: LeftOut["reason"] | null;
  /** Whether chance alone explains as much as all moments of its type together (p 0.05 or more). */
  isChance: boolean;
};

/** A moment in the model of won and lost. */
export type OutcomeLine = MomentKey &
  Pick<MomentLine, "name" | "nameHe" | "share" | "interval" | "weight" | "alone" | "beta"> & {
    oddsRatio: number;
    oddsLo: number;
    oddsHi: number;
  };

type Whole = { status: "estimated"; n: number; rSquared: number; rSquaredOfControls: number; draws: number };

/** The drivers of one type of contact, or of all, as one run found them; everything empty before the first run. */
export type DriversReport = {
  run: {
    id: string;
    asOf: string;
    knownAt: string;
    finishedAt: string | null;
    configVersion: number;
    seed: number;
  } | null;
  type: string | null;
  target: number;
  types: { type: string; rated: number }[];
  moments: MomentLine[];
  /** Null where every type has a model of its own. */
  voice: (Whole & { method: "shapley" | "johnson" }) | CannotEstimate | null;
  outcome:
    | (Whole & { k: number; nullLogLikelihood: number; logLikelihood: number; intercept: number })
    | CannotEstimate
    | null;
  outcomes: OutcomeLine[];
  /** Keys of moments in the order of what to mend first. */
  ranked: MomentKey[];
};
