import type { CustomerRow } from "@/lib/customers/list-schema";

/** Fields that are changed where they stand in the list, in the order of Tab. */
export const cellFields = ["name", "place", "origin", "segment"] as const;
export type CellField = (typeof cellFields)[number];

/** How long each may be; the same as the customer's form. */
export const cellLengths: Record<CellField, number> = { name: 200, place: 200, origin: 100, segment: 100 };

/** One cell: a customer's field, as the page marks it. */
export type CellKey = `${string} ${CellField}`;

/** The key of a cell. */
export function cellKey(id: string, field: CellField): CellKey {
  return `${id} ${field}`;
}

/** The field of a cell by its key. */
export function fieldOf(key: string): CellField {
  return cellFields.find((field) => key.endsWith(` ${field}`)) ?? "name";
}

/** Why a cell could not be kept: words under it, or what somebody else wrote meanwhile. */
export type CellProblem = { typed: string } & (
  | { kind: "refused"; message: string }
  | { kind: "conflict"; theirs: string | null }
);

/** What a cell writes: the text without its edges, and nothing at all for an emptied one that may be empty. */
export function writtenIn(field: CellField, typed: string): string | null {
  const text = typed.trim();
  return text === "" && field !== "name" ? null : text;
}

/** Whether what was typed says anything new. */
export function isNews(row: CustomerRow, field: CellField, typed: string): boolean {
  return writtenIn(field, typed) !== row[field];
}

/** What the server answered with a conflict: the version that stands, and what stands in the field. */
export function standingOf(current: unknown, field: CellField): { version: number; value: string | null } | null {
  if (typeof current !== "object" || current === null) return null;
  const { version, [field]: value } = current as Record<string, unknown>;
  if (typeof version !== "number" || (typeof value !== "string" && value !== null)) return null;
  return { version, value };
}
