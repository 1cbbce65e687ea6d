import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { findConnection } from "@/lib/auth/oidc";
import { authOptions } from "@/lib/auth/options";
import { asAttempt } from "@/lib/auth/sign-in";
import { sessionCookieName } from "@/lib/auth/token";
import { AppError } from "@/lib/errors";
import { clientAddress } from "@/lib/server/address";
import { statusOf, toPublicError } from "@/lib/server/result";
import { json } from "@/lib/server/route";

type Route = { params: Promise<{ nextauth: string[] }> };

const opensSession = (response: Response) =>
  response.headers.getSetCookie().some((cookie) => cookie.startsWith(`${sessionCookieName()}=`));

/** Runs next-auth on a password as one counted attempt, which only an opened session gives back. */
async function countAttempt(request: NextRequest, address: string, answer: () => Promise<Response>): Promise<Response> {
  const form = await request.clone().formData().catch(unreadable);
  let refused: Response | undefined;
  const accepted = await asAttempt(String(form.get("email") ?? "").slice(0, 320), address, async () => {
    const response = await answer();
    if (opensSession(response)) return response;
    refused = response;
    return null;
  });
  return accepted ?? refused ?? new Response(null, { status: 401 });
}

/** What was sent is no form, or no JSON although it says so: next-auth would fail at it. */
function unreadable(): never {
  throw new AppError("invalid", "body");
}

async function serve(request: NextRequest, route: Route): Promise<Response> {
  try {
    const address = await clientAddress();
    const [action, key = ""] = (await route.params).nextauth;
    if (request.headers.get("content-type")?.includes("application/json"))
      await request.clone().json().catch(unreadable);
    const isAtProvider = (action === "signin" || action === "callback") && key !== "credentials";
    const connection = isAtProvider ? await findConnection(key) : null;
    const browser = { userAgent: request.headers.get("user-agent") ?? "", address };
    const answer = () => NextAuth(request, route, authOptions(browser, connection)) as Promise<Response>;
    const isPassword = request.method === "POST" && action === "callback" && key === "credentials";
    return isPassword ? await countAttempt(request, address, answer) : await answer();
  } catch (error) {
    const shown = toPublicError(error);
    const wait = shown.retryAfterSeconds ? { "retry-after": String(shown.retryAfterSeconds) } : undefined;
    return json({ error: shown }, statusOf(shown), wait);
  }
}

export { serve as GET, serve as POST };
