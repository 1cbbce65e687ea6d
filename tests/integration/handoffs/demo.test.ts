import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { inWorkspace } from "@/lib/db";
import { createWorkspace } from "@/lib/workspaces/setup";
import { enlist } from "@/prisma/demo/crew";
import { handOver } from "@/prisma/demo/handoffs";
import { setStage } from "@/prisma/demo/stage";
import { tellStories } from "@/prisma/demo/story";

test("in the demo one handoff waits, one came back and one was taken and rated", { timeout: 60_000 }, async () => {
  const owner = { name: "Theo Harrow", email: `theo-${crypto.randomUUID()}@example.com` };
  const slug = `demo-${crypto.randomUUID().slice(0, 8)}`;
  const timeZone = "America/Los_Angeles";
  const { workspaceId, ownerMemberId } = await createWorkspace({ slug, name: "Demo", timeZone, isDemo: true, owner });
  const ids = await enlist(await systemContext(workspaceId), ownerMemberId, owner, "a long enough password");
  const now = new Date();
  await tellStories(await setStage(workspaceId, ids, now));
  await handOver(workspaceId, ids, now);
  const { db } = await systemContext(workspaceId);
  const rows = await inWorkspace(workspaceId, () => db.handoff.findMany({ where: { workspaceId } }));
  expect(rows.map(({ state }) => state).sort()).toEqual(["proposed", "rated", "rejected"]);
  expect(rows.find(({ state }) => state === "rated")?.quality).toBeGreaterThan(0.7);
  expect(rows.filter(({ introducedAt }) => introducedAt !== null)).toHaveLength(1);
});
