import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "./env";
import { PrismaClient } from "./generated/prisma/client";
import { isId } from "./identifiers";
import { type Query, rawQueries, withRaw } from "./raw-queries";
import { makeStatementNames } from "./statement-names";

/** Who is asking; `lent` is the connection of the transaction one is in. */
type Door = { kind: "workspace" | "user"; id: string; lent?: Query };

/** The client of a read, or of the transaction one is in. */
export type Database = Omit<PrismaClient, "$connect" | "$disconnect" | "$on" | "$use" | "$extends" | "$transaction">;

/** What the user's door reaches: who somebody is and where she belongs, nothing of a workspace's contents. */
export type UserDatabase = Pick<
  PrismaClient,
  "user" | "session" | "member" | "workspace" | "identity" | "passwordReset" | "$queryRaw" | "$executeRaw"
>;

type Shared = {
  doors: AsyncLocalStorage<Door>;
  pool: pg.Pool;
  plain: pg.Pool;
  prisma: PrismaClient;
  nameOf(query: { sql: string }): string;
  close(): Promise<void>;
};

// One copy per process: every route's bundle has its own copy of this module.
const shared = globalThis as unknown as { __wheelhouse?: Shared };

const nobody = "00000000-0000-0000-0000-000000000000";

/** Says who is asking, for the rest of the transaction. */
function doorStatement({ kind, id }: Door): string {
  if (!isId(id)) throw new Error(`not an id: ${id}`);
  return kind === "workspace" ? `SELECT app.set_tenant('${id}')` : `SELECT app.set_user('${id}')`;
}

