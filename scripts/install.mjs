import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const installedLock = at("node_modules/.package-lock.json");
const stamp = at("node_modules/.wheelhouse-lock");
const lockHash = () =>
  createHash("sha256")
    .update(readFileSync(at("package-lock.json")))
    .digest("hex");

function isInstalled() {
  if (!existsSync(installedLock)) return false;
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockHash()) return true;
  return statSync(installedLock).mtimeMs >= statSync(at("package-lock.json")).mtimeMs;
}

/** Installs the packages of the lock when they are not there or not those. Ends the process when npm fails. */
export function ensureInstalled() {
  if (!isInstalled()) {
    console.log("Installing packages (npm ci) ...");
    const options = { cwd: at("."), stdio: "inherit", shell: process.platform === "win32" };
    const { status } = spawnSync("npm", ["ci", "--include=dev", "--loglevel=error"], options);
    if (status !== 0) {
      console.error("The packages could not be installed: read npm's reason above, then run the command again.");
      process.exit(1);
    }
  }
  writeFileSync(stamp, lockHash());
}

/** Runs a TypeScript module of this folder, once what it is written with is there. */
export async function launch(module) {
  process.chdir(at("."));
  ensureInstalled();
  const { register } = await import("tsx/esm/api");
  register();
  await import(new URL(module, import.meta.url).href);
}
