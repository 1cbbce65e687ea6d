import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "./env";
import { type Door, type Flight, makeRiders, openingOf, type Riders, sendFlights, together } from "./flights";
import { type Prisma, PrismaClient } from "./generated/prisma/client";
import { type Query, rawQueries, statementOf, withRaw } from "./raw-queries";
import { makeStatementNames } from "./statement-names";

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
  begin(door: Door): Promise<Transaction>;
  nameOf(query: { sql: string }): string;
  close(): Promise<void>;
};

// One copy per process: every route's bundle has its own copy of this module.
const shared = globalThis as unknown as { __wheelhouse?: Shared };

const nobody = "00000000-0000-0000-0000-000000000000";

/** A transaction on a connection of its own; `end` gives the connection back, and takes a last statement along. */
type Transaction = { query: Query; end(how: "COMMIT" | "ROLLBACK", last?: unknown): Promise<void> };

/** Waits for every statement of one flight; the first rejection is the cause, what follows only says 25P02. */
async function flight(sent: Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(sent);
  return settled.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

/** Begins transactions of a pool: BEGIN and who is asking travel with the first statement, what waited goes before. */
function beginOn(pool: pg.Pool, riders: Riders): Shared["begin"] {
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>;
  return async (door) => {
    const opening = openingOf(door);
    const along = riders.take();
    const client = await connect().catch((failure) => {
      for (const flight of along) flight.reject(failure);
      throw failure;
    });
    // A connection that breaks under them breaks under the transaction too, which then says so.
    if (along.length > 0) sendFlights(client, along, () => undefined);
    const send = client.query.bind(client) as unknown as Query;
    let state: "new" | "open" | "over" = "new";
    const query: Query = async (statement, values) => {
      if (state === "over") throw new Error("the transaction is over: await what belongs to it");
      if (state === "open") return send(statement, values);
      state = "open";
      return (await flight(together(client, () => [send(opening), send(statement, values)])))[1];
    };
    const end = async (how: "COMMIT" | "ROLLBACK", last?: unknown) => {
      const statements = [...(state === "new" ? [opening] : []), ...(last ? [last] : []), how];
      const isNeeded = state === "open" || last !== undefined;
      state = "over";
      if (!isNeeded) return client.release();
      let done: string | undefined;
      try {
        const answers = await flight(together(client, () => statements.map((each) => send(each))));
        done = (answers.at(-1) as pg.QueryResult).command;
      } catch (error) {
        client.release(error instanceof pg.DatabaseError ? undefined : (error as Error));
        throw error;
      }
      client.release();
      // PostgreSQL answers a COMMIT after a failed statement by rolling back.
      if (done !== how) throw new Error("the transaction was not committed: one of its statements had failed");
    };
    return { query, end };
  };
}

/** What Prisma takes for a connection when a statement of its own needs several: those of the transaction one is in. */
function connectionOf({ query }: Pick<Transaction, "query">, end: Transaction["end"]): pg.PoolClient {
  const answer = async (statement: unknown, values: unknown) => {
    const text = typeof statement === "string" ? statement : ((statement as { text?: string }).text ?? "");
    if (text === "BEGIN") return { rows: [], fields: [], rowCount: 0 };
    if (text !== "COMMIT" && text !== "ROLLBACK") return query(statement, values);
    await end(text);
    return { rows: [], fields: [], rowCount: 0 };
  };
  const nothing = () => undefined;
  return { query: answer, on: nothing, removeListener: nothing, release: nothing } as unknown as pg.PoolClient;
}

/**
 * Turns a pool into the tenant pool: BEGIN, who is asking, the statement and COMMIT travel in one flight,
 * and a statement outside a door throws instead of reading nothing. In a transaction everything travels on its connection.
 */
function guard(pool: pg.Pool, doors: AsyncLocalStorage<Door>): { pool: pg.Pool; begin: Shared["begin"] } {
  const lend = pool.connect.bind(pool) as (
    done: (failure: Error, client: pg.PoolClient, release: (broken?: Error) => void) => void,
  ) => void;
  const outside = () => new Error("no workspace set: enter through inWorkspace or asUser");

  const leave = (flights: Flight[]) =>
    lend((failure, client, release) => {
      if (client) return sendFlights(client, flights, release);
      for (const flight of flights) flight.reject(failure);
    });
  const riders = makeRiders(leave);
  const begin = beginOn(pool, riders);

  // One promise for the whole flight: each that is awaited here is paid for by every read of every request.
  const alone = (door: Door, statement: unknown, values: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const flight: Flight = { opening: openingOf(door), statement, values, resolve, reject };
      if (door.kind === "user") riders.add(flight);
      else leave([...riders.take(), flight]);
    });

  const query: Query = (statement, values) => {
    const door = doors.getStore();
    if (!door) return Promise.reject(outside());
    return door.within ? door.within(statement, values) : alone(door, statement, values);
  };
  const connect = async () => {
    const door = doors.getStore();
    if (!door) throw outside();
    if (door.within) return connectionOf({ query: door.within }, async () => undefined);
    const own = await begin(door);
    return connectionOf(own, own.end);
  };
  Object.assign(pool, { query, connect });
  return { pool, begin };
}

function poolConfig(max: number): pg.PoolConfig & { pipeline: boolean } {
  return {
    connectionString: env().DATABASE_URL,
    max,
    pipeline: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    // Where a person waits, a statement that takes longer is a fault; the worker's may take their time.
    statement_timeout: process.env.NEXT_RUNTIME ? 5_000 : 30_000,
    idle_in_transaction_session_timeout: 60_000,
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
  const { pool: guarded, begin } = guard(pool, doors);
  const client = new PrismaClient({ adapter: new PrismaPg(guarded, { statementNameGenerator: nameOf }) });
  const prisma = withRaw(client, rawQueries(guarded.query.bind(guarded) as Query, nameOf));
  const close = async () => {
    shared.__wheelhouse = undefined;
    await prisma.$disconnect();
    await Promise.allSettled([pool.end(), plain.end()]);
  };
  return { doors, pool, plain, prisma, begin, nameOf, close };
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

/**
 * Runs `work` in one database transaction of the workspace; `lib/transaction.ts` is the way in for commands. Everything that
 * is read and written meanwhile, on this path of work, belongs to it. What `conclude` answers is the last statement: it
 * travels with COMMIT, so that what it locks is locked for no round trip.
 */
export async function databaseTransaction<T>(
  workspaceId: string,
  work: (db: Database) => Promise<T>,
  conclude?: () => Promise<Prisma.Sql | null>,
): Promise<T> {
  const { doors, prisma, begin, nameOf } = state();
  const door: Door = { kind: "workspace", id: workspaceId };
  const { query, end } = await begin(door);
  let result: T;
  let last: Prisma.Sql | null | undefined;
  try {
    result = await doors.run({ ...door, within: query }, async () => await work(prisma));
    last = await conclude?.();
  } catch (error) {
    await end("ROLLBACK").catch(() => undefined); // a connection that cannot roll back is closed, which does the same
    throw error;
  }
  await end("COMMIT", last ? statementOf(last, nameOf) : undefined);
  return result;
}

/** A pool without a tenant, for the tables that belong to nobody (limits) and for asking whether the database answers. */
export function plainPool(): pg.Pool {
  return state().plain;
}

/** Closes every connection of the process. */
export async function closeDatabase(): Promise<void> {
  await shared.__wheelhouse?.close();
}
