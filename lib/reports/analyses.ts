import { requirePermission } from "../auth/permissions";
import { dayKey, endOfDay, instantOn } from "../calendar/day";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requestRun } from "../runs/commands";
import { answerOnce } from "../runs/once";
import { latestRun, readRun } from "../runs/queries";
import { kindOf } from "../runs/registry";
import { RequestRun, type RunWithResult } from "../runs/schema";
import { performRun } from "../runs/tasks";
import type { Analysis, AnalysisName } from "./schema";

/** The time zone that the workspace counts days by. */
export async function zoneOf(ctx: Context): Promise<string> {
  const where = { id: ctx.workspaceId };
  return (await ctx.db.workspace.findUniqueOrThrow({ where, select: { timeZone: true } })).timeZone;
}

/**
 * The instant that an as-of names: an instant is itself, a day is its last moment in the workspace's time zone, and today is
 * now. Throws `refused` `in_the_future` for a day that has not begun.
 */
export async function instantOf(ctx: Context, asOf: string): Promise<Date> {
  if (asOf.length > 10) return new Date(asOf);
  const zone = await zoneOf(ctx);
  const today = dayKey(zone, ctx.now);
  if (asOf > today) throw new AppError("refused", "in_the_future");
  return asOf === today ? ctx.now : new Date(endOfDay(zone, instantOn(zone, asOf)).getTime() - 1);
}

function toAnalysis(report: AnalysisName, { id, asOf, knownAt, configVersion, seed, result }: RunWithResult): Analysis {
  return { report, run: { id, asOf, knownAt, configVersion, seed }, result: result as Analysis["result"] };
}

/**
 * A report as of a time: the run that was made about exactly that time when there is one, else worked out at once and not kept.
 * Without a time it is the newest run. Every way answers alike but for the run's id. Throws `refused` `in_the_future`.
 */
export async function readAnalysis(ctx: Context, report: AnalysisName, asked?: string): Promise<Analysis> {
  requirePermission(ctx, "scores.read", "scope");
  const asOf = asked === undefined ? undefined : await instantOf(ctx, asked);
  const parameters = kindOf(report).parse({});
  const run = await latestRun(ctx, report, parameters, { asOf });
  if (run && (!asOf || run.asOf === asOf.toISOString())) return toAnalysis(report, run);
  const { result, ...frame } = await answerOnce(ctx, report, parameters, asOf);
  return { report, run: { id: null, ...frame }, result: result as Analysis["result"] };
}

/** Makes a report now, keeps it as a run, and answers it. Throws `refused` `in_the_future`, `run_failed`. */
export async function makeAnalysis(ctx: Context, report: AnalysisName, asked?: string): Promise<Analysis> {
  const asOf = asked === undefined ? undefined : await instantOf(ctx, asked);
  const { id } = await requestRun(ctx, RequestRun.parse({ kind: report, asOf, knownAt: ctx.now }));
  await performRun(ctx, id);
  const run = await readRun(ctx, { id });
  if (run.status !== "done") throw new AppError("refused", "run_failed", { detail: run.error ?? run.status });
  return toAnalysis(report, run);
}
