import { systemContext } from "../auth/context";
import type { Context } from "../context";
import { asUser, inWorkspace } from "../db";
import { AppError } from "../errors";
import type { AnalyticsRun } from "../generated/prisma/client";
import { log } from "../log";
import { nothingChanged, record, transaction } from "../transaction";
import { canonicalJson, sha256Of } from "./canonical";
import { requestRun } from "./commands";
import { findKind, runKinds } from "./registry";
import { runKindNames } from "./schema";

/** The longest that an open write is waited for; transactions end after a minute. */
const longestWait = 65_000;
const pause = 100;

/** Waits until every write that began before `knownAt` has landed, so that a repetition cannot find more. */
async function settle(ctx: Context, knownAt: Date): Promise<void> {
  for (const end = Date.now() + longestWait; Date.now() < end; ) {
    const [row] = await ctx.db.$queryRaw<{ open: boolean }[]>`
      select exists (select from pg_stat_activity where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid()
        and xact_start <= ${knownAt}::timestamptz) as open`;
    if (!row?.open) return;
    await new Promise((resume) => setTimeout(resume, pause));
  }
}

async function start(ctx: Context, id: string): Promise<AnalyticsRun | null> {
  return transaction(ctx, async (ctx) => {
    nothingChanged(ctx);
    const { workspaceId, now: startedAt } = ctx;
    const { count } = await ctx.db.analyticsRun.updateMany({
      where: { workspaceId, id, status: { in: ["queued", "running"] } },
      data: { status: "running", startedAt },
    });
    return count === 0 ? null : ctx.db.analyticsRun.findFirst({ where: { workspaceId, id } });
  });
}

type End = { status: "done"; result: string; resultSha256: string } | { status: "failed"; error: string };

async function finish(ctx: Context, run: AnalyticsRun, end: End): Promise<void> {
  const { id, kind } = run;
  await transaction({ ...ctx, now: new Date() }, async (ctx) => {
    const { workspaceId, now: finishedAt } = ctx;
    const { count } = await ctx.db.analyticsRun.updateMany({
      where: { workspaceId, id, status: "running" },
      data: { ...end, finishedAt },
    });
    if (count === 0) return nothingChanged(ctx);
    const detail = end.status === "done" ? { kind, sha256: end.resultSha256 } : { kind, error: end.error };
    record(ctx, end.status === "done" ? "run.finished" : "run.failed", {
      subject: `run:${id}`,
      detail,
      data: { kind },
    });
    if (end.status === "done") await findKind(kind)?.finished(ctx, { ...run, result: end.result });
  });
}

async function resultOf(ctx: Context, run: AnalyticsRun): Promise<End> {
  const kind = findKind(run.kind);
  if (!kind) return { status: "failed", error: "unknown_kind" };
  const { body, agentIds } = JSON.parse(run.config) as { body: unknown; agentIds: string[] | null };
  const { asOf, knownAt, seed } = run;
  try {
    await kind.prepare(ctx);
    const parameters: unknown = JSON.parse(run.parameters);
    const result = canonicalJson(await kind.run(ctx, { asOf, knownAt, seed, parameters, config: body, agentIds }));
    return { status: "done", result, resultSha256: sha256Of(result) };
  } catch (error) {
    if (error instanceof AppError) return { status: "failed", error: error.reason };
    log.error({ err: error, runId: run.id, kind: run.kind }, "an analysis failed");
    return { status: "failed", error: "internal" };
  }
}

/** Makes the analysis that a run asks for and keeps what it found; one that ended already is left as it is. */
export async function performRun(ctx: Context, runId: string): Promise<void> {
  const run = await start({ ...ctx, now: new Date() }, runId);
  if (!run) return;
  await settle(ctx, run.knownAt);
  await finish(ctx, run, await resultOf(ctx, run));
}

/** Asks every workspace's nightly questions; how many. */
export async function requestNightlyRuns(now: Date): Promise<{ requested: number }> {
  let requested = 0;
  const workspaces = await asUser(null, (db) => db.workspace.findMany({ select: { id: true } }));
  for (const { id } of workspaces) {
    const ctx = await systemContext(id, { now });
    await inWorkspace(id, async () => {
      for (const kind of runKindNames)
        for (const parameters of runKinds[kind].nightly) {
          await requestRun(ctx, { kind, parameters: parameters as Record<string, unknown> });
          requested += 1;
        }
    });
  }
  return { requested };
}

/** The jobs of this noun, by task name. Each may run twice and does its work once. */
export const runTasks: Record<string, (ctx: Context, payload: Record<string, unknown>) => Promise<void>> = {
  "runs.perform": (ctx, { runId }) => performRun(ctx, String(runId)),
};
