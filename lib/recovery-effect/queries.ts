import type { Context } from "../context";
import { latestRun } from "../runs/queries";
import type { RunView } from "../runs/schema";
import { usualRecovery } from "./kind";
import type { RecoveryResult } from "./schema";

/** What the newest run about recovery found; null before the first. */
export async function latestRecovery(ctx: Context): Promise<{ run: RunView; result: RecoveryResult } | null> {
  const found = await latestRun(ctx, "recovery-effect", usualRecovery);
  if (!found) return null;
  const { result, ...run } = found;
  return { run, result: result as RecoveryResult };
}
