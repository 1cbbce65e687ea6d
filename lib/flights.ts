import pg from "pg";
import { isId } from "./identifiers";
import type { Query } from "./raw-queries";

/** Who is asking; `within` sends on the connection of the transaction one is in. */
export type Door = { kind: "workspace" | "user"; id: string; within?: Query };

/** Begins a transaction and says who is asking, for the rest of it. Throws for an id that is none. */
export function openingOf({ kind, id }: Door): string {
  if (!isId(id)) throw new Error(`not an id: ${id}`);
  return kind === "workspace" ? `BEGIN; SELECT app.set_tenant('${id}')` : `BEGIN; SELECT app.set_user('${id}')`;
}

/** Sends statements that do not wait for each other, in one packet where the socket can. */
export function together<T>(client: pg.PoolClient, send: () => T): T {
  const { stream } = (client as unknown as { connection: pg.Connection }).connection;
  stream.cork();
  try {
    return send();
  } finally {
    stream.uncork();
  }
}

/** A statement that travels with its opening and COMMIT. */
export type Flight = {
  opening: string;
  statement: unknown;
  values: unknown;
  resolve(answer: unknown): void;
  reject(cause: Error): void;
};

type Send = (query: unknown, values: unknown, done: (error: Error | null, result?: unknown) => void) => void;

/** Sends one; `landed` hears when the connection has answered all of it, and what broke the connection. */
function sendFlight(client: pg.PoolClient, flight: Flight, landed: (broken?: Error) => void): void {
  const send = client.query.bind(client) as unknown as Send;
  let cause: Error | null = null;
  let answer: unknown;
  const note = (error: Error | null) => {
    cause ??= error; // what follows the first error only says 25P02
  };
  send(flight.opening, undefined, note);
  send(flight.statement, flight.values, (error, result) => {
    note(error);
    answer = result;
  });
  send("COMMIT", undefined, (error) => {
    note(error);
    landed(cause && !(cause instanceof pg.DatabaseError) ? cause : undefined);
    if (cause) flight.reject(cause);
    else flight.resolve(answer);
  });
}

/** Sends flights one behind the other in one packet; `landed` hears when all are answered, and what broke the connection. */
export function sendFlights(client: pg.PoolClient, flights: Flight[], landed: (broken?: Error) => void): void {
  let open = flights.length;
  let broken: Error | undefined;
  const one = (cause?: Error) => {
    broken ??= cause;
    open -= 1;
    if (open === 0) landed(broken);
  };
  together(client, () => {
    for (const flight of flights) sendFlight(client, flight, one);
  });
}

/**
 * Flights of one person (the question whether her session holds) that wait to travel before the next one of the same turn,
 * on its connection: a request then costs a packet less, and what waits for the answer needs no second connection.
 */
export type Riders = { add(flight: Flight): void; take(): Flight[] };

/** Riders that `leave` alone when the turn ends without another flight. */
export function makeRiders(leave: (flights: Flight[]) => void): Riders {
  const waiting: Flight[] = [];
  const take = () => waiting.splice(0);
  const add = (flight: Flight) => {
    if (waiting.push(flight) > 1) return;
    queueMicrotask(() => {
      const left = take();
      if (left.length > 0) leave(left);
    });
  };
  return { add, take };
}
