import { asUser } from "../db";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { forgive, limits, requireWithin, takeAttempt } from "../limits";
import { verifyPassword } from "./password";

export type Browser = { userAgent: string; address: string };

/** Opens a session for a user in this browser; its id is what the token carries and what revoking ends. */
export async function openSessionRow(userId: string, { userAgent, address }: Browser): Promise<string> {
  const id = newId();
  await asUser(userId, (db) =>
    db.session.create({ data: { id, userId, userAgent: userAgent.slice(0, 300), address } }),
  );
  return id;
}

/** Throws `limited` when this account and address, or this address alone, has failed too often. */
export async function requireAttempts(email: string, address: string): Promise<void> {
  await requireWithin(limits.signInPair, `${email}|${address}`);
  await requireWithin(limits.signInAddress, address);
}

/**
 * Signs in by e-mail and password and opens a session. Wrong password, unknown e-mail and a closed account are one answer:
 * null, after the same time. Failures count towards the limits; a success forgives the pair.
 */
export async function signInByPassword(
  input: { email: string; password: string },
  browser: Browser,
): Promise<{ userId: string; sessionId: string } | null> {
  const email = input.email.trim().toLowerCase();
  await requireAttempts(email, browser.address);
  const user = await asUser(null, (db) =>
    db.user.findUnique({ where: { email }, select: { id: true, passwordHash: true, status: true } }),
  );
  const fits = await verifyPassword(input.password, user?.passwordHash);
  if (!user || !fits || user.status !== "active") {
    await countFailure(email, browser.address);
    return null;
  }
  await forgive(limits.signInPair, `${email}|${browser.address}`);
  return { userId: user.id, sessionId: await openSessionRow(user.id, browser) };
}

async function countFailure(email: string, address: string): Promise<void> {
  try {
    await takeAttempt(limits.signInPair, `${email}|${address}`);
    await takeAttempt(limits.signInAddress, address);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
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
