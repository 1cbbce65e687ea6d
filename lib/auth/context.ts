import { cookies } from "next/headers.js";
import { cache } from "react";
import type { Context } from "../context";
import { asUser, database } from "../db";
import { AppError } from "../errors";
import { isId } from "../identifiers";
import { isRole, type Role } from "./roles";
import { openSession, type SessionToken, sessionCookieName, sessionSeconds } from "./token";

type Row = {
  workspace_id: string;
  slug: string;
  workspace_time_zone: string;
  workspace_locale: string;
  currency: string;
  is_demo: boolean;
  member_id: string;
  roles: string[];
  spoke_id: string | null;
  team_id: string | null;
  member_time_zone: string | null;
  user_locale: string;
  last_used_at: Date;
};

/** A session as one statement found it: what it may do in the workspace, and when it was used before. */
export type FoundSession = { ctx: Context; lastUsedAt: Date };

/** Asks with one statement what a session may do in the workspace; null when the session or the membership does not hold. */
export async function lookUpSession(
  session: SessionToken,
  slug: string,
  now = new Date(),
): Promise<FoundSession | null> {
  const idleSince = new Date(now.getTime() - sessionSeconds * 1000);
  const rows = await asUser(
    session.userId,
    (db) => db.$queryRaw<Row[]>`
      select w.id as workspace_id, w.slug, w.time_zone as workspace_time_zone, w.locale as workspace_locale, w.currency, w.is_demo,
             m.id as member_id, m.roles, m.spoke_id, m.team_id, m.time_zone as member_time_zone, u.locale as user_locale, s.last_used_at
      from sessions s
      join users u on u.id = s.user_id and u.status = 'active'
      join members m on m.user_id = u.id and m.status = 'active'
      join workspaces w on w.id = m.workspace_id and w.slug = ${slug}
      where s.id = ${session.sessionId}::uuid and s.user_id = ${session.userId}::uuid
        and (s.connection_workspace_id is null or s.connection_workspace_id = w.id)
        and s.revoked_at is null and s.last_used_at > ${idleSince}`,
  );
  const row = rows[0];
  if (!row) return null;
  const ctx: Context = {
    workspaceId: row.workspace_id,
    slug: row.slug,
    actor: { kind: "member", id: row.member_id },
    memberId: row.member_id,
    userId: session.userId,
    roles: row.roles.filter(isRole),
    spokeId: row.spoke_id,
    teamId: row.team_id,
    timeZone: row.member_time_zone ?? row.workspace_time_zone,
    locale: row.user_locale,
    currency: row.currency,
    isDemo: row.is_demo,
    now,
    db: database(),
    isVouched: true,
  };
  return { ctx, lastUsedAt: row.last_used_at };
}

/** Marks the session as used, at most once an hour, so that reading costs no write. */
export async function touchSession(session: SessionToken, { ctx: { now }, lastUsedAt }: FoundSession): Promise<void> {
  if (now.getTime() - lastUsedAt.getTime() < 3_600_000) return;
  await asUser(session.userId, (db) =>
    db.session.updateMany({ where: { id: session.sessionId, revokedAt: null }, data: { lastUsedAt: now } }),
  );
}

/** Builds the context of a signed-in member of the workspace, or null when the session or the membership does not hold. */
export async function contextOfSession(session: SessionToken, slug: string, now = new Date()): Promise<Context | null> {
  const found = await lookUpSession(session, slug, now);
  if (found) await touchSession(session, found);
  return found?.ctx ?? null;
}

/** The session the browser sent, or null. */
export async function readSession(): Promise<SessionToken | null> {
  return openSession((await cookies()).get(sessionCookieName())?.value);
}

/** A signed-in user; `boundTo` names the one workspace a session opens whose own provider vouched for her. */
export type SignedInUser = {
  userId: string;
  sessionId: string;
  email: string;
  name: string;
  boundTo: string | null;
  hasPassword: boolean;
};

/** The user of a session that still holds, whatever the workspace; null otherwise. */
export async function userOfSession(session: SessionToken, now = new Date()): Promise<SignedInUser | null> {
  if (!isId(session.userId) || !isId(session.sessionId)) return null;
  const idleSince = new Date(now.getTime() - sessionSeconds * 1000);
  const rows = await asUser(
    session.userId,
    (db) => db.$queryRaw<Omit<SignedInUser, "userId" | "sessionId">[]>`
      select u.email, u.name, s.connection_workspace_id as "boundTo", u.password_hash is not null as "hasPassword" from sessions s join users u on u.id = s.user_id and u.status = 'active'
      where s.id = ${session.sessionId}::uuid and s.user_id = ${session.userId}::uuid and s.revoked_at is null and s.last_used_at > ${idleSince}`,
  );
  return rows[0] ? { ...session, ...rows[0] } : null;
}

/** The signed-in user if her session still holds, whatever the workspace; null otherwise. */
export async function readUser(): Promise<SignedInUser | null> {
  const session = await readSession();
  return session ? userOfSession(session) : null;
}

/** Why a session has no context in a workspace: it does not hold (`unauthenticated`), or it is no member's (`not_found`). */
export async function refusalOf(session: SessionToken): Promise<AppError> {
  return new AppError((await userOfSession(session)) ? "not_found" : "unauthenticated", "workspace");
}

/**
 * The context of this request in the workspace named by its slug, once per request.
 * Throws `unauthenticated` without a session that holds and `not_found` for a workspace one is no member of.
 */
export const requireContext = cache(async (slug: string): Promise<Context> => {
  const session = await readSession();
  if (!session) throw new AppError("unauthenticated", "session");
  const ctx = await contextOfSession(session, slug);
  if (!ctx) throw await refusalOf(session);
  return ctx;
});

/** A context for work nobody at a screen asked for: the worker, the seed, the command line. */
export async function systemContext(
  workspaceId: string,
  options: { now?: Date; memberId?: string; roles?: Role[] } = {},
): Promise<Context> {
  const workspace = await asUser(null, (db) => db.workspace.findUnique({ where: { id: workspaceId } }));
  if (!workspace) throw new AppError("not_found", "workspace");
  return {
    workspaceId,
    slug: workspace.slug,
    actor: options.memberId ? { kind: "member", id: options.memberId } : { kind: "system" },
    memberId: options.memberId ?? null,
    userId: null,
    roles: options.roles ?? ["osc", "manager", "admin"],
    spokeId: null,
    teamId: null,
    timeZone: workspace.timeZone,
    locale: workspace.locale,
    currency: workspace.currency,
    isDemo: workspace.isDemo,
    now: options.now ?? new Date(),
    db: database(),
  };
}
