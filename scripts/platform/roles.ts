import { randomBytes } from "node:crypto";
import pg from "pg";
import { Advice } from "./advice";

export const appRole = "wheelhouse_app";
export const queueRole = "wheelhouse_queue";

export type RolePasswords = { app: string; queue: string };

/** A password that needs no escaping, of 192 random bits. */
export const makePassword = () => randomBytes(24).toString("hex");

/**
 * Makes sure of the two roles beside the owner: `wheelhouse_app` serves requests and owns nothing, `wheelhouse_queue`
 * owns the job queue. Both may be made already; a password is only set where the one given does not open the door.
 * Throws `Advice` when the owner may not make roles, or a role could go around row security.
 */
export async function prepareRoles(ownerUrl: string, passwords: RolePasswords): Promise<void> {
  await withOwner(ownerUrl, async (client) => {
    await ensureRole(client, ownerUrl, appRole, passwords.app);
    await ensureRole(client, ownerUrl, queueRole, passwords.queue);
    await openQueueSchema(client);
  });
}

/** The address of `ownerUrl` as another role reaches it. */
export function urlAs(ownerUrl: string, role: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}

/** Takes back what the queue's role needed to make its schema. */
export async function closeQueueSchema(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, async (client) => {
    await client.query(`REVOKE CREATE ON DATABASE ${await databaseName(client)} FROM ${queueRole}`);
  });
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

async function ensureRole(client: pg.Client, ownerUrl: string, role: string, password: string): Promise<void> {
  const { rows } = await client.query<{ isStrong: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS "isStrong" FROM pg_roles WHERE rolname = $1',
    [role],
  );
  if (rows[0]?.isStrong) {
    throw new Advice(
      `The role ${role} goes around row security: run ALTER ROLE ${role} NOSUPERUSER NOBYPASSRLS and try again.`,
    );
  }
  const quoted = client.escapeLiteral(password);
  try {
    if (!rows[0]) {
      await client.query(
        `CREATE ROLE ${role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD ${quoted}`,
      );
    } else if (!(await opens(urlAs(ownerUrl, role, password)))) {
      await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${quoted}`);
    }
  } catch (error) {
    throw refusal(error, role);
  }
}

/** The queue's tables are its role's own, and the owner hands it the one function that enqueues. */
async function openQueueSchema(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ isMissing: boolean; isMember: boolean }>(
    `SELECT to_regnamespace('graphile_worker') IS NULL AS "isMissing",
            pg_has_role(current_user, '${queueRole}', 'SET') AS "isMember"`,
  );
  if (!rows[0]?.isMember) await client.query(`GRANT ${queueRole} TO CURRENT_USER`);
  if (rows[0]?.isMissing) await client.query(`GRANT CREATE ON DATABASE ${await databaseName(client)} TO ${queueRole}`);
}

async function databaseName(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>("SELECT quote_ident(current_database()) AS name");
  return rows[0]?.name ?? "";
}

async function opens(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function refusal(error: unknown, role: string): unknown {
  if (!(error instanceof pg.DatabaseError) || error.code !== "42501") return error;
  return new Advice(`The owner in DATABASE_URL may not make the role ${role}: give it CREATEROLE and try again.`, {
    cause: error,
  });
}
