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

type Claims = SessionToken & { issuedAt: number };

/** Tokens that were opened lately: unsealing one costs more than the rest of a request's sign-in. */
const opened = new Map<string, Claims & { expiresAt: number }>();
const openedAtMost = 5000;

async function unseal(token: string): Promise<(Claims & { expiresAt: number }) | null> {
  try {
    const claims = await decode({ token, secret: env().NEXTAUTH_SECRET });
    if (!claims || typeof claims.sub !== "string" || typeof claims.sid !== "string") return null;
    return {
      userId: claims.sub,
      sessionId: claims.sid,
      issuedAt: Number(claims.iat ?? 0),
      expiresAt: Number(claims.exp ?? 0),
    };
  } catch {
    return null;
  }
}

async function readClaims(token: string | undefined): Promise<Claims | null> {
  if (!token) return null;
  const known = opened.get(token);
  if (known) return known.expiresAt > Date.now() / 1000 ? known : null;
  const claims = await unseal(token);
  if (!claims) return null;
  if (opened.size >= openedAtMost) opened.clear();
  opened.set(token, claims);
  return claims;
}

/** Opens a session token; null when it is forged, expired or not ours. */
export async function openSession(token: string | undefined): Promise<SessionToken | null> {
  const claims = await readClaims(token);
  return claims && { userId: claims.userId, sessionId: claims.sessionId };
}

const dayLength = 86_400;

/** A fresh token in place of one that is more than a day old, so that only thirty days without use end it; null else. */
export async function renewSession(token: string | undefined, now = new Date()): Promise<string | null> {
  const claims = await readClaims(token);
  return claims && now.getTime() / 1000 - claims.issuedAt > dayLength ? sealSession(claims) : null;
}

/** How the session cookie is kept: unseen by scripts, sent by our own pages and by links to them. */
export function sessionCookieFlags() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecureOrigin(), maxAge: sessionSeconds } as const;
}
