import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { observeMoments } from "@/lib/evaluations/commands";
import { proposeImprovement } from "@/lib/improvements/commands";
import { ProposeImprovement } from "@/lib/improvements/schema";
import { draftCodebook } from "@/lib/themes/codebook";
import { startRound } from "@/lib/themes/coding";
import { StartRound } from "@/lib/themes/schema";
import { retag } from "@/lib/themes/tagging";
import { makeMember, type TestWorkspace } from "./factories";
import { contactWith, say } from "./voices";

/** Two bad contacts with their cases, comments that are tagged, the next codebook's draft, a round for two, and an improvement. */
export async function furnishRecovery(workspace: TestWorkspace, manager: Context, customerId: string): Promise<void> {
  const quality = await makeMember(workspace, { name: "Quinn Quality", roles: ["qa"] });
  const at = { workspaceId: workspace.id, customerId, isPrimary: true };
  const journey = await inWorkspace(workspace.id, () => manager.db.journey.findFirstOrThrow({ where: at }));
  for (const comment of ["Nobody called back about the price.", "חיכינו שעתיים לתשובה."]) {
    const id = await contactWith(manager, { customerId, journeyId: journey.id, agentId: quality.memberId });
    await say(manager, id, { expectation: 4, outcome: 1, comment });
    await inWorkspace(workspace.id, async () => {
      const where = { workspaceId: workspace.id, name: "Next step agreed" };
      const moment = await manager.db.definingMoment.findFirstOrThrow({ where });
      const seen = { momentId: moment.id, state: "missed" as const, evidence: "No date was named." };
      await observeMoments(manager, { id, observations: [seen] });
    });
  }
  await inWorkspace(workspace.id, async () => {
    await retag(manager);
    await draftCodebook(manager);
    const coders = { firstId: manager.memberId, secondId: quality.memberId };
    await startRound(manager, StartRound.parse({ ...coders, share: 1, seed: 3 }));
    const title = "Call back within the day";
    await proposeImprovement(manager, ProposeImprovement.parse({ cause: "promise_not_kept", title }));
  });
}
