"use client";

import { useSearch } from "@/components/ui/use-search";
import { type CustomerFilter, filterOfQuery, queryOf } from "@/lib/customers/filter";

/** The filter and the view of the address; changing them is no navigation, so nothing is rendered anew on the server. */
export function useAddress() {
  const [asked, ask] = useSearch();
  const filter = filterOfQuery(asked);
  const viewId = new URLSearchParams(asked).get("view");
  const go = (next: CustomerFilter, nextViewId: string | null) => {
    const search = new URLSearchParams(queryOf(next));
    if (nextViewId) search.set("view", nextViewId);
    ask(search.toString());
  };
  return { filter, viewId, go };
}
