import { actorText, type Context } from "./context";
import { databaseTransaction } from "./db";
import { AppError } from "./errors";
import { Prisma } from "./generated/prisma/client";

type AuditRow = { actor: string; action: string; subject: string; detail: unknown };
type EventRow = { type: string; customerId: string | null; journeyId: string | null; actor: string; data: unknown };
type JobRow = { task: string; payload: unknown; runAt: string; key: string | null };

/** What a transaction will leave behind when it commits: audit rows, events, jobs. */
export type Pending = { audit: AuditRow[]; events: EventRow[]; jobs: JobRow[]; isUnchanged: boolean };

/** A fact that happened, for the audit log and the outbox at once. */
export type Happening = {
  /** `table:id` of what changed. */
  subject: string;
  customerId?: string | null;
  journeyId?: string | null;
  /** Before and after, reasons: what an auditor wants. Never secrets. */
  detail?: unknown;
  /** What live screens and integrators get besides the ids. Never secrets. */
  data?: unknown;
};

function pendingOf(ctx: Context): Pending {
  if (!ctx.pending) throw new Error("record, publish and enqueue belong inside transaction()");
  return ctx.pending;
}

const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? {}, (_key, each: unknown) => (typeof each === "bigint" ? Number(each) : each)));

/** Leaves one audit row and one event named `type` (`interaction.logged`), in the same transaction as the write. */
export function record(ctx: Context, type: string, happening: Happening): void {
  const pending = pendingOf(ctx);
  const actor = actorText(ctx);
  pending.audit.push({ actor, action: type, subject: happening.subject, detail: plain(happening.detail) });
  pending.events.push({
    type,
    customerId: happening.customerId ?? null,
    journeyId: happening.journeyId ?? null,
    actor,
    data: plain({ subject: happening.subject, ...(happening.data as object | undefined) }),
  });
}

/** Queues a job in the same transaction. A later job of the same `key` replaces the earlier one. */
export function enqueue(
  ctx: Context,
  task: string,
  payload: object,
  options: { runAt?: Date; key?: string } = {},
): void {
  pendingOf(ctx).jobs.push({
    task,
    payload,
    runAt: (options.runAt ?? ctx.now).toISOString(),
    key: options.key ?? null,
  });
}

/** Says that this transaction looked and found nothing to do; otherwise ending without an audit row is an error. */
export function nothingChanged(ctx: Context): void {
  pendingOf(ctx).isUnchanged = true;
}

/**
 * Whether who came through a door still may when her write ends: an active member who has kept her roles, a key that is not
 * revoked. What this very transaction changed of her is her own doing.
 */
function stillMay({ workspaceId, actor, roles, isVouched }: Context): Prisma.Sql {
  if (!isVouched || actor.kind === "system" || actor.kind === "customer") return Prisma.sql`true`;
  if (actor.kind === "key")
    return Prisma.sql`exists (select from api_keys k where k.workspace_id = ${workspaceId}::uuid and k.id = ${actor.id}::uuid
      and (k.revoked_at is null or k.xmin = pg_current_xact_id()::xid))`;
  return Prisma.sql`exists (select from members m where m.workspace_id = ${workspaceId}::uuid and m.id = ${actor.id}::uuid
    and (m.xmin = pg_current_xact_id()::xid or (m.status = 'active' and m.roles @> ${[...roles]}::text[])))`;
}

/** The statement that writes what was recorded, and fails when who began may not any more; null when there is nothing to write. */
async function conclusionOf(ctx: Context, { audit, events, jobs, isUnchanged }: Pending): Promise<Prisma.Sql | null> {
  if (audit.length === 0) {
    if (isUnchanged && jobs.length === 0) return null;
    throw new Error("a write must record what happened");
  }
  if (ctx.isSame && !(await ctx.isSame)) throw new AppError("forbidden", "no_longer");
  return Prisma.sql`select case when ${stillMay(ctx)} then app.record(${ctx.workspaceId}::uuid, ${JSON.stringify(audit)}::jsonb,
    ${JSON.stringify(events)}::jsonb, ${JSON.stringify(jobs)}::jsonb) else app.refuse_no_longer() end`;
}

/** The SQLSTATE of app.refuse_no_longer(). */
const noLonger = "WH403";

/** SQLSTATE of the database error inside, when there is one. */
export function sqlState(error: unknown): string | undefined {
  for (let each: unknown = error, depth = 0; each && depth < 6; depth++) {
    const level = each as {
      code?: unknown;
      originalCode?: unknown;
      meta?: { driverAdapterError?: unknown };
      cause?: unknown;
    };
    if (typeof level.originalCode === "string") return level.originalCode;
    if (typeof level.code === "string" && /^[0-9A-Z]{5}$/.test(level.code) && !level.code.startsWith("P2"))
      return level.code;
    each = level.meta?.driverAdapterError ?? level.cause;
  }
  return undefined;
}

const isRetryable = (error: unknown): boolean => {
  const state = sqlState(error);
  return state === "40P01" || state === "40001" || (error as { code?: string }).code === "P2034";
};

/**
 * Runs `work` in one transaction of the workspace, joining an outer one. What `work` recorded is written last,
 * so that the workspace's audit head is locked only for a moment. Deadlocks are retried up to three times. Throws
 * `forbidden` when who began it may not any more.
 */
export async function transaction<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  if (ctx.pending) return work(ctx);
  for (let attempt = 1; ; attempt++) {
    try {
      const pending: Pending = { audit: [], events: [], jobs: [], isUnchanged: false };
      return await databaseTransaction(
        ctx.workspaceId,
        (db) => work({ ...ctx, db, pending }),
        () => conclusionOf(ctx, pending),
      );
    } catch (error) {
      if (sqlState(error) === noLonger) throw new AppError("forbidden", "no_longer");
      if (attempt >= 4 || !isRetryable(error)) throw error;
      await new Promise((resume) => setTimeout(resume, Math.random() * 20 * attempt));
    }
  }
}
