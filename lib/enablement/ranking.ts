import type { Context } from "../context";
import type { DriversResult } from "../drivers/schema";
import { latestRun } from "../runs/queries";
import type { RankedDriver } from "./rules";
import type { RankingSource } from "./schema";

/**
 * The moments that the latest finished run of drivers could rank, of one type of contact or of all; null while it could
 * rank none.
 */
export async function readRanking(
  ctx: Context,
  type: string | null,
): Promise<{ source: RankingSource; drivers: RankedDriver[] } | null> {
  const run =
    (type ? await latestRun(ctx, "drivers", { type }) : null) ?? (await latestRun(ctx, "drivers", { type: null }));
  if (!run) return null;
  const { ranked, target } = run.result as DriversResult;
  const drivers = ranked.filter((each) => type === null || each.type === type);
  if (drivers.length === 0) return null;
  return { source: { runId: run.id, asOf: run.asOf, target }, drivers };
}
