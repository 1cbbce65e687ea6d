import { createHash } from "node:crypto";
import { actorText, type Context } from "../context";
import { nothingChanged, sqlState, transaction } from "../transaction";
import { HttpError } from "./api-problem";
import { toJson } from "./result";

/** What is kept of an answer. */
export type Reply = { status: number; body: unknown; headers: Record<string, string> };

type Kept = { is_new: boolean; kept_body: string; kept_status: number | null; kept_response: KeptReply | null };

/** The body is kept as text: a database that sorts names would answer in another order. */
type KeptReply = { text: string; headers: Record<string, string> };

export type Once = {
  /** What the caller sent as Idempotency-Key. */
  key: string;
  /** Hash of what makes two requests the same: method, path and body. */
  bodyHash: string;
  run(ctx: Context): Promise<Reply>;
};

async function reserve(ctx: Context, id: string, bodyHash: string): Promise<Kept> {
  try {
    const rows = await ctx.db.$queryRaw<Kept[]>`
      select is_new, kept_body, kept_status, kept_response from app.reserve_reply(${ctx.workspaceId}::uuid, ${id}, ${bodyHash})`;
    const [row] = rows;
    if (row) return row;
  } catch (error) {
    if (sqlState(error) !== "55P03") throw error;
  }
  throw new HttpError("idempotency_in_progress", "The first request with this key has not ended.", {
    "retry-after": "1",
  });
}

/** Every hundredth new key clears away what nobody can ask for any more, so that the table stays small by itself. */
const sweepShare = 0.01;

async function sweep(ctx: Context): Promise<void> {
  const before = new Date(ctx.now.getTime() - 7 * 86_400_000);
  await ctx.db.idempotencyKey.deleteMany({ where: { workspaceId: ctx.workspaceId, createdAt: { lt: before } } });
}

/**
 * Runs a write once for this caller and key, for seven days: a repetition gets the first answer again. The reservation
 * commits or vanishes together with the write, so a crash before the reply loses neither, and a failed write may be
 * tried again. Throws 422 for another body under the same key and 409 while the first request runs for over 5 s.
 */
export async function once(ctx: Context, { key, bodyHash, run }: Once): Promise<Reply & { isReplayed: boolean }> {
  const id = createHash("sha256")
    .update(`${actorText(ctx)}\n${key}`)
    .digest("hex");
  const { workspaceId } = ctx;
  let replayed: Reply | null = null;
  const reply = await transaction(ctx, async (inner) => {
    const kept = await reserve(inner, id, bodyHash);
    if (!kept.is_new) {
      if (kept.kept_body !== bodyHash)
        throw new HttpError("idempotency_mismatch", "This key was used for a request with another content.");
      if (!kept.kept_response || kept.kept_status === null) throw new Error("a reply was reserved and not kept");
      const { text, headers } = kept.kept_response;
      replayed = { status: kept.kept_status, body: JSON.parse(text), headers };
      nothingChanged(inner);
      return replayed;
    }
    if (Math.random() < sweepShare) await sweep(inner);
    const made = await run(inner);
    const response: KeptReply = { text: toJson(made.body), headers: made.headers };
    await inner.db.idempotencyKey.update({
      where: { workspaceId_id: { workspaceId, id } },
      data: { status: made.status, response },
    });
    return made;
  });
  return { ...reply, isReplayed: replayed !== null };
}
