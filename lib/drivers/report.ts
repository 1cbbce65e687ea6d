import { chiSquareTail } from "../statistics/chi-square";
import { keyOf } from "./cells";
import { rankedAcross, rankedOfType } from "./rules";
import type {
  DriversReport,
  DriversResult,
  Estimate,
  MomentKey,
  MomentLine,
  OutcomeLine,
  OutcomeModel,
  Priority,
  TypeDrivers,
} from "./schema";

/** What a moment is called and who answers for it, as it stands now. */
export type MomentName = Pick<MomentLine, "name" | "nameHe" | "responsibleRole" | "responsibleName">;

type Asked = { run: DriversReport["run"]; type: string | null; target: number | null };

const chance = 0.05;

const nobody: MomentName = { name: "", nameHe: "", responsibleRole: null, responsibleName: null };

function linesOf(type: TypeDrivers, ranked: readonly Priority[], names: ReadonlyMap<string, MomentName>): MomentLine[] {
  const { found, leftOut } = type.voice;
  const isChance =
    found.status === "estimated" && chiSquareTail(found.n * found.rSquared, found.drivers.length) >= chance;
  return type.moments.map((facts) => {
    const place = ranked.findIndex((each) => keyOf(each) === keyOf(facts));
    const at = found.status === "estimated" ? found.drivers.findIndex((each) => keyOf(each) === keyOf(facts)) : -1;
    const driver = found.status === "estimated" ? found.drivers[at] : undefined;
    const johnson = found.status === "estimated" ? found.johnson?.[at] : undefined;
    return {
      ...facts,
      ...(names.get(facts.momentId) ?? nobody),
      share: driver?.share ?? null,
      interval: driver?.interval ?? null,
      weight: driver?.weight ?? null,
      alone: driver?.alone ?? null,
      beta: driver?.beta ?? null,
      johnson: johnson?.weight ?? null,
      johnsonShare: johnson?.share ?? null,
      priority: ranked[place]?.priority ?? null,
      place: place < 0 ? null : place + 1,
      leftOut: leftOut.find((each) => keyOf(each) === keyOf(facts))?.reason ?? null,
      isChance,
    };
  });
}

function outcomeOf({ found }: Estimate<OutcomeModel>): DriversReport["outcome"] {
  if (found.status !== "estimated") return found;
  const { drivers: _drivers, seed: _seed, ...whole } = found;
  return whole;
}

function outcomeLines({ found }: Estimate<OutcomeModel>, names: ReadonlyMap<string, MomentName>): OutcomeLine[] {
  if (found.status !== "estimated") return [];
  return found.drivers.map((driver) => {
    const { name, nameHe } = names.get(driver.momentId) ?? nobody;
    return { ...driver, name, nameHe };
  });
}

function voiceOf({ found }: TypeDrivers["voice"]): DriversReport["voice"] {
  if (found.status !== "estimated") return found;
  const { status, method, n, rSquared, rSquaredOfControls, draws } = found;
  return { status, method, n, rSquared, rSquaredOfControls, draws };
}

const byPlace = (a: MomentLine, b: MomentLine) =>
  (a.place ?? Number.MAX_SAFE_INTEGER) - (b.place ?? Number.MAX_SAFE_INTEGER) ||
  b.volume - a.volume ||
  (keyOf(a) < keyOf(b) ? -1 : 1);

/** What one run found about a type of contact, or about all, at the target asked for, with names as they stand now. */
export function reportOfDrivers(
  result: DriversResult,
  { run, type, target: wanted }: Asked,
  names: ReadonlyMap<string, MomentName>,
): DriversReport {
  const target = wanted ?? result.target;
  const shown = type === null ? result.types : result.types.filter((each) => each.type === type);
  const [only] = type === null ? [] : shown;
  const ranked = only ? rankedOfType(only, target) : type === null ? rankedAcross(shown, target) : [];
  const outcome = type === null ? result.outcome : only?.outcome;
  return {
    run,
    type,
    target,
    types: result.types.map((each) => ({ type: each.type, rated: each.rated })),
    moments: shown.flatMap((each) => linesOf(each, ranked, names)).sort(byPlace),
    voice: only ? voiceOf(only.voice) : null,
    outcome: outcome ? outcomeOf(outcome) : null,
    outcomes: outcome ? outcomeLines(outcome, names) : [],
    ranked: ranked.map(({ type, momentId }): MomentKey => ({ type, momentId })),
  };
}
