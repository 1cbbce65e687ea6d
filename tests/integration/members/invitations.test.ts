import { expect, test } from "vitest";
import { hashPassword } from "@/lib/auth/password";
import { asUser, databaseTransaction, inWorkspace } from "@/lib/db";
import { acceptInvitation, readInvitation } from "@/lib/members/accept";
import { inviteMember, resendInvitation, revokeInvitation } from "@/lib/members/commands";
import { InviteMember } from "@/lib/members/schema";
import { makeMember, makeWorkspace } from "../../support/factories";
import { contextOf, linkIn } from "../../support/people";

const address = "direct";
const password = "a quiet harbour at dawn";

async function invite(email: string) {
  const workspace = await makeWorkspace();
  const ctx = await contextOf(workspace, workspace.owner, ["owner", "admin"]);
  const input = InviteMember.parse({ email, name: "Nina New", roles: ["osc"] });
  const { memberId } = await inWorkspace(workspace.id, () => inviteMember(ctx, input));
  return { workspace, ctx, memberId, token: await linkIn(workspace.id, "/invitation/") };
}

const accept = (token: string, more: object = {}) => acceptInvitation({ token, visitor: null, address, ...more });

test("an invited person chooses a password and is a member, with an audit row and a mail", async () => {
  const { workspace, memberId, token } = await invite("Nina@Example.test");
  expect(await readInvitation(token, null)).toMatchObject({ way: "new", email: "nina@example.test" });
  const { userId, slug } = await accept(token, { name: "Nina North", password });
  expect(slug).toBe(workspace.slug);
  const rows = await databaseTransaction(workspace.id, async (db) => ({
    member: await db.member.findFirst({ where: { workspaceId: workspace.id, id: memberId } }),
    audit: await db.auditEntry.findMany({ where: { workspaceId: workspace.id, subject: `member:${memberId}` } }),
    mail: await db.mail.findFirst({ where: { workspaceId: workspace.id } }),
  }));
  expect(rows.member).toMatchObject({ userId, status: "active", name: "Nina North" });
  expect(rows.audit.map(({ action }) => action).sort()).toEqual(["member.invited", "member.joined"]);
  expect(rows.mail?.recipient).toBe("nina@example.test");
  expect(rows.mail?.html).toContain("http://localhost:3000/invitation/");
});

test("O16: a link works once, for its own e-mail, its own workspace, within seven days, until it is withdrawn", async () => {
  const once = await invite("once@example.test");
  await accept(once.token, { password });
  await expect(accept(once.token, { password })).rejects.toMatchObject({ code: "not_found" });

  const late = await invite("late@example.test");
  const afterwards = new Date(Date.now() + 7 * 86_400_000 + 60_000);
  await expect(
    acceptInvitation({ token: late.token, visitor: null, address, password }, afterwards),
  ).rejects.toMatchObject({
    code: "not_found",
  });

  const rotated = await invite("rotated@example.test");
  await inWorkspace(rotated.workspace.id, () => resendInvitation(rotated.ctx, { memberId: rotated.memberId }));
  await expect(accept(rotated.token, { password })).rejects.toMatchObject({ code: "not_found" });
  const second = await linkIn(rotated.workspace.id, "/invitation/");
  expect(second).not.toBe(rotated.token);
  await inWorkspace(rotated.workspace.id, () => revokeInvitation(rotated.ctx, { memberId: rotated.memberId }));
  await expect(accept(second, { password })).rejects.toMatchObject({ code: "not_found" });

  const other = await makeWorkspace();
  const elsewhere = Buffer.from(other.id.replaceAll("-", ""), "hex").toString("base64url") + late.token.slice(22);
  await expect(accept(elsewhere, { password })).rejects.toMatchObject({ code: "not_found" });
  expect(await readInvitation("x".repeat(44), null)).toBeNull();
  expect(await readInvitation("' or 1=1", null)).toBeNull();
});

test("O16: another signed-in person cannot use it, and an account with a password opens by that password only", async () => {
  const home = await makeWorkspace();
  const known = await makeMember(home, { name: "Kim Known" });
  await asUser(null, async (db) =>
    db.user.update({ where: { id: known.userId }, data: { passwordHash: await hashPassword(password) } }),
  );
  const stranger = await makeMember(home, { name: "Sam Stranger" });
  const { token } = await invite(known.email);
  expect(await readInvitation(token, { userId: stranger.userId })).toMatchObject({ way: "password" });
  await expect(accept(token, { visitor: { userId: stranger.userId } })).rejects.toMatchObject({
    reason: "password_needed",
  });
  await expect(accept(token, { password: "another password" })).rejects.toMatchObject({ reason: "wrong_password" });
  expect(await readInvitation(token, { userId: known.userId })).toMatchObject({ way: "session" });
  expect(await accept(token, { password })).toMatchObject({ userId: known.userId });
});

test("a link gives no first password to an account that belongs to another workspace", async () => {
  const home = await makeWorkspace();
  const victim = await makeMember(home, { name: "Vera Victim" });
  const { token } = await invite(victim.email);
  expect(await readInvitation(token, null)).toMatchObject({ way: "reset" });
  await expect(accept(token, { password })).rejects.toMatchObject({ reason: "wrong_password" });
});

test("R03: fifty acceptances at once make one membership and one user", async () => {
  const { workspace, token } = await invite("many@example.test");
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => accept(token, { password })));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const members = await databaseTransaction(workspace.id, (db) =>
    db.member.findMany({ where: { workspaceId: workspace.id, email: "many@example.test" } }),
  );
  expect(members).toHaveLength(1);
});

test("two invitations of one e-mail at once make one member", async () => {
  const workspace = await makeWorkspace();
  const ctx = await contextOf(workspace, workspace.owner, ["owner"]);
  const input = InviteMember.parse({ email: "twice@example.test", name: "Twice", roles: ["sales"] });
  const sent = await Promise.all([1, 2, 3].map(() => inWorkspace(workspace.id, () => inviteMember(ctx, input))));
  expect(new Set(sent.map(({ memberId }) => memberId)).size).toBe(1);
});
