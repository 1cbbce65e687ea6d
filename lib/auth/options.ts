import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "../env";
import { type Browser, signInByPassword } from "./sign-in";
import { isSecureOrigin, sessionCookieName, sessionSeconds } from "./token";

/** How next-auth signs people in here: credentials, a JWT that names a session row, cookies that scripts cannot read. */
export function authOptions(browser: Browser): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecureOrigin() },
      },
    },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: async (given) => {
          const { email, password } = given ?? {};
          if (!email || !password || email.length > 320 || password.length > 1000) return null;
          const session = await signInByPassword({ email, password }, browser);
          return session ? { id: session.userId, sessionId: session.sessionId } : null;
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user && "sessionId" in user ? { sub: user.id, sid: user.sessionId } : token),
      session: ({ session, token }) => ({ ...session, sid: token.sid }),
      redirect: ({ url, baseUrl }) =>
        url.startsWith("/") && !url.startsWith("//") && !url.includes("\\") ? `${baseUrl}${url}` : baseUrl,
    },
  };
}
