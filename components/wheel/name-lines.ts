/** Shortens words to at most `most` characters, the last one an ellipsis. */
export function cut(words: string, most: number): string {
  return words.length > most ? `${words.slice(0, most - 1).trimEnd()}…` : words;
}

/** A name on one line, or on two as even as its words allow; at most 17 characters each. */
export function nameLines(name: string): string[] {
  const words = name.trim().split(/\s+/);
  if (name.length <= 13 || words.length === 1) return [cut(name, 17)];
  const breaks = words.slice(1).map((_word, index) => {
    const lines = [words.slice(0, index + 1).join(" "), words.slice(index + 1).join(" ")];
    return { lines, longest: Math.max(...lines.map(({ length }) => length)) };
  });
  const best = breaks.reduce((one, other) => (other.longest < one.longest ? other : one));
  return best.lines.map((line) => cut(line, 17));
}
