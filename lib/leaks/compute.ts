import type { JourneyConfig } from "../passages/config";
import { adjustForMany } from "../statistics/benjamini-hochberg";
import { mixAndRate } from "../statistics/kitagawa";
import { leakSize } from "../statistics/leak-size";
import type { Count } from "../statistics/newcombe";
import { rateOf } from "../statistics/rate";
import { isAtLeast, isAtMost } from "../statistics/tolerance";
import type { LeakDimension, LeakFinding, LeakStage, LeaksParameters, LeaksResult, MixShare } from "./schema";

/** Matured entries of a stage that came from one origin to one consultant, early or late in the window. */
export type EntryCount = {
  template: string;
  stage: string;
  origin: string;
  osc: string;
  isRecent: boolean;
  isMatured: boolean;
  n: number;
  /** Within the horizon. */
  dropped: number;
  advanced: number;
  /** Went on at any time, and of those were won in the end. */
  wentOn: number;
  won: number;
};

export type LeaksInput = { entries: EntryCount[]; winsWithValue: number; valueOfWinsMinor: number };

/** DOMAIN 6B: (a) thirty matured entries, (c) adjusted p at most .10, (e) at least one loss too many. */
const conditions = { entries: 30, falseFindings: 0.1, losses: 1 };
/** From half of a difference on it is called a change of mix (DOMAIN F19). */
const mostlyMix = 0.5;
const mostUntold = 50;

const total = (entries: readonly EntryCount[], of: "n" | "dropped" | "advanced" | "wentOn" | "won") =>
  entries.reduce((sum, each) => sum + each[of], 0);
const drops = (entries: readonly EntryCount[]): Count => ({ k: total(entries, "dropped"), n: total(entries, "n") });

/** Which group of a dimension an entry belongs to; the months before have no group, only the last ones are asked about. */
export const groupOf: Record<LeakDimension, (entry: Pick<EntryCount, "origin" | "osc" | "isRecent">) => string> = {
  origin: ({ origin }) => origin,
  osc: ({ osc }) => osc,
  recent: ({ isRecent }) => (isRecent ? "last" : "before"),
};

/** Whether it is the group's own rate or only that it is made up differently: consultants by origin, all else by origin or consultant. */
function mixOf(dimension: LeakDimension, group: readonly EntryCount[], rest: readonly EntryCount[]): MixShare | null {
  const by = dimension === "origin" ? "osc" : "origin";
  const keys = [...new Set([...group, ...rest].map((entry) => entry[by]))].sort();
  const of = (entries: readonly EntryCount[], key: string) => drops(entries.filter((entry) => entry[by] === key));
  const found = mixAndRate(keys.map((key) => ({ key, before: of(rest, key), after: of(group, key) })));
  if (!found) return null;
  const { total, rate, mix } = found;
  return { by, total, rate, mix, mixShare: total > 0 ? mix / total : 0 };
}

type Tested = LeakFinding & { isTested: boolean };

function findingOf(
  entries: readonly EntryCount[],
  about: Pick<LeakFinding, "template" | "stage" | "stageName" | "dimension" | "value">,
  valuePerWin: number | null,
): Tested {
  const isOwn = (entry: EntryCount) => groupOf[about.dimension](entry) === about.value;
  const [group, rest] = [entries.filter(isOwn), entries.filter((entry) => !isOwn(entry))];
  const [own, reference] = [drops(group), drops(rest)];
  const winRate = rateOf(total(rest, "won"), total(rest, "wentOn"));
  const size = leakSize(own, reference, winRate.rate ?? 0);
  const money = (wins: number | undefined) =>
    valuePerWin === null || wins === undefined || winRate.k === 0 ? null : Math.round(wins * valuePerWin);
  return {
    ...about,
    ...{ verdict: "too_few", missing: [], drops: rateOf(own.k, own.n), reference: rateOf(reference.k, reference.n) },
    ...{ size, adjusted: null, winRate, mix: mixOf(about.dimension, group, rest) },
    valueMinor: money(size?.wins),
    valueAtLeastMinor: money(size?.winsAtLeast),
    isTested: own.n >= conditions.entries && reference.n >= conditions.entries,
  };
}

