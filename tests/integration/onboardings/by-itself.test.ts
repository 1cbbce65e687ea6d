import { expect, test } from "vitest";
import { draftHandoff, fillPacketItem } from "@/lib/handoffs/commands";
import { proposeHandoff } from "@/lib/handoffs/propose";
import { acceptHandoff } from "@/lib/handoffs/receive";
import { DraftHandoff, FillPacketItem, ProposeHandoff } from "@/lib/handoffs/schema";
import { setMilestone } from "@/lib/onboardings/commands";
import { getOnboarding } from "@/lib/onboardings/queries";
import { StartOnboarding } from "@/lib/onboardings/schema";
import { startOnboarding } from "@/lib/onboardings/start";
import { onboardingTasks } from "@/lib/onboardings/tasks";
import { makeMember } from "../../support/factories";
import { later, Team } from "../../support/owed";
import { makeCustomer } from "../../support/story";

test("an onboarding begins by itself when customer success accepts a won customer from sales", async () => {
  const team = await Team.make();
  const csm = await makeMember(team.workspace, { name: "Ruth Lindqvist", roles: ["cs"], spoke: "cs" });
  const cs = await team.as(csm);
  const made = await makeCustomer(await team.as(team.osc), team.osc, { name: "Handed Over", stageKey: "won" });
  const { customerId, journeyId } = made;
  const seller = await team.as(team.seller);
  const [sales, toSpokeId] = [await team.spokeId("sales"), await team.spokeId("cs")];
  const manager = await team.as(team.manager);
  await team.run(() =>
    seller.db.journey.updateMany({
      where: { workspaceId: team.workspace.id, id: journeyId },
      data: { accountableSpokeId: sales, accountableId: team.seller.memberId },
    }),
  );
  const id = await team.run(async () => {
    for (const key of ["goals", "stakeholders", "scope"])
      await fillPacketItem(manager, FillPacketItem.parse({ customerId, key, text: "As they told us." }));
    await fillPacketItem(manager, FillPacketItem.parse({ customerId, key: "promises", isApplicable: false }));
    const drafted = await draftHandoff(seller, DraftHandoff.parse({ customerId, toSpokeId }));
    await proposeHandoff(seller, ProposeHandoff.parse({ id: drafted.id }));
    await acceptHandoff(cs, { id: drafted.id });
    return drafted.id;
  });
  const where = { workspaceId: team.workspace.id, journeyId };
  const begun = await team.run(() => cs.db.onboarding.findMany({ where }));
  expect(begun).toMatchObject([{ handoffId: id, ownerId: csm.memberId, state: "open" }]);
});

test("on its day an open milestone is told of to whoever should do it, and a done one to nobody", async () => {
  const team = await Team.make();
  const csm = await makeMember(team.workspace, { name: "Ruth Lindqvist", roles: ["cs"], spoke: "cs" });
  const builder = await makeMember(team.workspace, {
    name: "Pete",
    roles: ["implementation"],
    spoke: "implementation",
  });
  const cs = await team.as(csm);
  const made = await makeCustomer(await team.as(team.osc), team.osc, { name: "On Its Day", stageKey: "won" });
  const { id } = await team.run(() => startOnboarding(cs, StartOnboarding.parse({ customerId: made.customerId })));
  const [first, , setUp] = (await team.run(() => getOnboarding(cs, { id }))).milestones;
  await team.run(() => setMilestone(cs, { id, milestoneId: first?.id ?? "", version: 1, state: "done", note: "" }));
  const worker = await team.worker(later(40 * 24 * 60));
  for (const milestoneId of [first?.id, setUp?.id, setUp?.id])
    await team.run(async () => onboardingTasks["onboarding.milestone_due"]?.(worker, { milestoneId }));
  expect((await team.told(builder)).filter((kind) => kind === "milestone_late").length).toBe(1);
  expect((await team.happened(made.customerId)).filter((type) => type === "onboarding.milestone_done")).toHaveLength(1);
  expect(await team.happened(made.customerId)).toContain("onboarding.milestone_late");
  const early = await team.worker(later(60));
  const before = (await team.told(csm)).length;
  await team.run(async () => onboardingTasks["onboarding.milestone_due"]?.(early, { milestoneId: setUp?.id }));
  expect(await team.told(csm)).toHaveLength(before);
});
