import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { ScenarioExperiment } from "../generated/prisma/client";
import { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { readInputs } from "../scenarios/deals";
import type { Scenario } from "../scenarios/vocabulary";
import { chanceBetter, posteriorOf, stopWith } from "../statistics/beta-bernoulli";
import { sampleSize } from "../statistics/sample-size";
import { record, sqlState, transaction } from "../transaction";
import { planStart, planStop } from "./rules";
import type {
  ArmView,
  CreateExperiment,
  ExperimentBoard,
  ExperimentKey,
  ExperimentView,
  StartExperiment,
  StopExperiment,
} from "./schema";

type Counted = { experimentId: string; scenario: string; won: number; lost: number; all: number };

/** How the deals of each arm ended; what was neither won nor lost is pending. A deal that was won stays won. */
async function countArms(ctx: Context, ids: readonly string[]): Promise<Counted[]> {
  if (ids.length === 0) return [];
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return ctx.db.$queryRaw<Counted[]>`
    select a.experiment_id as "experimentId", a.scenario, count(*)::int as all, (count(*) filter (where e.won))::int as won,
      (count(*) filter (where not e.won and e.last = 'lost'))::int as lost
    from scenario_assignments a, lateral (select coalesce(bool_or(status in ('won', 'completed')), false) as won,
        (array_agg(status order by at desc, seq desc))[1] as last
      from stage_transitions s where s.workspace_id = ${w} and s.journey_id = a.journey_id and s.at <= ${ctx.now}) e
    where a.workspace_id = ${w} and a.experiment_id = any(${[...ids]}::uuid[]) group by 1, 2`;
}

function armOf(scenario: string, rows: readonly Counted[]): ArmView {
  const { won, lost, all } = rows.find((row) => row.scenario === scenario) ?? { won: 0, lost: 0, all: 0 };
  const finished = won + lost;
  const { mean } = posteriorOf({ k: won, n: finished });
  return { scenario: scenario as Scenario, won, finished, pending: all - finished, mean };
}

function viewOf(row: ScenarioExperiment, rows: readonly Counted[]): ExperimentView {
  const first = armOf(row.first, rows);
  const second = armOf(row.second, rows);
  const counts = [first, second].map(({ won, finished }) => ({ k: won, n: finished }));
  const [one = { k: 0, n: 0 }, two = { k: 0, n: 0 }] = counts;
  const end = stopWith(one, two, { perArm: row.stopPerArm, chance: row.stopChance });
  const { id, version, key, name, share, seed, blockSize, minPClose, expectedFirst, expectedSecond, perArm } = row;
  return {
    ...{ id, version, key, name, share, seed, blockSize, minPClose, expectedFirst, expectedSecond, perArm },
    ...{ stopChance: row.stopChance, stopPerArm: row.stopPerArm, stopNote: row.stopNote, first, second },
    method: row.method as ExperimentView["method"],
    status: row.status as ExperimentView["status"],
    startedAt: row.startedAt?.toISOString() ?? null,
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
    winner: row.winner as ExperimentView["winner"],
    chance: chanceBetter(one, two),
    stopsWith: end === null ? null : end === "first" ? first.scenario : second.scenario,
  };
}

/**
 * The newest hundred experiments as they stand: outcomes that are finished, what is pending, and the chance that the second arm wins
 * more often (DOMAIN F65b). Looking early shows no other figure, so that nobody stops by a lucky day.
 */
export async function listExperiments(ctx: Context): Promise<ExperimentBoard> {
  requirePermission(ctx, "scores.read", "scope");
  const { workspaceId } = ctx;
  const rows = await ctx.db.scenarioExperiment.findMany({
    where: { workspaceId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 100,
  });
  const counted = await countArms(
    ctx,
    rows.map(({ id }) => id),
  );
  const { closeRate } = await readInputs(ctx, null);
  return {
    experiments: rows.map((row) =>
      viewOf(
        row,
        counted.filter(({ experimentId }) => experimentId === row.id),
      ),
    ),
    recentDeals: closeRate.n,
    mayRun: canAs(ctx.roles, "experiments.run", "yes"),
  };
}

/** Writes an experiment that may be started; how many deals each arm needs is computed and kept (DOMAIN F65). Throws `conflict` `key_taken`. */
export async function createExperiment(
  ctx: Context,
  input: CreateExperiment,
): Promise<{ id: string; version: number; perArm: number }> {
  requirePermission(ctx, "experiments.run", "yes");
  return transaction(ctx, async (ctx) => {
    const { workspaceId, now: createdAt, memberId: createdById } = ctx;
    const { id = newId(), ...content } = input;
    const { perArm } = sampleSize(input.expectedFirst, input.expectedSecond);
    const known = await ctx.db.scenarioExperiment.findFirst({ where: { workspaceId, key: input.key } });
    if (known?.id === id) throw new AppError("conflict", "duplicate");
    if (known) throw new AppError("conflict", "key_taken");
    await ctx.db.scenarioExperiment.create({ data: { workspaceId, id, ...content, perArm, createdAt, createdById } });
    record(ctx, "scenario_experiment.created", {
      subject: `scenario_experiment:${id}`,
      detail: { ...content, perArm },
      data: { key: input.key },
    });
    return { id, version: 1, perArm };
  });
}

async function requireExperiment(ctx: Context, { id, version }: { id: string; version?: number }) {
  const { workspaceId } = ctx;
  await ctx.db
    .$queryRaw`select 1 from scenario_experiments where workspace_id = ${workspaceId}::uuid and id = ${id}::uuid for update`;
  const found = await ctx.db.scenarioExperiment.findFirst({ where: { workspaceId, id } });
  if (!found) throw new AppError("not_found", "scenario_experiment");
  if (version !== undefined && found.version !== version)
    throw new AppError("conflict", "version", { current: { status: found.status, version: found.version } });
  return found;
}

/** Starts it: from now on deals at their decision stage are drawn, and nothing of it changes. One runs at a time. */
export async function startExperiment(ctx: Context, input: StartExperiment): Promise<{ version: number }> {
  requirePermission(ctx, "experiments.run", "yes");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const found = await requireExperiment(ctx, input);
    const other = await ctx.db.scenarioExperiment.findFirst({ where: { workspaceId, status: "running" } });
    const { status } = enforce(planStart(found.status, other !== null));
    const version = found.version + 1;
    try {
      await ctx.db.scenarioExperiment.updateMany({
        where: { workspaceId, id: found.id },
        data: { status, startedAt: ctx.now, startedById: ctx.memberId, version },
      });
    } catch (error) {
      if (sqlState(error) !== "23505" && (error as { code?: string }).code !== "P2002") throw error;
      throw new AppError("refused", "experiment_runs");
    }
    record(ctx, "scenario_experiment.started", {
      subject: `scenario_experiment:${found.id}`,
      detail: { perArm: found.perArm, stopChance: found.stopChance, stopPerArm: found.stopPerArm },
      data: { key: found.key },
    });
    return { version };
  });
}

