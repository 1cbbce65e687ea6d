import { test as base } from "@playwright/test";
import { systemContext } from "@/lib/auth/context";
import { closeDatabase, inWorkspace } from "@/lib/db";
import { createKey } from "@/lib/keys/commands";
import { createWorkspace } from "@/lib/workspaces/setup";
import { owningEnvironment } from "../../scripts/platform/addresses";
import { startSystem } from "../support/system";

export type Served = { origin: string; key: string; workspaceId: string; web(): number | undefined };

/** A system of its own, because these tests end it; the worker process talks to its database. */
export const test = base.extend<object, { served: Served }>({
  served: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const system = await startSystem();
      Object.assign(process.env, owningEnvironment(system.database), { NEXTAUTH_SECRET: system.secret });
      const { workspaceId } = await createWorkspace({
        slug: "live",
        name: "Live",
        owner: { email: "owner@example.com", name: "Ona Owner" },
      });
      const ctx = await systemContext(workspaceId, { roles: ["owner"] });
      const { secret } = await inWorkspace(workspaceId, () => createKey(ctx, { name: "test", role: "osc" }));
      await use({ origin: system.origin, key: secret, workspaceId, web: () => system.pids().web });
      await closeDatabase();
      await system.end();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** Whether the server serves again. */
export async function isBack({ origin }: Served): Promise<boolean> {
  try {
    return (await fetch(`${origin}/readyz`)).ok;
  } catch {
    return false;
  }
}
