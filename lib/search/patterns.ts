import { searchTerms } from "../customers/search-text";

const shortest = 2;

/** A text that LIKE takes for itself. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}

/**
 * The LIKE patterns that must all match the search text, longest first because that one the index answers; null when
 * there is too little to look for. What LIKE takes for a wildcard is looked for as itself.
 */
export function searchPatterns(query: string): string[] | null {
  const terms = searchTerms(query)
    .slice(0, 8)
    .sort((a, b) => b.length - a.length);
  const [longest] = terms;
  if (!longest || Array.from(longest).length < shortest) return null;
  return terms.map((term) => `%${escapeLike(term)}%`);
}
