import pg from "pg";
import { Prisma } from "./generated/prisma/client";

export type Query = (query: unknown, values?: unknown) => Promise<unknown>;

type Template = [strings: TemplateStringsArray | Prisma.Sql, ...values: unknown[]];

const parsers: Record<number, (text: string) => unknown> = {
  20: BigInt, // int8
  1700: (text) => new Prisma.Decimal(text), // numeric
  1082: (text) => new Date(`${text}T00:00:00Z`), // date
  1114: (text) => new Date(`${text.replace(" ", "T")}Z`), // timestamp
};

const types = { getTypeParser: (oid: number) => parsers[oid] ?? pg.types.getTypeParser(oid) };

/** A value as PostgreSQL reads it whatever the time zone of this machine. */
function argumentOf(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(argumentOf) : (value ?? null);
}

/**
 * `$queryRaw` and `$executeRaw` on a connection of ours, with the values Prisma's have: its client adds a quarter of a
 * millisecond of processor to each statement, which is most of what a read costs. `nameOf` names the statements to keep.
 */
export function rawQueries(send: Query, nameOf: (query: { sql: string }) => string) {
  const run = async ([first, ...rest]: Template) => {
    const { text, values } = "raw" in first ? Prisma.sql(first, ...rest) : first;
    return (await send({ name: nameOf({ sql: text }), text, values: values.map(argumentOf), types })) as pg.QueryResult;
  };
  return {
    $queryRaw: async <T>(...template: Template): Promise<T> => (await run(template)).rows as T,
    $executeRaw: async (...template: Template): Promise<number> => (await run(template)).rowCount ?? 0,
  };
}

/** The client with its raw statements sent by `raw`; everything else stays Prisma's. */
export function withRaw<Client extends object>(client: Client, raw: ReturnType<typeof rawQueries>): Client {
  return new Proxy(client, {
    get: (target, key) => (key in raw ? raw[key as keyof typeof raw] : Reflect.get(target, key, target)),
  });
}
