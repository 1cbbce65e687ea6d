import type { EventView } from "../events/queries";

/** Where a stream's events are written. */
export type Sink = { send(events: EventView[]): void; end(): void };

export type StreamOptions = {
  /** `named` sets the SSE event name to the event's type; a browser's `onmessage` hears only unnamed ones. */
  isNamed: boolean;
  signal: AbortSignal;
  /** Begins delivery; answers how to stop it. */
  begin(sink: Sink): () => void;
};

/** How often a comment keeps the connection from looking dead, in milliseconds. */
const heartbeatEvery = 15_000;

/** A reader this far behind, in bytes, is let go; it comes back and resumes. */
const mostWaiting = 1_000_000;

// One per process: every route's bundle has its own copy of this module.
const shared = globalThis as unknown as { __wheelhouseStreams?: Set<() => void> };

function openStreams(): Set<() => void> {
  shared.__wheelhouseStreams ??= new Set();
  return shared.__wheelhouseStreams;
}

const encoder = new TextEncoder();

/** The same event goes to many readers; it is written out once. */
const written = new WeakMap<EventView, string>();

function frame(event: EventView, isNamed: boolean): string {
  const data = written.get(event) ?? `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
  written.set(event, data);
  return isNamed ? `event: ${event.type}\n${data}` : data;
}

/** An answer of server-sent events, each with its number as id, that goes on until either side ends it. */
export function eventStream({ isNamed, signal, begin }: StreamOptions): Response {
  let stop: (() => void) | undefined;
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  let endPolitely = () => {};
  let isOver = false;

  const release = () => {
    isOver = true;
    openStreams().delete(endPolitely);
    clearInterval(heartbeat);
    stop?.();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = () => {
          if (isOver) return;
          release();
          controller.close();
        };
        const write = (text: string) => {
          if (isOver || text === "") return;
          controller.enqueue(encoder.encode(text));
          if ((controller.desiredSize ?? 0) < -mostWaiting) end();
        };
        // Everybody is sent away at once; the jitter keeps them from coming back at once.
        endPolitely = () => {
          write(`retry: ${500 + Math.floor(Math.random() * 1_500)}\n\n`);
          end();
        };
        openStreams().add(endPolitely);
        signal.addEventListener("abort", end);
        write("retry: 1000\n\n");
        heartbeat = setInterval(() => write(":\n\n"), heartbeatEvery);
        stop = begin({ send: (events) => write(events.map((event) => frame(event, isNamed)).join("")), end });
        if (isOver) stop();
      },
      cancel: release,
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 64_000 }),
  );
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // no-transform: a compressing proxy would hold events back.
      "cache-control": "private, no-store, no-transform",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
    },
  });
}

/** Ends every open stream and tells its reader when to come back. */
export function endStreams(): void {
  for (const end of [...openStreams()]) end();
}

/** The number behind which a reader wants events: the header of a resuming browser wins over `after`; null when neither is given. */
export function resumeFrom(request: Request, after?: string | null): number | null {
  const text = request.headers.get("last-event-id") ?? after ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
