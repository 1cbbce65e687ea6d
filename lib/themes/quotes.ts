import { foldText } from "../customers/search-text";

const hidden = "…";

/** Words of names that are nobody's: they stand in "the Finch family" and in every other sentence. */
const plainWords = new Set(
  ["the", "and", "of", "family", "mr", "mrs", "ms", "dr", "van", "von", "de", "la"].map(foldText),
);
const hebrewPlain = new Set(["משפחת", "משפחה", "מר", "גב", "גברת", "דר"].map(foldText));
const prefixLetters = new Set("והבכלמש");

const bare = /\S+/gu;
const link = /\b(?:https?:\/\/|www\.)\S{1,2000}/giu;
const number = /\+?\p{Nd}(?:[\p{Nd}\s().\-/]{4,30}\p{Nd})/gu;
const word = /[\p{L}\p{M}\p{N}]+(?:['’׳״"-][\p{L}\p{M}\p{N}]+)*['’׳]?/gu;

/** The words by which people are called, folded; what is no name of anybody is left out. */
export function nameWords(names: readonly (string | null | undefined)[]): ReadonlySet<string> {
  const words = names.flatMap((name) => foldText(name ?? "").split(/[\s@._+]+/));
  return new Set(words.filter((each) => each.length >= 2 && !plainWords.has(each) && !hebrewPlain.has(each)));
}

/** An address of mail becomes an ellipsis; what ends the sentence behind it stays. */
function withoutAddress(piece: string): string {
  const at = piece.indexOf("@");
  if (at < 1 || piece.indexOf(".", at) < 0) return piece;
  const last = piece.at(-1) ?? "";
  return ".,;:!?)".includes(last) ? `${hidden}${last}` : hidden;
}

function isName(raw: string, names: ReadonlySet<string>): boolean {
  return raw.split(/[-]/).some((part) => {
    const folded = foldText(part);
    if (names.has(folded)) return true;
    if (folded.endsWith("s") && names.has(folded.slice(0, -1))) return true;
    for (let cut = 1; cut <= 3 && prefixLetters.has(folded[cut - 1] ?? ""); cut++)
      if (names.has(folded.slice(cut))) return true;
    return false;
  });
}

/**
 * A comment as it may be quoted to people who do not know the customer: names, addresses, links and numbers to call become an
 * ellipsis (DOMAIN F40). Names are found in any case, possessive, and behind Hebrew prefixes.
 */
export function withoutNames(comment: string, names: ReadonlySet<string>): string {
  return comment
    .replace(bare, withoutAddress)
    .replace(link, hidden)
    .replace(number, hidden)
    .replace(word, (raw) => (isName(raw, names) ? hidden : raw))
    .replace(/…(?:\s{0,3}(?:(?:[&,]|and|ו)\s{0,3})?…)+/gu, hidden)
    .trim();
}
