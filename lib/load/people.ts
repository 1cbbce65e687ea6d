import { newId } from "../identifiers";

/** A small generator of numbers in [0, 1), the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const given = [
  "Maya",
  "Tom",
  "Noor",
  "Luis",
  "Hannah",
  "Priya",
  "Sam",
  "Ada",
  "Carla",
  "Theo",
  "Ruth",
  "Cole",
  "Ivo",
  "Bo",
  "Elif",
  "Yuki",
  "Rosa",
  "Will",
  "Nina",
  "Olu",
];
const family = [
  "Halloran",
  "Siddiqui",
  "Ferreira",
  "Weiss",
  "Raman",
  "Abara",
  "Mendes",
  "Park",
  "Adeyemi",
  "Vance",
  "Brandt",
  "Jensen",
  "Kaya",
  "Tanaka",
  "Kern",
  "Falk",
  "Grant",
  "Moreau",
  "Aster",
  "Vale",
];
/** Where made-up customers stand. */
export type Place = { spokeId: string; stageIds: string[]; templateId: string; oscIds: string[] };
/** A made-up customer. */
export type Made = {
  customerId: string;
  personId: string;
  journeyId: string;
  name: string;
  stage: number;
  osc: number;
  at: Date;
};

/** So many made-up customers; the same seed gives the same people. */
export function* made(customers: number, place: Place, seed: number, now: number): Generator<Made> {
  const next = random(seed);
  const pick = (most: number) => Math.floor(next() * most);
  for (let index = 0; index < customers; index++) {
    const at = now - pick(365 * 24 * 60) * 60_000;
    const id = () =>
      `${newId(at).slice(0, 14)}7${Array.from({ length: 3 }, () => pick(16).toString(16)).join("")}-8${Array.from({ length: 3 }, () => pick(16).toString(16)).join("")}-${Array.from({ length: 12 }, () => pick(16).toString(16)).join("")}`;
    yield {
      customerId: id(),
      personId: id(),
      journeyId: id(),
      name: `${given[pick(given.length)]} ${family[pick(family.length)]} ${index}`,
      stage: pick(place.stageIds.length),
      osc: pick(place.oscIds.length),
      at: new Date(at),
    };
  }
}
