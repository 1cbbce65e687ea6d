"use client";

import { useQuery } from "@tanstack/react-query";
import type { LoadPage } from "@/lib/members/load-queries";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";

/** My load, and everybody's for those who lead; live events make it stale. */
export function useLoad(workspace: string) {
  return useQuery({
    queryKey: keys.load.list(workspace),
    queryFn: ({ signal }) => readJson<LoadPage>(paths.api(workspace, "/load"), signal),
  });
}
