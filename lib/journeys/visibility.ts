import { cellsOf } from "../auth/permissions";
import type { Context, Viewer } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";

const isMine = (
  me: string,
  alias: Prisma.Sql,
) => Prisma.sql`(${alias}.osc_id = ${me}::uuid or ${alias}.accountable_id = ${me}::uuid
  or exists (select 1 from interactions vi where vi.workspace_id = ${alias}.workspace_id and vi.journey_id = ${alias}.id and vi.agent_id = ${me}::uuid)
  or exists (select 1 from customers vc where vc.workspace_id = ${alias}.workspace_id and vc.id = ${alias}.customer_id and vc.created_by_id = ${me}::uuid)
  or exists (select 1 from appointments va where va.workspace_id = ${alias}.workspace_id and va.journey_id = ${alias}.id and va.host_id = ${me}::uuid))`;

const isTeams = (
  teamId: string,
  alias: Prisma.Sql,
) => Prisma.sql`exists (select 1 from members vm where vm.workspace_id = ${alias}.workspace_id
  and vm.team_id = ${teamId}::uuid and vm.id in (${alias}.osc_id, ${alias}.accountable_id))`;

const isAssigned = (
  spokeId: string,
  alias: Prisma.Sql,
) => Prisma.sql`exists (select 1 from journey_spokes vs where vs.workspace_id = ${alias}.workspace_id
  and vs.journey_id = ${alias}.id and vs.spoke_id = ${spokeId}::uuid)`;

/** Whether the roles see every hub of the workspace (the OSC, or a manager without a team). */
export function seesEverything(ctx: Viewer): boolean {
  const cells = cellsOf(ctx.roles, "journeys.read");
  return cells.includes("all") || (cells.includes("scope") && ctx.teamId === null);
}

/**
 * The rows of `journeys` (under `alias`) that this member may see, as a condition that the query ands in.
 * The words are those of DOMAIN section 4: own, team, assigned, post-sale, scope. Marketing, QA and Admin see
 * what they are OSC of, accountable for or wrote themselves; aggregates come from the reports.
 */
export function visibleJourneys(ctx: Viewer, alias: "j" | "journeys" = "j"): Prisma.Sql {
  if (seesEverything(ctx)) return Prisma.sql`true`;
  const cells = cellsOf(ctx.roles, "journeys.read");
  const name = alias === "j" ? Prisma.sql`j` : Prisma.sql`journeys`;
  const allowed: Prisma.Sql[] = [];
  if (ctx.memberId && cells.length > 0) allowed.push(isMine(ctx.memberId, name));
  if (ctx.teamId && (cells.includes("own_team") || cells.includes("scope"))) allowed.push(isTeams(ctx.teamId, name));
  if (ctx.spokeId && cells.some((cell) => cell.startsWith("assigned") || cell === "aggregate"))
    allowed.push(isAssigned(ctx.spokeId, name));
  if (cells.includes("assigned_post_sale")) allowed.push(Prisma.sql`${name}.status in ('won', 'completed')`);
  return allowed.length > 0 ? Prisma.sql`(${Prisma.join(allowed, " or ")})` : Prisma.sql`false`;
}

/**
 * The rows of `interactions` (under the alias `i`) that this member may see: those of journeys she sees. A contact without a
 * journey belongs to its customer: who sees one of her journeys sees it, whoever had it, and who sees everything.
 */
export function visibleInteractions(ctx: Context): Prisma.Sql {
  if (seesEverything(ctx)) return Prisma.sql`true`;
  const isOwn = ctx.memberId === null ? Prisma.sql`false` : Prisma.sql`i.agent_id = ${ctx.memberId}::uuid`;
  const seen = visibleJourneys(ctx);
  return Prisma.sql`(case when i.journey_id is null
    then ${isOwn} or exists (select from journeys j where j.workspace_id = i.workspace_id and j.customer_id = i.customer_id and ${seen})
    else exists (select from journeys j where j.workspace_id = i.workspace_id and j.id = i.journey_id and ${seen}) end)`;
}

/** Throws `not_found` unless the customer exists here and at least one of her journeys may be seen. */
export async function requireVisibleCustomer(ctx: Context, customerId: string): Promise<void> {
  const rows = await ctx.db.$queryRaw<unknown[]>`
    select 1 from journeys j where j.workspace_id = ${ctx.workspaceId}::uuid and j.customer_id = ${customerId}::uuid
      and ${visibleJourneys(ctx)} limit 1`;
  if (rows.length === 0) throw new AppError("not_found", "customer");
}
