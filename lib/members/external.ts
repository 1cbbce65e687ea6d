import type { Role } from "@/lib/auth/roles";
import type { Context } from "@/lib/context";
import { newId } from "@/lib/identifiers";
import { record } from "@/lib/transaction";

/** A person known by an outside id alone: named, with her roles, without e-mail until somebody invites her. */
export type OutsideMember = { externalId: string; name: string; roles: Role[]; spokeKey: string };

export type EnsuredMembers = {
  /** Outside id to member. */
  memberIds: Map<string, string>;
  created: string[];
};

/**
 * Makes sure of a member for each outside id, inside a transaction. Who is there already stays as she is: neither name
 * nor roles are touched.
 */
export async function ensureMembers(ctx: Context, people: readonly OutsideMember[]): Promise<EnsuredMembers> {
  const { workspaceId } = ctx;
  const externalIds = people.map(({ externalId }) => externalId);
  const known = await ctx.db.member.findMany({
    where: { workspaceId, externalId: { in: externalIds } },
    select: { id: true, externalId: true },
  });
  const memberIds = new Map(known.map(({ id, externalId }) => [externalId ?? "", id]));
  const missing = people.filter(({ externalId }) => !memberIds.has(externalId));
  if (missing.length === 0) return { memberIds, created: [] };

  const spokes = await ctx.db.spoke.findMany({ where: { workspaceId }, select: { id: true, key: true } });
  const spokeIds = new Map(spokes.map(({ key, id }) => [key, id]));
  const rows = missing.map(({ externalId, name, roles, spokeKey }) => ({
    workspaceId,
    id: newId(),
    externalId,
    name,
    roles,
    spokeId: spokeIds.get(spokeKey) ?? null,
    status: "active",
  }));
  await ctx.db.member.createMany({ data: rows });
  for (const { id, name, roles, externalId } of rows) {
    memberIds.set(externalId, id);
    record(ctx, "member.added", { subject: `member:${id}`, detail: { name, roles, externalId } });
  }
  return { memberIds, created: rows.map(({ id }) => id) };
}
