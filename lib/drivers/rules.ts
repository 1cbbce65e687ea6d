import { priorityOf, rankMoments } from "../experience/priority";
import { rateOf } from "../statistics/rate";
import { priorOf, shrink } from "../statistics/shrinkage";
import { type EndedCell, endedCells, keyOf, ofKey, type RatedCell, ratedCells, seenOften } from "./cells";
import { outcomeModel, voiceModel } from "./models";
import type { DriversInput } from "./read";
import type { DriversConfig, DriversResult, MomentFacts, Priority, TypeDrivers } from "./schema";

type Settings = DriversConfig & { seed: number };

/** How the moments of these contacts stand, in the order of their keys; not yet pulled. */
function factsOf(cells: readonly RatedCell[]): MomentFacts[] {
  const keys = seenOften(cells)
    .map(({ key }) => key)
    .sort();
  return keys.map((key) => {
    const own = cells.filter(({ seen }) => seen.has(key));
    const sum = (of: (cell: RatedCell) => boolean) =>
      own.reduce((total, cell) => (of(cell) ? total + cell.n : total), 0);
    const volume = sum(() => true);
    return {
      ...ofKey(key),
      volume,
      done: rateOf(
        sum((cell) => (cell.seen.get(key) ?? 0) > 0),
        volume,
      ),
      positive: rateOf(
        sum((cell) => cell.class === "positive"),
        sum((cell) => cell.class !== null),
      ),
      shrunken: null,
    };
  });
}

/** Pulls each moment towards its family: the moments of its type, or all of them where the type has but one (DOMAIN F34). */
function pulled(facts: readonly MomentFacts[], all: readonly MomentFacts[]): MomentFacts[] {
  const prior = priorOf(facts.map(({ positive }) => positive)) ?? priorOf(all.map(({ positive }) => positive));
  return facts.map((fact) => ({
    ...fact,
    shrunken: prior && fact.positive.n > 0 ? shrink(fact.positive, prior).rate : null,
  }));
}

type Weighed = { facts: MomentFacts; weight: number | null };

/** What mending each is worth, largest first (DOMAIN F39); without a model, or below twenty ratings, none has a place. */
function ranking(weighed: readonly Weighed[], target: number): Priority[] {
  const standings = weighed.map(({ facts, weight }) => {
    const { shrunken, positive, volume } = facts;
    return { key: keyOf(facts), weight, shrunken, n: positive.n, volume };
  });
  return rankMoments(standings, target).ranked.flatMap(({ key }): Priority[] => {
    const standing = standings.find((each) => each.key === key);
    if (!standing || standing.weight === null || standing.shrunken === null) return [];
    const { weight, shrunken, volume } = standing;
    return [{ ...ofKey(key), weight, shrunken, volume, priority: priorityOf(weight, shrunken, volume, target) }];
  });
}

/** A moment that goes with worse ratings is nothing to have more of: it weighs nothing here. */
function weightOf({ voice }: Pick<TypeDrivers, "voice">, facts: MomentFacts, by: "share" | "weight"): number | null {
  if (voice.found.status !== "estimated") return null;
  const driver = voice.found.drivers.find(({ momentId }) => momentId === facts.momentId);
  if (!driver || driver.share === null) return null;
  return driver.beta < 0 ? 0 : driver[by];
}

/** What to mend first among the moments of one type: each weighs its share of what is explained. */
export function rankedOfType(type: TypeDrivers, target: number): Priority[] {
  return ranking(
    type.moments.map((facts) => ({ facts, weight: weightOf(type, facts, "share") })),
    target,
  );
}

/** What to mend first of all moments: each weighs what it explains of its own customers' word. */
export function rankedAcross(types: readonly TypeDrivers[], target: number): Priority[] {
  const weighed = types.flatMap((type) =>
    type.moments.map((facts) => ({ facts, weight: weightOf(type, facts, "weight") })),
  );
  return ranking(weighed, target);
}

type All = { ended: readonly EndedCell[]; all: readonly MomentFacts[]; settings: Settings };

function typeDrivers(type: string, own: readonly RatedCell[], { ended, all, settings }: All): TypeDrivers {
  const seenHere = ended.flatMap((cell) => {
    const seen = new Map([...cell.seen].filter(([key]) => ofKey(key).type === type));
    return seen.size > 0 ? [{ ...cell, seen }] : [];
  });
  return {
    type,
    rated: own.reduce((sum, cell) => (cell.class === null ? sum : sum + cell.n), 0),
    voice: voiceModel(own, settings),
    outcome: outcomeModel(seenHere, settings),
    moments: pulled(factsOf(own), all),
  };
}

/**
 * Which moments carry weight, for each type of contact and across them: what customers say (DOMAIN F38, F38b), what is won and
 * lost (F38c), and what mending each is worth (F39). The same cells, settings and seed give the same result to the byte.
 */
export function driversOf(input: DriversInput, settings: Settings): DriversResult {
  const cells = ratedCells(input.contacts, input.momentIds);
  const ended = endedCells(input.journeys, input.momentIds);
  const all = factsOf(cells);
  const types = [...new Set(cells.map(({ type }) => type))].sort().map((type) =>
    typeDrivers(
      type,
      cells.filter((cell) => cell.type === type),
      { ended, all, settings },
    ),
  );
  const { target } = settings;
  return { target, types, outcome: outcomeModel(ended, settings), ranked: rankedAcross(types, target) };
}
