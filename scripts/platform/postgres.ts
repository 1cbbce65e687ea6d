import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import pg from "pg";
import { Advice } from "./advice";
import { type Binaries, findBinaries, type RunAs } from "./binaries";
import { isAlive, readIfThere, waitUntil } from "./project";
import { ownerRole, urlOf } from "./roles";

export type Postgres = {
  port: number;
  /** False when another live process started the server and will end it. */
  isOurs: boolean;
  /** The server's process, another one after it crashed. */
  pid(): number | undefined;
  /** Ends the server if it is ours: clients are cut off, everything committed is on disk. */
  stop(): Promise<void>;
};

/** A port of the loopback interface that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once("error", reject)
      .listen(0, "127.0.0.1", () => {
        const address = server.address();
        server.close(() =>
          typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
        );
      });
  });
}

/**
 * Starts the PostgreSQL that came with npm on the data in `home`, or takes over one that still runs there.
 *
 * The data is made the first time, with `password` for the owner. A server left by a killed run is adopted; one that
 * another live process of the project looks after is shared. Throws `Advice` when the data cannot be used.
 */
export async function startPostgres(home: string, password: string, flags: string[] = []): Promise<Postgres> {
  const binaries = await findBinaries();
  const data = join(home, "data");
  const running = await findRunning(data, password);
  if (running) return adopt(home, data, running);

  requireVersion(data, binaries);
  if (!existsSync(join(data, "PG_VERSION"))) initialise(home, data, password, binaries, flags.includes("fsync=off"));
  const port = await freePort();
  const start = () => launchUntilReady({ home, data, port, binaries, flags });
  const child = await start();
  if (!child) {
    // Somebody else may have started the same data a moment before.
    const other = await findRunning(data, password);
    if (other) return adopt(home, data, other);
    throw new Advice(`PostgreSQL did not start on ${data}: its reason stands at the end of ${join(home, "log")}.`);
  }
  writeFileSync(join(home, "supervisor"), String(process.pid));
  return { port, isOurs: true, ...keepRunning(child, start) };
}

type Status = { pid: number; port: number; isReady: boolean };

/** What postmaster.pid says: process on line 1, port on line 4, state on line 8; null while there is none. */
export function statusOf(data: string): Status | null {
  const lines = readIfThere(join(data, "postmaster.pid"))?.split("\n");
  return lines ? { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" } : null;
}

async function findRunning(data: string, password: string): Promise<Status | null> {
  const status = statusOf(data);
  if (!status || !isAlive(status.pid)) return null;
  if (!looksLikePostgres(status.pid)) {
    // The number went to another process after a crash; PostgreSQL itself would refuse to start over it.
    rmSync(join(data, "postmaster.pid"));
    return null;
  }
  await waitUntil(() => statusOf(data)?.isReady !== false, 60_000);
  const ready = statusOf(data);
  if (!ready) return null;
  if (await servesData(ready.port, password, data)) return ready;
  throw new Advice(
    `A PostgreSQL that does not know our password runs on ${data}: end process ${ready.pid} and try again.`,
  );
}

function looksLikePostgres(pid: number): boolean {
  const { stdout, error } = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  if (!error) return stdout.includes("postgres");
  return readIfThere(`/proc/${pid}/cmdline`)?.includes("postgres") ?? true;
}

async function servesData(port: number, password: string, data: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(port, ownerRole, password, "postgres") });
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
    return rows[0]?.data_directory === data;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function adopt(home: string, data: string, { pid, port }: Status): Postgres {
  const file = join(home, "supervisor");
  const supervisor = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (supervisor > 0 && supervisor !== process.pid && isAlive(supervisor)) {
    return { port, isOurs: false, pid: () => pid, stop: async () => {} };
  }
  writeFileSync(file, String(process.pid));
  return { port, isOurs: true, pid: () => pid, stop: () => endAdopted(data, pid) };
}

function requireVersion(data: string, { postgres, runAs }: Binaries): void {
  const file = join(data, "PG_VERSION");
  if (!existsSync(file)) return;
  const found = readFileSync(file, "utf8").trim();
  const ours = /(\d+)\./.exec(spawnSync(postgres, ["--version"], { ...runAs, encoding: "utf8" }).stdout)?.[1];
  if (found === ours) return;
  throw new Advice(
    `The data in ${data} belongs to PostgreSQL ${found} and this is PostgreSQL ${ours}: move that folder away to start afresh, or load a dump of it into the new one.`,
  );
}

