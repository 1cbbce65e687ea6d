/** Why a text is not accepted as JSON. */
export type JsonRefusal = "syntax" | "duplicate_key" | "too_deep" | "text";

export type ParsedJson = { ok: true; value: unknown } | { ok: false; reason: JsonRefusal };

const mostDepth = 32;

/** Where the string that opens at `start` closes. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function isFollowedByColon(text: string, end: number): boolean {
  const colon = /\s*:/y;
  colon.lastIndex = end + 1;
  return colon.test(text);
}

/** Whether valid JSON names a key of an object twice, or nests too deep. */
function findAmbiguity(text: string): JsonRefusal | null {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{" || character === "[") {
      open.push(character === "{" ? new Set() : null);
      if (open.length > mostDepth) return "too_deep";
    } else if (character === "}" || character === "]") {
      open.pop();
    } else if (character === '"') {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (names && isFollowedByColon(text, end)) {
        const name = String(JSON.parse(text.slice(at, end + 1)));
        if (names.has(name)) return "duplicate_key";
        names.add(name);
      }
      at = end;
    }
  }
  return null;
}

/** Whether every text in the value can be stored: no NUL, no half of a surrogate pair. At most 32 levels deep. */
export function isStorable(value: unknown): boolean {
  if (typeof value === "string") return !value.includes("\0") && !/\p{Surrogate}/u.test(value);
  if (Array.isArray(value)) return value.every(isStorable);
  if (typeof value === "object" && value !== null)
    return Object.entries(value).every(([name, each]) => isStorable(name) && isStorable(each));
  return true;
}

/**
 * Parses JSON that means one thing only: duplicate keys, more than 32 levels, NUL and lone surrogates are refused,
 * because readers disagree about them or the database cannot keep them.
 */
export function parseStrictJson(text: string): ParsedJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: "syntax" };
  }
  const ambiguity = findAmbiguity(text);
  if (ambiguity) return { ok: false, reason: ambiguity };
  return isStorable(value) ? { ok: true, value } : { ok: false, reason: "text" };
}
