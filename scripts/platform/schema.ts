import { runMigrations } from "graphile-worker";
import { migrate } from "../../prisma/migrate";
import type { DatabaseAddresses } from "./addresses";
import { Advice } from "./advice";
import { appRole, closeQueueSchema, openQueueSchema, prepareRole, queueRole } from "./roles";

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
  return migrate(owner).catch((error: Error) => {
    throw new Advice(error.message, { cause: error });
  });
}
