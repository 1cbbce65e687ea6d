"use client";

import { useSearch } from "@/components/ui/use-search";
import { type CustomerFilter, filterOfQuery, queryOf } from "@/lib/customers/filter";
import { writeTree } from "@/lib/customers/filter-tree";

/** The filter and the view of the address; changing them is no navigation, so nothing is rendered anew on the server. */
export function useAddress() {
  const [asked, ask] = useSearch();
  const filter = filterOfQuery(asked);
  const params = new URLSearchParams(asked);
  const viewId = params.get("view");
  const written = params.get("filter");
  /** Whether the address holds conditions that could not be read and were left out. */
  const isPartly = written !== null && (filter.tree ? writeTree(filter.tree) : "") !== written;
  const go = (next: CustomerFilter, nextViewId: string | null) => {
    const search = new URLSearchParams(queryOf(next));
    if (nextViewId) search.set("view", nextViewId);
    ask(search.toString());
  };
  return { filter, viewId, isPartly, go };
}
