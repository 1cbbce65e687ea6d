import type { Context } from "@/lib/context";
import { createExperiment, startExperiment } from "@/lib/scenario-lab/experiments";
import { CreateExperiment } from "@/lib/scenario-lab/schema";
import { draftPolicy, publishPolicy } from "@/lib/scenarios/commands";

/** A scenario policy in force, and the draft of the next. */
export async function furnishScenarios(owner: Context): Promise<void> {
  const admin: Context = { ...owner, roles: ["admin"] };
  await publishPolicy(admin, await draftPolicy(admin));
  await draftPolicy(admin);
  const arms = { first: "A", second: "C", expectedFirst: 0.2, expectedSecond: 0.26 };
  const running = { key: "late_entry", name: "Near the end, or after", method: "blocks", minPClose: 0.9, ...arms };
  await startExperiment(owner, await createExperiment(owner, CreateExperiment.parse(running)));
  const next = { key: "next_one", name: "In the final stage, or after", method: "hash", ...arms, second: "B" };
  await createExperiment(owner, CreateExperiment.parse(next));
}
