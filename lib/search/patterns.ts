import { searchTerms } from "../customers/search-text";
import { Prisma } from "../generated/prisma/client";

const shortest = 2;

/** A text that LIKE takes for itself. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}

const anywhere = (text: string) => `%${escapeLike(text)}%`;

/** What LIKE looks for: the words as they were written, and each word for itself. */
export type SearchPatterns = { phrase: string; words: string[] };

/**
 * The LIKE patterns of a search text, the longest word first because that one the index answers; null when there is too
 * little to look for. What LIKE takes for a wildcard is looked for as itself.
 */
export function searchPatterns(query: string): SearchPatterns | null {
  const terms = searchTerms(query).slice(0, 8);
  const words = terms.toSorted((a, b) => b.length - a.length);
  const [longest] = words;
  if (!longest || Array.from(longest).length < shortest) return null;
  return { phrase: anywhere(terms.join(" ")), words: words.map(anywhere) };
}

/** Up to 200 customers as rows `(id, is_start)`: those with the words as written, else those with all words in any order. */
export function findCustomersSql({ phrase, words }: SearchPatterns, start: string): Prisma.Sql {
  return Prisma.sql`app.find_customers(${phrase}, ${words}::text[], ${start}, 200)`;
}
