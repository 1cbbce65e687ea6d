"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { isMoving } from "@/lib/bulk/rules";
import type { BulkReport, BulkRunView } from "@/lib/bulk/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";

/** One's own runs of the last minutes; asked again while one moves, so that a reload finds them where they are. */
export function useRuns(workspace: string) {
  return useQuery({
    queryKey: keys.bulk.list(workspace),
    queryFn: ({ signal }) => readJson<BulkRunView[]>(paths.api(workspace, "/bulk"), signal),
    refetchInterval: ({ state }) => (state.data?.some(isMoving) ? 1_000 : false),
  });
}

/** One run with the rows it refused; asked again while it moves. */
export function useRun(workspace: string, id: string | null) {
  return useQuery({
    queryKey: keys.bulk.one(workspace, id ?? ""),
    queryFn: ({ signal }) => readJson<BulkReport>(paths.api(workspace, `/bulk/${id}`), signal),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data && !isMoving(state.data) ? false : 400),
  });
}

/** Makes what is known of runs stale. */
export function useRefreshRuns(workspace: string): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.bulk.all(workspace) });
}
