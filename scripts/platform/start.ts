import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { Client } from "pg";
import { type DatabaseAddresses, owningEnvironment } from "./addresses";
import { Advice, explain } from "./advice";
import { buildWhenStale, generateWhenStale } from "./build";
import { type Crew, endOnSignals, makeCrew } from "./crew";
import { openDatabase } from "./database";
import { dataFolder, isAlive, keptSecret, loadSettings, waitUntil } from "./project";
import { makePassword, withOwner } from "./roles";
import { moduleArguments, startServers } from "./servers";

const runFile = join(dataFolder, "run");
const isDevelopment = process.argv.includes("--development");

async function serve(crew: Crew): Promise<void> {
  loadSettings();
  const port = readPort();
  await requireFreePort(port);
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(runFile, String(process.pid));
  crew.defer(async () => rmSync(runFile, { force: true }));

  await generateWhenStale(crew);
  const database = await openDatabase();
  crew.defer(database.stop);
  const secret = process.env.NEXTAUTH_SECRET || keptSecret(join(dataFolder, "secret"), makePassword);
  // The demo waits mostly for the database and the build for the processor, so they go together.
  await Promise.all([seedOnce(crew, database, secret), isDevelopment ? undefined : buildWhenStale(crew)]);
  await startServers({ crew, database, port, secret, isDevelopment });
  greet(port);
}

function readPort(): number {
  const text = process.env.PORT || "3000";
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Advice(`PORT is ${text}, which is no port: set it to a number from 1 to 65535, or leave it out for 3000.`);
}

/** A run that was killed leaves processes that end by themselves: they are given the time. */
async function requireFreePort(port: number): Promise<void> {
  if (!(await isTaken(port))) return;
  const previous = existsSync(runFile) ? Number(readFileSync(runFile, "utf8")) : 0;
  const wasKilled = previous > 0 && !isAlive(previous);
  if (wasKilled && (await waitUntil(async () => !(await isTaken(port)), 12_000))) return;
  throw new Advice(
    `Port ${port} is taken: end the program that listens on it, or choose another with PORT=${port + 1} npm start.`,
  );
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" })
      .once("connect", () => {
        socket.destroy();
        resolve(true);
      })
      .once("error", () => resolve(false));
  });
}

/** Fills an installation without a workspace with the demo one; what an interrupted attempt left is made anew. */
async function seedOnce(crew: Crew, database: DatabaseAddresses, secret: string): Promise<void> {
  const attempt = join(dataFolder, "seeding");
  const isNeeded = await withOwner(database.owner, async (client) => {
    const { rows } = await client.query<{ isEmpty: boolean; isDemoOnly: boolean }>(
      'SELECT count(*) = 0 AS "isEmpty", coalesce(bool_and(is_demo), true) AS "isDemoOnly" FROM workspaces',
    );
    const { isEmpty = false, isDemoOnly = false } = rows[0] ?? {};
    if (!isEmpty && isDemoOnly && existsSync(attempt)) await emptyEveryTable(client);
    return isEmpty || (isDemoOnly && existsSync(attempt));
  });
  if (!isNeeded) return;
  console.log("Making the demo workspace ...");
  writeFileSync(attempt, "");
  const env = { ...process.env, ...owningEnvironment(database), NEXTAUTH_SECRET: secret };
  await crew.run({ name: "The demo workspace", args: moduleArguments("prisma/seed.ts"), env });
  rmSync(attempt);
}

async function emptyEveryTable(client: Client): Promise<void> {
  const { rows } = await client.query<{ names: string }>(
    `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS names FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  await client.query(`TRUNCATE ${rows[0]?.names}`);
}

type SignIn = { name: string; role: string; email: string; password: string };

function greet(port: number): void {
  console.log(`\nWheelhouse is open: http://localhost:${port}\n`);
  const file = join(dataFolder, "demo.json");
  if (existsSync(file)) {
    const people: SignIn[] = JSON.parse(readFileSync(file, "utf8"));
    const width = (pick: (person: SignIn) => string) => Math.max(...people.map((person) => pick(person).length));
    const [names, roles, emails] = [width((p) => p.name), width((p) => p.role), width((p) => p.email)];
    console.log("Sign in to the demo workspace as");
    for (const { name, role, email, password } of people) {
      console.log(`  ${name.padEnd(names)}  ${role.padEnd(roles)}  ${email.padEnd(emails)}  ${password}`);
    }
    console.log("");
  }
  console.log("Ctrl-C ends everything, the database included.");
}

const crew = makeCrew((error) => void fail(error));
endOnSignals(crew);

async function fail(error: unknown): Promise<void> {
  explain(error);
  await crew.end();
  process.exit(1);
}

try {
  await serve(crew);
} catch (error) {
  await fail(error);
}
