import { describe, expect, test } from "vitest";
import { attachTarget, nameKeyOf, pairOf, personLikeness, placesAgree, scoreOf } from "@/lib/customers/duplicates";

const match = (customerId: string, names: string[], kind: "email" | "phone" | "name") => ({
  customerId,
  names,
  reasons: [kind === "name" ? { kind, likeness: 1 } : { kind, value: "x" }],
});

describe("whom an arrival attaches to", () => {
  test("the one customer with the same contact and a like name, or with the same contact when no name was given", () => {
    const maya = match("1", ["Maya Halloran"], "email");
    expect(attachTarget(["Halloran Maya"], [maya])?.customerId).toBe("1");
    expect(attachTarget([], [maya])?.customerId).toBe("1");
    expect(attachTarget(["Jonas Weber"], [maya])).toBeNull();
  });

  test("nobody when two share the contact, or only the name is alike", () => {
    expect(attachTarget(["Maya"], [match("1", ["Maya"], "phone"), match("2", ["Maya"], "phone")])).toBeNull();
    expect(attachTarget(["Maya"], [match("1", ["Maya"], "name")])).toBeNull();
  });
});

describe("names of one person", () => {
  test("husband and wife of a long family name are two", () => {
    expect(personLikeness("Maya Halloran", "Tom Halloran")).toBe(0);
    expect(personLikeness("Maya Halloran", "Halloran Maia")).toBeGreaterThan(0.92);
    expect(personLikeness("Katherine Johnson", "Katherine Jonson")).toBeGreaterThan(0.92);
  });

  test("are looked up under one key whichever way round they stand", () => {
    expect(nameKeyOf("Maya Halloran")).toBe(nameKeyOf("Halloran, Maya"));
    expect(nameKeyOf("כץ אברהם")).toBe(nameKeyOf("אברהמ כצ"));
    expect(nameKeyOf("")).toBe("");
  });
});

test("an unknown place agrees with any, two known ones only when they are the same", () => {
  expect(placesAgree({ place: null }, { place: "Lot 1" })).toBe(true);
  expect(placesAgree({ place: "lot 1" }, { place: "Lot 1" })).toBe(true);
  expect(placesAgree({ place: "Lot 2" }, { place: "Lot 1" })).toBe(false);
});

test("more reasons make a pair surer, never certain", () => {
  const phone = scoreOf([{ kind: "phone", value: "1" }]);
  const both = scoreOf([
    { kind: "phone", value: "1" },
    { kind: "name", likeness: 1 },
  ]);
  expect(phone).toBeCloseTo(0.9);
  expect(both).toBeGreaterThan(phone);
  expect(both).toBeLessThan(1);
  expect(pairOf("b", "a")).toEqual({ firstId: "a", secondId: "b" });
});
