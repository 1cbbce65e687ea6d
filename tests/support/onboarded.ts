import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { defineFirstValue } from "@/lib/onboardings/first-value";
import { createPlan } from "@/lib/onboardings/plans";
import { CreatePlan, DefineFirstValue, StartOnboarding } from "@/lib/onboardings/schema";
import { startOnboarding } from "@/lib/onboardings/start";
import { usualMilestones } from "@/lib/onboardings/usual-plan";
import type { TestMember } from "./factories";
import { makeCustomer } from "./story";

/** A plan of the workspace's own, and a customer who was won with her onboarding and what she is to get out of it first. */
export async function furnishOnboarding(manager: Context, osc: TestMember): Promise<string> {
  const { customerId } = await makeCustomer(manager, osc, { name: "Olga Onboarded", stageKey: "won" });
  return inWorkspace(manager.workspaceId, async () => {
    await createPlan(manager, CreatePlan.parse({ name: "Ours", milestones: usualMilestones }));
    const said = { text: "The first weekly report without a spreadsheet.", sign: "They forward it to their board." };
    const targetOn = new Date(manager.now.getTime() + 45 * 86_400_000).toISOString().slice(0, 10);
    await defineFirstValue(manager, DefineFirstValue.parse({ customerId, ...said, targetOn, version: 0 }));
    return (await startOnboarding(manager, StartOnboarding.parse({ customerId }))).id;
  });
}
