import { createHash } from "node:crypto";

/**
 * JSON with its keys in one order and nothing optional in its spelling: equal values are equal bytes.
 *
 * Throws TypeError for what JSON cannot say: numbers that are not finite, functions, big integers.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`No JSON for ${value}.`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each ?? null)).join(",")}]`;
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (typeof value !== "object") throw new TypeError(`No JSON for a ${typeof value}.`);
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(",")}}`;
}

/** The SHA-256 of a text, in hexadecimal. */
export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
