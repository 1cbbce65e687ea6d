import { driversKind } from "../drivers/kind";
import { enablementKind } from "../enablement/kind";
import { lapsesKind } from "../lapses/kind";
import { leaksKind } from "../leaks/kind";
import { originsKind } from "../origins/kind";
import { oscProgrammeKind } from "../osc-programme/kind";
import { recoveryKind } from "../recovery-effect/kind";
import { handoffLabKind } from "../scenario-lab/kind";
import { survivalKind } from "../survival/kind";
import { themesKind } from "../themes/kind";
import { consistencyKind } from "./consistency";
import type { RunKind } from "./kind";
import type { RunKindName } from "./schema";

/** Every kind of analysis there is. */
export const runKinds: Readonly<Record<RunKindName, RunKind>> = {
  consistency: consistencyKind,
  drivers: driversKind,
  enablement: enablementKind,
  "handoff-lab": handoffLabKind,
  lapses: lapsesKind,
  leaks: leaksKind,
  origins: originsKind,
  "osc-programme": oscProgrammeKind,
  "recovery-effect": recoveryKind,
  survival: survivalKind,
  themes: themesKind,
};

/** The kind of that name. */
export function kindOf(name: RunKindName): RunKind {
  return runKinds[name];
}

/** The kind of a stored name, or null when there is none any more. */
export function findKind(name: string): RunKind | null {
  return Object.values(runKinds).find(({ kind }) => kind === name) ?? null;
}
