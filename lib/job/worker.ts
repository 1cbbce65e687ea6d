import { Logger, parseCronItems, run, type TaskList } from "graphile-worker";
import { systemContext } from "../auth/context";
import type { Context } from "../context";
import { closeDatabase, inWorkspace } from "../db";
import { env } from "../env";
import { AppError } from "../errors";
import { log } from "../log";
import { nightlyTasks, type TaskHandler, taskHandlers } from "./handlers";

/** The workspace of a job; one that is gone needs nothing any more. */
async function contextOf(workspaceId: string): Promise<Context | null> {
  try {
    return await systemContext(workspaceId);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

/** The queue's own words, as JSON lines like all others; every finished job is told only when debugging. */
const logger = new Logger(() => (level, message) => {
  log[level === "error" ? "error" : level === "warning" ? "warn" : "debug"]({ queue: true }, message);
});

/** Wraps a handler: the workspace is the one the queue wrote into the payload, the clock is read once. */
function toTask(handler: TaskHandler) {
  return async (payload: unknown) => {
    const { workspaceId, ...rest } = payload as Record<string, unknown>;
    const ctx = await contextOf(String(workspaceId));
    if (!ctx) return;
    await inWorkspace(ctx.workspaceId, () => handler(ctx, rest));
  };
}

/** Wraps nightly work, which says what it did. */
function toNightlyTask(name: string, work: (now: Date) => Promise<unknown>) {
  return async () => log.info({ task: name, result: await work(new Date()) }, "nightly work done");
}

/** Nights are counted in UTC; one that no worker was there for is made up for within a day. */
const nights = parseCronItems(
  Object.keys(nightlyTasks).map((task) => ({ task, match: "17 3 * * *", options: { backfillPeriod: 86_400_000 } })),
);

/** Runs jobs until the process is told to end; due times are met to within half a second. */
async function main(): Promise<void> {
  const url = env().DATABASE_QUEUE_URL;
  if (!url) throw new Error("Set DATABASE_QUEUE_URL to the role that owns the job queue and start again.");
  const taskList: TaskList = Object.fromEntries([
    ...Object.entries(taskHandlers).map(([name, handler]) => [name, toTask(handler)] as const),
    ...Object.entries(nightlyTasks).map(([name, work]) => [name, toNightlyTask(name, work)] as const),
  ]);
  const runner = await run({
    connectionString: url,
    taskList,
    parsedCronItems: nights,
    concurrency: 4,
    pollInterval: 500,
    logger,
    noHandleSignals: true,
  });
  let isEnding = false;
  const end = (signal: string) => {
    if (isEnding) return;
    isEnding = true;
    log.info({ signal }, "worker ends");
    void runner.stop().catch(() => undefined);
  };
  process.on("SIGTERM", () => end("SIGTERM"));
  process.on("SIGINT", () => end("SIGINT"));
  log.info({ tasks: Object.keys(taskList).length }, "worker runs");
  await runner.promise;
  await closeDatabase();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    log.fatal({ err: error }, "worker failed");
    process.exit(1);
  },
);
