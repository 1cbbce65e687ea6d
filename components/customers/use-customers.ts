"use client";

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { CustomerPage, ListFrame } from "@/lib/customers/list-schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";
import { frameKey, pagesKey } from "./list-keys";

/** Pages of the list for a filter; while another filter loads, the rows of the last one stay. */
export function useCustomerPages(workspace: string, query: string) {
  return useInfiniteQuery({
    queryKey: pagesKey(workspace, query),
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({ query, ...(pageParam ? { cursor: pageParam } : {}) });
      return readJson<CustomerPage>(`${paths.api(workspace, "/customers")}?${params}`, signal);
    },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** What the filters offer, the views and the count. */
export function useListFrame(workspace: string, query: string) {
  return useQuery({
    queryKey: frameKey(workspace, query),
    queryFn: ({ signal }) =>
      readJson<ListFrame>(`${paths.api(workspace, "/customers/frame")}?${new URLSearchParams({ query })}`, signal),
    placeholderData: keepPreviousData,
  });
}

/** Makes every list of customers, and what stands around them, read itself again. */
export function useRefreshCustomers(workspace: string): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: keys.customers.all(workspace) });
  };
}

/** Calls `run` when nothing was typed for a moment. */
export function useDebounced(run: (text: string) => void, milliseconds = 150): (text: string) => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  return (text) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => run(text), milliseconds);
  };
}
