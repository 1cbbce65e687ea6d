"use client";

import { useQuery } from "@tanstack/react-query";
import type { ExportView } from "@/lib/exports/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";

/** One's own requests for files, and those one may decide; a live event makes them stale. */
export function useExports(workspace: string) {
  return useQuery({
    queryKey: keys.exports.list(workspace),
    queryFn: ({ signal }) => readJson<ExportView[]>(paths.api(workspace, "/exports"), signal),
  });
}