/** The five conditions (DOMAIN 6B) and, when all hold, whether it is the rate or the mix (DOMAIN F19). */
export function judge({ isTested, ...finding }: Tested, adjusted: number | null): LeakFinding {
  const { size, mix } = finding;
  const missing: LeakFinding["missing"] = [];
  if (!isTested) missing.push("a");
  if (adjusted === null || !isAtMost(adjusted, conditions.falseFindings)) missing.push("c");
  if (!size || size.lo <= 0) missing.push("d");
  if (!size || !isAtLeast(size.losses, conditions.losses)) missing.push("e");
  if (missing.length > 0) return { ...finding, adjusted, missing, verdict: isTested ? "not_proven" : "too_few" };
  const isMix = mix !== null && isAtLeast(mix.mixShare, mostlyMix);
  return { ...finding, adjusted, missing: isMix ? ["mix"] : [], verdict: isMix ? "mix" : "leak" };
}

/** Judges all groups of a run together, because p is adjusted for every test of it; a p that cannot be told counts as 1. */
function judgeAll(tested: readonly Tested[]): LeakFinding[] {
  const adjusted = adjustForMany(tested.filter(({ isTested }) => isTested).map(({ size }) => size?.p ?? 1));
  let next = 0;
  return tested.map((each) => judge(each, each.isTested ? (adjusted[next++] ?? 1) : null));
}

const proven = ({ verdict }: LeakFinding) => verdict === "leak" || verdict === "mix";
const larger = (a: LeakFinding, b: LeakFinding) =>
  (b.size?.losses ?? 0) - (a.size?.losses ?? 0) ||
  (`${a.template}/${a.stage}/${a.dimension}/${a.value}` < `${b.template}/${b.stage}/${b.dimension}/${b.value}`
    ? -1
    : 1);

function stageOf(entries: readonly EntryCount[], named: JourneyConfig["stages"][number]): LeakStage {
  const matured = entries.filter(({ isMatured }) => isMatured);
  const n = total(matured, "n");
  const { template, templateName, stage, name } = named;
  return {
    ...{ template, templateName, stage, name, entries: n, immature: total(entries, "n") - n },
    ...{ advanced: rateOf(total(matured, "advanced"), n), dropped: rateOf(total(matured, "dropped"), n) },
    isEnough: n >= conditions.entries,
  };
}

/** Where more customers are lost than elsewhere, how sure that is, and whether it is only another mix (DOMAIN F13, F18, F19, F90). */
export function computeLeaks(input: LeaksInput, config: JourneyConfig, parameters: LeaksParameters): LeaksResult {
  const { winsWithValue, valueOfWinsMinor } = input;
  const valuePerWin = winsWithValue > 0 ? valueOfWinsMinor / winsWithValue : null;
  const tested: Tested[] = [];
  const stages: LeakStage[] = [];
  for (const named of config.stages) {
    const { template, stage, name: stageName } = named;
    const entries = input.entries.filter((each) => each.template === template && each.stage === stage);
    stages.push(stageOf(entries, named));
    const matured = entries.filter(({ isMatured }) => isMatured);
    for (const dimension of ["origin", "osc", "recent"] as const) {
      const values = [...new Set(matured.map(groupOf[dimension]))]
        .filter((value) => value !== "before" && value !== "")
        .sort();
      for (const value of values)
        tested.push(findingOf(matured, { template, stage, stageName, dimension, value }, valuePerWin));
    }
  }
  const judged = judgeAll(tested);
  const untold = judged
    // Nobody is named for what is not proven.
    .filter(
      (each) =>
        !proven(each) &&
        each.dimension !== "osc" &&
        each.reference.n > 0 &&
        isAtLeast(each.size?.losses ?? 0, conditions.losses),
    )
    .sort(larger)
    .slice(0, mostUntold);
  return {
    ...parameters,
    currency: config.currency,
    ...{ valuePerWinMinor: valuePerWin === null ? null : Math.round(valuePerWin), winsWithValue },
    tests: tested.filter(({ isTested }) => isTested).length,
    stages,
    findings: [...judged.filter(proven).sort(larger), ...untold],
  };
}
