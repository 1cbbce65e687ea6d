import { parseArgs } from "node:util";
import { systemContext } from "../auth/context";
import { isRole, roles } from "../auth/roles";
import { asUser, closeDatabase, inWorkspace } from "../db";
import { createKey } from "../keys/commands";

const usage = `Usage: npm run key -- --workspace SLUG --role ROLE [--name NAME]\nRoles: ${roles.join(", ")}`;

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: { workspace: { type: "string" }, role: { type: "string" }, name: { type: "string" } },
  });
  const { workspace: slug, role } = values;
  if (!slug || !role || !isRole(role)) {
    console.error(usage);
    return 1;
  }
  const workspace = await asUser(null, (db) => db.workspace.findUnique({ where: { slug }, select: { id: true } }));
  if (!workspace) {
    console.error(`There is no workspace "${slug}".`);
    return 1;
  }
  const ctx = await systemContext(workspace.id, { roles: ["owner"] });
  const name = values.name ?? `${role}, from the command line`;
  const { secret } = await inWorkspace(workspace.id, () => createKey(ctx, { name, role }));
  console.log(secret);
  return 0;
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
