import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemContext } from "../lib/auth/context";
import { closeDatabase } from "../lib/db";
import { createWorkspace } from "../lib/workspaces/setup";
import { dataFolder } from "../scripts/platform/project";
import { demoMembers, enlist, makeDemoPassword } from "./demo/crew";
import { enablePeople, tellWeek } from "./demo/enablement";
import { handOver } from "./demo/handoffs";
import { decideScenarios } from "./demo/lab";
import { leakPeople } from "./demo/leaks";
import { seeMoments } from "./demo/moments";
import { offerThrice } from "./demo/offers";
import { takeThemIn } from "./demo/onboardings";
import { readEverything } from "./demo/reading";
import { putRight } from "./demo/recovery";
import { aimAt, saveReports } from "./demo/reports";
import { setScenarios } from "./demo/scenarios";
import { setStage } from "./demo/stage";
import { tellStories } from "./demo/story";
import { hearCustomers } from "./demo/voices";

const owner = { name: "Theo Harrow", email: "theo@harrowpine.example" };

/** Makes the demo workspace and writes down who may sign in. */
async function seed(): Promise<void> {
  const { workspaceId, ownerMemberId } = await createWorkspace({
    slug: "harrow-pine",
    name: "Harrow & Pine · Puget Sound",
    timeZone: "America/Los_Angeles",
    isDemo: true,
    owner,
  });
  const password = makeDemoPassword();
  const ids = await enlist(await systemContext(workspaceId), ownerMemberId, owner, password);
  await tellStories(await setStage(workspaceId, ids, new Date()));
  await hearCustomers(workspaceId, ids, new Date());
  await enablePeople(workspaceId, ids, new Date());
  await seeMoments(workspaceId, ids, new Date());
  await putRight(workspaceId, ids, new Date());
  await setScenarios(workspaceId, ownerMemberId, new Date());
  await handOver(workspaceId, ids, new Date());
  await offerThrice(workspaceId, ids, new Date());
  await leakPeople(workspaceId, ids, new Date());
  await takeThemIn(workspaceId, ids, new Date());
  await decideScenarios(workspaceId, ids, new Date());
  await tellWeek(workspaceId);
  await saveReports(workspaceId, ids, new Date());
  await aimAt(workspaceId, ids, new Date());
  await readEverything(workspaceId, ids, new Date());
  const people = [
    ...demoMembers.map(({ name, email, roles }) => ({ name, role: roles.join(", "), email, password })),
    { name: owner.name, role: "owner, admin, manager", email: owner.email, password },
  ];
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(join(dataFolder, "demo.json"), `${JSON.stringify(people, null, 2)}\n`, { mode: 0o600 });
}

try {
  await seed();
} finally {
  await closeDatabase();
}
