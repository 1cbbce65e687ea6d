import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Crew } from "./crew";
import { projectRoot } from "./project";

const at = (path: string) => join(projectRoot, path);

const quiet = { NEXT_TELEMETRY_DISABLED: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" };

/** What the database client is made from. */
const clientSources = ["prisma/schema", "prisma.config.ts", "package-lock.json"];

/** What the built application is made from. */
const applicationSources = [
  ...clientSources,
  "app",
  "components",
  "lib",
  "public",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "proxy.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
];

/** Makes the database client when the schema has changed since the last time. */
export async function generateWhenStale(crew: Crew): Promise<void> {
  const stamp = at(".stamps/client");
  const hash = hashOf(clientSources);
  if (existsSync(at("lib/generated")) && isStamped(stamp, hash)) return;
  const args = [at("node_modules/prisma/build/index.js"), "generate"];
  await crew.run({ name: "prisma generate", args, env: { ...process.env, ...quiet } });
  writeStamp(stamp, hash);
}

/** Builds the application when its sources have changed since the last time. */
export async function buildWhenStale(crew: Crew): Promise<void> {
  const stamp = at(".next/built-from");
  const hash = hashOf(applicationSources);
  if (existsSync(at(".next/BUILD_ID")) && isStamped(stamp, hash)) return;
  await crew.run({
    name: "next build",
    args: [at("node_modules/next/dist/bin/next"), "build"],
    env: { ...process.env, ...quiet, NODE_ENV: "production" },
  });
  writeStamp(stamp, hash);
}

const isStamped = (stamp: string, hash: string) => existsSync(stamp) && readFileSync(stamp, "utf8") === hash;

function writeStamp(stamp: string, hash: string): void {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

/** One hash over the names and contents of files and folders, those that Git leaves out aside. */
function hashOf(paths: string[]): string {
  const hash = createHash("sha256");
  for (const path of paths) {
    for (const file of filesOf(path)) hash.update(`${file}\0`).update(readFileSync(at(file)));
  }
  return hash.digest("hex");
}

function filesOf(path: string): string[] {
  if (!existsSync(at(path)) || path === "lib/generated") return [];
  const entries = readdirSyncOrNull(at(path));
  if (entries === null) return [path];
  return entries.sort().flatMap((name) => filesOf(`${path}/${name}`));
}

function readdirSyncOrNull(path: string): string[] | null {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}