/** Sends statements that do not wait for each other, in one packet where the socket can. */
function together<T>(client: pg.PoolClient, send: () => T): T {
  const { stream } = (client as unknown as { connection: pg.Connection }).connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

type Release = (broken?: Error) => void;
type Send = (query: unknown, values: unknown, done: (error: Error | null, result?: unknown) => void) => void;

/** Waits for every statement of one flight; the first rejection is the cause, what follows only says 25P02. */
async function flight(sent: Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(sent);
  return settled.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

/**
 * Turns a pool into the tenant pool: BEGIN, who is asking, the statement and COMMIT travel in one flight,
 * and a statement outside a door throws instead of reading nothing.
 */
function guard(pool: pg.Pool, doors: AsyncLocalStorage<Door>): pg.Pool {
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  const lend = pool.connect.bind(pool) as (
    done: (failure: Error, client: pg.PoolClient, release: Release) => void,
  ) => void;
  const current = () => {
    const door = doors.getStore();
    if (!door) throw new Error("no workspace set: enter through inWorkspace or asUser");
    return door;
  };

  // One promise for the whole flight: each that is awaited here is paid for by every read of every request.
  const query: Query = (statement, values) =>
    new Promise((resolve, reject) => {
      const opening = `BEGIN; ${doorStatement(current())}`;
      lend((failure, client, release) => {
        if (!client) return reject(failure);
        let cause: Error | null = null;
        let answer: unknown;
        const note = (error: Error | null) => {
          cause ??= error; // what follows the first error only says 25P02
        };
        const land = (error: Error | null) => {
          note(error);
          release(cause && !(cause instanceof pg.DatabaseError) ? cause : undefined);
          if (cause) reject(cause);
          else resolve(answer);
        };
        const send = client.query.bind(client) as unknown as Send;
        together(client, () => {
          send(opening, undefined, note);
          send(statement, values, (error, result) => {
            note(error);
            answer = result;
          });
          send("COMMIT", undefined, land);
        });
      });
    });

  const connectGuarded = async () => {
    const door = current();
    const client = await connect();
    const send = client.query.bind(client) as unknown as Query;
    let pending = false;
    const guarded: Query = async (statement, values) => {
      const text = typeof statement === "string" ? statement : ((statement as { text?: string }).text ?? "");
      if (text.startsWith("BEGIN")) {
        pending = true;
        return send(statement, values);
      }
      if (!pending || text.startsWith("SET TRANSACTION")) return send(statement, values);
      pending = false; // who is asking travels with the first statement, after SET TRANSACTION
      return (await flight(together(client, () => [send(doorStatement(door)), send(statement, values)])))[1];
    };
    door.lent = guarded;
    return new Proxy(client, {
      get(target, key) {
        if (key === "query") return guarded;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  };

  Object.assign(pool, { query, connect: connectGuarded });
  return pool;
}

function poolConfig(max: number): pg.PoolConfig & { pipeline: boolean } {
  return {
    connectionString: env().DATABASE_URL,
    max,
    pipeline: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 30_000,
    application_name: "wheelhouse",
  };
}

function open(): Shared {
  const doors = new AsyncLocalStorage<Door>();
  const pool = new pg.Pool(poolConfig(10));
  const plain = new pg.Pool(poolConfig(2));
  for (const each of [pool, plain]) {
    // A connection may die while it is lent out as well as while it waits: its statement says so.
    each.on("error", () => undefined);
    each.on("connect", (client: pg.PoolClient) => client.on("error", () => undefined));
  }
  const nameOf = makeStatementNames();
  const guarded = guard(pool, doors);
  const client = new PrismaClient({ adapter: new PrismaPg(guarded, { statementNameGenerator: nameOf }) });
  const prisma = withRaw(client, rawQueries(guarded.query.bind(guarded) as Query, nameOf));
  const close = async () => {
    shared.__wheelhouse = undefined;
    await prisma.$disconnect();
    await Promise.allSettled([pool.end(), plain.end()]);
  };
  return { doors, pool, plain, prisma, nameOf, close };
}

function state(): Shared {
  shared.__wheelhouse ??= open();
  return shared.__wheelhouse;
}

/** The client that reads outside a transaction; every statement needs an open door. */
export function database(): Database {
  return state().prisma;
}

/** Runs `work` with row security set to one workspace. Await inside: a Prisma promise that leaves unawaited has no door. */
export function inWorkspace<T>(workspaceId: string, work: () => Promise<T>): Promise<T> {
  return state().doors.run({ kind: "workspace", id: workspaceId }, async () => await work());
}

/** Runs `work` as one person (null: nobody yet) with the tables of identity only. */
export function asUser<T>(userId: string | null, work: (db: UserDatabase) => Promise<T>): Promise<T> {
  const { doors, prisma } = state();
  const reach: UserDatabase = {
    user: prisma.user,
    session: prisma.session,
    member: prisma.member,
    workspace: prisma.workspace,
    identity: prisma.identity,
    passwordReset: prisma.passwordReset,
    $queryRaw: prisma.$queryRaw.bind(prisma) as PrismaClient["$queryRaw"],
    $executeRaw: prisma.$executeRaw.bind(prisma) as PrismaClient["$executeRaw"],
  };
  return doors.run({ kind: "user", id: userId ?? nobody }, async () => await work(reach));
}

/** Runs `work` in one database transaction of the workspace; `lib/transaction.ts` is the way in for commands. */
export function databaseTransaction<T>(workspaceId: string, work: (db: Database) => Promise<T>): Promise<T> {
  const { doors, prisma, nameOf } = state();
  const door: Door = { kind: "workspace", id: workspaceId };
  const send: Query = (query, values) => {
    if (!door.lent) throw new Error("the transaction has no connection yet");
    return door.lent(query, values);
  };
  const raw = rawQueries(send, nameOf);
  return doors.run(door, () =>
    prisma.$transaction((db) => work(withRaw(db as unknown as Database, raw)), { timeout: 60_000, maxWait: 10_000 }),
  );
}

/** A pool without a tenant, for the tables that belong to nobody (limits) and for asking whether the database answers. */
export function plainPool(): pg.Pool {
  return state().plain;
}

/** Closes every connection of the process. */
export async function closeDatabase(): Promise<void> {
  await shared.__wheelhouse?.close();
}
