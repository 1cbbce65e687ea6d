import { describe, expect, test } from "vitest";
import { assignByHash, permutedBlocks } from "@/lib/statistics/assignment";
import { chanceBetter, posteriorOf, stopWith } from "@/lib/statistics/beta-bernoulli";
import { normalQuantile } from "@/lib/statistics/normal";
import { sampleSize } from "@/lib/statistics/sample-size";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

describe("how many are needed", () => {
  fixtureTest<{ p1: number; p2: number; alpha: number; power: number }, { n_raw: number; n_per_arm: number }>(
    "F65_sample_size_two_prop",
    ({ p1, p2, alpha, power }, expected) => {
      const { raw, perArm } = sampleSize(p1, p2, { alpha, power });
      expect({ n_raw: toFourDecimals(raw), n_per_arm: perArm }).toEqual(expected);
    },
  );

  test("772 per arm tell .26 from .20", () => {
    const { raw, perArm } = sampleSize(0.2, 0.26);
    expect(raw).toBeCloseTo(771.0626, 4);
    expect(perArm).toBe(772);
  });

  test("equal rates and what is no share are errors", () => {
    expect(() => sampleSize(0.2, 0.2)).toThrow(RangeError);
    expect(() => sampleSize(0, 0.2)).toThrow(RangeError);
    expect(() => sampleSize(0.1, 0.2, { power: 1 })).toThrow(RangeError);
  });

  test("the quantiles of the normal distribution are the known ones", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 10);
    expect(normalQuantile(0.8)).toBeCloseTo(0.8416212335729143, 10);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 10);
    expect(normalQuantile(0.025)).toBeCloseTo(-1.959963984540054, 10);
    expect(() => normalQuantile(1)).toThrow(RangeError);
  });
});

const hashed: [number, number, string][] = [
  [1001, 0.7165, "A"],
  [1002, 0.1584, "C"],
  [1003, 0.7792, "A"],
  [1004, 0.8071, "A"],
  [1005, 0.009, "C"],
  [1006, 0.3906, "C"],
];
const assigned = (share: number) =>
  hashed.map(([number]) => {
    const { u, isTreated } = assignByHash("exp1", `opp_${number}`, share);
    return [number, toFourDecimals(u), isTreated ? "C" : "A"];
  });

describe("who falls where", () => {
  fixtureTest<{ share_C: number }, unknown>("F65c_hash_assign", ({ share_C }, expected) => {
    expect(assigned(share_C)).toEqual(expected);
  });

  test("by SHA-256, the same for ever", () => {
    expect(assigned(0.5)).toEqual(hashed);
    expect(() => assignByHash("exp1", "", 0.5)).toThrow(RangeError);
    expect(() => assignByHash("exp1", "opp_1", 2)).toThrow(RangeError);
  });

  fixtureTest<{ seed: number; block: string; n: number }, string[]>("F65d_permuted_blocks", (given, expected) => {
    expect(permutedBlocks(given.seed, [...given.block], given.n)).toEqual(expected);
  });

  test("by blocks that stay in balance", () => {
    expect(permutedBlocks(7, [..."AACC"], 8)).toEqual(["C", "A", "C", "A", "C", "A", "A", "C"]);
    const many = permutedBlocks(3, [..."AACC"], 4000);
    expect(many.filter((arm) => arm === "C")).toHaveLength(2000);
    expect(permutedBlocks(7, ["A", "C"], 3)).toHaveLength(3);
    expect(() => permutedBlocks(7, [], 8)).toThrow(RangeError);
    expect(() => permutedBlocks(0.5, ["A"], 8)).toThrow(RangeError);
  });
});

describe("the bandit", () => {
  fixtureTest<{ A: string; B: string }, Record<string, unknown>>("F65b_prob_best", (given, expected) => {
    const countOf = (text: string) => {
      const [k = 0, n = 0] = text.split("/").map(Number);
      return { k, n };
    };
    const first = countOf(given.A);
    const second = countOf(given.B);
    const a = posteriorOf(first);
    const b = posteriorOf(second);
    expect({
      post_A: [a.a, a.b],
      post_B: [b.a, b.b],
      mean_A: toFourDecimals(a.mean),
      mean_B: toFourDecimals(b.mean),
      P_B_better: toFourDecimals(chanceBetter(first, second)),
    }).toEqual(expected);
  });

  test("27 of 60 is better than 18 of 60 with a chance of .9539, enough to stop", () => {
    expect(chanceBetter({ k: 18, n: 60 }, { k: 27, n: 60 })).toBeCloseTo(0.9539, 4);
    expect(chanceBetter({ k: 27, n: 60 }, { k: 18, n: 60 })).toBeCloseTo(1 - 0.9539, 4);
    expect(stopWith({ k: 18, n: 60 }, { k: 27, n: 60 })).toBe("second");
    expect(stopWith({ k: 27, n: 60 }, { k: 18, n: 60 })).toBe("first");
  });

  test("never stops before fifty finished in each arm, nor while it is not sure", () => {
    expect(stopWith({ k: 2, n: 49 }, { k: 40, n: 60 })).toBeNull();
    expect(stopWith({ k: 20, n: 60 }, { k: 21, n: 60 })).toBeNull();
    expect(chanceBetter({ k: 0, n: 0 }, { k: 0, n: 0 })).toBeCloseTo(0.5, 9);
    expect(() => posteriorOf({ k: 3, n: 2 })).toThrow(RangeError);
  });
});
