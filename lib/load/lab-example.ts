import type { Context } from "../context";
import { createCustomers } from "../customers/bulk";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { loseJourney } from "../journeys/endings";
import { startJourneys } from "../journeys/start";
import { requestRun } from "../runs/commands";
import { performRun } from "../runs/tasks";
import { record, transaction } from "../transaction";
import { workingHour } from "./example-frame";

/** Won and all, of those that customer success joined near the end (C) and of those it did not (A), by size (DOMAIN F64). */
const sizes = [
  ["smb", 10, 20, 80, 200],
  ["mid", 20, 40, 36, 80],
  ["ent", 30, 100, 5, 25],
] as const;

type Deal = { segment: string; scenario: "A" | "C"; isWon: boolean };

/** The deals of the worked example, those of one size after those of another. */
export const labExample: readonly Deal[] = sizes.flatMap(([segment, wonC, allC, wonA, allA]) => [
  ...Array.from({ length: allC }, (_, each): Deal => ({ segment, scenario: "C", isWon: each < wonC })),
  ...Array.from({ length: allA }, (_, each): Deal => ({ segment, scenario: "A", isWon: each < wonA })),
]);

/** Deals that were given a scenario three weeks ago and ended since, so that the lab shows the worked example F64. */
export async function tellLab(ctx: Context, oscId: string): Promise<void> {
  const began = workingHour(ctx.now, 4);
  const decidedAt = workingHour(ctx.now, 3);
  const wonAt = workingHour(ctx.now, 1);
  const { workspaceId } = ctx;
  await transaction(ctx, async (ctx) => {
    const name = (each: number) => `Deal ${each + 1}`;
    const made = await createCustomers(
      ctx,
      labExample.map((_, each) => ({
        name: name(each),
        persons: [{ name: name(each) }],
        provenance: "typed" as const,
      })),
    );
    const started = await startJourneys(
      ctx,
      made.map(({ customerId, primaryPersonId: personId }, each) => ({
        ...{ customerId, customerName: name(each), personId, need: "a home" },
        osc: { memberId: oscId, reason: "round_robin" as const },
        history: [
          { stageKey: "first", at: began },
          ...(labExample[each]?.isWon ? [{ stageKey: "won", at: wonAt }] : []),
        ],
        next: { name: "Yearly greeting" },
      })),
    );
    const rows = labExample.map(({ segment, scenario }, each) => {
      const journeyId = started[each]?.journeyId ?? "";
      const given = { scenario, segment, pClose: 0.5, source: "person", decidedAt, decidedById: oscId };
      return { workspaceId, id: newId(), journeyId, ...given };
    });
    await insertRows(ctx, "scenario_assignments", rows);
    for (const [each, { customerId }] of made.entries()) {
      const row = rows[each];
      const deal = labExample[each];
      record(ctx, "customer.created", { subject: `customer:${customerId}`, customerId });
      if (!row || !deal) continue;
      const { id, journeyId, scenario } = row;
      record(ctx, "scenario.assigned", {
        subject: `scenario_assignment:${id}`,
        customerId,
        journeyId,
        data: { scenario },
      });
      if (!deal.isWon) await loseJourney(ctx, { customerId, journeyId, lostReason: "price", byCustomer: true });
    }
  });
}

/** Finds what each scenario did, so that the lab has something to show at once. */
export async function runLab(ctx: Context): Promise<void> {
  const { id } = await requestRun(ctx, { kind: "handoff_lab", parameters: {} });
  await performRun(ctx, id);
}
