import { systemContext } from "../../lib/auth/context";
import { inWorkspace } from "../../lib/db";
import { draftPolicy, publishPolicy, savePolicy } from "../../lib/scenarios/commands";
import { requirePolicy } from "../../lib/scenarios/queries";

const day = 86_400_000;

/** A month ago the owner published the usual rules, with the hours that customer success has. */
export async function setScenarios(workspaceId: string, ownerMemberId: string, now: Date): Promise<void> {
  const then = new Date(now.getTime() - 30 * day);
  const system = await systemContext(workspaceId, { memberId: ownerMemberId, now: then });
  const owner = { ...system, actor: { kind: "member" as const, id: ownerMemberId }, roles: ["admin" as const] };
  await inWorkspace(workspaceId, async () => {
    const { id } = await draftPolicy(owner);
    const { weights, companyStage, rules, hoursB, hoursC, version } = await requirePolicy(owner, id);
    const content = { weights, companyStage, rules, hoursB, hoursC, freeHours: 120 };
    await publishPolicy(owner, await savePolicy(owner, { id, version, ...content }));
  });
}
