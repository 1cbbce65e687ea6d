/** A place on the drawing, in units of the view box (820 x 660). */
export type Point = { x: number; y: number };

export const centre: Point = { x: 410, y: 326 };
export const rim = 216;
export const hub = 88;

const ln91 = Math.log(91);
const inner = hub + 20;
const outer = rim - 16;
const beadGap = 10.5;

/** How far from the centre a contact of that age lies: near the hub is recent; from 90 days on it stays at the rim. */
export function recency(days: number): number {
  return inner + ((outer - inner) * Math.log(1 + Math.min(Math.max(days, 0), 90))) / ln91;
}

/** A point at radius `p` and angle `degrees` clockwise from twelve; `side` -1 mirrors the whole wheel for right-to-left. */
export function pointAt(p: number, degrees: number, side: 1 | -1): Point {
  const radians = (degrees * Math.PI) / 180;
  return { x: centre.x + side * p * Math.sin(radians), y: centre.y - p * Math.cos(radians) };
}

/** A point as SVG path text. */
export function text({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}

/** An arc at radius `p` from one angle clockwise to another, as a path. */
export function arc(p: number, from: number, to: number, side: 1 | -1): string {
  const sweep = to - from;
  if (sweep <= 0) return "";
  const large = sweep > 180 ? 1 : 0;
  if (sweep >= 359.9) return `${arc(p, from, from + 180, side)} ${arc(p, from + 180, from + 359.9, side)}`;
  return `M${text(pointAt(p, from, side))}A${p} ${p} 0 ${large} ${side === 1 ? 1 : 0} ${text(pointAt(p, to, side))}`;
}

/** Weight of a spoke: contacts fade by half in 14 days, one-way ones count half. Gives the line's width, 1 to 7. */
export function spokeWidth(touches: readonly { ageDays: number; twoWay: boolean }[]): number {
  const weight = touches.reduce((sum, { ageDays, twoWay }) => sum + (twoWay ? 1 : 0.5) * 2 ** (-ageDays / 14), 0);
  return 1 + 6 * (1 - Math.exp(-weight / 2));
}

/** Radii of the six newest contacts, newest nearest the hub, pushed apart so that no bead covers another or the rim. */
export function beadRadii(ages: readonly number[]): number[] {
  const newest = [...ages].sort((a, b) => a - b).slice(0, 6);
  const radii: number[] = [];
  for (const age of newest) radii.push(Math.max(recency(age), (radii.at(-1) ?? 0) + beadGap));
  return radii.map((radius, index) => Math.min(radius, rim - 12 - (radii.length - 1 - index) * beadGap));
}

/**
 * Angles of the stations of one sector. The first spoke opens and closes the circle: its opening stages take the half after
 * twelve, its closing ones the half before.
 */
export function stationAngles(spoke: number, spokes: number, opening: number, closing: number): number[] {
  const sector = 360 / spokes;
  const middle = spoke * sector;
  const all = opening + closing;
  if (spoke !== 0) return Array.from({ length: all }, (_each, j) => middle + ((j + 0.5) / all - 0.5) * sector);
  const after = Array.from({ length: opening }, (_each, j) => (((j + 0.5) / opening) * sector) / 2);
  const before = Array.from({ length: closing }, (_each, j) => 360 - sector / 2 + (((j + 0.5) / closing) * sector) / 2);
  return [...after, ...before];
}

export type Drift = { path: string; end: Point; back: string; angle: number };

/** The path off the wheel of a late touchpoint: farther the later, never onto a handle; and the dotted way back to the gate. */
export function drift(gate: number, ratio: number, spokes: number, side: 1 | -1): Drift | null {
  const late = Math.min(1, ratio - 1);
  if (late <= 0) return null;
  const sector = 360 / spokes;
  const span = 0.44 * sector * (0.35 + 0.65 * late);
  const reach = 84 * (0.4 + 0.6 * late);
  const steps = Array.from({ length: 13 }, (_each, index) => index / 12);
  const points = steps.map((u) => pointAt(rim + reach * u ** 1.7, gate + span * u, side));
  const end = points.at(-1) ?? centre;
  const bend = pointAt(rim + reach, gate + 0.15 * span, side);
  return {
    path: `M${points.map(text).join("L")}`,
    end,
    back: `M${text(end)}Q${text(bend)} ${text(pointAt(rim + 15, gate, side))}`,
    angle: gate + span,
  };
}

/** Angle on the hub where promise `j` of `m` docks, below its spoke. */
export function promiseAngle(spokeAngle: number, j: number, m: number): number {
  return spokeAngle + (j - (m - 1) / 2) * 10.5;
}

/**
 * How a label at that angle is anchored, so that it grows away from the wheel; in the middle near twelve and six.
 * In right-to-left text the start of a line is its right edge, so the mirrored wheel anchors alike.
 */
export function anchorAt(degrees: number): "start" | "middle" | "end" {
  const sine = Math.sin((degrees * Math.PI) / 180);
  if (Math.abs(sine) < 0.2) return "middle";
  return sine > 0 ? "start" : "end";
}

/** First baseline of a three-line label at that angle. */
export function labelTop(y: number, degrees: number): number {
  return y - ((1 + Math.cos((degrees * Math.PI) / 180)) / 2) * 46 + 14;
}

/** How many characters of that size fit into the gap between two spokes, halfway to the rim. */
export function gapCharacters(spokes: number, fontSize: number): number {
  const chord = 2 * ((hub + rim) / 2 + 20) * Math.sin(Math.PI / spokes);
  return Math.max(12, Math.floor(chord / (fontSize * 0.42)));
}

/** How far a line of that width at that place must move towards the middle so that it does not cross the rim. */
export function overRim(at: Point, width: number): number {
  const room = Math.sqrt(Math.max(0, (rim - 15) ** 2 - (at.y - centre.y) ** 2));
  return Math.max(0, Math.abs(at.x - centre.x) + width / 2 - room);
}
