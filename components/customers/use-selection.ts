"use client";

import { useState } from "react";
import { choose, everybody, isChosen, nobody, type Selection } from "./selection";

export type SelectionControl = {
  selection: Selection;
  has: (id: string) => boolean;
  /** Chooses one row or not; with `isRange` all rows from the one chosen last up to it. */
  toggle: (index: number, isRange: boolean) => void;
  toggleAll: (isOn: boolean) => void;
  selectEverybody: () => void;
  clear: () => void;
};

/** Who is chosen in a list of these ids; another filter begins with nobody. */
export function useSelection(query: string, ids: readonly string[]): SelectionControl {
  const [state, setState] = useState<{ query: string; selection: Selection; anchor: string | null }>({
    query,
    selection: nobody,
    anchor: null,
  });
  const { selection, anchor } = state.query === query ? state : { selection: nobody, anchor: null };
  const set = (next: Selection, nextAnchor: string | null = anchor) =>
    setState({ query, selection: next, anchor: nextAnchor });
  return {
    selection,
    has: (id) => isChosen(selection, id),
    toggle: (index, isRange) => {
      const id = ids[index];
      if (id === undefined) return;
      const from = isRange && anchor !== null ? ids.indexOf(anchor) : -1;
      if (from < 0) return set(choose(selection, [id], !isChosen(selection, id)), id);
      const range = ids.slice(Math.min(from, index), Math.max(from, index) + 1);
      set(choose(selection, range, anchor !== null && isChosen(selection, anchor)), anchor);
    },
    toggleAll: (isOn) => set(isOn ? choose(selection, ids, true) : nobody, null),
    selectEverybody: () => set(everybody, null),
    clear: () => set(nobody, null),
  };
}
