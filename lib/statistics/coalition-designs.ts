import type { Design } from "@/lib/statistics/logistic";

/** The model of one coalition of predictors; its cells are its parent's with one predictor forgotten. */
type CoalitionDesign = Design & { parent: number | null; fromParent: Int32Array };

/** One design for each coalition of predictors, a bit mask; all of them hold the same trials. */
export type CoalitionDesigns = readonly CoalitionDesign[];

/**
 * The designs of every coalition of `players` predictors behind an intercept and `controls` control columns.
 *
 * Forgetting a predictor merges the cells that only it told apart, so small coalitions are small to fit.
 * `rows` hold the controls, then the predictors.
 */
export function coalitionDesigns(
  rows: readonly (readonly number[])[],
  controls: number,
  players: number,
): CoalitionDesigns {
  const all = 2 ** players - 1;
  const designs: CoalitionDesign[] = [];
  const rowsOf = new Map<number, readonly (readonly number[])[]>([[all, rows]]);
  for (let coalition = all; coalition >= 0; coalition -= 1) {
    const parent = coalition === all ? null : coalition | (~coalition & -~coalition);
    const above = rowsOf.get(parent ?? all) ?? rows;
    const { own, fromParent } =
      parent === null ? { own: above, fromParent: [] } : forget(above, parent ^ coalition, controls);
    rowsOf.set(coalition, own);
    const used = [...Array(players).keys()]
      .filter((player) => coalition & (1 << player))
      .map((player) => controls + player);
    const columns = [...Array(controls).keys(), ...used];
    designs[coalition] = {
      columns: columns.length + 1,
      values: Float64Array.from(own.flatMap((row) => [1, ...columns.map((column) => row[column] ?? 0)])),
      k: new Float64Array(own.length),
      n: new Float64Array(own.length),
      parent,
      fromParent: Int32Array.from(fromParent),
    };
  }
  return designs;
}

/** Fills every design with the trials of the full one, whose `k` and `n` are set already. */
export function fillDesigns(designs: CoalitionDesigns): void {
  for (let coalition = designs.length - 2; coalition >= 0; coalition -= 1) {
    const own = designs[coalition];
    const above = designs[own?.parent ?? -1];
    if (!own || !above) continue;
    own.k.fill(0);
    own.n.fill(0);
    for (const [index, target] of own.fromParent.entries()) {
      own.k[target] = (own.k[target] ?? 0) + (above.k[index] ?? 0);
      own.n[target] = (own.n[target] ?? 0) + (above.n[index] ?? 0);
    }
  }
}

/** The rows without the value of the forgotten player (a single bit), equal ones merged. */
function forget(rows: readonly (readonly number[])[], bit: number, controls: number) {
  const column = controls + Math.log2(bit);
  const places = new Map<string, number>();
  const own: number[][] = [];
  const fromParent = rows.map((row) => {
    const kept = row.with(column, 0);
    const key = kept.join(" ");
    const place = places.get(key) ?? own.length;
    if (place === own.length) {
      places.set(key, place);
      own.push(kept);
    }
    return place;
  });
  return { own, fromParent };
}
