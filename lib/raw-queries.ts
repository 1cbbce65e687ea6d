import pg from "pg";
import { Prisma } from "./generated/prisma/client";

export type Query = (query: unknown, values?: unknown) => Promise<unknown>;

type Template = [strings: TemplateStringsArray | Prisma.Sql, ...values: unknown[]];

const instant = pg.types.getTypeParser(1184);

const parsers: Record<number, (text: string) => unknown> = {
  20: BigInt, // int8
  1700: (text) => new Prisma.Decimal(text), // numeric
  1082: (text) => new Date(`${text}T00:00:00Z`), // date
  // An instant in UTC, as our own database writes it, is read without taking the text apart.
  1184: (text) => (/^\d{4}-.*\+00$/.test(text) ? new Date(`${text.replace(" ", "T").slice(0, -3)}Z`) : instant(text)),
  1114: (text) => new Date(`${text.replace(" ", "T")}Z`), // timestamp
};

const types = { getTypeParser: (oid: number) => parsers[oid] ?? pg.types.getTypeParser(oid) };

/** A value as PostgreSQL reads it whatever the time zone of this machine. */
function argumentOf(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(argumentOf) : (value ?? null);
}

/** Rows as objects that share one shape; those that pg makes are copies of a dictionary, and slow to make and to read. */
function rowsOf({ fields, rows }: pg.QueryArrayResult): Record<string, unknown>[] {
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < fields.length; index++) row[fields[index]?.name ?? ""] = values[index];
    return row;
  });
}

/** A statement as pg takes it; `nameOf` names those to keep planned. */
export function statementOf({ text, values }: Prisma.Sql, nameOf: (query: { sql: string }) => string) {
  return { name: nameOf({ sql: text }), text, values: values.map(argumentOf), types, rowMode: "array" } as const;
}

/**
 * `$queryRaw` and `$executeRaw` on a connection of ours, with the values Prisma's have: its client adds a quarter of a
 * millisecond of processor to each statement, which is most of what a read costs.
 */
export function rawQueries(send: Query, nameOf: (query: { sql: string }) => string) {
  const run = ([first, ...rest]: Template) =>
    send(statementOf("raw" in first ? Prisma.sql(first, ...rest) : first, nameOf)) as Promise<pg.QueryArrayResult>;
  return {
    $queryRaw: <T>(...template: Template): Promise<T> => run(template).then(rowsOf) as Promise<T>,
    $executeRaw: (...template: Template): Promise<number> => run(template).then(({ rowCount }) => rowCount ?? 0),
  };
}

/** The client with its raw statements sent by `raw`; everything else stays Prisma's. */
export function withRaw<Client extends object>(client: Client, raw: ReturnType<typeof rawQueries>): Client {
  return new Proxy(client, {
    get: (target, key) => (key in raw ? raw[key as keyof typeof raw] : Reflect.get(target, key, target)),
  });
}
