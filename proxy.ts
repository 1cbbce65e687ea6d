import { type NextRequest, NextResponse } from "next/server";
import { renewSession, sessionCookieFlags, sessionCookieName } from "@/lib/auth/token";

/** What a page may load: our own files, and scripts and styles that carry this answer's nonce. */
function policyOf(nonce: string): string {
  const isDevelopment = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Whether a write comes from a page of ours: its Origin names the host that was asked. */
function isForeign(request: NextRequest): boolean {
  if (request.method === "GET" || request.method === "HEAD") return false;
  const origin = request.headers.get("origin");
  if (!origin) return false;
  try {
    return new URL(origin).host !== request.headers.get("host");
  } catch {
    return true;
  }
}

/** Keeps a session in use alive: its token is sealed anew once a day. */
async function keepSession(request: NextRequest, answer: NextResponse): Promise<void> {
  if (request.method !== "GET") return;
  const renewed = await renewSession(request.cookies.get(sessionCookieName())?.value);
  if (renewed) answer.cookies.set(sessionCookieName(), renewed, sessionCookieFlags());
}

export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (isForeign(request)) return new NextResponse("Foreign origin.", { status: 403 });
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const policy = policyOf(nonce);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-pathname", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set("content-security-policy", policy);
  const answer = NextResponse.next({ request: { headers } });
  answer.headers.set("content-security-policy", policy);
  answer.headers.set("cache-control", "private, no-store");
  await keepSession(request, answer);
  return answer;
}

// An action answers data, no page, and its Origin is checked where it is taken in.
export const config = {
  matcher: [
    {
      source: "/((?!api/|_next/static|_next/image|icon.svg|favicon.ico|livez|readyz).*)",
      missing: [{ type: "header", key: "next-action" }],
    },
  ],
};
