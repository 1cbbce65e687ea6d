import { systemContext } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/roles";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Prisma } from "@/lib/generated/prisma/client";
import { type Job, writeBatch } from "@/lib/imports/batch";
import { addCounts, noCounts } from "@/lib/imports/counts";
import { nameOfOutsidePerson, type OutsidePerson } from "@/lib/imports/olist";
import { type ImportPlan, openSources, type PlannedRow, planImport } from "@/lib/imports/plan";
import type { ImportCounts, ImportFileView, ImportPreset, Mapping } from "@/lib/imports/schema";
import type { Source } from "@/lib/imports/source";
import { log } from "@/lib/log";
import { ensureMembers } from "@/lib/members/external";
import { nothingChanged, record, transaction } from "@/lib/transaction";

/** Rows of one transaction: a killed import loses at most these, and does them again. */
const batchSize = 500;

type Stored = {
  id: string;
  name: string;
  status: string;
  preset: string | null;
  mapping: unknown;
  files: unknown;
  dryRun: boolean;
  createdById: string | null;
};

/** Told after each batch; for the command line. */
export type Progress = (progress: number, counts: ImportCounts) => void;

/**
 * Runs a queued import to its end, or on from where it stopped: rows that were written are known by their line and
 * left alone. A file or a mapping that cannot work ends it as `failed` with the reason; any other error is thrown, and
 * running it again goes on.
 */
export async function runImport(workspaceId: string, importId: string, onProgress?: Progress): Promise<void> {
  await inWorkspace(workspaceId, async () => {
    const system = await systemContext(workspaceId);
    const found = await system.db.import.findFirst({ where: { workspaceId, id: importId } });
    if (!found || !["queued", "running"].includes(found.status)) return;
    const ctx = await contextOf(workspaceId, found.createdById);
    try {
      await perform(ctx, found, onProgress);
    } catch (error) {
      if (!(error instanceof AppError)) {
        await noteTrouble(ctx, importId);
        throw error;
      }
      await fail(ctx, importId, error);
    }
  });
}

/** The import acts as who started it, with a manager's rights for it alone. */
async function contextOf(workspaceId: string, memberId: string | null): Promise<Context> {
  const roles: Role[] = ["manager", "osc"];
  return systemContext(workspaceId, memberId ? { memberId, roles } : { roles });
}

async function perform(ctx: Context, stored: Stored, onProgress: Progress | undefined): Promise<void> {
  const settings = await ctx.db.workspaceSettings.findFirst({ where: { workspaceId: ctx.workspaceId } });
  if (!settings?.coverageLeadId) throw new AppError("refused", "no_coverage_lead");
  const sources = await loadSources(ctx, stored.files as ImportFileView[]);
  const mapping = Object.keys(stored.mapping as Mapping).length > 0 ? (stored.mapping as Mapping) : null;
  const reading = { region: settings.region, timeZone: ctx.timeZone, now: ctx.now };
  const plan = planImport(sources, { preset: stored.preset as ImportPreset | null, mapping }, reading);
  await begin(ctx, stored, sources, plan);

  const job: Job = {
    importId: stored.id,
    dryRun: stored.dryRun,
    region: settings.region,
    coverageLeadId: settings.coverageLeadId,
    oscByEmail: await oscsByEmail(ctx),
    memberByExternalId: stored.dryRun ? new Map() : await bringPeople(ctx, stored.id, plan.people),
  };
  let batches = 0;
  for (const batch of inBatches(plan.rows())) {
    await runBatch(ctx, job, batch, onProgress);
    batches += 1;
    if (!job.dryRun && refreshedAfter.has(batches)) await ctx.db.$queryRaw`select app.refresh_statistics()::text`;
  }
  await finish(ctx, job);
}

/** So many batches make tables so much larger that the database should count them anew. */
const refreshedAfter: ReadonlySet<number> = new Set([1, 4, 16, 64]);

function* inBatches(rows: Iterable<PlannedRow>): Generator<PlannedRow[]> {
  let batch: PlannedRow[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function loadSources(ctx: Context, files: readonly ImportFileView[]): Promise<Source[]> {
  const { workspaceId } = ctx;
  const stored = [];
  for (const { id } of files) {
    const file = await ctx.db.file.findFirst({
      where: { workspaceId, id },
      select: { id: true, name: true, content: true },
    });
    if (!file) throw new AppError("not_found", "file");
    stored.push(file);
  }
  return openSources(stored);
}

async function begin(
  ctx: Context,
  { id, status }: Stored,
  sources: readonly Source[],
  plan: ImportPlan,
): Promise<void> {
  await transaction(ctx, async (ctx) => {
    await ctx.db.import.updateMany({
      where: { workspaceId: ctx.workspaceId, id, status: { in: ["queued", "running"] } },
      data: {
        status: "running",
        error: null,
        files: sources.map(({ view }) => view) as unknown as Prisma.InputJsonArray,
        mapping: plan.mapping,
      },
    });
    if (status === "queued") record(ctx, "import.started", { subject: `import:${id}`, data: { importId: id } });
    else nothingChanged(ctx);
  });
}

async function oscsByEmail(ctx: Context): Promise<Map<string, string>> {
  const members = await ctx.db.member.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      status: { in: ["active", "invited"] },
      roles: { has: "osc" },
      email: { not: null },
    },
    select: { id: true, email: true },
  });
  return new Map(members.map(({ id, email }) => [email?.toLowerCase() ?? "", id]));
}

