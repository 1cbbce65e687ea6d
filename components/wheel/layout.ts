import { stationAngles } from "./geometry";
import type { WheelView } from "./wheel-view";

export type Station = { id: string; name: string; state: "done" | "current" | "ahead"; angle: number };

/** Where everything of a wheel stands: angles in degrees clockwise from twelve. */
export type WheelLayout = {
  /** Degrees between two spokes. */
  sector: number;
  /** Place of the spoke that has the baton; -1 when the hub holds it. */
  baton: number;
  isLate: boolean;
  /** Where the customer stands on the rim. */
  here: number;
  /** Where the next touchpoint stands; null when nothing is expected. */
  gate: number | null;
  stations: Station[];
  /** Gaps that carry the words about now and next, and the one that carries the names of the rings. */
  nowGap: number;
  nextGap: number;
  ringGap: number;
};

const turn = (degrees: number) => ((degrees % 360) + 360) % 360;

/** Every station of the rim in journey order. */
function allStations(view: WheelView): (Station & { spoke: number; isClosing: boolean })[] {
  return view.spokes.flatMap((spoke, index) => {
    const opening = spoke.stations.filter(({ isClosing }) => !isClosing);
    const closing = spoke.stations.filter(({ isClosing }) => isClosing);
    const angles = stationAngles(index, view.spokes.length, opening.length, closing.length);
    return [...opening, ...closing].map(({ id, name, state, isClosing }, place) => ({
      id,
      name,
      state,
      isClosing,
      spoke: index,
      angle: angles[place] ?? 0,
    }));
  });
}

/** The current and the next point of a sector: on both sides of its handle, or within half a sector at the seam of the circle. */
function pointsOf(baton: number, sector: number, isClosing: boolean): [number, number] {
  if (baton > 0) return [(baton - 0.25) * sector, (baton + 0.25) * sector];
  return isClosing ? [360 - 0.38 * sector, 360 - 0.12 * sector] : [0.12 * sector, 0.38 * sector];
}

/** A gate beside a handle steps aside, so that it is never hidden. */
function clearOfHandles(angle: number, sector: number): number {
  const beside = ((angle + sector / 2) % sector) - sector / 2;
  return Math.abs(beside) < 6 ? angle - beside + 8 : angle;
}

/** Puts the customer, the next touchpoint, the stations and the words on the circle. */
export function layoutOf(view: WheelView): WheelLayout {
  const count = view.spokes.length;
  const sector = 360 / count;
  const baton = view.spokes.findIndex(({ id }) => id === view.batonSpokeId);
  const all = allStations(view);
  const standing = all.find(({ state }) => state === "current");
  const isClosing = standing?.isClosing === true && standing.spoke === 0;
  const [ownHere, ownGate] =
    baton >= 0 ? pointsOf(baton, sector, isClosing) : pointsOfHub(standing?.angle ?? 0.15 * sector, sector);
  const owner = view.spokes.findIndex(({ id }) => id === view.next?.spokeId);
  const ownersGate = owner < 0 ? ownGate : turn((owner - 0.25) * sector);
  const isAhead = owner !== baton && ownersGate > ownHere + 8 && ownersGate - ownHere <= 180;
  const gate = isAhead ? ownersGate : ownGate;
  const nowGap = baton > 0 ? (baton - 0.5) * sector : baton === 0 ? 360 - sector / 2 : gapAt(ownHere, sector);
  const nextGap = baton >= 0 ? (baton + 0.5) * sector : nowGap + (view.current ? sector : 0);
  return {
    sector,
    baton,
    isLate: (view.next?.ratio ?? 0) > 1,
    here: ownHere,
    gate: view.next ? gate : null,
    stations: all.filter((station) => isShown(station, { baton, isClosing, here: ownHere, gate })),
    nowGap: turn(nowGap),
    nextGap: turn(nextGap),
    ringGap: freeGap(sector, count, [turn(nowGap), turn(nextGap)]),
  };
}

function pointsOfHub(angle: number, sector: number): [number, number] {
  return [angle, Math.min(356, clearOfHandles(angle + 0.4 * sector, sector))];
}

function gapAt(angle: number, sector: number): number {
  return (Math.floor(angle / sector) + 0.5) * sector;
}

type Shown = { baton: number; isClosing: boolean; here: number; gate: number };

/** The baton's sector shows where they are and what comes next instead of its stations. */
function isShown(station: ReturnType<typeof allStations>[number], { baton, isClosing, here, gate }: Shown): boolean {
  if (station.angle > here - 5 && station.angle < gate + 5) return false;
  if (station.spoke !== baton) return true;
  return baton === 0 && station.isClosing !== isClosing;
}

function freeGap(sector: number, count: number, taken: readonly number[]): number {
  const gaps = Array.from({ length: count }, (_each, index) => (index + 0.5) * sector);
  return gaps.find((gap) => taken.every((each) => Math.abs(each - gap) > 1)) ?? sector / 2;
}
