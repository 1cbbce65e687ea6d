"use client";

import { useQuery } from "@tanstack/react-query";
import type { Inbox } from "@/lib/inbox/schema";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";

/** What a department owes; live events make it stale, and it asks again every minute because clocks move on. */
export function useInbox(workspace: string, filter: string) {
  return useQuery({
    queryKey: keys.inbox.list(workspace, filter),
    queryFn: ({ signal }) => readJson<Inbox>(paths.api(workspace, `/inbox${filter ? `?${filter}` : ""}`), signal),
    refetchInterval: 60_000,
    placeholderData: (before) => before,
  });
}
