import { Prisma } from "./generated/prisma/client";

// JSON that PostgreSQL writes for many rows. `json_build_object` looks up the types of all its arguments for each row anew,
// which was more than half of what reading a timeline cost; these strings are put together without.

/** A closed word, an id or an instant as JSON: what holds nothing that needs escaping. */
export const jsonWord = (value: Prisma.Sql): Prisma.Sql => Prisma.sql`coalesce('"' || ${value} || '"', 'null')`;

/** Any other value as JSON. */
export const jsonValue = (value: Prisma.Sql): Prisma.Sql => Prisma.sql`coalesce(to_json(${value})::text, 'null')`;

/** A number or a truth value as JSON. */
export const jsonPlain = (value: Prisma.Sql): Prisma.Sql => Prisma.sql`coalesce((${value})::text, 'null')`;

/** An object as text: its keys are ours, each value is JSON already. */
export function jsonObject(fields: Record<string, Prisma.Sql>): Prisma.Sql {
  const parts = Object.entries(fields).map(
    ([key, value], index) =>
      Prisma.sql`${Prisma.raw(`'${index === 0 ? "{" : ","}${JSON.stringify(key)}:'`)} || ${value}`,
  );
  return Prisma.sql`(${Prisma.join(parts, " || ")} || '}')`;
}
