import { keys, type QueryKey } from "@/lib/query-keys";

/** The key of the list's pages for one filter. */
export const pagesKey = (workspace: string, query: string): QueryKey => keys.customers.list(workspace, query);

/** The key of what stands around the list for one filter. */
export const frameKey = (workspace: string, query: string): QueryKey =>
  keys.customers.list(workspace, { frame: query });

/** The key of the pairs that look alike. */
export const pairsKey = (workspace: string): QueryKey => keys.customers.list(workspace, { pairs: true });
