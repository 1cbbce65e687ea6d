import type { Context } from "../context";
import { asUser } from "../db";
import { AppError } from "../errors";
import { revokeSessions } from "./sign-in";
import { sessionSeconds } from "./token";

/** A signed-in browser as its owner sees it. */
export type SessionView = {
  id: string;
  isThis: boolean;
  browser: string;
  system: string;
  createdAt: string;
  lastUsedAt: string;
};

const browsers: [RegExp, string][] = [
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const systems: [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

const nameIn = (names: [RegExp, string][], userAgent: string) =>
  names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? "";

type Visitor = { userId: string; sessionId: string; boundTo: string | null };

/** The sessions of a user that still hold, this one first. A session bound to one workspace sees itself alone. */
export async function listSessions({ userId, sessionId, boundTo }: Visitor, now = new Date()): Promise<SessionView[]> {
  const rows = await asUser(userId, (db) =>
    db.session.findMany({
      where: {
        userId,
        revokedAt: null,
        lastUsedAt: { gt: new Date(now.getTime() - sessionSeconds * 1000) },
        ...(boundTo ? { id: sessionId } : {}),
      },
      orderBy: { lastUsedAt: "desc" },
      take: 100,
    }),
  );
  return rows
    .map(({ id, userAgent, createdAt, lastUsedAt }) => ({
      id,
      isThis: id === sessionId,
      browser: nameIn(browsers, userAgent),
      system: nameIn(systems, userAgent),
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
    }))
    .sort((one, other) => Number(other.isThis) - Number(one.isThis));
}

/** Ends one session of the user, or all but this one. Throws `not_found` for a session that is not hers. */
export async function endSessions(visitor: Visitor, which: { id: string } | "others"): Promise<void> {
  const { userId, sessionId, boundTo } = visitor;
  if (boundTo && (which === "others" || which.id !== sessionId)) throw new AppError("not_found", "session");
  if (which === "others") {
    await revokeSessions(userId, { except: sessionId });
    return;
  }
  if ((await revokeSessions(userId, { sessionId: which.id })) === 0) throw new AppError("not_found", "session");
}

/** Ends every session that a provider of this workspace vouched for, in the caller's transaction. */
export async function endVouchedSessions(ctx: Context): Promise<void> {
  await ctx.db.session.updateMany({
    where: { connectionWorkspaceId: ctx.workspaceId, revokedAt: null },
    data: { revokedAt: ctx.now },
  });
}
