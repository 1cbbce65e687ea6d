import { randomUUID } from "node:crypto";
import { afterAll, inject } from "vitest";
import { ownerRole, urlOf } from "../../scripts/platform/postgres";
import { appRole, queueRole, withOwner } from "../../scripts/platform/roles";

// Every test file works in a clone of the migrated template, so files share nothing and run side by side.
const { port, owner, app, queue } = inject("postgres");
const name = `test_${randomUUID().replaceAll("-", "")}`;

const asAdministrator = (statement: string) =>
  withOwner(urlOf(port, ownerRole, owner, "postgres"), (client) => client.query(statement));

await asAdministrator(`CREATE DATABASE ${name} TEMPLATE template_wheelhouse STRATEGY file_copy`);
process.env.DATABASE_OWNER_URL = urlOf(port, ownerRole, owner, name);
process.env.DATABASE_URL = urlOf(port, appRole, app, name);
process.env.DATABASE_QUEUE_URL = urlOf(port, queueRole, queue, name);
process.env.NEXTAUTH_SECRET ??= "a secret that only the tests know, 32 bytes or more";
process.env.NEXTAUTH_URL ??= "http://localhost:3000";

afterAll(async () => {
  const { __wheelhouse: connections } = globalThis as { __wheelhouse?: { close(): Promise<void> } };
  await connections?.close();
  await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`);
});
