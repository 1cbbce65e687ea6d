import { type Count, type Difference, newcombe } from "@/lib/statistics/newcombe";
import { pooledTest } from "@/lib/statistics/pooled-test";

export type HoldoutEffect = Difference & {
  z: number | null;
  p: number | null;
  /** How many must be treated for one more to succeed; null unless more succeed with it than without. */
  numberNeeded: number | null;
};

/** What a play does beyond what happens without it, against those held out (DOMAIN F20). Null when a side has no data. */
export function holdoutEffect(play: Count, holdout: Count): HoldoutEffect | null {
  const difference = newcombe(play, holdout);
  if (!difference) return null;
  const test = pooledTest(play, holdout);
  return {
    ...difference,
    ...{ z: test?.z ?? null, p: test?.p ?? null },
    numberNeeded: difference.difference > 0 ? 1 / difference.difference : null,
  };
}
