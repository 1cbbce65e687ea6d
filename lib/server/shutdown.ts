import { subscribe } from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";
import { Server as Listener } from "node:net";
import { closeDatabase } from "../db";
import { closeLive } from "../live/hub";
import { endStreams } from "../live/stream";
import { log } from "../log";

/** How long requests that run may go on after the signal, in milliseconds. */
const patience = 4_500;

/** For so long connections that the machine has taken are still accepted, in milliseconds. */
const acceptance = 60;

/** For so long an accepted connection may take to say what it wants, in milliseconds. */
const grace = 500;

type Traffic = { servers: Set<Server>; responses: Set<ServerResponse>; isEnding: boolean };

// Registered once per process, also when a development server loads this again.
const shared = globalThis as unknown as { __wheelhouseTraffic?: Traffic };

function watch(): Traffic {
  const traffic: Traffic = { servers: new Set(), responses: new Set(), isEnding: false };
  // Next keeps its server to itself; every request names it.
  subscribe("http.server.request.start", (message) => {
    const { server, response } = message as { server: Server; response: ServerResponse };
    traffic.servers.add(server);
    traffic.responses.add(response);
    response.once("close", () => traffic.responses.delete(response));
    if (traffic.isEnding) response.setHeader("connection", "close");
  });
  return traffic;
}

const pause = (milliseconds: number) => new Promise((resume) => setTimeout(resume, milliseconds));

/** Waits for requests that run or were on their way, at most until `patience` is over. */
async function requestsEnd(traffic: Traffic): Promise<void> {
  const begun = Date.now();
  await pause(grace);
  while (traffic.responses.size > 0 && Date.now() - begun < patience) await pause(20);
}

async function shutDown(traffic: Traffic): Promise<void> {
  if (traffic.isEnding) return;
  traffic.isEnding = true;
  // Who has connected already is let in; then nobody. Node's own `close` would also cut those who have not spoken yet.
  await pause(acceptance);
  for (const server of traffic.servers) Listener.prototype.close.call(server);
  for (const response of traffic.responses) if (!response.headersSent) response.setHeader("connection", "close");
  endStreams();
  await requestsEnd(traffic);
  await Promise.race([Promise.allSettled([closeLive(), closeDatabase()]), pause(1_200)]);
  log.info({ cutOff: traffic.responses.size }, "ended");
  process.exit(0);
}

/**
 * Ends the web process in order at SIGTERM and SIGINT: no new connections, live streams are sent away, running requests
 * finish, the database is closed. At most six seconds.
 */
export function endInOrder(): void {
  if (shared.__wheelhouseTraffic) return;
  const traffic = watch();
  shared.__wheelhouseTraffic = traffic;
  process.on("SIGTERM", () => void shutDown(traffic));
  process.on("SIGINT", () => void shutDown(traffic));
}
