import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** The header that names who is at the other end of the connection; whatever a client writes there is overwritten. */
export const peerHeader = "x-wheelhouse-peer";

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

/** Whether a request says that it comes from a page of another site than the one it asks. */
export function isForeignOrigin(origin: string | null | undefined, host: string | null | undefined): boolean {
  if (!origin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** What headers say of where a request went is for a proxy to say, and only for one that is trusted. */
function forgetForwarding({ headers }: IncomingMessage): void {
  for (const name of ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "forwarded"]) delete headers[name];
}

function screen(request: IncomingMessage): void {
  const { headers, socket, url = "" } = request;
  headers[peerHeader] = socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/i, "") ?? "unknown";
  if (!isReadable(url)) request.url = nowhere;
  if (process.env.TRUST_PROXY !== "1") forgetForwarding(request);
  // An action is taken in past the proxy, which refuses what is foreign; without its mark it is a form like any other.
  if (headers["next-action"] !== undefined && isForeignOrigin(headers.origin, headers.host))
    delete headers["next-action"];
}

// Registered once per process, also when a development server loads this again.
const shared = globalThis as unknown as { __wheelhouseArrivals?: true };

/**
 * Looks at every request before Next does: it is told whose connection it came by; an address like `/%ff`, at which Next would fail, leads nowhere; what an
 * untrusted header says of the host is forgotten; an action of another site is none. Called once when the web process starts.
 */
export function screenArrivals(): void {
  if (shared.__wheelhouseArrivals) return;
  shared.__wheelhouseArrivals = true;
  subscribe("http.server.request.start", (message) => screen((message as { request: IncomingMessage }).request));
}
