import { join } from "node:path";
import pg from "pg";
import type { DatabaseAddresses } from "./addresses";
import { Advice } from "./advice";
import { findBinaries } from "./binaries";
import { makeHome, startPostgres } from "./postgres";
import { dataFolder, keptSecret, sharedFolder } from "./project";
import { appRole, makePassword, ownerRole, queueRole, urlAs, urlOf, withOwner } from "./roles";
import { prepareSchema } from "./schema";

export type Database = DatabaseAddresses & {
  /** Ends the server if this process started it or took it over. */
  stop(): Promise<void>;
};

type Settings = Record<string, string | undefined>;

const databaseName = "wheelhouse";

/**
 * Opens the database of this installation and brings its schema to the present.
 *
 * Without DATABASE_URL the PostgreSQL that came with npm is started on data of the project's own. DATABASE_URL alone is
 * taken as the owner's, and the roles that serve are made beside it. With DATABASE_OWNER_URL too, both are used as they
 * are. Throws `Advice` when the database cannot be reached or its serving role could go around row security.
 */
export async function openDatabase(settings: Settings = process.env, folder = dataFolder): Promise<Database> {
  const isGiven = settings.DATABASE_URL || settings.DATABASE_OWNER_URL;
  const database = isGiven ? await openGiven(settings, folder) : await openEmbedded(folder);
  try {
    await prepareSchema(database);
    await requireWeak(database);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function openEmbedded(folder: string): Promise<Database> {
  const { reachesProject } = await findBinaries();
  const home = reachesProject ? join(folder, "postgres") : sharedFolder;
  makeHome(home);
  const password = (role: string) => keptSecret(join(home, `${role}-password`), makePassword);
  const owner = password(ownerRole);
  const server = await startPostgres(home, owner);
  const address = (role: string, secret: string, database = databaseName) => urlOf(server.port, role, secret, database);
  try {
    await withOwner(address(ownerRole, owner, "postgres"), ensureDatabase);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    owner: address(ownerRole, owner),
    app: { url: address(appRole, password(appRole)), isOurs: true },
    queue: { url: address(queueRole, password(queueRole)), isOurs: true },
    stop: server.stop,
  };
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [databaseName]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${databaseName}`);
}

async function openGiven(settings: Settings, folder: string): Promise<Database> {
  const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, DATABASE_QUEUE_URL: queueUrl } = settings;
  const owner = ownerUrl || url || "";
  await requireReachable(owner, ownerUrl ? "DATABASE_OWNER_URL" : "DATABASE_URL");
  const ours = (role: string) => ({
    url: urlAs(owner, role, keptSecret(join(folder, role === appRole ? "app-role" : "queue-role"), makePassword)),
    isOurs: true,
  });
  const isServing = url && ownerUrl;
  return {
    owner,
    app: isServing ? { url, isOurs: false } : ours(appRole),
    queue: queueUrl ? { url: queueUrl, isOurs: false } : ours(queueRole),
    stop: async () => {},
  };
}

async function requireReachable(url: string, variable: string): Promise<void> {
  try {
    await withOwner(url, async (client) => {
      const { rows } = await client.query<{ version: number }>(
        "SELECT current_setting('server_version_num')::int / 10000 AS version",
      );
      const version = rows[0]?.version ?? 0;
      if (version < 15) throw new Advice(`The database of ${variable} runs PostgreSQL ${version}: use 15 or newer.`);
    });
  } catch (error) {
    if (error instanceof Advice) throw error;
    throw new Advice(
      `The database of ${variable} cannot be reached (${reasonOf(error)}): start it, or correct or unset ${variable}.`,
      { cause: error },
    );
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}

async function requireWeak({ owner, app }: DatabaseAddresses): Promise<void> {
  const client = new pg.Client({ connectionString: app.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: string; isStrong: boolean }>(
      `SELECT rolname AS role, rolsuper OR rolbypassrls OR pg_has_role(oid, $1, 'MEMBER')
              OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid) AS "isStrong"
       FROM pg_roles WHERE rolname = current_user`,
      [await ownerName(owner)],
    );
    if (rows[0]?.isStrong === false) return;
    throw new Advice(
      `DATABASE_URL signs in as ${rows[0]?.role}, which can go around row security: give it a role that is no superuser, has no BYPASSRLS and owns no table.`,
    );
  } finally {
    await client.end();
  }
}

async function ownerName(owner: string): Promise<string> {
  return withOwner(owner, async (client) => {
    const { rows } = await client.query<{ name: string }>("SELECT current_user::text AS name");
    return rows[0]?.name ?? "";
  });
}
