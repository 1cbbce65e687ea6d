/**
 * Splits SQL at the semicolons that end a statement: not those in quotes, dollar quotes or comments.
 * Comments stay with the statement that follows; empty statements are left out.
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let start = 0;
  let hasContent = false;
  for (let at = 0; at < sql.length; ) {
    const end = skipOpaque(sql, at);
    if (end > at) {
      hasContent ||= !isComment(sql, at);
      at = end;
      continue;
    }
    const character = sql.charAt(at);
    if (character === ";") {
      if (hasContent) statements.push(sql.slice(start, at).trim());
      start = at + 1;
      hasContent = false;
    } else if (character.trim() !== "") {
      hasContent = true;
    }
    at += 1;
  }
  if (hasContent) statements.push(sql.slice(start).trim());
  return statements;
}

const isComment = (sql: string, at: number) => sql.startsWith("--", at) || sql.startsWith("/*", at);

/** The index behind the comment, string, quoted name or dollar quote that opens at `at`; `at` itself when none does. */
function skipOpaque(sql: string, at: number): number {
  if (sql.startsWith("--", at)) return behind(sql, "\n", at);
  if (sql.startsWith("/*", at)) return behindBlockComment(sql, at);
  const character = sql.charAt(at);
  if (character === "'") return behindQuote(sql, at, "'", /(?:^|\W)[eE]$/.test(sql.slice(Math.max(0, at - 2), at)));
  if (character === '"') return behindQuote(sql, at, '"', false);
  if (character === "$" && !/[\w$]$/.test(sql.slice(Math.max(0, at - 1), at))) return behindDollarQuote(sql, at);
  return at;
}

function behind(sql: string, text: string, from: number): number {
  const found = sql.indexOf(text, from);
  return found < 0 ? sql.length : found + text.length;
}

/** Block comments nest in PostgreSQL. */
function behindBlockComment(sql: string, at: number): number {
  let depth = 0;
  for (let index = at; index < sql.length; index += 1) {
    if (sql.startsWith("/*", index)) {
      depth += 1;
      index += 1;
    } else if (sql.startsWith("*/", index)) {
      depth -= 1;
      index += 1;
      if (depth === 0) return index + 1;
    }
  }
  return sql.length;
}

/** A doubled quote closes and opens again, which comes to the same; only `E'...'` strings escape by backslash. */
function behindQuote(sql: string, at: number, quote: string, hasEscapes: boolean): number {
  for (let index = at + 1; index < sql.length; index += 1) {
    if (hasEscapes && sql.charAt(index) === "\\") index += 1;
    else if (sql.charAt(index) === quote) return index + 1;
  }
  return sql.length;
}

function behindDollarQuote(sql: string, at: number): number {
  const tag = /^\$(?:[A-Za-z_]\w*)?\$/.exec(sql.slice(at, at + 70))?.[0];
  return tag === undefined ? at : behind(sql, tag, at + tag.length);
}
