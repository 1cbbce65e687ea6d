import { systemContext } from "../auth/context";
import { hashPassword } from "../auth/password";
import { hashSecret } from "../auth/secret";
import { asAttempt, checkPassword } from "../auth/sign-in";
import { asUser, inWorkspace } from "../db";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { record, transaction } from "../transaction";
import { workspaceOfToken } from "./invitations";

type Invitation = { workspaceId: string; id: string; memberId: string; email: string; name: string; workspace: string };

/** How the invited person shows who she is: in her session, by the password she has, by resetting one, or with a new one. */
export type Welcome = { workspace: string; email: string; name: string; way: "session" | "password" | "reset" | "new" };

async function findInvitation(token: string, now: Date): Promise<Invitation | null> {
  const workspaceId = workspaceOfToken(token);
  if (!workspaceId) return null;
  const workspace = await asUser(null, (db) => db.workspace.findUnique({ where: { id: workspaceId } }));
  if (!workspace) return null;
  const ctx = await systemContext(workspaceId);
  return inWorkspace(workspaceId, async () => {
    const invitation = await ctx.db.invitation.findFirst({
      where: { workspaceId, tokenHash: hashSecret(token), acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
      select: { id: true, memberId: true, email: true },
    });
    if (!invitation) return null;
    const member = await ctx.db.member.findFirst({
      where: { workspaceId, id: invitation.memberId, status: { in: ["invited", "active"] } },
      select: { name: true },
    });
    return member ? { ...invitation, workspaceId, name: member.name, workspace: workspace.name } : null;
  });
}

/**
 * Whether the link alone may give a user her first password: she has none, no provider knows her, and she belongs to no other
 * workspace. Otherwise she has to show that the account is hers.
 */
async function isNewcomer(userId: string, workspaceId: string): Promise<boolean> {
  return asUser(userId, async (db) => {
    const user = await db.user.findUnique({ where: { id: userId }, select: { passwordHash: true, status: true } });
    if (!user || user.passwordHash !== null || user.status !== "active") return false;
    if (await db.identity.findFirst({ where: { userId }, select: { id: true } })) return false;
    const elsewhere = await db.member.findFirst({
      where: { userId, workspaceId: { not: workspaceId } },
      select: { id: true },
    });
    return elsewhere === null;
  });
}

const userOf = (email: string) =>
  asUser(null, (db) => db.user.findUnique({ where: { email }, select: { id: true, passwordHash: true } }));

/** What the page of an invitation says; null when the link is unknown, used, withdrawn or older than seven days. */
export async function readInvitation(
  token: string,
  visitor: { userId: string } | null,
  now = new Date(),
): Promise<Welcome | null> {
  const invitation = await findInvitation(token, now);
  if (!invitation) return null;
  const { workspace, email, name, workspaceId } = invitation;
  const user = await userOf(email);
  const welcome = { workspace, email, name };
  if (!user || (await isNewcomer(user.id, workspaceId))) return { ...welcome, way: "new" };
  if (visitor?.userId === user.id) return { ...welcome, way: "session" };
  return { ...welcome, way: user.passwordHash === null ? "reset" : "password" };
}

type Acceptance = {
  token: string;
  /** Who is signed in, in a session that is not bound to one workspace. */
  visitor: { userId: string } | null;
  address: string;
  name?: string | undefined;
  password?: string | undefined;
};

/** Who accepts: the visitor, the owner of the password, or a newcomer with the password she chose. */
async function whoAccepts(
  invitation: Invitation,
  { visitor, password, name, address }: Acceptance,
): Promise<{ userId: string } | { name: string; password: string }> {
  const { email, workspaceId } = invitation;
  const user = await userOf(email);
  if (user && visitor?.userId === user.id) return { userId: user.id };
  if (!password) throw new AppError("unauthenticated", "password_needed");
  if (!user || (await isNewcomer(user.id, workspaceId))) {
    if (password.length < 10) throw new AppError("invalid", "input", { fields: { password: "short" } });
    return { password, name: name?.trim() || invitation.name };
  }
  const userId = await asAttempt(email, address, () => checkPassword({ email, password }));
  if (!userId) throw new AppError("unauthenticated", "wrong_password");
  return { userId };
}

/**
 * Accepts an invitation once: the member gets the user of the e-mail it was sent to, who is made when she is new here.
 * Throws `not_found` `invitation` for a link that no longer holds, `unauthenticated` when the account is not shown to be hers.
 */
export async function acceptInvitation(
  acceptance: Acceptance,
  now = new Date(),
): Promise<{ userId: string; slug: string }> {
  const invitation = await findInvitation(acceptance.token, now);
  if (!invitation) throw new AppError("not_found", "invitation");
  const who = await whoAccepts(invitation, acceptance);
  const { workspaceId, memberId, email } = invitation;
  const ctx = { ...(await systemContext(workspaceId, { memberId })), now };
  const userId = await transaction(ctx, async (ctx) => {
    const { count } = await ctx.db.invitation.updateMany({
      where: { workspaceId, id: invitation.id, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
      data: { acceptedAt: now },
    });
    if (count === 0) throw new AppError("not_found", "invitation");
    const userId = "userId" in who ? who.userId : await ensureUser(ctx.db, { email, ...who }, now);
    const joined = await ctx.db.member.updateMany({
      where: { workspaceId, id: memberId, userId: null, status: { in: ["invited", "active"] } },
      data: { userId, status: "active", ...("name" in who ? { name: who.name } : {}), version: { increment: 1 } },
    });
    if (joined.count === 0) throw new AppError("not_found", "invitation");
    record(ctx, "member.joined", { subject: `member:${memberId}`, detail: { email } });
    return userId;
  });
  return { userId, slug: ctx.slug };
}

type Newcomer = { email: string; name: string; password: string };
type Users = { user: Awaited<ReturnType<typeof systemContext>>["db"]["user"] };

/** Makes the account of a newcomer, whose link is hers by now: of many at once only one pays for the hash. */
async function ensureUser(db: Users, { email, name, password }: Newcomer, now: Date): Promise<string> {
  const passwordHash = await hashPassword(password);
  const known = await db.user.findUnique({ where: { email }, select: { id: true, passwordHash: true } });
  const details = { name: name.slice(0, 120), passwordHash, emailVerifiedAt: now };
  if (!known) {
    const id = newId();
    await db.user.create({ data: { id, email, ...details } });
    return id;
  }
  // She got a password meanwhile: this link may not replace it.
  const { count } = await db.user.updateMany({ where: { id: known.id, passwordHash: null }, data: details });
  if (count === 0) throw new AppError("conflict", "version");
  return known.id;
}
