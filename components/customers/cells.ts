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
export type CellProblem = { typed: string; base: string | null } & (
  | { kind: "refused"; message: string }
  | { kind: "conflict"; theirs: string | null }
);

/** What a cell writes: the text without its edges, and nothing at all for an emptied one that may be empty. */
export function writtenIn(field: CellField, typed: string): string | null {
  const text = typed.trim();
  return text === "" && field !== "name" ? null : text;
}

/** What stands with a customer, and at which version. */
export type Standing = Record<CellField, string | null> & { version: number; name: string };

/** What stands by a customer as the server shows her; null when this is none. */
export function standingOf(view: unknown): Standing | null {
  if (typeof view !== "object" || view === null) return null;
  const { version, name, place = null, origin = null, segment = null } = view as Partial<Standing>;
  if (typeof version !== "number" || typeof name !== "string") return null;
  return { version, name, place, origin, segment };
}
