import { afterAll, inject } from "vitest";
import { owningEnvironment } from "../../scripts/platform/addresses";
import { withOwner } from "../../scripts/platform/roles";
import { addressesOf, template } from "./test-postgres";

// Every test file works in a clone of the migrated template, so files share no rows and run side by side. Its address is that
// of its process, which has read it once for all its files.
const postgres = inject("postgres");
const name = `test_${process.pid}`;

const asAdministrator = (statement: string) =>
  withOwner(addressesOf(postgres, "postgres").owner, (client) => client.query(statement));

await asAdministrator(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
Object.assign(process.env, owningEnvironment(addressesOf(postgres, name)));
process.env.NEXTAUTH_SECRET ??= "a secret that only the tests know, 32 bytes or more";
process.env.NEXTAUTH_URL ??= "http://localhost:3000";

afterAll(async () => {
  const { __wheelhouse: connections } = globalThis as { __wheelhouse?: { close(): Promise<void> } };
  await connections?.close();
  await asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`);
});
