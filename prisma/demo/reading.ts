import { inWorkspace } from "../../lib/db";
import { readNotifications } from "../../lib/notifications/commands";
import { contextAs } from "./stage";

/** Everybody has read what she was told while the stories went on: what is new is what happens from now on. */
export async function readEverything(workspaceId: string, ids: Map<string, string>, now: Date): Promise<void> {
  for (const key of ids.keys()) {
    const ctx = await contextAs(workspaceId, ids, key, now);
    await inWorkspace(workspaceId, () => readNotifications(ctx, { upTo: now.toISOString() }));
  }
}
