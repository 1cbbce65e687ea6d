import type { Context } from "../context";
import { AppError } from "../errors";
import { findContext } from "./context";
import type { SessionToken } from "./token";

/** What is known of members from their last requests, by session and workspace. */
const seen = new Map<string, { ctx: Context; mark: string }>();
const seenAtMost = 5000;

/** Everything that decides what a request may read and write, as one text. */
function markOf({ now: _now, db: _db, ...rest }: Context): string {
  return JSON.stringify(rest);
}

function remember(key: string, ctx: Context): string {
  if (seen.size >= seenAtMost) seen.clear();
  const mark = markOf(ctx);
  seen.set(key, { ctx, mark });
  return mark;
}

/**
 * Runs `work` for the signed-in member. Where she was seen lately it begins with what was known of her, while the session is
 * asked: an answer leaves, and a write commits, only when she is found the same; else the work is done anew with what is true now.
 * `work` may therefore run twice and leaves nothing behind but its transaction. Throws what `requireContext` throws.
 */
export async function asMember<T>(
  session: SessionToken | null,
  slug: string,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  if (!session) throw new AppError("unauthenticated", "session");
  const key = `${session.userId} ${session.sessionId} ${slug}`;
  const known = seen.get(key);
  const asked = findContext(session, slug).then((ctx) => ({ ctx, mark: remember(key, ctx) }));
  if (!known) return work((await asked).ctx);
  const isSame = asked.then(
    ({ mark }) => mark === known.mark,
    () => false,
  );
  const early = work({ ...known.ctx, now: new Date(), isSame });
  const [worked, found] = await Promise.allSettled([early, asked]);
  if (found.status === "rejected") {
    seen.delete(key);
    throw found.reason;
  }
  if (found.value.mark !== known.mark) return work(found.value.ctx);
  if (worked.status === "rejected") throw worked.reason;
  return worked.value;
}
