import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { enqueue, nothingChanged, record, transaction } from "../transaction";
import { canonicalJson } from "./canonical";
import { teamOfRuns } from "./queries";
import { kindOf } from "./registry";
import { planFrame } from "./rules";
import type { RequestRun, RunKey, RunStatus } from "./schema";

/** Rows that were begun before a run's time are let to land first. */
const settling = 1_000;

type Frame = Pick<StoredFrame, "parameters" | "config" | "configVersion" | "asOf" | "knownAt" | "seed">;
type StoredFrame = {
  parameters: string;
  config: string;
  configVersion: number;
  asOf: Date;
  knownAt: Date;
  seed: number;
};

function begin(ctx: Context, kind: string, frame: Frame): { id: string; status: RunStatus } {
  const id = newId();
  const earliest = frame.knownAt.getTime() + settling;
  enqueue(
    ctx,
    "runs.perform",
    { runId: id },
    {
      key: `run:${id}`,
      ...(earliest > ctx.now.getTime() ? { runAt: new Date(earliest) } : {}),
    },
  );
  const { parameters, asOf, knownAt, seed } = frame;
  record(ctx, "run.requested", {
    subject: `run:${id}`,
    detail: { kind, parameters, asOf: asOf.toISOString(), knownAt: knownAt.toISOString(), seed },
    data: { kind },
  });
  return { id, status: "queued" };
}

async function store(ctx: Context, kind: string, frame: Frame): Promise<{ id: string; status: RunStatus }> {
  const { workspaceId, memberId: requestedById, now: requestedAt } = ctx;
  const begun = begin(ctx, kind, frame);
  await ctx.db.analyticsRun.create({
    data: { workspaceId, id: begun.id, kind, ...frame, teamId: teamOfRuns(ctx), requestedById, requestedAt },
  });
  return begun;
}

/** The members whose contacts a manager of one team reads, in their order; null for everybody's. */
export async function agentsOf(ctx: Context): Promise<string[] | null> {
  const teamId = teamOfRuns(ctx);
  if (!teamId) return null;
  const members = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, teamId },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return members.map(({ id }) => id);
}

/**
 * Asks for an analysis, which the worker makes. Whoever asks again while the same question is being answered gets that run,
 * unless she names a time, what was known, or a seed. Throws `refused` `in_the_future`.
 */
export async function requestRun(ctx: Context, input: RequestRun): Promise<{ id: string; status: RunStatus }> {
  requirePermission(ctx, "runs.start", "scope");
  const kind = kindOf(input.kind);
  const { workspaceId } = ctx;
  return transaction(ctx, async (ctx) => {
    const frame = enforce(planFrame(input, ctx.now));
    const parameters = canonicalJson(kind.parse(input.parameters));
    if (!input.asOf && !input.knownAt && input.seed === undefined) {
      const standing = await ctx.db.analyticsRun.findFirst({
        where: {
          workspaceId,
          kind: input.kind,
          parameters,
          teamId: teamOfRuns(ctx),
          status: { in: ["queued", "running"] },
        },
        select: { id: true, status: true },
      });
      if (standing) {
        nothingChanged(ctx);
        return { id: standing.id, status: standing.status as RunStatus };
      }
    }
    const { version, body } = await kind.config(ctx);
    const config = canonicalJson({ body, agentIds: await agentsOf(ctx) });
    return store(ctx, input.kind, {
      ...frame,
      ...{ parameters, config, configVersion: version, seed: input.seed ?? kind.seed },
    });
  });
}

/** Asks a run's question again, word for word: same time, same knowledge, same settings, same seed. */
export async function repeatRun(ctx: Context, { id }: RunKey): Promise<{ id: string; status: RunStatus }> {
  requirePermission(ctx, "runs.start", "scope");
  const { workspaceId } = ctx;
  return transaction(ctx, async (ctx) => {
    const run = await ctx.db.analyticsRun.findFirst({ where: { workspaceId, id, teamId: teamOfRuns(ctx) } });
    if (!run) throw new AppError("not_found", "run");
    const { parameters, config, configVersion, asOf, knownAt, seed } = run;
    return store(ctx, run.kind, { parameters, config, configVersion, asOf, knownAt, seed });
  });
}
