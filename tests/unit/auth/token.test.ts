import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** What the session's cookie is where people come in by this address. */
async function cookieAt(origin: string) {
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost/none");
  vi.stubEnv("NEXTAUTH_SECRET", "a secret for cookies");
  vi.stubEnv("NEXTAUTH_URL", origin);
  vi.resetModules();
  const { sessionCookieFlags, sessionCookieName } = await import("@/lib/auth/token");
  return { name: sessionCookieName(), ...sessionCookieFlags() };
}

test("A14 on https the session's cookie belongs to this host alone and leaves by https only; scripts never see it", async () => {
  const kept = { httpOnly: true, sameSite: "lax", path: "/", maxAge: 2_592_000 };
  const secure = await cookieAt("https://crm.example");
  expect(secure).toEqual({ name: "__Host-wheelhouse.session", secure: true, ...kept });
  expect("domain" in secure).toBe(false);
  expect(await cookieAt("http://localhost:3000")).toEqual({ name: "wheelhouse.session", secure: false, ...kept });
});
