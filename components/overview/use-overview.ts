"use client";

import { useQuery } from "@tanstack/react-query";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import type { OverviewPage, OverviewRow } from "@/lib/reports/schema";
import { readJson } from "@/lib/request";

/** Which customers stand behind a number. */
export type RowsOf = { title: string; query: Record<string, string> };

/** The manager's overview; live events make it stale. */
export function useOverview(workspace: string) {
  return useQuery({
    queryKey: keys.overview.list(workspace),
    queryFn: ({ signal }) => readJson<OverviewPage>(paths.api(workspace, "/overview"), signal),
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
