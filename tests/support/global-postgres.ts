import { existsSync, mkdtempSync, realpathSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { makeHome, startPostgres } from "../../scripts/platform/postgres";
import { makePassword, withOwner } from "../../scripts/platform/roles";
import { prepareSchema } from "../../scripts/platform/schema";
import { addressesOf, type TestPostgres, template } from "./test-postgres";

declare module "vitest" {
  interface ProvidedContext {
    postgres: TestPostgres;
  }
}

type Shared = { users: number; started: Promise<{ postgres: TestPostgres; end(): Promise<void> }> };

/** Speed instead of safety: this data dies with the run. */
export const fastAndUnsafe = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"];

/** One PostgreSQL for the whole run, whichever projects take part, with a migrated template to clone. */
export default async function globalPostgres(project: TestProject): Promise<() => Promise<void>> {
  const shelf = globalThis as { __testPostgres?: Shared };
  shelf.__testPostgres ??= { users: 0, started: startTestPostgres() };
  const shared = shelf.__testPostgres;
  shared.users += 1;
  const { postgres, end } = await shared.started;
  project.provide("postgres", postgres);
  return async () => {
    shared.users -= 1;
    if (shared.users === 0) await end();
  };
}

/** Where a database is made fastest: in memory where the machine has plenty of it to spare (bytes), else on the disk. */
function scratch(): string {
  const memory = "/dev/shm";
  const plenty = 8 * 2 ** 30;
  const { bavail, bsize } = existsSync(memory) ? statfsSync(memory) : { bavail: 0, bsize: 0 };
  return bavail * bsize >= plenty ? memory : realpathSync(tmpdir());
}

/** Starts a PostgreSQL on data of its own with the migrated template; `end` leaves nothing behind. */
export async function startTestPostgres(flags = fastAndUnsafe) {
  const home = mkdtempSync(join(flags === fastAndUnsafe ? scratch() : realpathSync(tmpdir()), "wheelhouse-test-"));
  makeHome(home);
  const passwords = { owner: makePassword(), app: makePassword(), queue: makePassword() };
  const server = await startPostgres(home, passwords.owner, flags);
  const end = async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const postgres = { port: server.port, ...passwords };
    await withOwner(addressesOf(postgres, "postgres").owner, (client) => client.query(`CREATE DATABASE ${template}`));
    await prepareSchema(addressesOf(postgres, template));
    return { postgres, pid: server.pid, end };
  } catch (error) {
    await end();
    throw error;
  }
}
