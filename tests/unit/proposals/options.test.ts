import { describe, expect, test } from "vitest";
import { acceptedHashOf } from "@/lib/proposals/choice";
import { type OfferedLine, priceChoice, priceOptions } from "@/lib/proposals/options";

const once = { termMonths: 1, freeMonths: 0 };
const untaxed = { isTaxIncluded: false, taxBp: null };
const line = (unitMinor: number, discountBp: number, isOptional: boolean, rest: Partial<OfferedLine> = {}) => ({
  ...{ quantity: 1, unitMinor, discountBp, isOptional, costMinor: Math.round(unitMinor / 2) },
  ...rest,
});

/** Numbers that look like chance and are the same on every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; state = (state * 48_271) % 2_147_483_647) yield state;
}

/** Every choice of some options, as lists of places. */
const choicesOf = (count: number) =>
  Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, place) => place).filter((place) => (bits >> place) & 1),
  );

describe("options of a proposal", () => {
  test("stand beside the price: without them, with all, and the worst of any choice", () => {
    const lines = [line(100_000, 1_000, false), line(20_000, 5_000, true), line(30_000, 0, true)];
    const priced = priceOptions(lines, once, untaxed);
    expect(priced).toMatchObject({ base: { list: 100_000, net: 90_000 }, full: { list: 150_000, net: 130_000 } });
    // 100,000 and 20,000 for 90,000 and 10,000: a sixth is given away, more than without options or with all of them.
    expect(priced?.worstDiscountBp).toBe(1_667);
    expect(priceOptions([line(1_000, 0, true)], once, untaxed)).toBeNull();
  });

  test("the worst is the worst of all 64 choices of six, over two hundred offers", () => {
    const next = numbers(7);
    const draw = (below: number) => (next.next().value as number) % below;
    for (let round = 0; round < 200; round++) {
      const term = { termMonths: 12, freeMonths: draw(4) };
      const some = (isOptional: boolean) =>
        line(1_000 + draw(90_000), draw(9_000), isOptional, {
          ...{ recurrence: draw(2) ? "monthly" : "once", costMinor: 300 + draw(60_000), quantity: 1 + draw(3) },
        });
      const lines = [some(false), ...Array.from({ length: 6 }, () => some(true))].map((each, position) => ({
        ...each,
        position,
      }));
      const priced = priceOptions(lines, term, untaxed);
      const all = choicesOf(6).map((places) =>
        priceChoice(
          lines,
          places.map((place) => place + 1),
          term,
          untaxed,
        ),
      );
      expect(priced?.worstDiscountBp).toBe(Math.max(...all.map((price) => price?.discountBp ?? 0)));
      expect(priced?.worstMarginBp).toBe(Math.min(...all.map((price) => price?.marginBp ?? 0)));
    }
  });

  test("a place that is none of an option is no choice, and every choice has its own hash", () => {
    const lines = [line(1_000, 0, false), line(500, 0, true)].map((each, position) => ({ ...each, position }));
    expect(priceChoice(lines, [0], once, untaxed)).toBeNull();
    expect(priceChoice(lines, [7], once, untaxed)).toBeNull();
    expect(priceChoice(lines, [1], once, untaxed)?.net).toBe(1_500);
    expect(acceptedHashOf("content", [1])).not.toBe(acceptedHashOf("content", []));
    expect(acceptedHashOf("content", [1])).toBe(acceptedHashOf("content", [1]));
  });
});
