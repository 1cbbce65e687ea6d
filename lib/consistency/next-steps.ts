import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { getDrivers } from "../drivers/queries";
import { listItems } from "../enablement/queries";
import { latestEffect } from "../enablement/rules";
import { latestEffects } from "../enablement/runs";
import type { BoardInput, NextSteps } from "./schema";

/** What to do about what the board says, as the newest runs found it: the moment to mend first, and whether the last enablement worked. */
export async function getNextSteps(ctx: Context, input: Pick<BoardInput, "type" | "target">): Promise<NextSteps> {
  requirePermission(ctx, "scores.read", "scope");
  const { type, target } = input;
  const [{ moments }, effects, items] = await Promise.all([
    getDrivers(ctx, { ...(type ? { type } : {}), ...(target ? { target } : {}) }),
    latestEffects(ctx),
    listItems(ctx, type ? { type } : {}),
  ]);
  const isRanked = moments.some(({ place }) => place !== null);
  const mend = moments.find(({ place, priority }) => place === 1 && (priority ?? 0) > 0) ?? null;
  return { isRanked, mend, worked: latestEffect(items, effects?.items ?? []) };
}
