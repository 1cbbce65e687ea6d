import type { OAuthConfig } from "next-auth/providers/oauth";
import { asUser, inWorkspace } from "../db";
import { AppError } from "../errors";
import { isId, newId } from "../identifiers";
import { record, transaction } from "../transaction";
import { systemContext } from "./context";
import { providerHttpOptions } from "./provider-guard";
import { unseal } from "./secret";
import { accountEmail } from "./sign-in";

/** A workspace's own provider, ready to be asked. */
export type Connection = {
  id: string;
  workspaceId: string;
  slug: string;
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
};

/** What a sealed client secret is bound to: it opens in no other row. */
export const secretPurpose = (workspaceId: string, id: string) => `oidc:${workspaceId}:${id}`;

/** The name of a connection in the addresses of next-auth: its workspace, then its id. */
export const providerKey = (slug: string, connectionId: string) => `${slug}.${connectionId}`;

/** The connection that an address of next-auth names, or null. */
export async function findConnection(key: string): Promise<Connection | null> {
  const [slug, id, ...rest] = key.split(".");
  if (!slug || !isId(id) || rest.length > 0) return null;
  const workspace = await asUser(null, (db) => db.workspace.findUnique({ where: { slug }, select: { id: true } }));
  if (!workspace) return null;
  const { id: workspaceId } = workspace;
  const ctx = await systemContext(workspaceId);
  const row = await inWorkspace(workspaceId, () => ctx.db.oidcConnection.findFirst({ where: { workspaceId, id } }));
  if (!row) return null;
  const { name, issuer, clientId } = row;
  const clientSecret = unseal(row.clientSecret, secretPurpose(workspaceId, id));
  return { id, workspaceId, slug, name, issuer, clientId, clientSecret };
}

/** The providers that a workspace offers on its sign-in page; none for an unknown workspace. */
export async function listProviders(slug: string): Promise<{ key: string; name: string }[]> {
  const workspace = await asUser(null, (db) => db.workspace.findUnique({ where: { slug }, select: { id: true } }));
  if (!workspace) return [];
  const { id: workspaceId } = workspace;
  const ctx = await systemContext(workspaceId);
  const rows = await inWorkspace(workspaceId, () =>
    ctx.db.oidcConnection.findMany({
      where: { workspaceId },
      select: { id: true, name: true },
      orderBy: { name: "asc" },
    }),
  );
  return rows.map(({ id, name }) => ({ key: providerKey(slug, id), name }));
}

/** What a provider says of a person in its ID token. */
export type Claims = {
  iss?: string | undefined;
  sub?: string | undefined;
  email?: string | undefined;
  email_verified?: boolean | undefined;
  name?: string | undefined;
};

/** The provider of a connection as next-auth asks it: PKCE, state and nonce, claims from the signed ID token. */
export function providerOf(connection: Connection): OAuthConfig<Claims> {
  const issuer = connection.issuer.replace(/\/$/, "");
  return {
    id: providerKey(connection.slug, connection.id),
    name: connection.name,
    type: "oauth",
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    clientId: connection.clientId,
    clientSecret: connection.clientSecret,
    idToken: true,
    httpOptions: providerHttpOptions(issuer),
    checks: ["pkce", "state", "nonce"],
    authorization: { params: { scope: "openid email profile" } },
    profile: ({ sub }) => ({ id: sub ?? "" }),
  };
}

/**
 * The user that a provider's claims stand for: she whose identity (issuer, subject) is known here, else the member with that
 * verified e-mail who has no identity in this workspace yet. Throws `forbidden` for everybody else: the e-mail alone opens
 * nothing, and an e-mail that belongs to one issuer is refused at every other.
 */
export async function userOfClaims(connection: Connection, claims: Claims, now = new Date()): Promise<string> {
  const { workspaceId } = connection;
  const { iss, sub } = claims;
  if (!sub || iss !== connection.issuer) throw new AppError("forbidden", "wrong_issuer");
  const known = await asUser(null, (db) =>
    db.identity.findFirst({ where: { issuer: iss, subject: sub, workspaceId }, select: { userId: true } }),
  );
  if (known) {
    await requireMembership(workspaceId, known.userId);
    return known.userId;
  }
  const email = accountEmail(claims.email ?? "");
  if (claims.email_verified !== true || !email) throw new AppError("forbidden", "email_unverified");
  return linkIdentity(connection, { issuer: iss, subject: sub, email, name: claims.name }, now);
}

async function requireMembership(workspaceId: string, userId: string): Promise<void> {
  const member = await asUser(userId, (db) =>
    db.member.findFirst({ where: { workspaceId, userId, status: "active" }, select: { id: true } }),
  );
  if (!member) throw new AppError("forbidden", "not_a_member");
}

type NewIdentity = { issuer: string; subject: string; email: string; name: string | undefined };

async function linkIdentity(connection: Connection, identity: NewIdentity, now: Date): Promise<string> {
  const { workspaceId } = connection;
  const { issuer, subject, email } = identity;
  const system = { ...(await systemContext(workspaceId)), now };
  return transaction(system, async (ctx) => {
    const [member] = await ctx.db.$queryRaw<{ id: string; name: string; userId: string | null; status: string }[]>`
      select id, name, user_id as "userId", status from members
      where workspace_id = ${workspaceId}::uuid and lower(email) = ${email} and status in ('invited', 'active') for update`;
    if (!member) throw new AppError("forbidden", "not_a_member");
    const userId = member.userId ?? (await userOfEmail(ctx.db, email, identity.name ?? member.name));
    const linked = await ctx.db.identity.findFirst({ where: { userId, workspaceId }, select: { id: true } });
    if (linked) throw new AppError("forbidden", "linked_elsewhere");
    await ctx.db.identity.create({ data: { id: newId(), userId, workspaceId, issuer, subject, createdAt: now } });
    await ctx.db.member.updateMany({
      where: { workspaceId, id: member.id },
      data: { userId, status: "active", version: { increment: 1 } },
    });
    await ctx.db.invitation.updateMany({
      where: { workspaceId, memberId: member.id, acceptedAt: null, revokedAt: null },
      data: { acceptedAt: now },
    });
    const actor = { kind: "member", id: member.id } as const;
    record({ ...ctx, actor }, "identity.linked", { subject: `member:${member.id}`, detail: { issuer } });
    return userId;
  });
}

type Users = { user: Awaited<ReturnType<typeof systemContext>>["db"]["user"] };

/** The active user of an e-mail, made when there is none. */
async function userOfEmail(db: Users, email: string, name: string): Promise<string> {
  const user = await db.user.findUnique({ where: { email }, select: { id: true, status: true } });
  if (user && user.status !== "active") throw new AppError("forbidden", "not_a_member");
  if (user) return user.id;
  const id = newId();
  await db.user.create({ data: { id, email, name: name.slice(0, 120) } });
  return id;
}
