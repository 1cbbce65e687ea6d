import { logGamma } from "@/lib/statistics/gamma";

type Random = () => number;

/** Successes in `n` trials of chance `p`: one draw, exact for every n, in time that grows with the spread alone. */
export function drawBinomial(random: Random, n: number, p: number): number {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const odds = p / (1 - p);
  const start = logChoose(n, mode) + mode * Math.log(p) + (n - mode) * Math.log1p(-p);
  return walkFromMode(random(), { mode, chance: Math.exp(start), lowest: 0, highest: n }, (x) => {
    return ((n - x) / (x + 1)) * odds;
  });
}

/** Marked pieces among `taken` pieces out of `all`, of which `marked` are marked: one draw without putting back. */
export function drawHypergeometric(random: Random, taken: number, marked: number, all: number): number {
  const lowest = Math.max(0, taken + marked - all);
  const highest = Math.min(taken, marked);
  if (lowest === highest) return lowest;
  const mode = Math.min(highest, Math.max(lowest, Math.floor(((taken + 1) * (marked + 1)) / (all + 2))));
  const start = logChoose(marked, mode) + logChoose(all - marked, taken - mode) - logChoose(all, taken);
  return walkFromMode(random(), { mode, chance: Math.exp(start), lowest, highest }, (x) => {
    return ((marked - x) * (taken - x)) / ((x + 1) * (all - marked - taken + x + 1));
  });
}

/** New counts of the same sum, drawn with replacement: what a repeated sample of the same people might have shown. */
export function redraw(random: Random, counts: ArrayLike<number>, into: Float64Array): void {
  let total = 0;
  for (let i = 0; i < counts.length; i += 1) total += counts[i] ?? 0;
  let left = total;
  let weight = total;
  for (let i = 0; i < counts.length; i += 1) {
    const count = counts[i] ?? 0;
    const drawn = count === weight ? left : drawBinomial(random, left, count / weight);
    into[i] = drawn;
    left -= drawn;
    weight -= count;
  }
}

type Start = { mode: number; chance: number; lowest: number; highest: number };

/** Spends `u` on the values nearest to the mode first; `ratio(x)` is the chance of x + 1 over the chance of x. */
function walkFromMode(u: number, { mode, chance, lowest, highest }: Start, ratio: (x: number) => number): number {
  let left = u - chance;
  let up = mode;
  let down = mode;
  let upChance = chance;
  let downChance = chance;
  while (left > 0) {
    const canRise = up < highest && upChance > 0;
    const canFall = down > lowest && downChance > 0;
    if (!canRise && !canFall) return mode;
    if (canRise) {
      upChance *= ratio(up);
      up += 1;
      left -= upChance;
      if (left <= 0) return up;
    }
    if (canFall) {
      down -= 1;
      downChance /= ratio(down);
      left -= downChance;
      if (left <= 0) return down;
    }
  }
  return mode;
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}
