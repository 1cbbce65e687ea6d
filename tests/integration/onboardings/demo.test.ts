import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { inWorkspace } from "@/lib/db";
import { listOnboardings } from "@/lib/onboardings/queries";
import { OnboardingsInput } from "@/lib/onboardings/schema";
import { getLab } from "@/lib/scenario-lab/runs";
import { createWorkspace } from "@/lib/workspaces/setup";
import { enlist } from "@/prisma/demo/crew";
import { decideScenarios } from "@/prisma/demo/lab";
import { takeThemIn } from "@/prisma/demo/onboardings";
import { setStage } from "@/prisma/demo/stage";
import { tellStories } from "@/prisma/demo/story";

test("in the demo one onboarding is done, one is late, and several go on", { timeout: 60_000 }, async () => {
  const owner = { name: "Theo Harrow", email: `theo-${crypto.randomUUID()}@example.com` };
  const slug = `demo-${crypto.randomUUID().slice(0, 8)}`;
  const timeZone = "America/Los_Angeles";
  const { workspaceId, ownerMemberId } = await createWorkspace({ slug, name: "Demo", timeZone, isDemo: true, owner });
  const ids = await enlist(await systemContext(workspaceId), ownerMemberId, owner, "a long enough password");
  const now = new Date();
  await tellStories(await setStage(workspaceId, ids, now));
  await takeThemIn(workspaceId, ids, now);
  const ctx = await systemContext(workspaceId, { now });
  const list = (show: "open" | "ended") =>
    inWorkspace(workspaceId, () => listOnboardings(ctx, OnboardingsInput.parse({ show })));
  const { data: open } = await list("open");
  const { data: ended } = await list("ended");
  expect(ended).toHaveLength(1);
  expect(ended[0]?.daysToFirstValue).toBe(38);
  expect(new Set(open.map(({ health }) => health.level))).toEqual(new Set(["at_risk", "watch", "on_track"]));
  expect(open.filter(({ late }) => late > 1)).toHaveLength(1);
  expect(open[0]?.health.level).toBe("at_risk");

  await decideScenarios(workspaceId, ids, now);
  const { report } = await inWorkspace(workspaceId, () => getLab(ctx, { weeks: 0 }));
  expect(report?.deals).toBeGreaterThan(5);
  expect(report?.outcomes.every(({ assigned }) => assigned > 0)).toBe(true);
});
