import { join } from "node:path";
import type { DatabaseAddresses } from "./addresses";
import { servingEnvironment } from "./addresses";
import { Advice } from "./advice";
import type { Crew } from "./crew";
import { projectRoot, waitUntil } from "./project";

export type Servers = {
  crew: Crew;
  database: DatabaseAddresses;
  port: number;
  secret: string;
  /** Serves the sources as they change, instead of what was built. */
  isDevelopment?: boolean;
  /** Settings on top, for a run that differs from an ordinary one. */
  env?: Record<string, string>;
};

/** Arguments of Node for a TypeScript module of ours outside Next, where `server-only` must be allowed to load. */
export const moduleArguments = (module: string) => ["--conditions=react-server", "--import", "tsx", module];

const followParent = ["--import", new URL("../follow-parent.mjs", import.meta.url).href];

/** The most heap the web process may take, in megabytes: every route and the API document fit with room. */
const webHeap = 384;

type Kept = ReturnType<Crew["keep"]>;

/** Starts the web process and the worker and answers once the application does. Throws `Advice` when it does not. */
export async function startServers(servers: Servers): Promise<{ web: Kept; worker: Kept }> {
  const { crew, database, port, secret, isDevelopment = false, env } = servers;
  const shared: NodeJS.ProcessEnv = {
    ...process.env,
    ...servingEnvironment(database),
    NODE_ENV: isDevelopment ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    NEXTAUTH_SECRET: secret,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || `http://localhost:${port}`,
    PORT: String(port),
    ...env,
  };
  const next = join(projectRoot, "node_modules/next/dist/bin/next");
  const web = crew.keep({
    name: "The web process",
    args: [
      ...followParent,
      ...(isDevelopment ? [] : [`--max-old-space-size=${webHeap}`]),
      next,
      isDevelopment ? "dev" : "start",
    ],
    // The application itself answers SIGTERM: it lets requests end and closes live streams.
    env: { ...shared, ...(isDevelopment ? {} : { NEXT_MANUAL_SIG_HANDLE: "1" }) },
  });
  const isUp = await waitUntil(() => answers(`http://127.0.0.1:${port}/livez`), 60_000);
  if (!isUp) {
    throw new Advice(`The application did not answer on port ${port} within a minute: its reason stands above.`);
  }
  // The worker comes second: on a small machine the two would keep each other waiting.
  const worker = crew.keep({
    name: "The worker",
    args: [...followParent, ...moduleArguments("lib/job/worker.ts")],
    env: { ...shared, WHEELHOUSE_PROCESS: "worker" },
  });
  return { web, worker };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