/** Stops it for good: with the winner that the rule fixed at the start names, or without one and a reason (DOMAIN F65b). */
export async function stopExperiment(
  ctx: Context,
  { note, ...input }: StopExperiment,
): Promise<{ version: number; winner: Scenario | null }> {
  requirePermission(ctx, "experiments.run", "yes");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const found = await requireExperiment(ctx, input);
    const view = viewOf(found, await countArms(ctx, [found.id]));
    const { status } = enforce(planStop(found.status, view.stopsWith, note));
    const version = found.version + 1;
    const winner = view.stopsWith;
    await ctx.db.scenarioExperiment.updateMany({
      where: { workspaceId, id: found.id },
      data: { status, winner, stopNote: note, stoppedAt: ctx.now, stoppedById: ctx.memberId, version },
    });
    const { first, second, chance } = view;
    record(ctx, "scenario_experiment.stopped", {
      subject: `scenario_experiment:${found.id}`,
      detail: { winner, note, first, second, chance },
      data: { key: found.key, winner },
    });
    return { version, winner };
  });
}

/** Throws a draft away. Throws `refused` for one that was started: deals were drawn by it. */
export async function discardExperiment(ctx: Context, { id }: ExperimentKey): Promise<void> {
  requirePermission(ctx, "experiments.run", "yes");
  await transaction(ctx, async (ctx) => {
    const found = await requireExperiment(ctx, { id });
    if (found.status !== "draft") throw new AppError("refused", "experiment_started");
    await ctx.db.scenarioExperiment.deleteMany({ where: { workspaceId: ctx.workspaceId, id, status: "draft" } });
    record(ctx, "scenario_experiment.discarded", {
      subject: `scenario_experiment:${id}`,
      detail: { key: found.key, name: found.name },
    });
  });
}
