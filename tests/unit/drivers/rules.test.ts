import { describe, expect, test } from "vitest";
import { driversOf, rankedOfType } from "@/lib/drivers/rules";
import type { ContactCell, JourneyCell } from "@/lib/drivers/schema";

const momentIds = ["a", "b", "c"].map((letter) => `00000000-0000-7000-8000-00000000000${letter}`);
const settings = { target: 0.8, draws: 200, seed: 38 };
const of = (contacts: ContactCell[], journeys: JourneyCell[] = []) =>
  driversOf({ momentIds, contacts, journeys }, settings);
const cell = (seen: string, rating: ContactCell["class"], n: number): ContactCell => ({
  ...{ type: "repair", class: rating, seen, n },
});

const plain = [
  cell("1:1 2:1", "positive", 60),
  cell("1:0 2:1", "negative", 20),
  cell("1:1 2:0", "positive", 10),
  cell("1:0 2:0", "negative", 10),
  cell("1:0 2:1", "positive", 5),
  cell("1:1 2:0", "neutral", 5),
];

describe("what moments weigh", () => {
  test("is the same to the byte in whatever order the cells come", () => {
    expect(JSON.stringify(of([...plain].reverse()))).toBe(JSON.stringify(of(plain)));
  });

  test("follows the moment that goes with the rating, and ranks it first", () => {
    const [type] = of(plain).types;
    const shares = type?.voice.found.status === "estimated" ? type.voice.found.drivers.map(({ share }) => share) : [];
    expect(shares[0]).toBeGreaterThan(0.8);
    expect(shares.reduce<number>((sum, share) => sum + (share ?? 0), 0)).toBeCloseTo(1, 12);
    expect(type && rankedOfType(type, 0.8).map(({ momentId }) => momentId)).toEqual(momentIds.slice(0, 2));
  });

  test("cannot be estimated below twenty rated contacts, and then nothing is ranked", () => {
    const result = of([cell("1:1", "positive", 12), cell("1:0", "negative", 7)]);
    expect(result.types[0]?.voice).toMatchObject({
      found: { status: "cannot_estimate", reason: "too_few" },
      leftOut: [{ momentId: momentIds[0], reason: "too_few" }],
    });
    expect(result.ranked).toEqual([]);
  });

  test("leaves out a moment seldom seen with the others, and says so", () => {
    const [type] = of([...plain, cell("3:1", "positive", 25)]).types;
    expect(type?.voice.found.status).toBe("estimated");
    expect(type?.voice.leftOut).toEqual([{ type: "repair", momentId: momentIds[2], reason: "seldom_together" }]);
    expect(type?.moments.map(({ volume }) => volume)).toEqual([110, 110, 25]);
  });

  test("names a moment that always went the same way, and one that repeats another", () => {
    const [constant] = of([cell("1:1 2:1", "positive", 40), cell("1:0 2:1", "negative", 20)]).types;
    expect(constant?.voice.leftOut).toEqual([{ type: "repair", momentId: momentIds[1], reason: "constant" }]);
    const [repeated] = of([cell("1:1 2:1", "positive", 40), cell("1:0 2:0", "negative", 20)]).types;
    expect(repeated?.voice.leftOut).toEqual([{ type: "repair", momentId: momentIds[1], reason: "repeated" }]);
  });

  test("is nothing for a moment that goes with worse ratings", () => {
    const [type] = of([cell("1:0", "positive", 40), cell("1:1", "negative", 30)]).types;
    expect(type && rankedOfType(type, 0.8)).toMatchObject([]);
    const [two] = of([
      cell("1:0 2:1", "positive", 40),
      cell("1:1 2:0", "negative", 30),
      cell("1:1 2:1", "neutral", 9),
    ]).types;
    expect(two && rankedOfType(two, 0.8).find(({ momentId }) => momentId === momentIds[0])?.priority).toBe(0);
  });

  test("takes value and route into account before it splits won and lost", () => {
    const journey = (seen: number, isWon: boolean, route: string, n: number): JourneyCell => ({
      ...{ isWon, isLarge: route === "inside", route, n, seen: JSON.stringify([["repair", 1, seen]]) },
    });
    const { outcome } = of(
      [],
      [
        journey(1, true, "inside", 45),
        journey(1, false, "inside", 20),
        journey(0, true, "inside", 20),
        journey(0, false, "inside", 35),
        journey(1, true, "territory", 25),
        journey(1, false, "territory", 20),
        journey(0, true, "territory", 12),
        journey(0, false, "territory", 30),
      ],
    );
    expect(outcome.found).toMatchObject({ status: "estimated", n: 207, k: 102 });
    if (outcome.found.status !== "estimated") return;
    expect(outcome.found.rSquaredOfControls).toBeGreaterThan(0);
    expect(outcome.found.drivers.map(({ share }) => share)).toEqual([1]);
  });
});
