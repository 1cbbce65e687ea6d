import { foldText } from "@/lib/customers/search-text";

/**
 * How alike two names are, 0..1, whichever way round their words stand: Jaro-Winkler over the folded, sorted words.
 *
 * Symmetric; 1 for the same words, 0 when either name is empty.
 */
export function nameLikeness(a: string, b: string): number {
  const [first, second] = [sortedWords(a), sortedWords(b)].sort(byLength);
  if (!first || !second) return 0;
  return first === second ? 1 : jaroWinkler(Array.from(first), Array.from(second));
}

function sortedWords(name: string): string {
  return foldText(name).split(" ").sort().join(" ");
}

/** The pairing of equal letters depends on which name is read first, so the shorter always is. */
function byLength(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

function jaroWinkler(first: readonly string[], second: readonly string[]): number {
  const jaro = jaroOf(first, second);
  let prefix = 0;
  while (prefix < 4 && prefix < first.length && first[prefix] === second[prefix]) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function jaroOf(first: readonly string[], second: readonly string[]): number {
  const reach = Math.max(0, Math.floor(Math.max(first.length, second.length) / 2) - 1);
  const taken = new Set<number>();
  const paired: string[] = [];
  first.forEach((letter, index) => {
    const stop = Math.min(second.length - 1, index + reach);
    for (let other = Math.max(0, index - reach); other <= stop; other += 1) {
      if (taken.has(other) || second[other] !== letter) continue;
      taken.add(other);
      paired.push(letter);
      return;
    }
  });
  if (paired.length === 0) return 0;
  const partners = second.filter((_, index) => taken.has(index));
  const transposed = paired.filter((letter, index) => letter !== partners[index]).length / 2;
  const matches = paired.length;
  return (matches / first.length + matches / second.length + (matches - transposed) / matches) / 3;
}
