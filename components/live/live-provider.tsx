"use client";

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { type LiveEvent, staleAfter } from "@/lib/live/staleness";
import { paths } from "@/lib/paths";
import { openLiveStream } from "./live-stream";

type Listener = (events: LiveEvent[]) => void;
type Live = { workspace: string; listen(listener: Listener): () => void };

const LiveContext = createContext<Live | null>(null);

/** How long events are gathered before reads are repeated, in milliseconds: one answer for a burst. */
const gatherFor = 150;

type LiveProviderProps = {
  workspace: string;
  /** The server's clock in milliseconds when the page was rendered: what happened since then is sent first. */
  since: number;
  children: ReactNode;
};

/** Keeps the screens of a workspace up to date: one stream for all its tabs, which makes what changed stale. */
export function LiveProvider({ workspace, since, children }: LiveProviderProps) {
  const client = useQueryClient();
  const listeners = useRef(new Set<Listener>());
  const first = useRef(since);

  useEffect(() => {
    let gathered: LiveEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const deliver = () => {
      timer = undefined;
      const events = gathered;
      gathered = [];
      const stale = new Map(events.flatMap(staleAfter).map((key) => [key.join(" "), key]));
      for (const key of stale.values()) void client.invalidateQueries({ queryKey: [workspace, ...key] });
      for (const listener of listeners.current) listener(events);
    };
    const address = `${paths.api(workspace, "/events")}?since=${first.current}`;
    const close = openLiveStream(workspace, address, (event) => {
      gathered.push(event);
      timer ??= setTimeout(deliver, gatherFor);
    });
    return () => {
      close();
      clearTimeout(timer);
    };
  }, [client, workspace]);

  const live = useMemo<Live>(
    () => ({
      workspace,
      listen(listener) {
        listeners.current.add(listener);
        return () => void listeners.current.delete(listener);
      },
    }),
    [workspace],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

/**
 * Calls `onEvents` with what happened in the workspace, several at once in a burst. Cached reads need no call: they
 * become stale by themselves. Pages rendered on the server use it to refresh.
 */
export function useLive(workspace: string, onEvents?: Listener): void {
  const live = useContext(LiveContext);
  const latest = useRef(onEvents);
  useEffect(() => {
    latest.current = onEvents;
  });
  useEffect(() => {
    if (live?.workspace !== workspace) return;
    return live.listen((events) => latest.current?.(events));
  }, [live, workspace]);
}
