import { randomBytes } from "node:crypto";
import pg from "pg";
import type { RoleAddress } from "./addresses";
import { Advice } from "./advice";

/** Made the database and everything in it but the queue. */
export const ownerRole = "wheelhouse_owner";

/** Serves requests and owns nothing. */
export const appRole = "wheelhouse_app";

/** Owns the job queue and sees nothing else. */
export const queueRole = "wheelhouse_queue";

/** A password that needs no escaping, of 192 random bits. */
export const makePassword = () => randomBytes(24).toString("hex");

/** The address of a server on `port` of this machine. */
export function urlOf(port: number, role: string, password: string, database: string): string {
  return `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** The address of `ownerUrl` as another role reaches it. */
export function urlAs(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}

/** Runs `work` as the owner, on a connection that ends with it. */
export async function withOwner<Result>(
  ownerUrl: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Makes sure of `role`, which migrations grant to, and that `address` signs in as it or as a member of it.
 *
 * Throws `Advice` when the owner may not make roles, the role could go around row security, or the address of a role
 * that is not ours opens nothing.
 */
export async function prepareRole(ownerUrl: string, role: string, address: RoleAddress): Promise<void> {
  const { username, password } = new URL(address.url);
  const isItself = decodeURIComponent(username) === role;
  await withOwner(ownerUrl, async (client) => {
    try {
      await ensureRole(client, role, isItself ? decodeURIComponent(password) : null);
      if (!isItself) await client.query(`GRANT ${role} TO ${client.escapeIdentifier(decodeURIComponent(username))}`);
      const trouble = await whyClosed(address.url);
      if (trouble === null) return;
      if (!address.isOurs)
        throw new Advice(`The role ${username} of ${role} cannot sign in (${trouble}): correct its address.`);
      await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(decodeURIComponent(password))}`);
    } catch (error) {
      throw refusal(error, role);
    }
  });
}

/** Lets the queue's role make its schema, and the owner hand it the one function that enqueues. */
export async function openQueueSchema(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ isMissing: boolean; isMember: boolean }>(
      `SELECT to_regnamespace('graphile_worker') IS NULL AS "isMissing",
              pg_has_role(current_user, '${queueRole}', 'USAGE') AS "isMember"`,
    );
    if (!rows[0]?.isMember) await client.query(`GRANT ${queueRole} TO CURRENT_USER`);
    if (rows[0]?.isMissing)
      await client.query(`GRANT CREATE ON DATABASE ${await databaseName(client)} TO ${queueRole}`);
  });
}

/** Takes back what the queue's role needed to make its schema. */
export async function closeQueueSchema(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, async (client) => {
    await client.query(`REVOKE CREATE ON DATABASE ${await databaseName(client)} FROM ${queueRole}`);
  });
}

async function ensureRole(client: pg.Client, role: string, password: string | null): Promise<void> {
  const { rows } = await client.query<{ isStrong: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS "isStrong" FROM pg_roles WHERE rolname = $1',
    [role],
  );
  if (rows[0]?.isStrong) {
    throw new Advice(`The role ${role} goes around row security: run ALTER ROLE ${role} NOSUPERUSER NOBYPASSRLS.`);
  }
  if (rows[0]) return;
  const login = password === null ? "NOLOGIN" : `LOGIN PASSWORD ${client.escapeLiteral(password)}`;
  await client.query(`CREATE ROLE ${role} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION ${login}`);
}

async function databaseName(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>("SELECT quote_ident(current_database()) AS name");
  return rows[0]?.name ?? "";
}

/** Null when the address opens, else the server's reason. */
async function whyClosed(url: string): Promise<string | null> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end().catch(() => {});
  }
}

function refusal(error: unknown, role: string): unknown {
  if (!(error instanceof pg.DatabaseError) || error.code !== "42501") return error;
  return new Advice(`The owner of the database may not make or change the role ${role}: give it CREATEROLE.`, {
    cause: error,
  });
}
