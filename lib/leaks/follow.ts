import type { Context } from "../context";
import type { Leak, Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { usualOwner } from "../improvements/repeated";
import { notify } from "../notifications/notify";
import { canonicalJson } from "../runs/canonical";
import type { FinishedRun } from "../runs/kind";
import { record } from "../transaction";
import { keepDrops, type LeakCohort, readNextCohort } from "./entries";
import {
  type Followed,
  isMended,
  type LeakPlace,
  type MeasuredFinding,
  planFollow,
  usualDays,
  usualParameters,
} from "./rules";
import type { LeakFinding, LeakMeasure, LeaksResult, NextCohort, StandingFinding } from "./schema";

const day = 86_400_000;
const mostPast = 1_000;

/** What one kind of run knows of the leaks that it opens and ends. */
export type LeakSource = {
  kind: string;
  measures: readonly LeakMeasure[];
  findings: readonly MeasuredFinding[];
  /** Days that the run looks at, and after which an entry is judged. */
  windowDays: number;
  horizonDays: number;
  /** Keeps who stands behind a leak, as the run saw them. */
  keep(leakId: string, finding: MeasuredFinding): Promise<void>;
  /** How it went since its mending began. */
  readNext(leak: Leak, fixingSince: Date): Promise<NextCohort>;
};

const stored = ({ measure: _, ...finding }: MeasuredFinding) => finding as unknown as Prisma.InputJsonObject;
const about = ({ measure, template, stage, dimension, value }: LeakPlace) => ({
  ...{ measure, template, stage, dimension, value },
});
const placed = (leak: Leak) => ({
  ...leak,
  ...{ measure: leak.measure as LeakMeasure, dimension: leak.dimension as LeakPlace["dimension"] },
});

/** Whether a later run was followed already: an older question never changes what stands. */
async function isOutdated(ctx: Context, run: FinishedRun, kind: string): Promise<boolean> {
  const later = await ctx.db.analyticsRun.count({
    where: {
      ...{ workspaceId: ctx.workspaceId, kind, parameters: run.parameters, teamId: null, status: "done" },
      ...{ asOf: { gt: run.asOf }, id: { not: run.id } },
    },
  });
  return later > 0;
}

async function suspect(ctx: Context, run: FinishedRun, source: LeakSource, found: Followed["suspect"]): Promise<void> {
  for (const finding of found) {
    const id = newId();
    await ctx.db.leak.create({
      data: {
        ...{ workspaceId: ctx.workspaceId, id, ...about(finding), finding: stored(finding) },
        ...{ horizonDays: source.horizonDays, foundAt: ctx.now, runId: run.id, lastAsOf: run.asOf },
      },
    });
    await source.keep(id, finding);
    record(ctx, "leak.suspected", { subject: `leak:${id}`, detail: { ...about(finding), runId: run.id } });
  }
}

async function confirm(
  ctx: Context,
  run: FinishedRun,
  source: LeakSource,
  confirmed: Followed["confirm"],
): Promise<void> {
  const ownerId = confirmed.length > 0 ? await usualOwner(ctx) : null;
  for (const { id, finding } of confirmed) {
    await change(ctx, id, {
      ...{ state: "confirmed", confirmedAt: ctx.now, ownerId, dueOn: new Date(ctx.now.getTime() + usualDays * day) },
      ...{ finding: stored(finding), runId: run.id, lastAsOf: run.asOf },
    });
    await source.keep(id, finding);
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

/** Looks how what is being mended went since, and closes it once that proves that it held. */
async function closeMended(ctx: Context, run: FinishedRun, source: LeakSource, leaks: readonly Leak[]): Promise<void> {
  for (const leak of leaks) {
    if (leak.state !== "being_fixed" || !leak.fixingSince) continue;
    const finding = leak.finding as unknown as StandingFinding;
    const next = await source.readNext(leak, leak.fixingSince);
    if (leak.measure !== "dropped")
      await change(ctx, leak.id, { next: next as unknown as Prisma.InputJsonObject, lastAsOf: run.asOf });
    if (!isMended(next)) continue;
    await change(ctx, leak.id, { state: "closed", endedAt: ctx.now });
    await notify(ctx, [leak.ownerId], "leak_closed", null, { stage: finding.stageName });
    record(ctx, "leak.closed", {
      subject: `leak:${leak.id}`,
      detail: { ...about(placed(leak)), next, runId: run.id },
      data: about(placed(leak)),
    });
  }
}

/** After a run of the whole workspace about the usual question: its leaks are suspected, confirmed, let go and closed by it. */
export async function followFindings(ctx: Context, run: FinishedRun, source: LeakSource): Promise<void> {
  if (run.teamId !== null || (await isOutdated(ctx, run, source.kind))) return;
  const { workspaceId } = ctx;
  await ctx.db
    .$queryRaw`select 1 from leaks where workspace_id = ${workspaceId}::uuid and ended_at is null order by id for update`;
  const { windowDays } = source;
  const since = new Date(run.asOf.getTime() - windowDays * day);
  const measure = { in: [...source.measures] };
  const [standing, past] = await Promise.all([
    ctx.db.leak.findMany({ where: { workspaceId, measure, endedAt: null }, orderBy: { id: "asc" } }),
    ctx.db.leak.findMany({
      where: { workspaceId, measure, endedAt: { gt: since } },
      orderBy: { endedAt: "desc" },
      take: mostPast,
    }),
  ]);
  const followed = planFollow(source.findings, {
    standing: standing.map(placed),
    past: past.map((leak) => ({ ...placed(leak), endedAt: leak.endedAt ?? since, isByHand: leak.endedById !== null })),
    ...{ asOf: run.asOf, windowDays },
  });
  await suspect(ctx, run, source, followed.suspect);
  await confirm(ctx, run, source, followed.confirm);
  for (const { id, finding } of followed.refresh) {
    // A lapse that is being mended keeps what it was then: that is what today is held against.
    const isKept = finding.measure !== "dropped" && standing.some((each) => each.id === id && each.fixingSince);
    await change(ctx, id, { ...(isKept ? {} : { finding: stored(finding) }), runId: run.id, lastAsOf: run.asOf });
    await source.keep(id, finding);
  }
  for (const id of followed.drop) {
    await change(ctx, id, { state: "rejected", endedAt: ctx.now, note: "not_found_again" });
    record(ctx, "leak.rejected", { subject: `leak:${id}`, detail: { reason: "not_found_again", runId: run.id } });
  }
  await closeMended(ctx, run, source, standing);
}

/** Leaks of those who dropped out, as the run about the usual question found them. */
export async function followLeaks(ctx: Context, run: FinishedRun): Promise<void> {
  if (run.parameters !== canonicalJson(usualParameters)) return;
  const { findings, windowDays, horizonDays } = JSON.parse(run.result) as LeaksResult;
  const cohortOf = (finding: StandingFinding, horizonDays: number): LeakCohort => ({
    // The dimensions of who dropped out are those of its findings alone.
    finding: finding as LeakFinding,
    ...{ horizonDays, asOf: run.asOf, knownAt: run.knownAt },
  });
  await followFindings(ctx, run, {
    ...{ kind: "leaks", measures: ["dropped"], windowDays, horizonDays },
    findings: findings.map((finding) => ({ ...finding, measure: "dropped" })),
    keep: (id, finding) => keepDrops(ctx, id, cohortOf(finding, horizonDays)),
    readNext: ({ finding, horizonDays }, fixingSince) =>
      readNextCohort(ctx, cohortOf(finding as unknown as StandingFinding, horizonDays), fixingSince),
  });
}
