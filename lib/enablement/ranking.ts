import type { Context } from "../context";
import type { RankedDriver } from "./rules";
import type { RankingSource } from "./schema";

/** The moments of the latest finished run of drivers, largest priority first; null while none could rank them. */
export async function readRanking(
  _ctx: Context,
  _type: string | null,
): Promise<{ source: RankingSource; drivers: RankedDriver[] } | null> {
  return null;
}
