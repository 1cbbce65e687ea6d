import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { systemContext } from "@/lib/auth/context";
import { closeDatabase, inWorkspace } from "@/lib/db";
import { keepDrops } from "@/lib/leaks/entries";
import type { LeakFinding } from "@/lib/leaks/schema";
import { requestRun } from "@/lib/runs/commands";
import { runKinds } from "@/lib/runs/registry";
import { performRun } from "@/lib/runs/tasks";
import { nothingChanged, transaction } from "@/lib/transaction";
import { servingEnvironment } from "../../scripts/platform/addresses";
import { freePort } from "../../scripts/platform/postgres";
import { liveOneDay, makeHistories, makeLeak } from "./histories";
import { drive, fetchOnce, memoryOf } from "./measure";
import { prepareBench, prepareDatabase } from "./prepare";

const { values } = parseArgs({
  options: {
    journeys: { type: "string", default: "100000" },
    requests: { type: "string", default: "40" },
    pages: { type: "boolean", default: false }, // the pages too, on what was built last
  },
});

/** What the night asks, and what it may take together. */
const kinds = ["survival", "origins", "leaks", "lapses", "osc-programme"] as const;
const goals = { seconds: 60, megabytes: 512, milliseconds: 300 };
const pages = ["leaks", "survival", "waiting", "speed", "morning", "overview", "programme"];

const held = (isHeld: boolean) => (isHeld ? "held" : "MISSED");

/** Makes every nightly run one after the other, as the worker does; prints what each took. */
async function night(workspaceId: string): Promise<void> {
  const base = await systemContext(workspaceId);
  const before = memoryOf(process.pid);
  let all = 0;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(process.pid));
  }, 50);
  for (const kind of kinds)
    for (const parameters of runKinds[kind].nightly) {
      const begun = performance.now();
      const run = await inWorkspace(workspaceId, async () => {
        const ctx = { ...base, now: new Date() };
        const { id } = await requestRun(ctx, { kind, parameters: parameters as Record<string, unknown> });
        await performRun(ctx, id);
        return ctx.db.analyticsRun.findFirstOrThrow({ where: { workspaceId, id } });
      });
      const took = (performance.now() - begun) / 1000;
      all += took;
      console.log(`${kind.padEnd(14)} ${took.toFixed(1)} s, ${run.status}, ${run.result?.length ?? 0} characters`);
    }
  clearInterval(watch);
  console.log(`the night: ${all.toFixed(1)} s (goal ${goals.seconds}: ${held(all < goals.seconds)})`);
  console.log(
    `memory: ${before.toFixed(0)} MB before, ${most.toFixed(0)} MB at most (goal ${goals.megabytes}: ${held(most < goals.megabytes)})`,
  );
}

/** Opens every page of reports again and again on a production build. */
async function open(addresses: Awaited<ReturnType<typeof prepareDatabase>>, leakId: string): Promise<void> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  process.env.NEXTAUTH_URL = origin;
  const { slug, cookie } = await prepareBench(addresses, origin);
  const web = spawn(process.execPath, ["--max-old-space-size=384", join("node_modules/next/dist/bin/next"), "start"], {
    env: {
      ...process.env,
      ...servingEnvironment(addresses),
      ...{ NODE_ENV: "production", PORT: String(port), NEXTAUTH_URL: origin, LOG_LEVEL: "warn" },
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ask = (page: string) => fetchOnce(new URL(`/w/${slug}/${page}`, origin), { headers: { cookie } });
  try {
    while ((await fetchOnce(new URL("/livez", origin)).catch(() => null))?.status !== 200)
      await new Promise((resume) => setTimeout(resume, 100));
    for (const page of [...pages, `leaks/${leakId}`]) {
      let failed = 0;
      for (let turn = 0; turn < 3; turn++) await ask(page);
      const { p50, p95 } = await drive(1, 60, Number(values.requests), async () => {
        const { status } = await ask(page);
        if (status !== 200) failed += 1;
      });
      console.log(
        `${page.slice(0, 18).padEnd(18)} p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms (goal ${goals.milliseconds}: ${held(failed === 0 && p95 < goals.milliseconds)})${failed > 0 ? `, ${failed} failed` : ""}`,
      );
    }
    console.log(`memory of the web process: ${memoryOf(web.pid ?? 0).toFixed(0)} MB`);
  } finally {
    web.kill("SIGTERM");
  }
}

/** A leak as a run found it, with who stands behind it kept as the night does; prints how long that took. */
async function foundLeak(client: pg.Client, workspaceId: string): Promise<string> {
  const id = await makeLeak(client, workspaceId);
  const base = await systemContext(workspaceId);
  const begun = performance.now();
  await inWorkspace(workspaceId, () =>
    transaction(base, async (ctx) => {
      const { finding, horizonDays, runId } = await ctx.db.leak.findFirstOrThrow({ where: { workspaceId, id } });
      const { asOf, knownAt } = await ctx.db.analyticsRun.findFirstOrThrow({ where: { workspaceId, id: runId } });
      await keepDrops(ctx, id, { finding: finding as unknown as LeakFinding, horizonDays, asOf, knownAt });
      nothingChanged(ctx);
    }),
  );
  console.log(`keeping who stands behind a leak: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return id;
}

const journeys = Number(values.journeys);
const addresses = await prepareDatabase(journeys, journeys, "night");
const client = new pg.Client({ connectionString: addresses.owner });
await client.connect();
const workspaceId = await makeHistories(client);
// The first sums everything there is, the next only what happened since.
await night(workspaceId);
await liveOneDay(client, workspaceId);
await night(workspaceId);
if (values.pages) await open(addresses, await foundLeak(client, workspaceId));
await client.end();
await closeDatabase();
process.exit(0);