/** Members for the people a preset brings; remembers on the import which of them are new. */
async function bringPeople(
  ctx: Context,
  importId: string,
  people: readonly OutsidePerson[],
): Promise<Map<string, string>> {
  if (people.length === 0) return new Map();
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { memberIds, created } = await ensureMembers(
      ctx,
      people.map((person) => ({
        externalId: person.externalId,
        name: nameOfOutsidePerson(person),
        roles: [...(person.isOsc ? (["osc"] as const) : []), ...(person.isSales ? (["sales"] as const) : [])],
        spokeKey: person.isSales ? "sales" : "osc",
      })),
    );
    if (created.length === 0) nothingChanged(ctx);
    else {
      await ctx.db.import.updateMany({
        where: { workspaceId, id: importId },
        data: { createdMemberIds: { push: created } },
      });
    }
    return memberIds;
  });
}

/** One transaction: the rows that no earlier try has written, their outcomes, and the counts. */
async function runBatch(ctx: Context, job: Job, rows: readonly PlannedRow[], onProgress?: Progress): Promise<void> {
  const told = await transaction({ ...ctx, now: new Date() }, async (ctx) => {
    const { workspaceId } = ctx;
    const [standing] = await ctx.db.$queryRaw<{ status: string; counts: Partial<ImportCounts> }[]>`
      select status, counts from imports where workspace_id = ${workspaceId}::uuid and id = ${job.importId}::uuid for update`;
    if (standing?.status !== "running") throw new AppError("conflict", "not_running");
    const written = await ctx.db.importRow.findMany({
      where: { workspaceId, importId: job.importId, line: { in: rows.map(({ line }) => line) } },
      select: { line: true },
    });
    const known = new Set(written.map(({ line }) => line));
    const fresh = rows.filter(({ line }) => !known.has(line));
    const progress = rows.at(-1)?.progress ?? 1;
    if (fresh.length === 0) {
      nothingChanged(ctx);
      return { progress, counts: { ...noCounts, ...standing.counts } };
    }
    const counts = addCounts({ ...noCounts, ...standing.counts }, await writeBatch(ctx, job, fresh));
    await ctx.db.import.updateMany({
      where: { workspaceId, id: job.importId },
      data: { counts, progress, error: null },
    });
    record(ctx, "import.progressed", {
      subject: `import:${job.importId}`,
      detail: counts,
      data: { importId: job.importId, progress, ...counts },
    });
    return { progress, counts };
  });
  onProgress?.(told.progress, told.counts);
}

async function finish(ctx: Context, { importId }: Job): Promise<void> {
  await transaction({ ...ctx, now: new Date() }, async (ctx) => {
    const { count } = await ctx.db.import.updateMany({
      where: { workspaceId: ctx.workspaceId, id: importId, status: "running" },
      data: { status: "done", progress: 1, finishedAt: ctx.now, error: null, version: { increment: 1 } },
    });
    if (count === 0) nothingChanged(ctx);
    else record(ctx, "import.finished", { subject: `import:${importId}`, data: { importId } });
  });
}

async function fail(ctx: Context, importId: string, error: AppError): Promise<void> {
  if (error.reason === "not_running") return;
  await transaction({ ...ctx, now: new Date() }, async (ctx) => {
    await ctx.db.import.updateMany({
      where: { workspaceId: ctx.workspaceId, id: importId },
      data: { status: "failed", error: error.reason, finishedAt: ctx.now, version: { increment: 1 } },
    });
    const detail = { reason: error.reason, detail: error.details.detail };
    record(ctx, "import.failed", { subject: `import:${importId}`, detail, data: { importId, reason: error.reason } });
  });
}

/** Says on the import that it stopped and will go on; the database itself may be what is in trouble. */
async function noteTrouble(ctx: Context, importId: string): Promise<void> {
  try {
    await ctx.db.import.updateMany({
      where: { workspaceId: ctx.workspaceId, id: importId, status: { in: ["queued", "running"] } },
      data: { error: "retrying" },
    });
  } catch (error) {
    log.warn({ err: error, importId }, "an import's trouble could not be noted");
  }
}
