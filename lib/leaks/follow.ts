import type { Context } from "../context";
import type { Leak, Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { usualOwner } from "../improvements/repeated";
import { notify } from "../notifications/notify";
import { canonicalJson } from "../runs/canonical";
import type { FinishedRun } from "../runs/kind";
import { record } from "../transaction";
import { keepDrops, type LeakCohort, readNextCohort } from "./entries";
import { type Followed, isMended, planFollow, usualDays, usualParameters } from "./rules";
import type { LeakFinding, LeaksResult } from "./schema";

const day = 86_400_000;
const mostPast = 1_000;

const stored = (finding: LeakFinding) => finding as unknown as Prisma.InputJsonObject;
const about = ({ template, stage, dimension, value }: LeakFinding) => ({ template, stage, dimension, value });

const cohortOf = ({ asOf, knownAt }: FinishedRun, finding: LeakFinding): LeakCohort => ({
  finding,
  horizonDays: usualParameters.horizonDays,
  asOf,
  knownAt,
});

/** Whether a later run was followed already: an older question never changes what stands. */
async function isOutdated(ctx: Context, run: FinishedRun): Promise<boolean> {
  const later = await ctx.db.analyticsRun.count({
    where: {
      ...{ workspaceId: ctx.workspaceId, kind: "leaks", parameters: run.parameters, teamId: null, status: "done" },
      ...{ asOf: { gt: run.asOf }, id: { not: run.id } },
    },
  });
  return later > 0;
}

async function suspect(
  ctx: Context,
  run: FinishedRun,
  findings: readonly LeakFinding[],
  horizonDays: number,
): Promise<void> {
  for (const finding of findings) {
    const id = newId();
    await ctx.db.leak.create({
      data: {
        ...{ workspaceId: ctx.workspaceId, id, ...about(finding), finding: stored(finding), horizonDays },
        ...{ foundAt: ctx.now, runId: run.id, lastAsOf: run.asOf },
      },
    });
    await keepDrops(ctx, id, cohortOf(run, finding));
    record(ctx, "leak.suspected", { subject: `leak:${id}`, detail: { ...about(finding), runId: run.id } });
  }
}

async function confirm(ctx: Context, run: FinishedRun, confirmed: Followed["confirm"]): Promise<void> {
  const ownerId = confirmed.length > 0 ? await usualOwner(ctx) : null;
  for (const { id, finding } of confirmed) {
    await change(ctx, id, {
      ...{ state: "confirmed", confirmedAt: ctx.now, ownerId, dueOn: new Date(ctx.now.getTime() + usualDays * day) },
      ...{ finding: stored(finding), runId: run.id, lastAsOf: run.asOf },
    });
    await keepDrops(ctx, id, cohortOf(run, finding));
    await notify(ctx, [ownerId], "leak_confirmed", null, { stage: finding.stageName });
    record(ctx, "leak.confirmed", {
      subject: `leak:${id}`,
      detail: { ...about(finding), runId: run.id, ownerId },
      data: about(finding),
    });
  }
}

async function change(ctx: Context, id: string, data: Prisma.LeakUncheckedUpdateManyInput): Promise<void> {
  await ctx.db.leak.updateMany({
    where: { workspaceId: ctx.workspaceId, id },
    data: { ...data, version: { increment: 1 } },
  });
}

/** Closes what is being mended once its next cohort proves that it held. */
async function closeMended(ctx: Context, run: FinishedRun, leaks: readonly Leak[]): Promise<void> {
  for (const leak of leaks) {
    if (leak.state !== "being_fixed" || !leak.fixingSince) continue;
    const finding = leak.finding as unknown as LeakFinding;
    const { horizonDays } = leak;
    const next = await readNextCohort(
      ctx,
      { finding, horizonDays, asOf: run.asOf, knownAt: run.knownAt },
      leak.fixingSince,
    );
    if (!isMended(next)) continue;
    await change(ctx, leak.id, { state: "closed", endedAt: ctx.now });
    await notify(ctx, [leak.ownerId], "leak_closed", null, { stage: finding.stageName });
    record(ctx, "leak.closed", {
      subject: `leak:${leak.id}`,
      detail: { ...about(finding), next, runId: run.id },
      data: about(finding),
    });
  }
}

/** After a run of the whole workspace about the usual question: leaks are suspected, confirmed, let go and closed by it. */
export async function followLeaks(ctx: Context, run: FinishedRun): Promise<void> {
  if (run.teamId !== null || run.parameters !== canonicalJson(usualParameters) || (await isOutdated(ctx, run))) return;
  const { workspaceId } = ctx;
  await ctx.db
    .$queryRaw`select 1 from leaks where workspace_id = ${workspaceId}::uuid and ended_at is null order by id for update`;
  const { findings, windowDays, horizonDays } = JSON.parse(run.result) as LeaksResult;
  const since = new Date(run.asOf.getTime() - windowDays * day);
  const [standing, past] = await Promise.all([
    ctx.db.leak.findMany({ where: { workspaceId, endedAt: null }, orderBy: { id: "asc" } }),
    ctx.db.leak.findMany({
      where: { workspaceId, endedAt: { gt: since } },
      orderBy: { endedAt: "desc" },
      take: mostPast,
    }),
  ]);
  type Place = Pick<LeakFinding, "template" | "stage" | "dimension" | "value">;
  const place = (leak: Leak) => ({ ...leak, dimension: leak.dimension as Place["dimension"] });
  const followed = planFollow(findings, {
    standing: standing.map(place),
    past: past.map((leak) => ({ ...place(leak), endedAt: leak.endedAt ?? since, isByHand: leak.endedById !== null })),
    ...{ asOf: run.asOf, windowDays },
  });
  await suspect(ctx, run, followed.suspect, horizonDays);
  await confirm(ctx, run, followed.confirm);
  for (const { id, finding } of followed.refresh) {
    await change(ctx, id, { finding: stored(finding), runId: run.id, lastAsOf: run.asOf });
    await keepDrops(ctx, id, cohortOf(run, finding));
  }
  for (const id of followed.drop) {
    await change(ctx, id, { state: "rejected", endedAt: ctx.now, note: "not_found_again" });
    record(ctx, "leak.rejected", { subject: `leak:${id}`, detail: { reason: "not_found_again", runId: run.id } });
  }
  await closeMended(ctx, run, standing);
}
