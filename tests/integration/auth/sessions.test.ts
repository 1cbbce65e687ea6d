import { createHmac, randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { contextOfSession, userOfSession } from "@/lib/auth/context";
import { authOptions } from "@/lib/auth/options";
import { hashPassword } from "@/lib/auth/password";
import { changePassword, requestReset, resetPassword } from "@/lib/auth/password-reset";
import { endSessions, listSessions } from "@/lib/auth/sessions";
import { asAttempt, checkPassword, openSessionRow } from "@/lib/auth/sign-in";
import { openSession, renewSession, sealSession } from "@/lib/auth/token";
import { asUser, databaseTransaction } from "@/lib/db";
import { env } from "@/lib/env";
import { isLocalPath } from "@/lib/paths";
import { makeMember, makeSession, makeWorkspace } from "../../support/factories";
import { linkIn } from "../../support/people";

const password = "a quiet harbour at dawn";

async function makePerson() {
  const workspace = await makeWorkspace();
  const member = await makeMember(workspace, { name: "Dana Door" });
  const passwordHash = await hashPassword(password);
  await asUser(null, (db) => db.user.update({ where: { id: member.userId }, data: { passwordHash } }));
  const { userId } = member;
  const open = async () => {
    const { sessionId } = await makeSession(userId);
    return { userId, sessionId };
  };
  const isIn = async (session: { userId: string; sessionId: string }) =>
    (await contextOfSession(session, workspace.slug)) !== null;
  return { workspace, member, userId, open, isIn };
}

test("A01: a token that is unsigned, signed by another key, expired or of another kind opens nothing", async () => {
  const claims = { sub: randomUUID(), sid: randomUUID() };
  const secret = env().NEXTAUTH_SECRET;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  const forged = [
    `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.`,
    `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`,
    await encode({ token: claims, secret: "another environment's secret of 32 bytes" }),
    await encode({ token: claims, secret, maxAge: -60 }),
    await encode({ token: claims, secret, salt: "next-auth.state" }),
    await encode({ token: { value: claims.sub, provider: "x.y" }, secret }),
    part(claims),
    "",
    "x".repeat(9000),
  ];
  for (const token of forged) expect(await openSession(token)).toBeNull();
  const sealed = await sealSession({ userId: claims.sub, sessionId: claims.sid });
  expect(await openSession(sealed)).toEqual({ userId: claims.sub, sessionId: claims.sid });
  const other = sealed.at(-5) === "A" ? "B" : "A"; // not the last: some of its bits say nothing
  expect(await openSession(`${sealed.slice(0, -5)}${other}${sealed.slice(-4)}`)).toBeNull();
});

test("a session that names somebody else's row, or none, is nobody's", async () => {
  const { open, userId } = await makePerson();
  const other = await makePerson();
  const session = await open();
  expect(await userOfSession(session)).toMatchObject({ userId, boundTo: null, hasPassword: true });
  expect(await userOfSession({ ...session, userId: other.userId })).toBeNull();
  expect(await userOfSession({ userId, sessionId: randomUUID() })).toBeNull();
  expect(await userOfSession({ userId, sessionId: "'; drop table users; --" })).toBeNull();
});

test("A08: sign-out, a changed password and a reset one end the sessions they should, at once", async () => {
  const { workspace, member, userId, open, isIn } = await makePerson();
  const [here, there] = [await open(), await open()];
  await changePassword(here, { current: password, password: "another harbour at dusk" });
  expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
  await expect(changePassword(here, { current: password, password: "x".repeat(12) })).rejects.toMatchObject({
    code: "invalid",
  });
  expect(await checkPassword({ email: member.email, password })).toBeNull();

  await requestReset({ email: member.email.toUpperCase() });
  await resetPassword({ secret: await linkIn(workspace.id, "/reset/"), password });
  expect(await isIn(here)).toBe(false);
  expect(await checkPassword({ email: member.email, password })).toBe(userId);

  const last = await open();
  await endSessions({ ...last, boundTo: null }, { id: last.sessionId });
  expect(await isIn(last)).toBe(false);
  await expect(endSessions({ ...last, boundTo: null }, { id: randomUUID() })).rejects.toMatchObject({
    code: "not_found",
  });
  const changes = await databaseTransaction(workspace.id, (db) =>
    db.auditEntry.count({ where: { workspaceId: workspace.id, action: "password.changed" } }),
  );
  expect(changes).toBe(2);
});

test("a session ends thirty days after its last use", async () => {
  const { workspace, open } = await makePerson();
  const session = await open();
  const day = 86_400_000;
  expect(await contextOfSession(session, workspace.slug, new Date(Date.now() + 29 * day))).not.toBeNull();
  expect(await contextOfSession(session, workspace.slug, new Date(Date.now() + 60 * day))).toBeNull();
});

test("a token more than a day old is sealed anew for the same session, a forged one is not", async () => {
  const { open } = await makePerson();
  const session = await open();
  const token = await sealSession(session);
  expect(await renewSession(token)).toBeNull();
  const renewed = await renewSession(token, new Date(Date.now() + 2 * 86_400_000));
  expect(await openSession(renewed ?? "")).toEqual(session);
  expect(await renewSession("forged", new Date(Date.now() + 2 * 86_400_000))).toBeNull();
});

test("sessions are listed, this one first, and nobody ends another's", async () => {
  const { open, isIn } = await makePerson();
  const [here, there] = [await open(), await open()];
  const other = await makePerson();
  const stranger = { ...(await other.open()), boundTo: null };
  const list = await listSessions({ ...here, boundTo: null });
  expect(list.map(({ id, isThis }) => [id, isThis])).toEqual([
    [here.sessionId, true],
    [there.sessionId, false],
  ]);
  await expect(endSessions(stranger, { id: there.sessionId })).rejects.toMatchObject({ code: "not_found" });
  await endSessions({ ...here, boundTo: null }, "others");
  expect([await isIn(here), await isIn(there)]).toEqual([true, false]);
});

test("A12: a reset link is ours whatever the host says, works once, for an hour, and is kept as a hash alone", async () => {
  const { workspace, member, userId } = await makePerson();
  await requestReset({ email: member.email });
  const mail = await databaseTransaction(workspace.id, (db) =>
    db.mail.findFirstOrThrow({ where: { workspaceId: workspace.id } }),
  );
  expect(mail.text).toContain("http://localhost:3000/reset/");
  const secret = await linkIn(workspace.id, "/reset/");
  expect(Buffer.from(secret, "base64url")).toHaveLength(16);
  const kept = await asUser(null, (db) => db.passwordReset.findMany({ where: { userId } }));
  expect(JSON.stringify(kept)).not.toContain(secret);
  const late = new Date(Date.now() + 3_600_001);
  await expect(resetPassword({ secret, password }, late)).rejects.toMatchObject({ code: "not_found" });
  const uses = await Promise.allSettled([1, 2, 3, 4].map(() => resetPassword({ secret, password })));
  expect(uses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(resetPassword({ secret: `${secret.slice(0, -1)}A`, password })).rejects.toMatchObject({
    code: "not_found",
  });
  const count = () => asUser(null, (db) => db.passwordReset.count());
  const before = await count();
  await requestReset({ email: "nobody@example.test" });
  expect(await count()).toBe(before);
});

test("A04: the sixth failed sign-in of an account and address waits, however many come at once, and others do not", async () => {
  const { member, userId } = await makePerson();
  const address = randomUUID();
  const guess = (from: string, given = "wrong") =>
    asAttempt(member.email, from, () => checkPassword({ email: member.email, password: given }));
  const results = await Promise.allSettled(Array.from({ length: 12 }, () => guess(address)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
  const limited = { code: "limited", details: { retryAfterSeconds: expect.any(Number) } };
  await expect(guess(address, password)).rejects.toMatchObject(limited);
  expect(await guess(randomUUID(), password)).toBe(userId);
});

test("A04: thirty failures of one address are enough, and a success gives its attempt back", async () => {
  const { member, userId } = await makePerson();
  const address = randomUUID();
  for (let round = 0; round < 3; round++)
    expect(await asAttempt(member.email, address, async () => userId)).toBe(userId);
  for (let index = 0; index < 30; index++)
    expect(await asAttempt(`nobody${index}@example.test`, address, async () => null)).toBeNull();
  await expect(asAttempt(member.email, address, async () => userId)).rejects.toMatchObject({ code: "limited" });
});

test("A04: an unknown e-mail takes as long as a wrong password", async () => {
  const { member } = await makePerson();
  const time = async (email: string) => {
    const begin = process.cpuUsage();
    for (let round = 0; round < 4; round++) await checkPassword({ email, password: "wrong" });
    return process.cpuUsage(begin).user;
  };
  await time(member.email);
  const ratio = (await time("nobody@example.test")) / (await time(member.email));
  expect(ratio).toBeGreaterThan(0.4);
  expect(ratio).toBeLessThan(2.5);
});

test("A06: after sign-in one stays on this site", async () => {
  const redirect = authOptions({ userAgent: "", address: "" }).callbacks?.redirect;
  const evil = [
    "//evil.test",
    "/\\evil.test",
    "/%2f%2fevil.test",
    "/%5cevil.test",
    "javascript:alert(1)",
    "https://evil.test/",
  ];
  const baseUrl = "http://localhost:3000";
  for (const url of [
    ...evil,
    "http://localhost:3000.evil.test/",
    "http://localhost:3000@evil.test/",
    "/\tx",
    "/a\nb",
  ]) {
    expect(isLocalPath(url)).toBe(false);
    expect(await redirect?.({ url, baseUrl })).toBe(`${baseUrl}/`);
  }
  expect(await redirect?.({ url: "/w/one/home?x=1", baseUrl })).toBe(`${baseUrl}/w/one/home?x=1`);
  expect(await redirect?.({ url: `${baseUrl}/w/one/home`, baseUrl })).toBe(`${baseUrl}/w/one/home`);
});

test("a session that a workspace's provider vouched for opens no other workspace and no settings of the account", async () => {
  const { workspace, userId, open, isIn } = await makePerson();
  const other = await makeWorkspace();
  const sessionId = await openSessionRow(userId, { userAgent: "", address: "" }, other.id);
  const bound = { userId, sessionId };
  expect(await isIn(bound)).toBe(false);
  expect(await userOfSession(bound)).toMatchObject({ boundTo: other.id });
  const free = await open();
  await expect(endSessions({ ...bound, boundTo: other.id }, { id: free.sessionId })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await listSessions({ ...bound, boundTo: other.id })).toHaveLength(1);
  expect(await contextOfSession(free, workspace.slug)).not.toBeNull();
});
