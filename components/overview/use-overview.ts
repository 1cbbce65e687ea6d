"use client";

import { useQuery } from "@tanstack/react-query";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import type { OverviewPage, OverviewRow } from "@/lib/reports/schema";
import { readJson } from "@/lib/request";

/** Which customers stand behind a number. */
export type RowsOf = { title: string; query: Record<string, string> };

/** Every event of the workspace makes the overview stale; it is read again at most this often, in milliseconds. */
const readEvery = 5_000;
const lastRead = new Map<string, number>();

/** Waits until the overview may be read again. Ends early, in silence, when the read is given up. */
function turn(workspace: string, signal: AbortSignal): Promise<void> {
  const wait = (lastRead.get(workspace) ?? 0) + readEvery - Date.now();
  if (wait <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, wait);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The manager's overview; live events make it stale. */
export function useOverview(workspace: string) {
  return useQuery({
    queryKey: keys.overview.list(workspace),
    queryFn: async ({ signal }) => {
      await turn(workspace, signal);
      signal.throwIfAborted();
      lastRead.set(workspace, Date.now());
      return readJson<OverviewPage>(paths.api(workspace, "/overview"), signal);
    },
  });
}

/** The customers behind one number, at most a hundred. */
export function useOverviewRows(workspace: string, query: Record<string, string>) {
  const search = new URLSearchParams(query).toString();
  return useQuery({
    queryKey: keys.overview.one(workspace, "rows", search),
    queryFn: ({ signal }) => readJson<OverviewRow[]>(paths.api(workspace, `/overview/rows?${search}`), signal),
  });
}
