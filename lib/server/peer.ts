import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

// One per process: every route's bundle has its own copy of this module.
const shared = globalThis as unknown as { __wheelhousePeer?: AsyncLocalStorage<string> };

/**
 * Remembers for every request the address at the other end of its connection, where no header can write. Called once
 * when the web process starts.
 */
export function watchPeers(): void {
  if (shared.__wheelhousePeer) return;
  const peers = new AsyncLocalStorage<string>();
  shared.__wheelhousePeer = peers;
  subscribe("http.server.request.start", (message) => {
    const { socket } = message as { socket: Socket };
    peers.enterWith(socket.remoteAddress?.replace(/^::ffff:(?=\d+\.)/i, "") ?? "unknown");
  });
}

/** The address at the other end of this request's connection; null outside a request. */
export function peerAddress(): string | null {
  return shared.__wheelhousePeer?.getStore() ?? null;
}
