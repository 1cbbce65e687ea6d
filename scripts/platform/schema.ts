import { runMigrations } from "graphile-worker";
import { migrate } from "../../prisma/migrate";
import type { DatabaseAddresses } from "./addresses";
import { Advice } from "./advice";
import { appRole, closeQueueSchema, openQueueSchema, prepareRole, queueRole, withOwner } from "./roles";

/** From which version on PostgreSQL is told what it may expect of a column. */
const tellsStatistics = 180_000;

/**
 * Brings a database to the present: roles, then the job queue's schema, then our migrations, which grant to the first
 * and call into the second. Answers the names of the migrations it applied.
 */
export async function prepareSchema({ owner, app, queue }: DatabaseAddresses): Promise<string[]> {
  await prepareRole(owner, appRole, app);
  await prepareRole(owner, queueRole, queue);
  await openQueueSchema(owner);
  await runMigrations({ connectionString: queue.url });
  await closeQueueSchema(owner);
  const applied = await migrate(owner).catch((error: Error) => {
    throw new Advice(error.message, { cause: error });
  });
  await expectManyWorkspaces(owner);
  return applied;
}

/**
 * Tells PostgreSQL that tables it has not counted yet will hold several workspaces.
 *
 * An empty table is planned as if its workspace alone found a row, so any index that begins with the workspace will do;
 * a session keeps that plan while the table fills. What a later ANALYZE counts takes the place of this.
 */
async function expectManyWorkspaces(ownerUrl: string): Promise<void> {
  await withOwner(ownerUrl, async (client) => {
    const { rows } = await client.query("SHOW server_version_num");
    if (Number(rows[0].server_version_num) < tellsStatistics) return;
    await client.query(
      `SELECT pg_restore_attribute_stats('schemaname', n.nspname::text, 'relname', c.relname::text,
                'attname', 'workspace_id', 'inherited', false,
                'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 10::real)
         FROM pg_class c
         JOIN pg_namespace n ON n.oid = c.relnamespace
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
        WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.reltuples = -1`,
    );
  });
}
