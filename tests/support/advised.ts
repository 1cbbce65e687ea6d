import type { Context } from "@/lib/context";
import { draftPolicy, publishPolicy } from "@/lib/scenarios/commands";

/** A scenario policy in force, and the draft of the next. */
export async function furnishScenarios(owner: Context): Promise<void> {
  const admin: Context = { ...owner, roles: ["admin"] };
  await publishPolicy(admin, await draftPolicy(admin));
  await draftPolicy(admin);
}
