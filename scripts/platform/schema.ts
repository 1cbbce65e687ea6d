import { runMigrations } from "graphile-worker";
import { migrate } from "../../prisma/migrate";
import { closeQueueSchema, prepareRoles, queueRole, type RolePasswords, urlAs } from "./roles";

/**
 * Brings a database to the present: roles, then the job queue's schema, then our migrations, which grant to the first
 * and call into the second. Answers the names of the migrations it applied.
 */
export async function prepareSchema(ownerUrl: string, passwords: RolePasswords): Promise<string[]> {
  await prepareRoles(ownerUrl, passwords);
  await runMigrations({ connectionString: urlAs(ownerUrl, queueRole, passwords.queue) });
  await closeQueueSchema(ownerUrl);
  return migrate(ownerUrl);
}
