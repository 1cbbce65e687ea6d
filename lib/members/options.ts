import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";

export type PersonOption = { id: string; name: string; spokeId: string | null; roles: string[] };

/** Active members to choose from, by name; at most 200. */
export async function listPeople(ctx: Context): Promise<{ people: PersonOption[] }> {
  requirePermission(ctx, "views.use");
  const people = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, status: "active" },
    select: { id: true, name: true, spokeId: true, roles: true },
    orderBy: { name: "asc" },
    take: 200,
  });
  return { people };
}
