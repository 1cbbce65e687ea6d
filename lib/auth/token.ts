import { decode, encode } from "next-auth/jwt";
import { env, publicOrigin } from "../env";

/** Thirty days in seconds: a session ends this long after its last use. */
export const sessionSeconds = 30 * 24 * 60 * 60;

/** Whether cookies must be Secure: the public origin is https. */
export function isSecureOrigin(): boolean {
  return publicOrigin().startsWith("https://");
}

/** Name of the session cookie; `__Host-` on https. */
export function sessionCookieName(): string {
  return isSecureOrigin() ? "__Host-wheelhouse.session" : "wheelhouse.session";
}

/** Who a signed session token names. */
export type SessionToken = { userId: string; sessionId: string };

/** Signs and seals a session token. */
export function sealSession({ userId, sessionId }: SessionToken): Promise<string> {
  return encode({ token: { sub: userId, sid: sessionId }, secret: env().NEXTAUTH_SECRET, maxAge: sessionSeconds });
}

/** Opens a session token; null when it is forged, expired or not ours. */
export async function openSession(token: string | undefined): Promise<SessionToken | null> {
  if (!token) return null;
  try {
    const claims = await decode({ token, secret: env().NEXTAUTH_SECRET });
    if (!claims || typeof claims.sub !== "string" || typeof claims.sid !== "string") return null;
    return { userId: claims.sub, sessionId: claims.sid };
  } catch {
    return null;
  }
}
