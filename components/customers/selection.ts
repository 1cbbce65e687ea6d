import type { BulkSelection } from "@/lib/bulk/schema";

/** Who is chosen in the list: some, or everybody the filter finds but a few. */
export type Selection = { mode: "some"; ids: readonly string[] } | { mode: "all"; except: readonly string[] };

export const nobody: Selection = { mode: "some", ids: [] };
export const everybody: Selection = { mode: "all", except: [] };

/** Whether a customer is chosen. */
export function isChosen(selection: Selection, id: string): boolean {
  return selection.mode === "all" ? !selection.except.includes(id) : selection.ids.includes(id);
}

/** The selection with these customers chosen, or not. */
export function choose(selection: Selection, ids: readonly string[], isOn: boolean): Selection {
  const others = (known: readonly string[]) => known.filter((id) => !ids.includes(id));
  if (selection.mode === "all")
    return { mode: "all", except: isOn ? others(selection.except) : [...others(selection.except), ...ids] };
  return { mode: "some", ids: isOn ? [...others(selection.ids), ...ids] : others(selection.ids) };
}

/** How many are chosen; null when everybody is and nobody knows how many that are. */
export function countOf(selection: Selection, total: number | null): number | null {
  if (selection.mode === "some") return selection.ids.length;
  return total === null ? null : Math.max(0, total - selection.except.length);
}

/** The selection as the server takes it: names, or the list's search string. */
export function selectionOf(selection: Selection, query: string): BulkSelection {
  return selection.mode === "some"
    ? { kind: "ids", ids: [...selection.ids] }
    : { kind: "query", query, except: [...selection.except] };
}
