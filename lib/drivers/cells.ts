import { media, routes } from "../journeys/vocabulary";
import { minimumTrials } from "../statistics/rate";
import type { ContactCell, JourneyCell, MomentKey } from "./schema";

/** How a moment went: 0 missed, 1 done, 2 done well; by its key. */
export type Seen = ReadonlyMap<string, number>;

/** Contacts, or journeys, with what was seen of them. */
export type SeenCell = { seen: Seen; n: number };
export type RatedCell = SeenCell & { type: string; class: ContactCell["class"] };
export type EndedCell = SeenCell & Omit<JourneyCell, "seen">;

const separator = "\u0000";

/** One text for a moment of a type of contact. */
export function keyOf({ type, momentId }: MomentKey): string {
  return `${type}${separator}${momentId}`;
}

/** The moment and type behind such a text. */
export function ofKey(key: string): MomentKey {
  const at = key.lastIndexOf(separator);
  return { type: key.slice(0, at), momentId: key.slice(at + 1) };
}

/** Contacts with what was seen of each moment, from `place:state place:state`, places counted from 1. */
export function ratedCells(cells: readonly ContactCell[], momentIds: readonly string[]): RatedCell[] {
  return cells.map(({ seen, ...cell }) => {
    const each = seen.split(" ").map((pair) => {
      const [place = 0, state = 0] = pair.split(":").map(Number);
      return [keyOf({ type: cell.type, momentId: momentIds[place - 1] ?? "" }), state] as const;
    });
    return { ...cell, seen: new Map(each) };
  });
}

/** Journeys with how each moment went last, from `[[type, place, state], ...]`. */
export function endedCells(cells: readonly JourneyCell[], momentIds: readonly string[]): EndedCell[] {
  return cells.map(({ seen, ...cell }) => {
    const each = JSON.parse(seen) as [string, number, number][];
    const states = each.map(
      ([type, place, state]) => [keyOf({ type, momentId: momentIds[place - 1] ?? "" }), state] as const,
    );
    return { ...cell, seen: new Map(states) };
  });
}

/** How often each key was seen, largest first, equal ones by key. */
export function seenOften(cells: readonly SeenCell[]): { key: string; n: number }[] {
  const counts = new Map<string, number>();
  for (const { seen, n } of cells) for (const key of seen.keys()) counts.set(key, (counts.get(key) ?? 0) + n);
  return [...counts].map(([key, n]) => ({ key, n })).sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1));
}

/** The states of `keys` where every one of them was seen, null where one was not. */
export function statesOf(seen: Seen, keys: readonly string[]): number[] | null {
  const states: number[] = [];
  for (const key of keys) {
    const state = seen.get(key);
    if (state === undefined) return null;
    states.push(state);
  }
  return states;
}

const known: readonly string[] = [...routes, ...media];

/** Routes with twenty journeys or more but for the most common, which the others are held against. */
export function routeControls(cells: readonly EndedCell[]): string[] {
  const counts = new Map<string, number>();
  for (const { route, n } of cells) counts.set(route, (counts.get(route) ?? 0) + n);
  const rank = (route: string) => (known.includes(route) ? known.indexOf(route) : known.length);
  return [...counts]
    .filter(([, n]) => n >= minimumTrials)
    .sort(([a, n], [b, m]) => m - n || rank(a) - rank(b) || (a < b ? -1 : 1))
    .slice(1)
    .map(([route]) => route);
}
