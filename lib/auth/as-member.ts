import type { Context } from "../context";
import { AppError } from "../errors";
import { lookUpSession, refusalOf, touchSession } from "./context";
import type { SessionToken } from "./token";

/** What is known of members from their last requests, by session and workspace. */
const seen = new Map<string, { ctx: Context; mark: string }>();
const seenAtMost = 5000;

/** Everything that decides what a request may read and write, as one text. */
function markOf({ now: _now, db: _db, ...rest }: Context): string {
  return JSON.stringify(rest);
}

function remember(key: string, ctx: Context, mark: string): void {
  if (seen.size >= seenAtMost) seen.clear();
  seen.set(key, { ctx, mark });
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
  // One statement, sent before the work's first: what waits for it may hold a connection, so it must need no second one.
  const asked = lookUpSession(session, slug).then((found) => found && { ...found, mark: markOf(found.ctx) });
  const isSame = asked.then(
    (found) => found?.mark === known?.mark,
    () => false,
  );
  const early = known && work({ ...known.ctx, now: new Date(), isSame });
  const [worked, answer] = await Promise.allSettled([early, asked]);
  if (answer.status === "rejected") throw answer.reason;
  const found = answer.value;
  if (!found) {
    seen.delete(key);
    throw await refusalOf(session);
  }
  remember(key, found.ctx, found.mark);
  await touchSession(session, found);
  if (!early || found.mark !== known.mark) return work(found.ctx);
  if (worked.status === "rejected") throw worked.reason;
  return worked.value as T;
}
