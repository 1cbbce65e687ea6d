import { foldText } from "../customers/search-text";
import { withoutNames } from "../themes/quotes";

const hidden = "…";
const prefixLetters = new Set("והבכלמש");
const word = /[\p{L}\p{M}]+(?:['’׳״][\p{L}\p{M}]+)*/gu;
const hebrew = /\p{Script=Hebrew}/u;

/** Too short a frame is that of many words. */
const shortestFrame = 3;

const hebrewSounds: Readonly<Record<string, string>> = {
  ...{ ב: "b", ג: "g", ד: "d", ז: "s", ח: "k", ט: "t", כ: "k", ל: "l", מ: "m", נ: "n" },
  ...{ ס: "s", פ: "p", צ: "s", ק: "k", ר: "r", ש: "s", ת: "t" },
};

const latinSounds: readonly (readonly [RegExp, string])[] = [
  [/sch|sh|ts|tz|z/g, "s"],
  [/ph|f/g, "p"],
  [/th/g, "t"],
  [/c(?=[eiy])/g, "s"],
  [/ch|ck|c|q/g, "k"],
  [/x/g, "ks"],
  [/j/g, "g"],
  [/[^bgdklmnprst]/g, ""],
];

/** The consonants of a folded word as both scripts write them: `marcus` and `מרכוס` have the same. */
function frameOf(folded: string): string {
  const sounds = hebrew.test(folded)
    ? [...folded].map((letter) => hebrewSounds[letter] ?? "").join("")
    : latinSounds.reduce((text, [from, to]) => text.replace(from, to), folded);
  return sounds.replace(/(.)\1+/g, "$1");
}

/** What a word may be without the letters that Hebrew puts before a name. */
function stemsOf(folded: string): string[] {
  const stems = [folded];
  for (let cut = 1; cut <= 3 && prefixLetters.has(folded[cut - 1] ?? ""); cut++) stems.push(folded.slice(cut));
  return stems;
}

/**
 * A comment as it may stand in a digest: names, addresses, links and numbers become an ellipsis, names also where the comment
 * spells them in the other script. A name with fewer than three consonants is found in its own script alone.
 */
export function quotable(comment: string, names: ReadonlySet<string>): string {
  const frames = { hebrew: new Set<string>(), latin: new Set<string>() };
  for (const name of names) {
    const frame = frameOf(name);
    if (frame.length >= shortestFrame) frames[hebrew.test(name) ? "hebrew" : "latin"].add(frame);
  }
  return withoutNames(comment, names).replace(word, (raw) => {
    const folded = foldText(raw);
    const isHebrew = hebrew.test(folded);
    const others = isHebrew ? frames.latin : frames.hebrew;
    return (isHebrew ? stemsOf(folded) : [folded]).some((stem) => others.has(frameOf(stem))) ? hidden : raw;
  });
}
