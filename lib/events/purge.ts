import { asUser, database, inWorkspace, plainPool } from "../db";

/** The most that one statement removes. */
const step = 10_000;
const dayLength = 86_400_000;

/** Removes the events of the workspace that are older than thirty days; how many. */
async function purgeEvents(): Promise<number> {
  for (let total = 0; ; ) {
    const [row] = await database().$queryRaw<{ removed: number }[]>`select app.purge_events() as removed`;
    const removed = row?.removed ?? 0;
    total += removed;
    if (removed < step) return total;
  }
}

/** Removes kept replies that nobody can ask for any more: a key holds seven days. */
async function purgeReplies(workspaceId: string, now: Date): Promise<number> {
  const before = new Date(now.getTime() - 7 * dayLength);
  const { count } = await database().idempotencyKey.deleteMany({ where: { workspaceId, createdAt: { lt: before } } });
  return count;
}

export type Purged = { events: number; replies: number; limits: number };

/**
 * Takes away what has run out, in every workspace: events after thirty days, replies kept for an Idempotency-Key after
 * seven, attempts that no limit counts any more. The audit log stays.
 */
export async function purgePast(now: Date): Promise<Purged> {
  const purged: Purged = { events: 0, replies: 0, limits: 0 };
  const workspaces = await asUser(null, (db) => db.workspace.findMany({ select: { id: true } }));
  for (const { id } of workspaces)
    await inWorkspace(id, async () => {
      purged.events += await purgeEvents();
      purged.replies += await purgeReplies(id, now);
    });
  const { rowCount } = await plainPool().query("delete from rate_limits where expire < $1", [now.getTime()]);
  purged.limits = rowCount ?? 0;
  return purged;
}
