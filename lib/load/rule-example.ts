import type { Context } from "../context";
import { createCustomers } from "../customers/bulk";
import type { Prisma } from "../generated/prisma/client";
import { startJourneys } from "../journeys/start";
import { record, transaction } from "../transaction";
import { workingHour } from "./example-frame";

/** The deals of the worked example F66: complexity, place of the value, relationship, whether the customer is new. */
const deals = [
  { complexity: 0.8, value: 0.7, relationship: 0.2, isNew: false },
  { complexity: 0.3, value: 0.6, relationship: 0.2, isNew: false },
  { complexity: 0.3, value: 0.1, relationship: 0.7, isNew: true },
  { complexity: 0.69, value: 0.1, relationship: 0.9, isNew: false },
] as const;

/** What the customer of such a deal is called. */
export const ruleExample = (each: number) => `Example F66 deal ${each + 1}`;

/** Four deals that are about to be won, each placed by another rule of the policy a workspace begins with (DOMAIN F66). */
export async function tellRules(ctx: Context, oscId: string): Promise<void> {
  const { workspaceId } = ctx;
  const won = [
    { stageKey: "first", at: workingHour(ctx.now, 6) },
    { stageKey: "won", at: workingHour(ctx.now, 5) },
  ];
  await transaction(ctx, async (ctx) => {
    const named = deals.map((_, each) => ({ name: ruleExample(each), persons: [{ name: ruleExample(each) }] }));
    const made = await createCustomers(
      ctx,
      named.map((each) => ({ ...each, provenance: "typed" as const })),
    );
    const about = made.map(({ customerId, primaryPersonId: personId }, each) => ({
      ...{ customerId, customerName: ruleExample(each), personId, need: "a home" },
      osc: { memberId: oscId, reason: "round_robin" as const },
      next: { name: "Yearly greeting" },
    }));
    const began = [{ stageKey: "first", at: workingHour(ctx.now, 3) }];
    const started = await startJourneys(
      ctx,
      about.map((each) => ({ ...each, history: began })),
    );
    const known = about.filter((_, each) => deals[each]?.isNew === false);
    await startJourneys(
      ctx,
      known.map((each) => ({ ...each, need: "the first home", history: won })),
    );
    for (const [each, { complexity, value, relationship }] of deals.entries())
      await ctx.db.$executeRaw`
        update journeys set value_minor = 100000, currency = 'USD', value_percentile = ${value}, fields = ${{ complexity, relationship } as Prisma.InputJsonObject}
        where workspace_id = ${workspaceId}::uuid and id = ${started[each]?.journeyId}::uuid`;
    record(ctx, "customer.created", { subject: `workspace:${workspaceId}`, detail: { deals: deals.length } });
  });
}