function initialise(home: string, data: string, password: string, binaries: Binaries, isThrowAway: boolean): void {
  const { initdb, runAs } = binaries;
  const passwordFile = join(home, "initial-password");
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  give(data, runAs);
  give(passwordFile, runAs);
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const made = spawnSync(
    initdb,
    [
      "-D",
      data,
      "-U",
      ownerRole,
      "--pwfile",
      passwordFile,
      "--auth=scram-sha-256",
      ...locale,
      isThrowAway ? "--no-sync" : "-k",
    ],
    { ...runAs, cwd: home, encoding: "utf8" },
  );
  rmSync(passwordFile);
  if (made.status === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw new Error(`initdb failed: ${made.error ?? made.stderr}`);
}

/** Counts statements where the library came along: the benchmark asks how many a request sends, an operator which are slow. */
function statistics({ postgres }: Binaries): string[] {
  const folder = join(dirname(dirname(postgres)), "lib/postgresql");
  const isThere = ["so", "dylib", "dll"].some((end) => existsSync(join(folder, `pg_stat_statements.${end}`)));
  return isThere ? ["shared_preload_libraries=pg_stat_statements"] : [];
}

type Launch = { home: string; data: string; port: number; binaries: Binaries; flags: string[] };

/** The server's process once it takes connections; null when it ended before. */
async function launchUntilReady({ home, data, port, binaries, flags }: Launch): Promise<ChildProcess | null> {
  const base = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "timezone=UTC", "jit=off"];
  const settings = [...base, ...statistics(binaries), ...flags];
  const log = openSync(join(home, "log"), "w");
  // In a group of its own, so that Ctrl-C in a terminal reaches the application first and the database last.
  const child = spawn(binaries.postgres, ["-D", data, "-p", String(port), ...settings.flatMap((one) => ["-c", one])], {
    ...binaries.runAs,
    cwd: data,
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const isReady = () => {
    const status = statusOf(data);
    return status?.pid === child.pid && status?.isReady === true;
  };
  await waitUntil(() => isReady() || hasEnded(child), 60_000);
  return isReady() && !hasEnded(child) ? child : null;
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** Starts the server again whenever it ends unasked: everything committed is in its log. */
function keepRunning(first: ChildProcess, start: () => Promise<ChildProcess | null>): Pick<Postgres, "pid" | "stop"> {
  let child = first;
  let isStopping = false;
  let reviving: Promise<void> = Promise.resolve();
  const endAtOnce = () => child.kill("SIGINT");

  const revive = async () => {
    if (isStopping) return;
    console.error("PostgreSQL ended and is started again.");
    // Its memory is free only when the last of its own processes has noticed that it is gone.
    for (let attempt = 0; attempt < 100 && !isStopping; attempt += 1) {
      const next = await start();
      if (next) {
        child = next;
        watch();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const watch = () =>
    child.once("exit", () => {
      reviving = revive();
    });

  watch();
  process.once("exit", endAtOnce);
  return {
    pid: () => child.pid,
    stop: async () => {
      isStopping = true;
      await reviving;
      process.off("exit", endAtOnce);
      await endChild(child);
    },
  };
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one, which the log repairs at the next start. */
async function endChild(child: ChildProcess): Promise<void> {
  child.kill("SIGINT");
  if (await waitUntil(() => hasEnded(child), 4_000)) return;
  child.kill("SIGQUIT");
  await waitUntil(() => hasEnded(child), 2_000);
}

function give(path: string, { uid, gid }: RunAs): void {
  if (uid === undefined || gid === undefined) return;
  chownSync(path, uid, gid);
}

/** Makes the folder that the server's user passes through on its way to the data. */
export function makeHome(home: string): void {
  mkdirSync(home, { recursive: true });
  chmodSync(home, 0o755);
}

/** An adopted server is no child of ours: it has ended when it has taken its postmaster.pid away. */
async function endAdopted(data: string, pid: number): Promise<void> {
  process.kill(pid, "SIGINT");
  if (!(await waitUntil(() => !existsSync(join(data, "postmaster.pid")), 4_000))) process.kill(pid, "SIGQUIT");
  await waitUntil(() => !isAlive(pid), 1_000);
}
