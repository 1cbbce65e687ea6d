import type { Context } from "../context";
import { judgeEffect, readEffects } from "./effect";
import type { EffectRun } from "./schema";

/** The effects of every item as the latest finished run found them; null before the first. */
export async function latestEffects(ctx: Context): Promise<EffectRun | null> {
  const at = ctx.now.toISOString();
  const inputs = await readEffects(ctx, { asOf: ctx.now, knownAt: ctx.now, type: null });
  return { runId: "", asOf: at, knownAt: at, items: inputs.map(judgeEffect) };
}
