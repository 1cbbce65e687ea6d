import type { APIRequestContext } from "@playwright/test";
import { hashPassword } from "@/lib/auth/password";
import { sessionCookieName } from "@/lib/auth/token";
import { asUser } from "@/lib/db";
import { makeMember, type TestMember } from "../support/factories";
import { expect, test } from "../support/page";

const password = "a quiet harbour at dawn";

async function withPassword(member: TestMember): Promise<TestMember> {
  const passwordHash = await hashPassword(password);
  await asUser(null, (db) => db.user.update({ where: { id: member.userId }, data: { passwordHash } }));
  return member;
}

async function attempt(request: APIRequestContext, email: string, given: string) {
  const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  return request.post("/api/auth/callback/credentials", {
    form: { csrfToken, json: "true", email, password: given },
  });
}

test("A04: the sixth failed sign-in is answered 429, the same for an e-mail that nobody has", async ({
  request,
  workspace,
}) => {
  const member = await withPassword(await makeMember(workspace));
  const bodies: string[] = [];
  for (const email of [member.email, `nobody.${member.email}`]) {
    const statuses: number[] = [];
    for (let index = 0; index < 6; index++) {
      const answer = await attempt(request, email, "wrong");
      statuses.push(answer.status());
      if (index === 5) {
        expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(0);
        bodies.push((await answer.text()).replace(/\d+/g, "n"));
      }
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  }
  expect(bodies[0]).toBe(bodies[1]);
  expect((await attempt(request, member.email, password)).status()).toBe(429);
});

test("A14: signing in opens a new session in a cookie that scripts and other sites do not get", async ({
  page,
  workspace,
  signIn,
}) => {
  const member = await withPassword(await makeMember(workspace));
  await signIn(await makeMember(workspace));
  const held = async () => (await page.context().cookies()).find(({ name }) => name === sessionCookieName());
  const planted = await held();
  expect((await attempt(page.request, member.email, password)).status()).toBe(200);
  expect(await held()).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect((await held())?.value).not.toBe(planted?.value);
  const session = (await (await page.request.get("/api/auth/session")).json()) as { user?: { email?: string } };
  expect(session.user?.email).toBe(member.email);
});

test("A07: without next-auth's own token no password is looked at, and none of it counts as a success", async ({
  request,
  workspace,
}) => {
  const member = await withPassword(await makeMember(workspace));
  const answer = await request.post("/api/auth/callback/credentials", {
    form: { csrfToken: "forged", json: "true", email: member.email, password },
  });
  expect(answer.headersArray().some(({ value }) => value.startsWith(`${sessionCookieName()}=`))).toBe(false);
  for (let index = 0; index < 4; index++) await attempt(request, member.email, "wrong");
  expect((await attempt(request, member.email, password)).status()).toBe(429);
});

test("N05: a write that comes from another site is answered 403 before anything runs", async ({
  request,
  workspace,
}) => {
  for (const origin of ["https://evil.test", "null", "http://localhost:1"]) {
    const answer = await request.post("/sign-in", {
      headers: { origin, "next-action": "x", "x-forwarded-host": "evil.test" },
      data: "[]",
    });
    expect(answer.status()).toBe(403);
  }
  expect((await request.post(`/w/${workspace.slug}/home`, { headers: { origin: "https://evil.test" } })).status()).toBe(
    403,
  );
});

test("N15: pages run our own scripts only, carry a new nonce each time, and stand in no frame", async ({ request }) => {
  const policies: string[] = [];
  for (const path of ["/sign-in", "/forgot", "/nowhere"]) {
    const answer = await request.get(path);
    const policy = answer.headers()["content-security-policy"] ?? "";
    policies.push(policy);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toContain("unsafe-");
    const nonce = /nonce-([\w-]+)/.exec(policy)?.[1] ?? "";
    const scripts = [...(await answer.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(0);
    for (const tag of scripts) expect(tag).toContain(`nonce="${nonce}"`);
  }
  expect(new Set(policies).size).toBe(3);
});
