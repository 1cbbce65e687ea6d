import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { AppError } from "../errors";
import { type AnalyticsRun, Prisma } from "../generated/prisma/client";
import { canonicalJson } from "./canonical";
import { compareResults } from "./rules";
import type {
  CompareRuns,
  ListRuns,
  RunComparison,
  RunKey,
  RunKindName,
  RunStatus,
  RunView,
  RunWithResult,
} from "./schema";

/** Whose contacts a manager's analyses read: her team's id, or null for everybody's. */
export function teamOfRuns(ctx: Context): string | null {
  return ctx.teamId && canAs(ctx.roles, "scores.read", "scope") ? ctx.teamId : null;
}

function toView(run: AnalyticsRun, requestedByName: string | null): RunView {
  return {
    id: run.id,
    kind: run.kind,
    parameters: JSON.parse(run.parameters) as Record<string, unknown>,
    asOf: run.asOf.toISOString(),
    knownAt: run.knownAt.toISOString(),
    configVersion: run.configVersion,
    seed: run.seed,
    status: run.status as RunStatus,
    requestedByName,
    requestedAt: run.requestedAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    resultSha256: run.resultSha256,
    error: run.error,
  };
}

async function namesOf(ctx: Context, runs: readonly AnalyticsRun[]): Promise<Map<string, string>> {
  const ids = [...new Set(runs.flatMap(({ requestedById }) => requestedById ?? []))];
  if (ids.length === 0) return new Map();
  const members = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  });
  return new Map(members.map(({ id, name }) => [id, name]));
}

async function toViews(ctx: Context, runs: readonly AnalyticsRun[]): Promise<RunView[]> {
  const names = await namesOf(ctx, runs);
  return runs.map((run) => toView(run, names.get(run.requestedById ?? "") ?? null));
}

async function findStored(ctx: Context, id: string): Promise<AnalyticsRun> {
  requirePermission(ctx, "scores.read", "scope");
  const run = await ctx.db.analyticsRun.findFirst({
    where: { workspaceId: ctx.workspaceId, id, teamId: teamOfRuns(ctx) },
  });
  if (!run) throw new AppError("not_found", "run");
  return run;
}

/** One run with what it found; `not_found` when it is of another workspace or read other people's contacts. */
export async function readRun(ctx: Context, { id }: RunKey): Promise<RunWithResult> {
  const run = await findStored(ctx, id);
  const [view] = await toViews(ctx, [run]);
  if (!view) throw new AppError("not_found", "run");
  return { ...view, result: run.result === null ? null : (JSON.parse(run.result) as unknown) };
}

/** Of which time a run is, what was known, and whose contacts counted: for the rows behind its numbers. */
export async function runFrameOf(ctx: Context, { id }: RunKey) {
  const { kind, asOf, knownAt, config } = await findStored(ctx, id);
  const { agentIds } = JSON.parse(config) as { agentIds: string[] | null };
  return { kind, asOf, knownAt, agentIds };
}

/** The runs one may see without their results, newest first, by cursor. */
export async function listRuns(ctx: Context, input: ListRuns): Promise<{ data: RunView[]; nextCursor: string | null }> {
  requirePermission(ctx, "scores.read", "scope");
  const { workspaceId } = ctx;
  const from = decodeCursor(input.cursor);
  const runs = await ctx.db.analyticsRun.findMany({
    where: {
      workspaceId,
      teamId: teamOfRuns(ctx),
      ...(input.kind ? { kind: input.kind } : {}),
      ...(from ? { OR: [{ requestedAt: { lt: from.at } }, { requestedAt: from.at, id: { lt: from.id } }] } : {}),
    },
    omit: { result: true },
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
  });
  const page = runs.slice(0, input.limit).map((run) => ({ ...run, result: null }));
  const last = page.at(-1);
  const nextCursor = runs.length > input.limit && last ? encodeCursor({ at: last.requestedAt, id: last.id }) : null;
  return { data: await toViews(ctx, page), nextCursor };
}

/**
 * The newest finished run of a kind that was asked exactly this, with what it found, or null; `asOf` takes the newest that
 * is not about a later time.
 */
export async function latestRun(
  ctx: Context,
  kind: RunKindName,
  parameters: unknown,
  { asOf }: { asOf?: Date | undefined } = {},
): Promise<RunWithResult | null> {
  requirePermission(ctx, "scores.read", "scope");
  const { workspaceId } = ctx;
  const run = await ctx.db.analyticsRun.findFirst({
    where: {
      ...{ workspaceId, kind, parameters: canonicalJson(parameters), status: "done", teamId: teamOfRuns(ctx) },
      ...(asOf ? { asOf: { lte: asOf } } : {}),
    },
    orderBy: [{ asOf: "desc" }, { requestedAt: "desc" }, { id: "desc" }],
  });
  if (!run?.result) return null;
  const [view] = await toViews(ctx, [run]);
  return view ? { ...view, result: JSON.parse(run.result) as unknown } : null;
}

/** The run of a kind that was asked this and has not ended yet, or null. */
export async function movingRun(ctx: Context, kind: RunKindName, parameters: unknown): Promise<RunView | null> {
  requirePermission(ctx, "scores.read", "scope");
  const run = await ctx.db.analyticsRun.findFirst({
    where: {
      ...{ workspaceId: ctx.workspaceId, kind, parameters: canonicalJson(parameters), teamId: teamOfRuns(ctx) },
      status: { in: ["queued", "running"] },
    },
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
  });
  return run ? toView(run, null) : null;
}

/** Whether two finished runs found the same, and if not where they part. Throws `refused` `not_finished`. */
export async function compareRuns(ctx: Context, { id, otherId }: CompareRuns): Promise<RunComparison> {
  const [first, second] = await Promise.all([findStored(ctx, id), findStored(ctx, otherId)]);
  if (first.result === null || second.result === null) throw new AppError("refused", "not_finished");
  if (first.resultSha256 === second.resultSha256) return { isSame: true, differences: [], isTruncated: false };
  return compareResults(JSON.parse(first.result), JSON.parse(second.result));
}

/** Contacts as they were known at a time: what was corrected or merged since is read as it stood then. */
export function interactionsKnownAt(ctx: Context, { asOf, knownAt }: { asOf: Date; knownAt: Date }): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return Prisma.sql`(
    select i.id, i.customer_id, i.journey_id, i.agent_id, i.medium, i.route, i.type, i.started_at from interactions i
    where i.workspace_id = ${w} and i.recorded_at <= ${knownAt} and i.started_at <= ${asOf}
      and not exists (select 1 from interaction_versions v where v.workspace_id = ${w} and v.interaction_id = i.id and v.known_until > ${knownAt})
    union all
    select * from (
      select distinct on (v.interaction_id) v.interaction_id, v.customer_id, v.journey_id, v.agent_id, v.medium, v.route, v.type, v.started_at
      from interaction_versions v join interactions i on i.workspace_id = ${w} and i.id = v.interaction_id
      where v.workspace_id = ${w} and v.known_until > ${knownAt} and i.recorded_at <= ${knownAt}
      order by v.interaction_id, v.known_until) then_known where started_at <= ${asOf})`;
}
