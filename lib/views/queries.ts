import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import type { SavedViewView, ViewScope } from "./schema";

type Row = {
  id: string;
  name: string;
  query: string;
  scope: ViewScope;
  is_pinned: boolean;
  owner_id: string;
  owner_name: string;
  version: number;
};

/** Views that a member may use, as a condition on `v` with their owner `o`: her own, her team's, the workspace's. */
export function usableViews(ctx: Context): Prisma.Sql {
  const team = ctx.teamId ? Prisma.sql`or (v.scope = 'team' and o.team_id = ${ctx.teamId}::uuid)` : Prisma.empty;
  return Prisma.sql`(v.owner_id = ${ctx.memberId}::uuid or v.scope = 'workspace' ${team})`;
}

/** Every view that this member may use, pinned first, then by name. */
export async function listViews(ctx: Context): Promise<SavedViewView[]> {
  requirePermission(ctx, "views.use");
  const rows = await ctx.db.$queryRaw<Row[]>`
    select v.id, v.name, v.query, v.scope, v.is_pinned, v.owner_id, o.name as owner_name, v.version
    from saved_views v join members o on o.workspace_id = v.workspace_id and o.id = v.owner_id
    where v.workspace_id = ${ctx.workspaceId}::uuid and ${usableViews(ctx)}
    order by v.is_pinned desc, lower(v.name), v.id limit 200`;
  return rows.map((row) => viewOf(ctx, row));
}

/** A row of `saved_views` with its owner's name as it leaves the server. */
export function viewOf(
  ctx: Context,
  { id, name, query, scope, is_pinned, owner_id, owner_name, version }: Row,
): SavedViewView {
  return {
    id,
    name,
    query,
    scope,
    isPinned: is_pinned,
    isMine: owner_id === ctx.memberId,
    ownerName: owner_name,
    version,
  };
}
