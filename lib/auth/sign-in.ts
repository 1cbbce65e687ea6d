import { asUser } from "../db";
import { newId } from "../identifiers";
import { forgive, limits, requireWithin, returnAttempt, takeAttempt } from "../limits";
import { networkOf } from "../network";
import { verifyPassword } from "./password";

export type Browser = { userAgent: string; address: string };

/** Who signed in, and the session that her token will name. */
export type SignedIn = { userId: string; sessionId: string };

/** An e-mail as accounts are known by it. */
export function accountEmail(text: string): string {
  return text.trim().toLowerCase();
}

/**
 * Opens a session for a user in this browser; its id is what the token carries and what revoking ends. `boundTo` is the
 * workspace whose own provider vouched for her, the only one that such a session opens.
 */
export async function openSessionRow(
  userId: string,
  { userAgent, address }: Browser,
  boundTo: string | null = null,
): Promise<string> {
  const id = newId();
  await asUser(userId, (db) =>
    db.session.create({
      data: { id, userId, userAgent: userAgent.slice(0, 300), address, connectionWorkspaceId: boundTo },
    }),
  );
  return id;
}

/**
 * Runs `work`, which checks a password, as one attempt of this account and address. The attempt is taken before it runs, so
 * that guesses side by side count too; an answer other than null gives it back. Throws `limited` when none was left.
 */
export async function asAttempt<T>(email: string, address: string, work: () => Promise<T | null>): Promise<T | null> {
  const network = networkOf(address);
  const pair = `${accountEmail(email)}|${network}`;
  await requireWithin(limits.signInPair, pair);
  await takeAttempt(limits.signInAddress, network);
  await takeAttempt(limits.signInPair, pair);
  const result = await work();
  if (result !== null) {
    await forgive(limits.signInPair, pair);
    await returnAttempt(limits.signInAddress, network);
  }
  return result;
}

/**
 * The active user of an e-mail and password. Wrong password, unknown e-mail and a closed account are one answer: null, after
 * the same time. Call it inside `asAttempt`.
 */
export async function checkPassword(input: { email: string; password: string }): Promise<string | null> {
  const email = accountEmail(input.email);
  const user = await asUser(null, (db) =>
    db.user.findUnique({ where: { email }, select: { id: true, passwordHash: true, status: true } }),
  );
  const fits = await verifyPassword(input.password, user?.passwordHash);
  return user && fits && user.status === "active" ? user.id : null;
}

/** Ends sessions of a user: one, or all but the one in use. Ended sessions stop working at once. */
export async function revokeSessions(
  userId: string,
  which: { sessionId: string } | { except: string | null },
): Promise<number> {
  const { count } = await asUser(userId, (db) =>
    db.session.updateMany({
      where: {
        userId,
        revokedAt: null,
        ...("sessionId" in which ? { id: which.sessionId } : which.except ? { id: { not: which.except } } : {}),
      },
      data: { revokedAt: new Date() },
    }),
  );
  return count;
}
