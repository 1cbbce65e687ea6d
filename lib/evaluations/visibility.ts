import { cellsOf } from "../auth/permissions";
import type { Viewer } from "../context";
import { Prisma } from "../generated/prisma/client";

/**
 * Which interactions' scores a member may see, as a condition over `interactions` under the alias `i`: all within a manager's
 * scope and for quality; an OSC her own and those on her journeys; everybody else her own (DOMAIN 4).
 */
export function visibleScores(ctx: Viewer): Prisma.Sql {
  const cells = cellsOf(ctx.roles, "scores.read");
  if (cells.includes("scope") || cells.includes("scorecards")) return Prisma.sql`true`;
  const me = ctx.memberId;
  if (me === null || !cells.some((cell) => cell === "own" || cell === "own_journey")) return Prisma.sql`false`;
  const own = Prisma.sql`i.agent_id = ${me}::uuid`;
  if (!cells.includes("own_journey")) return own;
  return Prisma.sql`(${own} or exists (select from journeys sj where sj.workspace_id = i.workspace_id and sj.id = i.journey_id and sj.osc_id = ${me}::uuid))`;
}

/**
 * Whether a member may see what was said of the relationship with a customer as a whole, as a condition: a manager and quality of
 * all whom they see; an OSC of those on whose journeys she is; nobody else, as it was said of nobody's work alone.
 */
export function visibleRelationship(ctx: Viewer, customerId: Prisma.Sql): Prisma.Sql {
  const cells = cellsOf(ctx.roles, "scores.read");
  if (cells.includes("scope") || cells.includes("scorecards")) return Prisma.sql`true`;
  if (ctx.memberId === null || !cells.includes("own_journey")) return Prisma.sql`false`;
  return Prisma.sql`exists (select from journeys sj where sj.workspace_id = ${ctx.workspaceId}::uuid and sj.customer_id = ${customerId}
    and sj.osc_id = ${ctx.memberId}::uuid)`;
}
