import type { Context } from "../context";

/** `seq:hash`, what one writes down today to prove tomorrow that nothing was cut off. */
export type AuditMark = { seq: number; hash: string };

export type AuditVerdict =
  | { ok: true; rows: number; head: AuditMark }
  | { ok: false; seq: number; reason: AuditFlaw; head: AuditMark };

/**
 * changed: the row is not what was written, or was put in or moved there; missing: a row was taken out; cut: the end is
 * missing; beyond: a row stands behind the head; other_head: the earlier head is not part of this chain.
 */
export type AuditFlaw = "changed" | "missing" | "cut" | "beyond" | "other_head";

type Page = {
  rows: number;
  bad_seq: bigint | null;
  bad_expected: bigint | null;
  last_seq: bigint | null;
  last_hash: Uint8Array | null;
};

/** Rows per statement: 5,000 are hashed in about 50 ms. */
const pageSize = 5_000;

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** Reads `seq:hash` as the verifier prints it; null for anything else. */
export function parseMark(text: string): AuditMark | null {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim());
  return match?.[1] && match[2] ? { seq: Number(match[1]), hash: match[2] } : null;
}

/** The mark as text. */
export function markText({ seq, hash }: AuditMark): string {
  return `${seq}:${hash}`;
}

async function verifyPage(ctx: Context, after: number, hash: Uint8Array | null): Promise<Page> {
  const rows = await ctx.db.$queryRaw<Page[]>`
    with page as (
      select * from audit_log where workspace_id = ${ctx.workspaceId}::uuid and seq > ${after} order by seq limit ${pageSize}
    ), linked as (
      select seq, hash, coalesce(lag(seq) over w, ${after}) + 1 as expected,
             app.audit_hash(coalesce(lag(hash) over w, ${hash}::bytea, sha256('wheelhouse')), workspace_id, seq, at, actor, action,
               subject, detail) as rightful
      from page window w as (order by seq)
    ), bad as (
      select seq, expected from linked where seq <> expected or hash <> rightful order by seq limit 1
    ), last as (
      select seq, hash from linked order by seq desc limit 1
    )
    select (select count(*)::int from linked) as rows, (select seq from bad) as bad_seq, (select expected from bad) as bad_expected,
           (select seq from last) as last_seq, (select hash from last) as last_hash`;
  const [page] = rows;
  if (!page) throw new Error("the audit log could not be read");
  return page;
}

type End = { head_seq: bigint; head_hash: string; last_seq: bigint };

/** Head and last row as they stand at one moment. */
async function readEnd(ctx: Context): Promise<End> {
  const rows = await ctx.db.$queryRaw<End[]>`
    select coalesce(max(h.seq), 0) as head_seq, encode(coalesce(max(h.hash), sha256('wheelhouse')), 'hex') as head_hash,
      coalesce((select max(seq) from audit_log where workspace_id = ${ctx.workspaceId}::uuid), 0) as last_seq
    from audit_heads h where h.workspace_id = ${ctx.workspaceId}::uuid`;
  const [end] = rows;
  if (!end) throw new Error("the audit head could not be read");
  return end;
}

async function hashAt(ctx: Context, seq: number): Promise<string | null> {
  const rows = await ctx.db.$queryRaw<{ hash: Uint8Array }[]>`
    select hash from audit_log where workspace_id = ${ctx.workspaceId}::uuid and seq = ${seq}`;
  return rows[0] ? hex(rows[0].hash) : null;
}

/**
 * Recomputes the workspace's audit chain from its first row and names the first row that is not as it was written.
 * A tail that was cut together with the stored head shows only against a mark taken earlier (`earlier`).
 */
export async function verifyAudit(ctx: Context, earlier?: AuditMark): Promise<AuditVerdict> {
  let seq = 0;
  let hash: Uint8Array | null = null;
  let rows = 0;
  const mark = (): AuditMark => ({ seq, hash: hash ? hex(hash) : "" });
  const flaw = (at: number, reason: AuditFlaw): AuditVerdict => ({ ok: false, seq: at, reason, head: mark() });
  let end: End;
  do {
    const page = await verifyPage(ctx, seq, hash);
    if (page.bad_seq !== null) {
      const [bad, expected] = [Number(page.bad_seq), Number(page.bad_expected)];
      return bad === expected ? flaw(bad, "changed") : flaw(expected, "missing");
    }
    if (page.last_seq !== null && page.last_hash !== null) {
      seq = Number(page.last_seq);
      hash = page.last_hash;
      rows += page.rows;
    }
    end = await readEnd(ctx);
  } while (seq < Number(end.last_seq));
  const head: AuditMark = { seq: Number(end.head_seq), hash: end.head_hash };
  if (head.seq > seq) return flaw(seq + 1, "cut");
  if (head.seq < seq) return flaw(head.seq + 1, "beyond");
  if (hash && head.hash !== hex(hash)) return flaw(seq, "changed");
  if (earlier && earlier.seq > seq) return flaw(seq + 1, "cut");
  if (earlier && earlier.seq > 0 && (await hashAt(ctx, earlier.seq)) !== earlier.hash)
    return flaw(earlier.seq, "other_head");
  return { ok: true, rows, head };
}
