import { AppError } from "./errors";
import { isId } from "./identifiers";

/** Where a page ended: the instant it is ordered by, and the row among those of the same instant. */
export type Cursor = { at: Date; id: string };

/** A cursor as text that says nothing to its reader. */
export function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString("base64url");
}

/** Reads a cursor; throws `invalid` for a text that is none. */
export function decodeCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null;
  const [at = "", id = ""] = Buffer.from(text, "base64url").toString().split(" ");
  const instant = new Date(at);
  if (Number.isNaN(instant.getTime()) || !isId(id))
    throw new AppError("invalid", "cursor", { fields: { cursor: "unknown" } });
  return { at: instant, id };
}
