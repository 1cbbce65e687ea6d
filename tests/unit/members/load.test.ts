import { describe, expect, test } from "vitest";
import { defaultLoadWeights, loadOf } from "@/lib/members/load";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const counts = { new: 60, offTrack: 12, withSpoke: 80, nurture: 300 };
const onlyNew = (count: number) => ({ new: count, offTrack: 0, withSpoke: 0, nurture: 0 });

describe("loadOf", () => {
  test("weighs what a consultant carries against her capacity", () => {
    const load = loadOf(counts, defaultLoadWeights, 160);
    expect(load.load).toBeCloseTo(143, 9);
    expect(load.utilisation).toBeCloseTo(0.8938, 4);
    expect(load.level).toBe("amber");
  });

  test.each([
    [84, "ok"],
    [85, "amber"],
    [99, "amber"],
    [100, "red"],
    [130, "red"],
  ])("at %i of 100 is %s", (count, level) => {
    expect(loadOf(onlyNew(count), defaultLoadWeights, 100).level).toBe(level);
  });

  test("is full without capacity", () => {
    expect(loadOf(onlyNew(0), defaultLoadWeights, 0)).toEqual({ load: 0, utilisation: 1, level: "red" });
  });

  type Kinds = { new: number; nurture: number; with_spoke: number; off_track: number };
  const named = (kinds: Kinds) => ({
    new: kinds.new,
    nurture: kinds.nurture,
    withSpoke: kinds.with_spoke,
    offTrack: kinds.off_track,
  });
  fixtureTest<{ weights: Kinds; counts: Kinds; capacity: number }, { load: number; utilisation: number }>(
    "F04_osc_load",
    (given, expected) => {
      const { load, utilisation } = loadOf(named(given.counts), named(given.weights), given.capacity);
      expect({ load: toFourDecimals(load), utilisation: toFourDecimals(utilisation) }).toEqual(expected);
    },
  );
});
