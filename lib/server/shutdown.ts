import { subscribe } from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";
import { closeDatabase } from "../db";
import { closeLive } from "../live/hub";
import { endStreams } from "../live/stream";
import { log } from "../log";

/** How long requests that run may go on after the signal, in milliseconds. */
const patience = 4_500;

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

async function requestsEnd(traffic: Traffic): Promise<void> {
  const deadline = Date.now() + patience;
  while (traffic.responses.size > 0 && Date.now() < deadline) {
    await new Promise((resume) => setTimeout(resume, 20));
    for (const server of traffic.servers) server.closeIdleConnections();
  }
}

async function shutDown(traffic: Traffic): Promise<void> {
  if (traffic.isEnding) return;
  traffic.isEnding = true;
  for (const server of traffic.servers) server.close();
  for (const response of traffic.responses) if (!response.headersSent) response.setHeader("connection", "close");
  endStreams();
  await requestsEnd(traffic);
  await Promise.race([
    Promise.allSettled([closeLive(), closeDatabase()]),
    new Promise((resume) => setTimeout(resume, 1_200)),
  ]);
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
