import { describe, expect, test } from "vitest";
import { findThemes } from "@/lib/themes/matching";

const codebook = [
  { themeId: "price", words: ["price*", "fee", "מחיר*", "הצעת מחיר"] },
  { themeId: "repeat", words: ["asked twice", "לחזור על", "פעמיים"] },
  { themeId: "reach", words: ["no answer", "לא ענ*", "טלפון"] },
];
const of = (comment: string) => findThemes(comment, codebook).map(({ themeId }) => themeId);

describe("themes found by rule in English", () => {
  test("a word is found in any case, with its endings only where the rule is open", () => {
    expect(of("The PRICES were unclear")).toEqual(["price"]);
    expect(of("They feed us news")).toEqual([]);
    expect(of("A fee, again.")).toEqual(["price"]);
  });
  test("several words only stand together", () => {
    expect(of("I was asked twice for my address")).toEqual(["repeat"]);
    expect(of("I asked them twice")).toEqual([]);
  });
  test("accents and apostrophes make no difference, and the matching rule is said", () => {
    expect(findThemes("What a prîce’s tag", codebook)).toEqual([{ themeId: "price", matched: "price*" }]);
  });
  test("several themes come in the codebook's order", () => {
    expect(of("no answer about the price")).toEqual(["price", "reach"]);
  });
  test("nothing said finds nothing", () => expect(of("  … ")).toEqual([]));
});

describe("themes found by rule in Hebrew", () => {
  test("niqqud and final letters are read as plain ones", () => {
    expect(of("הַמְּחִיר לא ברור")).toEqual(["price"]);
    expect(of("שאלו אותי פעמיים")).toEqual(["repeat"]);
    expect(of("שאלו אותי פעמיימ")).toEqual(["repeat"]);
  });
  test("a word is found behind its prefixes", () => {
    for (const word of ["המחיר", "במחיר", "שהמחיר", "ושהמחיר", "לטלפון", "ומהטלפון"]) expect(of(word)).toHaveLength(1);
  });
  test("letters that are no prefix do not count as one", () => expect(of("קמחיר")).toEqual([]));
  test("several words stand together, the first behind a prefix", () => {
    expect(of("נאלצתי לחזור על הכול")).toEqual(["repeat"]);
    expect(of("שלא ענו לי")).toEqual(["reach"]);
  });
});

test("the same comment gives the same themes again", () => {
  const comment = "No answer, then another price, פעמיים!";
  expect(of(comment)).toEqual(of(comment));
  expect(of(comment)).toEqual(["price", "repeat", "reach"]);
});
