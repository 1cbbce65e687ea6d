import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env, publicOrigin } from "../env";
import { AppError } from "../errors";
import { log } from "../log";
import { localPathOf } from "./back";
import { userOfSession } from "./context";
import { type Connection, providerOf, userOfClaims } from "./oidc";
import { type Browser, checkPassword, openSessionRow, revokeSessions } from "./sign-in";
import { isSecureOrigin, sessionCookieFlags, sessionCookieName, sessionSeconds } from "./token";

function passwordProvider(browser: Browser) {
  return Credentials({
    credentials: { email: {}, password: {} },
    authorize: async (given) => {
      const { email, password } = given ?? {};
      if (!email || !password || email.length > 320 || password.length > 1000) return null;
      const userId = await checkPassword({ email, password });
      return userId ? { id: userId, sessionId: await openSessionRow(userId, browser) } : null;
    },
  });
}

/** What a refused sign-in at a workspace's provider is told; the reason stays in the log. */
const refusedAt = (slug: string) => `/sign-in?workspace=${encodeURIComponent(slug)}&error=refused`;

/**
 * How next-auth signs people in here: by password or, when `connection` is given, at a workspace's own OpenID provider; with
 * a JWT that names a session row, and cookies that scripts cannot read.
 */
export function authOptions(browser: Browser, connection: Connection | null = null): NextAuthOptions {
  process.env.NEXTAUTH_URL ??= publicOrigin();
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: isSecureOrigin(),
    cookies: { sessionToken: { name: sessionCookieName(), options: sessionCookieFlags() } },
    providers: [passwordProvider(browser), ...(connection ? [providerOf(connection)] : [])],
    logger: {
      error: (code, detail) => log.warn({ code, reason: reasonOf(detail) }, "sign-in failed"),
      warn: () => undefined,
      debug: () => undefined,
    },
    callbacks: {
      signIn: async ({ user, account, profile }) => {
        if (account?.type !== "oauth") return true;
        if (!connection) return false;
        try {
          const userId = await userOfClaims(connection, profile ?? {});
          const sessionId = await openSessionRow(userId, browser, connection.workspaceId);
          Object.assign(user, { id: userId, sessionId });
          return true;
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          log.warn({ reason: error.reason, workspaceId: connection.workspaceId }, "sign-in refused");
          return refusedAt(connection.slug);
        }
      },
      jwt: async ({ token, user }) => {
        if (user && "sessionId" in user) return { sub: user.id, sid: user.sessionId };
        const holder = await userOfSession({ userId: String(token.sub), sessionId: String(token.sid) });
        if (!holder) throw new AppError("unauthenticated", "session"); // next-auth answers {} and forgets the cookie
        return { sub: holder.userId, sid: holder.sessionId, name: holder.name, email: holder.email };
      },
      session: ({ session, token }) => ({ ...session, user: { name: token.name, email: token.email } }),
      redirect: ({ url }) => `${publicOrigin()}${localPathOf(url) ?? "/"}`,
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sub && typeof token.sid === "string") await revokeSessions(token.sub, { sessionId: token.sid });
      },
    },
  };
}

function reasonOf(detail: unknown): string {
  const error = detail instanceof Error ? detail : (detail as { error?: unknown } | null)?.error;
  return error instanceof Error ? error.message : "unknown";
}
