import type { Context } from "../context";
import type { Prisma } from "../generated/prisma/client";
import type { TaskHandler } from "../journeys/tasks";
import { nothingChanged, record, transaction } from "../transaction";
import { readHealths } from "./facts";
import { keptDay } from "./start";

const day = 86_400_000;
/** So many days later the health is no more that of the ninetieth day. */
const grace = 7;

/**
 * Keeps the health of an onboarding ninety days after the win, once; reports read it and nothing changes it. A worker that comes more
 * than a week late keeps nothing.
 */
const keepHealth: TaskHandler = async (ctx: Context, { onboardingId }) => {
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const id = String(onboardingId);
    const found = await ctx.db.onboarding.findFirst({ where: { workspaceId, id } });
    const kept = await ctx.db.onboardingHealth.findFirst({ where: { workspaceId, onboardingId: id, day: keptDay } });
    const health = (await readHealths(ctx, [id])).get(id);
    if (!found || kept || !health || found.state === "cancelled") return nothingChanged(ctx);
    if (ctx.now.getTime() > found.wonOn.getTime() + (keptDay + grace) * day) return nothingChanged(ctx);
    const terms = health.terms as unknown as Prisma.InputJsonArray;
    const { score } = health;
    await ctx.db.onboardingHealth.create({
      data: { workspaceId, onboardingId: id, day: keptDay, score, terms, at: ctx.now },
    });
    record(ctx, "onboarding.health_kept", {
      subject: `onboarding:${id}`,
      journeyId: found.journeyId,
      detail: { day: keptDay, score },
      data: { onboardingId: id },
    });
  });
};

/** The jobs of this noun, by task name. Each may run twice and does its work once. */
export const onboardingTasks: Record<string, TaskHandler> = { "onboarding.keep_health": keepHealth };
