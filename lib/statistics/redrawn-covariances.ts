import { redraw } from "@/lib/statistics/draws";
import type { Draws } from "@/lib/statistics/driver-run";
import type { Matrix } from "@/lib/statistics/matrix";
import { addCell, type CentredCells, covarianceOf, toCovariance, widthOf } from "@/lib/statistics/moments";
import { seededRandom } from "@/lib/statistics/random";

/** Beyond this many different cells the observations are dealt into piles first. */
const manyCells = 5_000;
const piles = 1_000;

/**
 * The covariance matrices of `draws` samples redrawn from the cells with replacement, by mulberry32 from `seed`.
 *
 * Among many different cells whole piles are redrawn instead, a thousand of them, into which the observations were dealt
 * at random: what such a sample says varies as much, and its cost no longer grows with the data.
 */
export function redrawnCovariances(cells: CentredCells, { seed, draws }: Draws): Matrix[] {
  const random = seededRandom(seed);
  if (cells.counts.length <= manyCells) {
    const counts = new Float64Array(cells.counts.length);
    return Array.from({ length: draws }, () => {
      redraw(random, cells.counts, counts);
      return covarianceOf(cells, counts);
    });
  }
  const width = widthOf(cells.columns);
  const dealt = deal(cells, random, width);
  const once = new Float64Array(piles).fill(1);
  const times = new Float64Array(piles);
  return Array.from({ length: draws }, () => {
    redraw(random, once, times);
    const sums = new Float64Array(width);
    for (let pile = 0; pile < piles; pile += 1) {
      const factor = times[pile] ?? 0;
      if (factor === 0) continue;
      for (let i = 0; i < width; i += 1) sums[i] = (sums[i] ?? 0) + factor * (dealt[pile * width + i] ?? 0);
    }
    return toCovariance(sums, cells.columns);
  });
}

function deal(cells: CentredCells, random: () => number, width: number): Float64Array {
  const dealt = new Float64Array(piles * width);
  for (const [cell, n] of cells.counts.entries()) {
    for (let left = n; left > 0; left -= 1) {
      addCell(cells, cell, Math.min(1, left), dealt, Math.floor(random() * piles) * width);
    }
  }
  return dealt;
}
