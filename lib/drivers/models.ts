import type { CannotEstimate } from "../statistics/driver-run";
import { sharesOf } from "../statistics/driver-run";
import { explain, type LinearDrivers, linearDrivers, type OutcomeCell } from "../statistics/linear-drivers";
import { logisticDrivers, type TrialCell } from "../statistics/logistic-drivers";
import { centreCells, covarianceOf, mergeCells } from "../statistics/moments";
import { minimumTrials } from "../statistics/rate";
import { type EndedCell, ofKey, type RatedCell, routeControls, type SeenCell, seenOften, statesOf } from "./cells";
import type { Estimate, LeftOut, OutcomeModel, VoiceModel } from "./schema";

type Draws = { seed: number; draws: number };

/** Moments that a model of won and lost holds at most: its cost grows fourfold with each. */
const mostPredictors = 6;
const mostOfVoice = 30;

const scoreOf = { negative: -1, neutral: 0, positive: 1 } as const;

/**
 * Moments seen often enough, and tried together: while too few contacts show all of them, the one seen least often is
 * left out. Answers the first estimate, or why there is none.
 */
function fitTogether<Model extends { status: "estimated" }>(
  cells: readonly SeenCell[],
  most: number,
  estimate: (keys: readonly string[]) => Model | CannotEstimate,
): { found: Model | CannotEstimate; leftOut: LeftOut[] } {
  const often = seenOften(cells);
  const leftOut: LeftOut[] = [];
  const leave = (key: string, reason: LeftOut["reason"]) => leftOut.push({ ...ofKey(key), reason });
  for (const { key, n } of often) if (n < minimumTrials) leave(key, "too_few");
  const enough = often.filter(({ n }) => n >= minimumTrials).map(({ key }) => key);
  for (const key of enough.slice(most)) leave(key, "beyond_ten");
  const keys = enough.slice(0, most);
  let found = estimate(keys);
  while (keys.length > 1 && found.status === "cannot_estimate" && found.reason.startsWith("too_few")) {
    leave(keys.pop() ?? "", "seldom_together");
    found = estimate(keys);
  }
  return { found, leftOut };
}

/** What goes with the customer's word about contacts, negative -1, neutral 0, positive 1, moment by moment (DOMAIN F38, F38b). */
export function voiceModel(cells: readonly RatedCell[], draws: Draws): Estimate<VoiceModel> {
  const rated = cells.flatMap((cell) => (cell.class === null ? [] : [{ ...cell, outcome: scoreOf[cell.class] }]));
  const { found, leftOut } = fitTogether(rated, mostOfVoice, (keys) => {
    const outcomes = rated.flatMap(({ seen, outcome, n }): OutcomeCell[] => {
      const predictors = statesOf(seen, keys);
      return predictors ? [{ controls: [], predictors, outcome, n }] : [];
    });
    const model = linearDrivers(outcomes, { names: keys, controls: 0, ...draws });
    return model.status === "estimated" ? { ...model, johnson: johnsonOf(outcomes, keys, model) } : model;
  });
  if (found.status !== "estimated") return { found, leftOut };
  const { drivers, dropped, ...rest } = found;
  return {
    found: { ...rest, drivers: drivers.map(({ name, ...driver }) => ({ ...driver, ...ofKey(name) })) },
    leftOut: [...leftOut, ...dropped.map(({ name, reason }) => ({ ...ofKey(name), reason }))],
  };
}

/** The same split by relative weights, as a second opinion; null where it has none. */
function johnsonOf(cells: readonly OutcomeCell[], keys: readonly string[], { drivers }: LinearDrivers) {
  const columns = keys.length + 1;
  const values = cells.map(({ predictors, outcome, n }) => ({ values: [...predictors, outcome], n }));
  const covariance = covarianceOf(centreCells(mergeCells(values, columns), columns));
  const kept = drivers.map(({ name }) => keys.indexOf(name));
  const weights = explain(covariance, kept, [], "johnson")?.weights;
  if (!weights) return null;
  const shares = sharesOf(weights);
  return weights.map((weight, place) => ({ weight, share: shares[place] ?? null }));
}

/** What goes with winning journeys, moment by moment, done or missed, after their value and route (DOMAIN F38c). */
export function outcomeModel(cells: readonly EndedCell[], draws: Draws): Estimate<OutcomeModel> {
  const others = routeControls(cells);
  const controls = 1 + others.length;
  const { found, leftOut } = fitTogether(cells, mostPredictors, (keys) => {
    const trials = cells.flatMap(({ seen, isWon, isLarge, route, n }): TrialCell[] => {
      const predictors = statesOf(seen, keys)?.map((state) => Math.min(1, state));
      const first = [isLarge ? 1 : 0, ...others.map((other) => (other === route ? 1 : 0))];
      return predictors ? [{ controls: first, predictors, k: isWon ? n : 0, n }] : [];
    });
    return logisticDrivers(trials, { names: keys, controls, ...draws });
  });
  if (found.status !== "estimated") return { found, leftOut };
  const { drivers, dropped, ...rest } = found;
  const moments = dropped.filter(({ name }) => !name.startsWith("control "));
  return {
    found: { ...rest, drivers: drivers.map(({ name, ...driver }) => ({ ...driver, ...ofKey(name) })) },
    leftOut: [...leftOut, ...moments.map(({ name, reason }) => ({ ...ofKey(name), reason }))],
  };
}
