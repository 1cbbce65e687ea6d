import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json. */
export const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/** What a running installation keeps: database, secrets, the list of demo sign-ins. */
export const dataFolder = join(projectRoot, ".data");

/** Where root keeps what its unprivileged user must reach, when it cannot reach the project. */
export const sharedFolder = join(
  "/var/lib/wheelhouse",
  createHash("sha256").update(projectRoot).digest("hex").slice(0, 16),
);

/** The text of a file that only its owner may read, written by `make` the first time. */
export function keptSecret(path: string, make: () => string): string {
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  mkdirSync(dirname(path), { recursive: true });
  const text = make();
  writeFileSync(path, `${text}\n`, { mode: 0o600 });
  return text;
}

/** What a file holds; null when it is not there, also when it goes while one looks: its owner is another process. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH")) return null;
    throw error;
  }
}

/** Whether a process of that id runs, ours to signal or not; one that only waits to be buried does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const state = `/proc/${pid}/stat`;
    return !(existsSync(state) && /\) Z /.test(readFileSync(state, "utf8")));
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Asks `isDone` every 20 ms until it is true or `milliseconds` have passed; answers which. */
export async function waitUntil(isDone: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (!(await isDone())) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return true;
}

/** Takes the settings of `.env`, where there is one, into the environment; what is set already stays. */
export function loadSettings(): void {
  const file = join(projectRoot, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}
