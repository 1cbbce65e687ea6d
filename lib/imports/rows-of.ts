import { Prisma } from "@/lib/generated/prisma/client";

type ColumnType = "uuid" | "text" | "int" | "timestamptz" | "jsonb";

/** Rows as a table `x` of one statement, however many they are; the keys of `columns` name its columns. */
export function rowsOf<Row extends object>(
  rows: readonly Row[],
  columns: Record<keyof Row & string, ColumnType>,
): Prisma.Sql {
  const list = Object.entries<ColumnType>(columns).map(([name, type]) => `"${name}" ${type}`);
  return Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${Prisma.raw(`x(${list.join(", ")})`)}`;
}
