import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import type { Prisma } from "../generated/prisma/client";
import type { AuditEntryView, AuditSearch } from "./schema";

const pageSize = 50;

/** Who wrote is `kind:id`; a name finds members, the name of a kind finds all of that kind. */
async function actorFilter(ctx: Context, text: string): Promise<Prisma.AuditEntryWhereInput> {
  if (text === "") return {};
  const members = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, name: { contains: text, mode: "insensitive" } },
    select: { id: true },
    take: 200,
  });
  return {
    OR: [{ actor: { startsWith: text.toLowerCase() } }, { actor: { in: members.map(({ id }) => `member:${id}`) } }],
  };
}

const idsOf = (actors: string[], kind: string) =>
  [...new Set(actors)].flatMap((actor) => (actor.startsWith(`${kind}:`) ? actor.slice(kind.length + 1) : []));

async function namesOf(ctx: Context, actors: string[]): Promise<Map<string, string>> {
  const { workspaceId } = ctx;
  const select = { id: true, name: true } as const;
  const memberIds = idsOf(actors, "member");
  const keyIds = idsOf(actors, "key");
  const [members, keys] = await Promise.all([
    memberIds.length > 0 ? ctx.db.member.findMany({ where: { workspaceId, id: { in: memberIds } }, select }) : [],
    keyIds.length > 0 ? ctx.db.apiKey.findMany({ where: { workspaceId, id: { in: keyIds } }, select }) : [],
  ]);
  return new Map([
    ...members.map(({ id, name }) => [`member:${id}`, name] as const),
    ...keys.map(({ id, name }) => [`key:${id}`, name] as const),
  ]);
}

/** A page of the audit log, newest first; `nextBefore` is null at the end. */
export async function searchAudit(
  ctx: Context,
  { action, subject, actor, before }: AuditSearch,
): Promise<{ entries: AuditEntryView[]; nextBefore: number | null }> {
  requirePermission(ctx, "audit.read");
  const rows = await ctx.db.auditEntry.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      ...(before ? { seq: { lt: before } } : {}),
      ...(action ? { action: { startsWith: action } } : {}),
      ...(subject ? { subject: { contains: subject } } : {}),
      ...(await actorFilter(ctx, actor)),
    },
    orderBy: { seq: "desc" },
    take: pageSize + 1,
  });
  const page = rows.slice(0, pageSize);
  const names = await namesOf(
    ctx,
    page.map((row) => row.actor),
  );
  return {
    entries: page.map((row) => ({
      seq: Number(row.seq),
      at: row.at.toISOString(),
      actor: row.actor,
      actorName: names.get(row.actor) ?? null,
      action: row.action,
      subject: row.subject,
      detail: JSON.stringify(row.detail),
      hash: Buffer.from(row.hash).toString("hex"),
    })),
    nextBefore: rows.length > pageSize ? Number(page.at(-1)?.seq) : null,
  };
}
