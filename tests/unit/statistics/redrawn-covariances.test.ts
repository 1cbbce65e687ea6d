import { describe, expect, test } from "vitest";
import { entry } from "@/lib/statistics/matrix";
import { centreCells, covarianceOf, mergeCells } from "@/lib/statistics/moments";
import { seededRandom } from "@/lib/statistics/random";
import { redrawnCovariances } from "@/lib/statistics/redrawn-covariances";

function uniforms(count: number) {
  const random = seededRandom(17);
  const cells = Array.from({ length: count }, () => ({ values: [random()], n: 1 }));
  return centreCells(mergeCells(cells, 1), 1);
}

describe("redrawnCovariances", () => {
  test.each([1_000, 20_000])(
    "spreads the variance of %i uniform values as theory says, cell by cell or in piles",
    (n) => {
      const cells = uniforms(n);
      const drawn = redrawnCovariances(cells, { seed: 5, draws: 400 }).map((matrix) => entry(matrix, 0, 0));
      const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
      const spread = Math.sqrt(drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length);
      expect(mean / entry(covarianceOf(cells), 0, 0)).toBeCloseTo(1, 2);
      expect(spread / (Math.sqrt(0.8 / n) / 12)).toBeGreaterThan(0.85);
      expect(spread / (Math.sqrt(0.8 / n) / 12)).toBeLessThan(1.15);
      expect(redrawnCovariances(cells, { seed: 5, draws: 3 }).map((matrix) => entry(matrix, 0, 0))).toEqual(
        drawn.slice(0, 3),
      );
    },
  );

  test("knows no spread in a column that never varies", () => {
    const cells = centreCells(
      [
        { values: [0.1], n: 3 },
        { values: [0.1], n: 4 },
      ],
      1,
    );
    expect(entry(covarianceOf(cells), 0, 0)).toBe(0);
  });
});
