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
  ranked: readonly Priority[];
  unranked: readonly MomentKey[];
};

/** What a run of drivers found, for each type of contact and for all of them side by side. */
export type DriversResult = {
  target: number;
  types: readonly TypeDrivers[];
  /** Won or lost by the moments of every type. */
  outcome: Estimate<OutcomeModel>;
  /** Across types a moment weighs what it explains of its customers' word. */
  ranked: readonly Priority[];
};
