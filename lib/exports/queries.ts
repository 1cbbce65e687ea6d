import { can, canAs } from "../auth/permissions";
import type { Context } from "../context";
import { fetchableUntil } from "./rules";
import { type ExportState, type ExportView, shownDays } from "./schema";

type Row = {
  id: string;
  query: string;
  reason: string;
  estimate: number;
  is_at_least: boolean;
  state: ExportState;
  requested_by_id: string;
  requested_by: string;
  requested_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
};

/**
 * One's own requests of the last week, and for whoever approves those of others that wait for a decision. Nobody else
 * learns that there are any.
 */
export async function listExports(ctx: Context): Promise<ExportView[]> {
  if (!ctx.memberId || !can(ctx.roles, "personal_data.export")) return [];
  const since = new Date(ctx.now.getTime() - shownDays * 86_400_000);
  const mayApprove = canAs(ctx.roles, "personal_data.export", "approve");
  const rows = await ctx.db.$queryRaw<Row[]>`
    select e.id, e.query, e.reason, e.estimate, e.is_at_least, e.state, e.requested_by_id, m.name as requested_by, e.requested_at,
      d.name as decided_by, e.decided_at
    from exports e
    join members m on m.workspace_id = e.workspace_id and m.id = e.requested_by_id
    left join members d on d.workspace_id = e.workspace_id and d.id = e.decided_by_id
    where e.workspace_id = ${ctx.workspaceId}::uuid and e.requested_at > ${since}
      and (e.requested_by_id = ${ctx.memberId}::uuid or (${mayApprove} and e.state = 'requested'))
    order by e.requested_at desc limit 20`;
  return rows.map((row) => viewOf(ctx, row));
}

function viewOf(ctx: Context, row: Row): ExportView {
  const until = fetchableUntil({ state: row.state, decidedAt: row.decided_at });
  const isMine = row.requested_by_id === ctx.memberId;
  return {
    id: row.id,
    query: row.query,
    reason: row.reason,
    estimate: row.estimate,
    isAtLeast: row.is_at_least,
    state: row.state,
    isMine,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    decidedBy: row.decided_by,
    fetchableUntil: isMine && until && until > ctx.now ? until.toISOString() : null,
  };
}
