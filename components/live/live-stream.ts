import type { LiveEvent } from "@/lib/live/staleness";

/** A browser keeps six connections to one server; several tabs would use them up, so one tab listens for all. */
const channelOf = (workspace: string) => `wheelhouse-live-${workspace}`;

/** How long to wait before a stream that was refused is asked for again, in milliseconds. */
const patience = 3_000;

/** What a tab says as it begins to listen: the one that listens for all repeats what it heard while the page was coming. */
const hello = "hello";
const repeatFor = 10_000;

type Heard = { last: number; hear(event: LiveEvent): void };

function isLiveEvent(value: unknown): value is LiveEvent {
  return typeof value === "object" && value !== null && "seq" in value && typeof value.seq === "number";
}

/** Opens the stream. It reconnects by itself; after a refusal (signed out, server gone) it is opened anew behind `last`. */
function listenToServer(address: string, heard: Heard): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    const opened = new EventSource(heard.last > 0 ? `${address}&after=${heard.last}` : address);
    source = opened;
    opened.onmessage = ({ data }) => {
      const event: unknown = JSON.parse(String(data));
      if (isLiveEvent(event)) heard.hear(event);
    };
    opened.onerror = () => {
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, patience * (1 + Math.random()));
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/** Hears the events of a workspace in this tab; answers how to stop. Whichever tab holds the lock asks the server. */
export function openLiveStream(workspace: string, address: string, onEvent: (event: LiveEvent) => void): () => void {
  const heard: Heard = {
    last: 0,
    hear(event) {
      if (event.seq <= heard.last) return;
      heard.last = event.seq;
      onEvent(event);
    },
  };
  if (!("locks" in navigator)) return listenToServer(address, heard); // only https and localhost have it
  const channel = new BroadcastChannel(channelOf(workspace));
  let recent: { event: LiveEvent; at: number }[] = [];
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (isLiveEvent(data)) heard.hear(data);
    if (data === hello) for (const { event } of recent) channel.postMessage(event);
  };
  channel.postMessage(hello);
  const stopping = new AbortController();
  const lead = () =>
    new Promise<void>((resolve) => {
      if (stopping.signal.aborted) return resolve(); // the lock was granted while the tab was already leaving
      const hear = (event: LiveEvent) => {
        heard.hear(event);
        channel.postMessage(event);
        const now = performance.now();
        recent = [...recent.filter(({ at }) => at > now - repeatFor), { event, at: now }];
      };
      const close = listenToServer(address, {
        get last() {
          return heard.last;
        },
        hear,
      });
      stopping.signal.addEventListener("abort", () => {
        close();
        resolve();
      });
    });
  navigator.locks.request(channelOf(workspace), { signal: stopping.signal }, lead).catch(() => undefined);
  return () => {
    stopping.abort();
    channel.close();
  };
}
