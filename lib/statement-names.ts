import { createHash } from "node:crypto";

/** How many statements each connection keeps planned; every one costs PostgreSQL some tens of kilobytes. */
const mostNamed = 200;
/** A statement is named when it comes for the third time: lists of ids make texts that come once. */
const namedFrom = 3;
const mostCounted = 2_000;

/**
 * Names the statements that come again and again, so that PostgreSQL plans them once per connection: planning the joins
 * of a list costs several times what running them costs. The empty name means: plan it this once.
 */
export function makeStatementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= mostNamed) return "";
    const count = (counts.get(sql) ?? 0) + 1;
    if (count < namedFrom) {
      if (counts.size >= mostCounted) counts.clear();
      counts.set(sql, count);
      return "";
    }
    counts.delete(sql);
    const name = `w${createHash("sha256").update(sql).digest("base64url").slice(0, 24)}`;
    names.set(sql, name);
    return name;
  };
}
