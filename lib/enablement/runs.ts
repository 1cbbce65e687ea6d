import type { Context } from "../context";
import { latestRun, movingRun } from "../runs/queries";
import type { EffectsResult } from "./kind";
import type { EffectRun } from "./schema";

/** The effects of every item as the latest finished run found them; null before the first. */
export async function latestEffects(ctx: Context): Promise<EffectRun | null> {
  const run = await latestRun(ctx, "enablement", {});
  if (!run) return null;
  const { items } = run.result as EffectsResult;
  return { runId: run.id, asOf: run.asOf, knownAt: run.knownAt, items };
}

/** Whether the effects are being measured at this moment. */
export async function isMeasuring(ctx: Context): Promise<boolean> {
  return (await movingRun(ctx, "enablement", {})) !== null;
}
