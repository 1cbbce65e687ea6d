import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { readInputs } from "../scenarios/deals";
import { policyInForce } from "../scenarios/queries";
import { placeDeal } from "../scenarios/rules";
import { type Scenario, scenarios } from "../scenarios/vocabulary";
import { record, transaction } from "../transaction";
import { changeHandoff, loadHandoff, partyOf } from "./load";
import { planSingle } from "./part-rules";
import { type PolicySays, planChoice, planScenario, planSender } from "./rules";
import type { ChooseScenario } from "./schema";

/** What a journey's deal was given and what the policy in force says of it; null without either. For whoever hands it over; asks no permission. */
export async function policySays(ctx: Context, journeyId: string): Promise<PolicySays | null> {
  const { workspaceId } = ctx;
  const [policy, assignment] = await Promise.all([
    policyInForce(ctx),
    ctx.db.scenarioAssignment.findFirst({ where: { workspaceId, journeyId }, select: { scenario: true } }),
  ]);
  const given = (assignment?.scenario ?? null) as Scenario | null;
  if (!policy) return given === null ? null : { number: null, given, answer: null, missing: [], allowed: scenarios };
  const { journey } = await readInputs({ ...ctx, roles: ["owner", "manager"], teamId: null }, journeyId);
  if (!journey) return null;
  const placed = placeDeal(policy.rules, journey.deal);
  const { number } = policy;
  if (placed.rule === null) return { number, given, answer: null, missing: placed.missing, allowed: scenarios };
  const allowed: readonly Scenario[] = policy.rules[placed.rule - 1]?.overrides ?? scenarios;
  return { number, given, answer: placed.scenario, missing: [], allowed };
}

/**
 * Chooses the scenario of a handoff that is not proposed yet or came back: the policy's own, or another that its rule allows
 * with a reason (DOMAIN 6E). Throws `refused` `override_not_allowed`, `scenario_reason`, `scenario_not_here`.
 */
export async function chooseScenario(ctx: Context, input: ChooseScenario): Promise<{ version: number }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const found = await loadHandoff(ctx, input);
    const { handoff, loaded } = found;
    enforce(planSender(partyOf(ctx), handoff, input.reason));
    enforce(planChoice(handoff.state));
    enforce(planSingle(handoff));
    const says = handoff.type === "sales_to_cs" ? await policySays(ctx, handoff.journeyId) : null;
    const chosen = enforce(planScenario(handoff.type, input.scenario, says, input.overrideReason));
    await changeHandoff(ctx, found, chosen);
    const { scenario, given, policyAnswer, overrideReason } = handoff;
    record(ctx, "handoff.scenario_chosen", {
      subject: `handoff:${handoff.id}`,
      customerId: loaded.journey.customerId,
      journeyId: handoff.journeyId,
      detail: { before: { scenario, given, policyAnswer, overrideReason }, after: chosen, reason: input.reason },
      data: { scenario: chosen.scenario },
    });
    return { version: handoff.version + 1 };
  });
}
