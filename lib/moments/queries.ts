import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { isOrphaned } from "./rules";
import type { MomentView } from "./schema";

type Row = Omit<MomentView, "isOrphaned"> & { isMemberActive: boolean; heldRoles: string[] };

/** The defining moments in use, by type of interaction and in their order; those that nobody answers for are marked. */
export async function listMoments(ctx: Context): Promise<MomentView[]> {
  requirePermission(ctx, "views.use");
  const rows = await ctx.db.$queryRaw<Row[]>`
    select d.id, d.interaction_type as "interactionType", d.name, d.name_he as "nameHe", d.phase, d.responsible_role as "responsibleRole",
      d.responsible_id as "responsibleId", m.name as "responsibleName", d.playbook, d.playbook_he as "playbookHe", d.version,
      coalesce(m.status = 'active', false) as "isMemberActive",
      (select coalesce(array_agg(distinct r.role), '{}') from members h, unnest(h.roles) r(role)
        where h.workspace_id = ${ctx.workspaceId}::uuid and h.status = 'active') as "heldRoles"
    from defining_moments d left join members m on m.workspace_id = ${ctx.workspaceId}::uuid and m.id = d.responsible_id
    where d.workspace_id = ${ctx.workspaceId}::uuid and d.archived_at is null
    order by d.interaction_type, d.position, d.name, d.id limit 500`;
  return rows.map(({ isMemberActive, heldRoles, ...row }) => ({
    ...row,
    isOrphaned: isOrphaned({ responsibleRole: row.responsibleRole, isMemberActive }, new Set(heldRoles)),
  }));
}
