import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";
import { requireAttempts } from "@/lib/auth/sign-in";
import { clientAddress } from "@/lib/server/address";
import { statusOf, toPublicError } from "@/lib/server/result";
import { json } from "@/lib/server/route";

type Route = { params: Promise<{ nextauth: string[] }> };

async function serve(request: NextRequest, route: Route): Promise<Response> {
  const address = await clientAddress();
  const { nextauth } = await route.params;
  if (request.method === "POST" && nextauth.join("/") === "callback/credentials") {
    try {
      const form = await request.clone().formData();
      await requireAttempts(
        String(form.get("email") ?? "")
          .trim()
          .toLowerCase(),
        address,
      );
    } catch (error) {
      const shown = toPublicError(error);
      const wait = shown.retryAfterSeconds ? { "retry-after": String(shown.retryAfterSeconds) } : undefined;
      return json({ error: shown }, statusOf(shown), wait);
    }
  }
  const browser = { userAgent: request.headers.get("user-agent") ?? "", address };
  return NextAuth(request, route, authOptions(browser)) as Promise<Response>;
}

export { serve as GET, serve as POST };
