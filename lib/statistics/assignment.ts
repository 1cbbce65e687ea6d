import { createHash } from "node:crypto";
import { seededRandom } from "@/lib/statistics/random";

/**
 * Where a unit of an experiment falls, the same on every machine and for ever (DOMAIN F65c): the first 32 bits of the SHA-256 of
 * `experiment:unit` as a share of 2^32, and whether that lies below `share` (0..1), which means treated.
 *
 * Throws RangeError for an empty name, a colon in the experiment's, or a share outside 0..1.
 */
export function assignByHash(experiment: string, unit: string, share: number): { u: number; isTreated: boolean } {
  if (experiment === "" || unit === "" || experiment.includes(":"))
    throw new RangeError("Not an experiment and a unit.");
  if (!(share >= 0 && share <= 1)) throw new RangeError(`Not a share: ${share}.`);
  const u = createHash("sha256").update(`${experiment}:${unit}`).digest().readUInt32BE(0) / 4_294_967_296;
  return { u, isTreated: u < share };
}

/**
 * The first `count` assignments in blocks that each hold the arms of `block` in a shuffled order (DOMAIN F65d); after every
 * whole block the arms are in balance. The same whole-number seed gives the same order.
 *
 * Throws RangeError for an empty block, a seed that is no whole number, or a count outside 0..1 000 000.
 */
export function permutedBlocks<Arm>(seed: number, block: readonly Arm[], count: number): Arm[] {
  if (block.length === 0) throw new RangeError("A block without arms.");
  if (!Number.isInteger(seed)) throw new RangeError(`Not a seed: ${seed}.`);
  if (!(Number.isInteger(count) && count >= 0 && count <= 1_000_000)) throw new RangeError(`Not a count: ${count}.`);
  const random = seededRandom(seed);
  const assigned: Arm[] = [];
  while (assigned.length < count) assigned.push(...shuffled(block, random));
  return assigned.slice(0, count);
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const order = items.map((item) => item);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [moved] = order.splice(other, 1, order[last] as Item);
    order[last] = moved as Item;
  }
  return order;
}
