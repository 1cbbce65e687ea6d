import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import type { MemberView } from "./schema";

type Row = Omit<MemberView, "awayUntil" | "isAway" | "invitation" | "isMe"> & {
  awayUntil: Date | null;
  invitationExpiresAt: Date | null;
};

/** Every member of the workspace, those who work first, then by name; former ones last. At most 500. */
export async function listMembers(ctx: Context): Promise<MemberView[]> {
  requirePermission(ctx, "members.manage");
  const { workspaceId } = ctx;
  const rows = await ctx.db.$queryRaw<Row[]>`
    select m.id, m.name, m.email, m.phone, m.roles, m.spoke_id as "spokeId", m.team_id as "teamId",
           m.calendar_id as "calendarId", m.languages, m.time_zone as "timeZone", m.capacity, m.may_upsell as "mayUpsell", m.away_until as "awayUntil",
           m.status, m.version, coalesce(w.coverage_lead_id = m.id, false) as "isCoverageLead",
           coalesce((select sum(c.count) from journey_counts c where c.workspace_id = ${workspaceId}::uuid and c.osc_id = m.id
              and c.status in ('pre_lead', 'active', 'nurture', 'on_hold', 'won')), 0)::int as "openJourneys",
           (select max(i.expires_at) from invitations i where i.workspace_id = ${workspaceId}::uuid and i.member_id = m.id
              and i.accepted_at is null and i.revoked_at is null) as "invitationExpiresAt"
    from members m join workspace_settings w on w.workspace_id = ${workspaceId}::uuid
    where m.workspace_id = ${workspaceId}::uuid
    order by array_position(array['active', 'invited', 'suspended', 'deactivated'], m.status), lower(m.name), m.id
    limit 500`;
  return rows.map(({ awayUntil, invitationExpiresAt, ...row }) => ({
    ...row,
    awayUntil: awayUntil?.toISOString() ?? null,
    isAway: awayUntil !== null && awayUntil > ctx.now,
    isMe: row.id === ctx.memberId,
    invitation: invitationExpiresAt
      ? { expiresAt: invitationExpiresAt.toISOString(), isExpired: invitationExpiresAt <= ctx.now }
      : null,
  }));
}
