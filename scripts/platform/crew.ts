import { type ChildProcess, spawn } from "node:child_process";
import { Advice } from "./advice";
import { projectRoot, waitUntil } from "./project";

export type Command = { name: string; args: string[]; env?: NodeJS.ProcessEnv };

/** The processes of a run and what must be put away after them. */
export type Crew = {
  /** Runs Node with `args` to its end; throws `Advice` when it fails. */
  run(command: Command): Promise<void>;
  /** Keeps Node with `args` running: it is started again when it dies, unless it dies again and again. */
  keep(command: Command): { pid(): number | undefined };
  /** Remembers what to put away; the last remembered goes first. */
  defer(putAway: () => Promise<void>): void;
  /** Ends every process, then puts everything away, in at most ten seconds. Safe to call twice. */
  end(): Promise<void>;
};

/**
 * Makes an empty crew. A kept process may die `patience` times within a minute; after that `giveUp` hears of the trouble
 * that starting again does not mend.
 */
export function makeCrew(giveUp: (error: Advice) => void, patience = 5): Crew {
  const live = new Set<ChildProcess>();
  const deferred: (() => Promise<void>)[] = [];
  let ending: Promise<void> | undefined;

  const start = ({ args, env }: Command) => {
    if (ending) throw new Advice("Stopped.");
    // In a group of its own: Ctrl-C in a terminal reaches this process alone, which ends the others in order.
    const child = spawn(process.execPath, args, { cwd: projectRoot, env, stdio: "inherit", detached: true });
    live.add(child);
    child.once("exit", () => live.delete(child));
    return child;
  };

  const run = (command: Command) =>
    new Promise<void>((resolve, reject) => {
      start(command)
        .once("error", reject)
        .once("exit", (code) =>
          code === 0 ? resolve() : reject(new Advice(`${command.name} failed: its reason stands above.`)),
        );
    });

  const keep = (command: Command) => {
    const deaths: number[] = [];
    let child: ChildProcess;
    const begin = () => {
      child = start(command);
      child.once("exit", (code, signal) => {
        if (ending) return;
        const now = Date.now();
        deaths.push(now);
        if (deaths.filter((at) => now - at < 60_000).length >= patience) {
          giveUp(new Advice(`${command.name} ended ${patience} times within a minute: its reason stands above.`));
          return;
        }
        console.error(`${command.name} ended (${signal ?? code}) and is started again.`);
        setTimeout(() => ending ?? begin(), 500);
      });
    };
    begin();
    return { pid: () => child.pid };
  };

  const endAll = async () => {
    signalGroups(live, "SIGTERM");
    if (!(await waitUntil(() => live.size === 0, 6_500))) {
      signalGroups(live, "SIGKILL");
      await waitUntil(() => live.size === 0, 1_000);
    }
    for (const putAway of deferred.reverse()) await putAway();
  };

  return {
    run,
    keep,
    defer: (putAway) => void deferred.push(putAway),
    end: () => {
      ending ??= endAll();
      return ending;
    },
  };
}

function signalGroups(children: Set<ChildProcess>, signal: NodeJS.Signals): void {
  for (const { pid } of children) {
    if (pid === undefined) continue;
    try {
      process.kill(-pid, signal);
    } catch {
      // It ended a moment ago.
    }
  }
}

/**
 * Ends the crew and then the process at Ctrl-C or SIGTERM; a second signal does not interrupt the first.
 *
 * SIGTERM for npm reaches only the shell between npm and this process, so losing that shell counts as one.
 */
export function endOnSignals(crew: Crew): void {
  const end = (code: number) => () => void crew.end().finally(() => process.exit(code));
  process.on("SIGINT", end(0));
  process.on("SIGTERM", end(0));
  // Under nohup there is no terminal to hang up.
  if (process.stdout.isTTY) process.on("SIGHUP", end(0));
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(0)(), 250).unref();
}
