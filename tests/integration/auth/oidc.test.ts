import { expect, test } from "vitest";
import { type Claims, findConnection, listProviders, providerKey, userOfClaims } from "@/lib/auth/oidc";
import { seal, unseal } from "@/lib/auth/secret";
import { addConnection, removeConnection } from "@/lib/connections/commands";
import { listConnections } from "@/lib/connections/queries";
import { AddConnection } from "@/lib/connections/schema";
import { asUser, databaseTransaction, inWorkspace } from "@/lib/db";
import { makeMember, makeWorkspace, type TestWorkspace } from "../../support/factories";
import { contextOf } from "../../support/people";

async function connect(workspace: TestWorkspace, issuer: string) {
  const ctx = await contextOf(workspace, workspace.owner, ["owner"]);
  const input = AddConnection.parse({ name: "Harbour ID", issuer, clientId: "wheelhouse", clientSecret: "hush" });
  const { id } = await inWorkspace(workspace.id, () => addConnection(ctx, input));
  const connection = await findConnection(providerKey(workspace.slug, id));
  if (!connection) throw new Error("no connection");
  return { ctx, connection };
}

const says = (iss: string, sub: string, email: string, more: Claims = {}): Claims => ({
  iss,
  sub,
  email,
  email_verified: true,
  ...more,
});

test("a member with a verified e-mail is linked once to the issuer and found by her subject afterwards", async () => {
  const workspace = await makeWorkspace();
  const member = await makeMember(workspace);
  const one = "https://one.example.test";
  const { connection } = await connect(workspace, one);
  expect(await userOfClaims(connection, says(one, "s-1", member.email.toUpperCase()))).toBe(member.userId);
  expect(await userOfClaims(connection, says(one, "s-1", "moved@example.test"))).toBe(member.userId);
  const linked = await databaseTransaction(workspace.id, (db) =>
    db.auditEntry.count({ where: { workspaceId: workspace.id, action: "identity.linked" } }),
  );
  expect(linked).toBe(1);
});

test("A11: the same e-mail at another issuer, another subject, an unverified or unknown one is refused", async () => {
  const workspace = await makeWorkspace();
  const member = await makeMember(workspace);
  const [one, two] = ["https://one.example.test", "https://two.example.test"];
  const { connection: first } = await connect(workspace, one);
  const { connection: second } = await connect(workspace, two);
  await userOfClaims(first, says(one, "s-1", member.email));
  const refused: [typeof first, Claims, string][] = [
    [second, says(two, "s-1", member.email), "linked_elsewhere"],
    [first, says(one, "s-2", member.email), "linked_elsewhere"],
    [first, says(two, "s-1", member.email), "wrong_issuer"],
    [first, says(`${one}/`, "s-1", member.email), "wrong_issuer"],
    [first, says(one, "s-3", member.email, { email_verified: false }), "email_unverified"],
    [first, { iss: one, sub: "s-3", email: member.email }, "email_unverified"],
    [first, says(one, "s-3", "nobody@example.test"), "not_a_member"],
    [first, { iss: one, email: member.email, email_verified: true }, "wrong_issuer"],
  ];
  for (const [connection, claims, reason] of refused)
    await expect(userOfClaims(connection, claims)).rejects.toMatchObject({ code: "forbidden", reason });
});

test("an invited person without an account gets one, and a former member is refused", async () => {
  const workspace = await makeWorkspace();
  const member = await makeMember(workspace);
  const one = "https://one.example.test";
  const { connection } = await connect(workspace, one);
  const email = `invited.${member.memberId}@example.test`;
  await databaseTransaction(workspace.id, (db) =>
    db.member.create({
      data: {
        workspaceId: workspace.id,
        id: connection.id,
        name: "Ina Invited",
        email,
        roles: ["osc"],
        status: "invited",
      },
    }),
  );
  const userId = await userOfClaims(connection, says(one, "new", email, { name: "Ina" }));
  const user = await asUser(null, (db) => db.user.findUniqueOrThrow({ where: { id: userId } }));
  expect(user).toMatchObject({ email, passwordHash: null, emailVerifiedAt: null });

  await userOfClaims(connection, says(one, "s-1", member.email));
  await databaseTransaction(workspace.id, (db) =>
    db.member.updateMany({
      where: { workspaceId: workspace.id, id: member.memberId },
      data: { status: "deactivated" },
    }),
  );
  await expect(userOfClaims(connection, says(one, "s-1", member.email))).rejects.toMatchObject({
    reason: "not_a_member",
  });
});

test("a client secret is sealed to its row, never shown, and removing the provider ends what it opened", async () => {
  const workspace = await makeWorkspace();
  const { ctx, connection } = await connect(workspace, "https://one.example.test");
  expect(connection.clientSecret).toBe("hush");
  const row = await databaseTransaction(workspace.id, (db) =>
    db.oidcConnection.findFirstOrThrow({ where: { workspaceId: workspace.id } }),
  );
  expect(row.clientSecret).not.toContain("hush");
  const view = await inWorkspace(workspace.id, () => listConnections(ctx));
  expect(JSON.stringify(view)).not.toContain(row.clientSecret);
  expect(view[0]?.redirectUri).toContain(`/api/auth/callback/${workspace.slug}.${connection.id}`);
  expect(() => unseal(seal("hush", "one row"), "another row")).toThrow();

  const other = await makeWorkspace();
  expect(await findConnection(providerKey(other.slug, connection.id))).toBeNull();
  expect(await listProviders("nowhere")).toEqual([]);
  const otherCtx = await contextOf(other, other.owner, ["owner"]);
  await expect(inWorkspace(other.id, () => removeConnection(otherCtx, { id: connection.id }))).rejects.toMatchObject({
    code: "not_found",
  });
  const osc = await contextOf(workspace, workspace.owner, ["osc", "manager"]);
  await expect(inWorkspace(workspace.id, () => removeConnection(osc, { id: connection.id }))).rejects.toMatchObject({
    code: "forbidden",
  });
  await inWorkspace(workspace.id, () => removeConnection(ctx, { id: connection.id }));
  expect(await findConnection(providerKey(workspace.slug, connection.id))).toBeNull();
});

test("an issuer is https without anything behind it, or this machine", () => {
  const check = (issuer: string) =>
    AddConnection.safeParse({ name: "x", issuer, clientId: "x", clientSecret: "x" }).success;
  expect(["https://id.example.test", "https://id.example.test/realms/a", "http://127.0.0.1:4000"].map(check)).toEqual([
    true,
    true,
    true,
  ]);
  for (const issuer of [
    "http://id.example.test",
    "https://a:b@id.test",
    "https://id.test/?x=1",
    "file:///etc/passwd",
    "x",
  ])
    expect(check(issuer)).toBe(false);
});
