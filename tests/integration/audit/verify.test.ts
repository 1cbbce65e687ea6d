import pg from "pg";
import { beforeEach, describe, expect, test } from "vitest";
import { markText, parseMark, verifyAudit } from "@/lib/audit/verify";
import { systemContext } from "@/lib/auth/context";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { record, transaction } from "@/lib/transaction";
import { createWorkspace } from "@/lib/workspaces/setup";

let ctx: Context;

async function write(rows: number) {
  for (let index = 0; index < rows; index++)
    await inWorkspace(ctx.workspaceId, () =>
      transaction(ctx, async (inner) => {
        record(inner, "test.written", { subject: `tests:${index}`, detail: { index, note: "שלום — ok" } });
      }),
    );
}

/** Does what only somebody with the whole database in her hands can do. */
async function tamper(statement: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await client.connect();
  try {
    await client.query("set session_replication_role = replica");
    return await client.query(statement, values);
  } finally {
    await client.end();
  }
}

const verify = (head?: string) =>
  inWorkspace(ctx.workspaceId, () => verifyAudit(ctx, head ? (parseMark(head) ?? undefined) : undefined));

describe("C04 the audit verifier", () => {
  beforeEach(async () => {
    const { workspaceId } = await createWorkspace({
      slug: `audit-${newId().slice(-12)}`,
      name: "Audit",
      owner: { email: "owner@example.com", name: "Ona Owner" },
    });
    ctx = await systemContext(workspaceId);
    await write(20);
  });

  test("finds an untouched log whole and prints its head", async () => {
    const verdict = await verify();
    expect(verdict).toMatchObject({ ok: true, rows: 21, head: { seq: 21 } });
    expect(markText(verdict.head)).toMatch(/^21:[0-9a-f]{64}$/);
    await write(3);
    expect(await verify(markText(verdict.head))).toMatchObject({ ok: true, rows: 24 });
  });

  test("names an edited row", async () => {
    await tamper(`update audit_log set detail = '{"index": 99}' where workspace_id = $1 and seq = 7`, [
      ctx.workspaceId,
    ]);
    expect(await verify()).toMatchObject({ ok: false, seq: 7, reason: "changed" });
  });

  test("names the row behind an edited one whose own hash was mended", async () => {
    await tamper(
      `update audit_log a set actor = 'member:other', hash = app.audit_hash(
         (select hash from audit_log p where p.workspace_id = a.workspace_id and p.seq = a.seq - 1),
         a.workspace_id, a.seq, a.at, 'member:other', a.action, a.subject, a.detail)
       where a.workspace_id = $1 and a.seq = 7`,
      [ctx.workspaceId],
    );
    expect(await verify()).toMatchObject({ ok: false, seq: 8, reason: "changed" });
  });

  test("names a deleted row", async () => {
    await tamper("delete from audit_log where workspace_id = $1 and seq = 5", [ctx.workspaceId]);
    expect(await verify()).toMatchObject({ ok: false, seq: 5, reason: "missing" });
  });

  test("names an inserted row", async () => {
    await tamper("update audit_log set seq = seq + 1000 where workspace_id = $1 and seq >= 10", [ctx.workspaceId]);
    await tamper("update audit_log set seq = seq - 999 where workspace_id = $1 and seq >= 1000", [ctx.workspaceId]);
    await tamper(
      `insert into audit_log select workspace_id, 10, at, actor, action, subject, detail, hash from audit_log
       where workspace_id = $1 and seq = 9`,
      [ctx.workspaceId],
    );
    expect(await verify()).toMatchObject({ ok: false, seq: 10, reason: "changed" });
  });

  test("names the first of two rows that changed places", async () => {
    await tamper("update audit_log set seq = 9000 where workspace_id = $1 and seq = 12", [ctx.workspaceId]);
    await tamper("update audit_log set seq = 12 where workspace_id = $1 and seq = 15", [ctx.workspaceId]);
    await tamper("update audit_log set seq = 15 where workspace_id = $1 and seq = 9000", [ctx.workspaceId]);
    expect(await verify()).toMatchObject({ ok: false, seq: 12, reason: "changed" });
  });

  test("shows a cut tail, and against an earlier head also when the stored head was set back", async () => {
    const before = await verify();
    await tamper("delete from audit_log where workspace_id = $1 and seq > 18", [ctx.workspaceId]);
    expect(await verify()).toMatchObject({ ok: false, seq: 19, reason: "cut" });
    await tamper(
      `update audit_heads h set seq = 18, hash = (select hash from audit_log a where a.workspace_id = h.workspace_id and a.seq = 18)
       where workspace_id = $1`,
      [ctx.workspaceId],
    );
    expect(await verify()).toMatchObject({ ok: true, rows: 18 });
    expect(await verify(markText(before.head))).toMatchObject({ ok: false, seq: 19, reason: "cut" });
    await write(5);
    expect(await verify(markText(before.head))).toMatchObject({ ok: false, seq: 21, reason: "other_head" });
  });

  test("shows a row put behind the head", async () => {
    await tamper(
      `insert into audit_log select workspace_id, 22, at, actor, action, subject, detail,
         app.audit_hash(hash, workspace_id, 22, at, actor, action, subject, detail) from audit_log where workspace_id = $1 and seq = 21`,
      [ctx.workspaceId],
    );
    expect(await verify()).toMatchObject({ ok: false, seq: 22, reason: "beyond" });
  });

  test("C06 the serving role can neither edit nor delete a row", async () => {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    try {
      for (const statement of ["update audit_log set action = 'x'", "delete from audit_log", "truncate audit_log"])
        await expect(client.query(statement)).rejects.toMatchObject({ code: "42501" });
    } finally {
      await client.end();
    }
  });
});
