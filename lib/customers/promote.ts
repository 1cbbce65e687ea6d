import { latestConsents } from "../consents/rules";
import type { ConsentState } from "../consents/schema";
import type { Context } from "../context";
import { newId } from "../identifiers";
import { enterStage } from "../journeys/commands";
import { type LoadedStage, loadJourney } from "../journeys/loaded";
import { record } from "../transaction";

/**
 * Makes a lead of somebody who was only watched: a need was expressed or a way to reach her was given (DOMAIN A2).
 * Does nothing when her journey is past that. Runs in the caller's transaction.
 */
export async function promoteToLead(ctx: Context, customerId: string, need: string | null): Promise<void> {
  const { workspaceId } = ctx;
  const watched = await ctx.db.journey.findFirst({
    where: { workspaceId, customerId, isPrimary: true, status: "pre_lead" },
    select: { id: true },
  });
  if (!watched) return;
  const loaded = await loadJourney({ ...ctx, actor: { kind: "system" } }, { journeyId: watched.id });
  const stage = await ctx.db.stage.findFirst({
    where: {
      workspaceId,
      templateId: loaded.journey.templateId,
      entryStatus: "active",
      position: { gt: loaded.stage.position },
    },
    orderBy: { position: "asc" },
  });
  if (!stage) return;
  const cause = stage.position === loaded.stage.position + 1 ? "advance" : "skip";
  const change = { stageId: stage.id, spokeId: stage.spokeId, status: "active", cause } as const;
  await enterStage(ctx, loaded, stage as unknown as LoadedStage, change, { need: need ?? loaded.journey.need });
}

/**
 * Somebody known by a handle alone became known by name or number: her history attaches, what she allowed as nobody in
 * particular does not (DOMAIN 11).
 */
export async function expireConsents(ctx: Context, customerId: string, personId: string): Promise<void> {
  const { workspaceId } = ctx;
  const rows = await ctx.db.consent.findMany({ where: { workspaceId, personId } });
  const facts = rows.map((row) => ({ ...row, state: row.state as ConsentState }));
  const granted = [...latestConsents(facts).values()].filter(({ state }) => state === "granted");
  if (granted.length === 0) return;
  await ctx.db.consent.createMany({
    data: granted.map(({ id, medium, purpose }) => ({
      workspaceId,
      id: newId(),
      personId,
      medium,
      purpose,
      state: "expired",
      evidence: { identified: true, fromConsentId: id },
      at: ctx.now,
    })),
  });
  record(ctx, "consent.changed", {
    subject: `person:${personId}`,
    customerId,
    detail: { expired: granted.map(({ medium, purpose }) => ({ medium, purpose })) },
  });
}
