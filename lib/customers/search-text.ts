import { tidyText } from "@/lib/customers/normalize";

/** Letters that carry no mark that could be taken off, or have another form at the end of a word. */
const folded: Readonly<Record<string, string>> = {
  ך: "כ",
  ם: "מ",
  ן: "נ",
  ף: "פ",
  ץ: "צ",
  ς: "σ",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  ł: "l",
  þ: "th",
  ı: "i",
};
const foldable = new RegExp(`[${Object.keys(folded).join("")}]`, "g");

/** Geresh and gershayim, and what keyboards offer in their place. */
const apostrophes = /[\u05f3\u05f4\u02bc'"`´‘’‚‛“”„‟′″]/g;

/**
 * A text as search sees it: lower case, without accents, niqqud, geresh and gershayim, Hebrew final letters as the
 * plain ones, words apart by one space (DOMAIN 8).
 *
 * Digits stay, and `@ . _ +` inside a word too, so that addresses remain whole. Folding twice changes nothing.
 */
export function foldText(text: string): string {
  return tidyText(text)
    .replace(apostrophes, "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(apostrophes, "")
    .replace(foldable, (letter) => folded[letter] ?? letter)
    .replace(/[^\p{L}\p{N}@._+]+/gu, " ")
    .replace(/(?<![\p{L}\p{N}])[@._+]+|[@._+]+(?![\p{L}\p{N}])/gu, " ")
    .replace(/ +/g, " ")
    .trim();
}

const phoneLike = /^\+?[\d\s().\-/]+$/;

/** The digits of a text that is written like a phone number, or of a part of one; null for any other text. */
function phoneDigits(text: string): string | null {
  const tidy = tidyText(text);
  if (!phoneLike.test(tidy)) return null;
  const digits = tidy.replace(/\D/g, "");
  return digits === "" ? null : digits;
}

/**
 * The text that a customer is found by, made of names, addresses, handles and phones (give both E.164 and national).
 *
 * Every term of `searchTerms` on a part is contained in it.
 */
export function searchText(parts: readonly (string | null | undefined)[]): string {
  const words = new Set<string>();
  for (const part of parts) {
    const word = part ? (phoneDigits(part) ?? foldText(part)) : "";
    if (word !== "") words.add(word);
  }
  return [...words].join(" ");
}

/** What must all be contained in a search text for it to be found: one run of digits for a phone, else the words. */
export function searchTerms(query: string): string[] {
  const digits = phoneDigits(query);
  if (digits) return [digits];
  return foldText(query)
    .split(" ")
    .filter((term) => term !== "");
}
