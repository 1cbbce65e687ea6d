import { foldText } from "../customers/search-text";

/** One theme with the words that point to it, English and Hebrew together; `*` at the end stands for any ending. */
export type ThemeWords = { themeId: string; words: readonly string[] };

export type FoundTheme = { themeId: string; matched: string };

/** The letters that Hebrew sets before a word: and, the, in, as, to, from, that. */
const prefixLetters = new Set("והבכלמש");
const mostPrefixes = 3;
const hebrew = /^[\u05d0-\u05ea]/;

type Part = { text: string; isOpen: boolean };

/** A rule as its words, each with whether it may go on; null when nothing of it is a word. */
function partsOf(rule: string): Part[] | null {
  const parts = rule
    .split(/\s+/)
    .map((word) => ({ text: foldText(word.replaceAll("*", " ")).replaceAll(" ", ""), isOpen: word.endsWith("*") }))
    .filter(({ text }) => text !== "");
  return parts.length > 0 ? parts : null;
}

const isSame = (word: string, { text, isOpen }: Part) => (isOpen ? word.startsWith(text) : word === text);

/** Whether a word of a comment is the rule's word; a Hebrew one also behind up to three prefix letters. */
function fits(word: string, part: Part): boolean {
  if (isSame(word, part)) return true;
  if (!hebrew.test(part.text)) return false;
  for (let cut = 1; cut <= mostPrefixes && prefixLetters.has(word[cut - 1] ?? ""); cut++)
    if (isSame(word.slice(cut), part)) return true;
  return false;
}

const contains = (words: readonly string[], parts: readonly Part[]): boolean =>
  words.some((_, start) => parts.every((part, place) => fits(words[start + place] ?? "", part)));

/**
 * The themes that a comment speaks of by the words of the codebook, each with the rule that found it, in the codebook's order.
 *
 * Read without case, accents, niqqud, geresh and final letters; a Hebrew word is found behind its prefixes, several words only
 * next to each other. The same comment and codebook always give the same themes (DOMAIN F40, 8).
 */
export function findThemes(comment: string, codebook: readonly ThemeWords[]): FoundTheme[] {
  const words = foldText(comment)
    .replaceAll(/[@._+]/g, " ")
    .split(" ")
    .filter((word) => word !== "");
  return codebook.flatMap(({ themeId, words: rules }) => {
    const matched = rules.find((rule) => {
      const parts = partsOf(rule);
      return parts !== null && contains(words, parts);
    });
    return matched === undefined ? [] : [{ themeId, matched }];
  });
}
