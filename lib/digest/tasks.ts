import { systemContext } from "../auth/context";
import { asUser, inWorkspace } from "../db";
import type { TaskHandler } from "../journeys/tasks";
import { buildDigests, clockDigest } from "./build";
import { escalateDigest } from "./escalate";

/** The jobs of this noun, by task name. Each may run twice and does its work once. */
export const digestTasks: Record<string, TaskHandler> = {
  "digest.build": (ctx, { week }) => buildDigests(ctx, String(week)),
  "digest.unanswered": (ctx, { digestId }) => escalateDigest(ctx, String(digestId)),
};

/** Puts every workspace's next digest on the clock, at the opening of its week; how many. */
export async function clockDigests(now: Date): Promise<{ workspaces: number }> {
  const workspaces = await asUser(null, (db) => db.workspace.findMany({ select: { id: true } }));
  for (const { id } of workspaces) {
    const ctx = await systemContext(id, { now });
    await inWorkspace(id, () => clockDigest(ctx));
  }
  return { workspaces: workspaces.length };
}
