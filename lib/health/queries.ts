import { readdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { env } from "../env";
import { log } from "../log";

export type Readiness = {
  ready: boolean;
  database: boolean;
  migrations: boolean;
  /** Seconds that the oldest waiting job has been waiting; null when the database does not answer. */
  queueLagSeconds: number | null;
};

/** Within this many milliseconds readiness is answered, whatever the database does. */
const patience = 4_000;

/** A queue that lies still for so many seconds has no worker. */
const mostLag = 600;

let expected: string[] | undefined;

function expectedMigrations(): string[] {
  expected ??= readdirSync(join(process.cwd(), "prisma/migrations"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  return expected;
}

async function ask(): Promise<Readiness> {
  // A connection of its own: the pools may be full of waiting requests.
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
    application_name: "wheelhouse health",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ missing: number; lag: number }>(
      `select app.queue_lag() as lag, (select count(*)::int from unnest($1::text[]) as name
         where not exists (select 1 from _prisma_migrations m where m.migration_name = name and m.finished_at is not null)) as missing`,
      [expectedMigrations()],
    );
    const migrations = rows[0]?.missing === 0;
    const lag = rows[0]?.lag ?? 0;
    return { ready: migrations && lag <= mostLag, database: true, migrations, queueLagSeconds: Math.round(lag) };
  } finally {
    await Promise.race([client.end(), new Promise((resume) => setTimeout(resume, 200))]);
  }
}

/** Whether requests can be served: the database answers, its schema is this version's, jobs are being done. Never throws; answers within 5 s. */
export async function readiness(): Promise<Readiness> {
  const unready: Readiness = { ready: false, database: false, migrations: false, queueLagSeconds: null };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Readiness>((resolve) => {
    timer = setTimeout(() => resolve(unready), patience + 500);
  });
  const asked = ask().catch((error: unknown) => {
    log.warn({ err: error }, "the database is not ready");
    return unready;
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
