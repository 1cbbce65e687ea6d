import { existsSync } from "node:fs";
import { join } from "node:path";
import { owningEnvironment } from "../../scripts/platform/addresses";
import { makeCrew } from "../../scripts/platform/crew";
import { freePort } from "../../scripts/platform/postgres";
import { projectRoot } from "../../scripts/platform/project";
import { makePassword, withOwner } from "../../scripts/platform/roles";
import { startServers } from "../../scripts/platform/servers";
import { startTestPostgres } from "./global-postgres";
import { addressesOf, template } from "./test-postgres";

/** Serves the built application on a database of its own for the whole run; tests find both in the environment. */
export default async function serveForTests(): Promise<() => Promise<void>> {
  if (!existsSync(join(projectRoot, ".next/BUILD_ID"))) throw new Error("Run `npm run build` first.");
  const crew = makeCrew((error) => console.error(error.message));
  const { postgres, end } = await startTestPostgres();
  crew.defer(end);
  try {
    await withOwner(addressesOf(postgres, "postgres").owner, (client) =>
      client.query(`CREATE DATABASE wheelhouse TEMPLATE ${template} STRATEGY file_copy`),
    );
    const database = addressesOf(postgres, "wheelhouse");
    const port = await freePort();
    const secret = makePassword();
    const origin = `http://localhost:${port}`;
    Object.assign(process.env, owningEnvironment(database), {
      NEXTAUTH_SECRET: secret,
      NEXTAUTH_URL: origin,
      WHEELHOUSE_ORIGIN: origin,
    });
    await startServers({
      crew,
      database,
      port,
      secret,
      env: { NEXTAUTH_URL: origin, LOG_LEVEL: "warn", NODE_OPTIONS: "" },
    });
  } catch (error) {
    await crew.end();
    throw error;
  }
  return crew.end;
}
