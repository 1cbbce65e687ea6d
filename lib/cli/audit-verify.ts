import { parseArgs } from "node:util";
import { type AuditFlaw, markText, parseMark, verifyAudit } from "../audit/verify";
import { systemContext } from "../auth/context";
import { asUser, closeDatabase, inWorkspace } from "../db";

const words: Record<AuditFlaw, string> = {
  changed: "is not what was written there: it was edited, put in or moved",
  missing: "is missing: it was deleted",
  cut: "and everything behind it was cut off",
  beyond: "stands behind the head: it was added past the end",
  other_head: "is not the row whose head was given: the chain was written anew",
};

async function run(): Promise<number> {
  const { values } = parseArgs({ options: { workspace: { type: "string" }, head: { type: "string" } } });
  const earlier = values.head === undefined ? undefined : parseMark(values.head);
  if (!values.workspace || earlier === null) {
    console.error("Usage: npm run audit:verify -- --workspace SLUG [--head SEQ:HASH]");
    return 2;
  }
  const slug = values.workspace;
  const workspace = await asUser(null, (db) => db.workspace.findUnique({ where: { slug }, select: { id: true } }));
  if (!workspace) {
    console.error(`There is no workspace "${slug}".`);
    return 2;
  }
  const ctx = await systemContext(workspace.id);
  const verdict = await inWorkspace(workspace.id, () => verifyAudit(ctx, earlier));
  if (verdict.ok) {
    console.log(`The audit log of ${slug} is whole: ${verdict.rows} rows.`);
    console.log(markText(verdict.head));
    return 0;
  }
  console.error(`The audit log of ${slug} is broken: row ${verdict.seq} ${words[verdict.reason]}.`);
  return 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  await closeDatabase();
}
