import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseAddresses } from "../../scripts/platform/addresses";
import { makeCrew } from "../../scripts/platform/crew";
import { freePort } from "../../scripts/platform/postgres";
import { projectRoot } from "../../scripts/platform/project";
import { makePassword, withOwner } from "../../scripts/platform/roles";
import { startServers } from "../../scripts/platform/servers";
import { fastAndUnsafe, startTestPostgres } from "./global-postgres";
import { addressesOf, template } from "./test-postgres";

/** A whole Wheelhouse of its own: database, web process and worker, each started again when it is killed. */
export type System = {
  origin: string;
  secret: string;
  database: DatabaseAddresses;
  pids(): { web: number | undefined; worker: number | undefined; database: number | undefined };
  end(): Promise<void>;
};

/** Starts the built application on an empty, migrated database. `isDurable` keeps what was committed through a crash. */
export async function startSystem({ isDurable = false, env = {} as Record<string, string> } = {}): Promise<System> {
  if (!existsSync(join(projectRoot, ".next/BUILD_ID"))) throw new Error("Run `npm run build` first.");
  // Where processes are killed on purpose, dying often is no reason to give up.
  const crew = makeCrew((error) => console.error(error.message), isDurable ? Number.POSITIVE_INFINITY : undefined);
  const { postgres, pid, end } = await startTestPostgres(isDurable ? [] : fastAndUnsafe);
  crew.defer(end);
  try {
    await withOwner(addressesOf(postgres, "postgres").owner, (client) =>
      client.query(`CREATE DATABASE wheelhouse TEMPLATE ${template} STRATEGY file_copy`),
    );
    const database = addressesOf(postgres, "wheelhouse");
    const port = await freePort();
    const secret = makePassword();
    const origin = `http://localhost:${port}`;
    const settings = { NEXTAUTH_URL: origin, LOG_LEVEL: "warn", NODE_OPTIONS: "", ...env };
    const { web, worker } = await startServers({ crew, database, port, secret, env: settings });
    const pids = () => ({ web: web.pid(), worker: worker.pid(), database: pid() });
    return { origin, secret, database, pids, end: crew.end };
  } catch (error) {
    await crew.end();
    throw error;
  }
}
