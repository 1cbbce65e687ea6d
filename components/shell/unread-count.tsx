"use client";

import { useQuery } from "@tanstack/react-query";
import { paths } from "@/lib/paths";
import { keys } from "@/lib/query-keys";
import { readJson } from "@/lib/request";

/** How much a member has not read of what she was told; kept up to date by what happens. */
export function UnreadCount({ workspace, initial }: { workspace: string; initial: number }) {
  const { data } = useQuery({
    queryKey: keys.notifications.all(workspace),
    queryFn: ({ signal }) => readJson<{ unread: number }>(paths.api(workspace, "/notifications/unread"), signal),
    initialData: { unread: initial },
  });
  return data.unread > 0 ? <span className="num ms-auto text-12 text-accent-text">{data.unread}</span> : null;
}
