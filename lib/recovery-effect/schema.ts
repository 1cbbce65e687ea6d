import type { HoldoutEffect } from "../statistics/holdout-effect";
import type { Rate } from "../statistics/rate";

export type Arm = "play" | "holdout";

export const effectVerdicts = ["no_holdout", "too_few", "not_proven", "helps", "harms"] as const;
export type EffectVerdict = (typeof effectVerdicts)[number];

export type RecoveryParameters = { horizonDays: number; windowDays: number };

/** What came of being off track, and what the plays had to do with it. */
export type RecoveryResult = RecoveryParameters & {
  /** Opened too lately to be judged. */
  immature: number;
  /** Recovered of the events whose horizon is over, by what had happened; those with a play or outside the comparison. */
  byTrigger: { trigger: string; recovered: Rate }[];
  /** Of recovery cases that were closed, by the cause that was named: key of a theme. */
  byCause: { cause: string; recovered: Rate }[];
  comparison: {
    /** Customers, each once, by her first light event since the share was set. */
    play: Rate;
    holdout: Rate;
    effect: HoldoutEffect | null;
    verdict: EffectVerdict;
    since: string | null;
    percent: number;
  };
};
