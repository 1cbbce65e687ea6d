/**
 * Uniform draws in [0, 1) by the mulberry32 generator: the same seed gives the same draws on every machine.
 *
 * The seed is taken modulo 2^32. Every random procedure of the product draws from here, so a run that stores its
 * seed can be repeated exactly (DOMAIN F75).
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
