import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** Where requests go whose address cannot be read: nothing is there. */
const nowhere = "/unreadable";

/** Whether every escape in the path of an address stands for a character. */
export function isReadable(url: string): boolean {
  const [path = ""] = url.split("?", 1);
  if (!path.includes("%")) return true;
  try {
    return !decodeURIComponent(path).includes("\u0000");
  } catch {
    return false;
  }
}

// Registered once per process, also when a development server loads this again.
const shared = globalThis as unknown as { __wheelhouseUnreadable?: true };

/** Answers 404 to an address like `/%ff`, at which Next would fail. Called once when the web process starts. */
export function turnAwayUnreadable(): void {
  if (shared.__wheelhouseUnreadable) return;
  shared.__wheelhouseUnreadable = true;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    if (!isReadable(request.url ?? "")) request.url = nowhere;
  });
}
