"use client";

import { useQuery } from "@tanstack/react-query";
import type { Queue } from "@/lib/home/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";

/** Who needs this OSC now; live events make it stale, and it asks again every minute because clocks move on. */
export function useQueue(workspace: string) {
  return useQuery({
    queryKey: keys.home.list(workspace),
    queryFn: ({ signal }) => readJson<Queue>(paths.api(workspace, "/queue"), signal),
    refetchInterval: 60_000,
  });
}
