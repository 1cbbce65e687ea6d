import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import { customerOf, ofAgents, originOf, passages } from "../passages/known";
import { runFrameOf } from "../runs/queries";
import type { StayRow, StaysInput } from "./schema";

const mostRows = 100;

/**
 * The customers behind a number of a survival run: who entered the stage and left it so, the newest first, as the run knew them.
 * Names only of those the reader may see. Throws `not_found` for a run that is not there.
 */
export async function listStays(
  ctx: Context,
  { run: id, template, stage, ended, origin }: StaysInput,
): Promise<{ rows: StayRow[]; total: number }> {
  requirePermission(ctx, "scores.read", "scope");
  const frame = await runFrameOf(ctx, { id });
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const stages = Prisma.sql`(select s.id from stages s join journey_templates g on g.workspace_id = ${w} and g.id = s.template_id
    where s.workspace_id = ${w} and s.key = ${stage} and g.key = ${template})`;
  const there = Prisma.sql`t.journey_id = any(array(select x.journey_id from stage_transitions x where x.workspace_id = ${w} and x.to_stage_id in ${stages}))`;
  const rows = await ctx.db.$queryRaw<(StayRow & { total: number })[]>`
    with ${passages(ctx, frame, there)},
    own as materialized (
      select p.*, ${customerOf(ctx, Prisma.sql`p.journey_id`)} as customer_id, ${originOf(ctx, Prisma.sql`p.journey_id`)} as origin
      from passages p where not p.is_backwards and p.stage_id in ${stages} and p.ended = ${ended} and ${ofAgents(ctx, frame, Prisma.sql`p.journey_id`)}),
    page as materialized (
      select p.*, (count(*) over ())::int as total from own p where ${origin === undefined ? Prisma.sql`true` : Prisma.sql`p.origin = ${origin}`}
      order by p.entered desc, p.journey_id limit ${mostRows})
    select p.journey_id as "journeyId", case when ${visibleJourneys(ctx)} then cu.id end as "customerId", case when ${visibleJourneys(ctx)} then cu.name end as name,
      p.origin, app.iso(to_timestamp(p.entered)) as "enteredAt", floor(p.active / 86400)::int as days, p.total
    from page p join journeys j on j.workspace_id = ${w} and j.id = p.journey_id join customers cu on cu.workspace_id = ${w} and cu.id = p.customer_id
    order by p.entered desc, p.journey_id`;
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}
