import type { z } from "zod";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { type JourneyConfig, journeyConfig, NoParameters } from "../passages/config";
import { ofAgents, originOf, passages } from "../passages/known";
import { defineRunKind, type RunFrame } from "../runs/kind";
import { computeSurvival, type StayCount, type SurvivalInput } from "./compute";
import type { SurvivalResult } from "./schema";

type Parameters = z.output<typeof NoParameters>;

/** Stays counted in the database by stage, origin, whole day and end, so that the worker holds days and not journeys. */
async function read(ctx: Context, run: RunFrame<Parameters, JourneyConfig>): Promise<SurvivalInput> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<(StayCount & { isBackwards: boolean; journeys: number })[]>`
    with ${passages(ctx, run)},
    told as materialized (
      select p.stage_id, ${originOf(ctx, Prisma.sql`p.journey_id`)} as origin, case when p.is_backwards then 0 else floor(p.active / 86400)::int end as day,
        p.ended, p.is_backwards, p.is_first
      from passages p where ${ofAgents(ctx, run, Prisma.sql`p.journey_id`)}),
    counted as materialized (
      select stage_id, origin, day, ended, is_backwards, count(*) as n, count(*) filter (where is_first) as journeys from told group by 1, 2, 3, 4, 5)
    select t.key as template, s.key as stage, c.origin, c.day, c.ended, c.is_backwards as "isBackwards", sum(c.n)::int as n, sum(c.journeys)::int as journeys
    from counted c
    join stages s on s.workspace_id = ${w} and s.id = c.stage_id join journey_templates t on t.workspace_id = ${w} and t.id = s.template_id
    group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`;
  return {
    stays: rows.flatMap(({ isBackwards, journeys: _, ...stay }) => (isBackwards ? [] : [stay])),
    leftOut: rows.reduce((sum, { isBackwards, journeys }) => sum + (isBackwards ? journeys : 0), 0),
  };
}

/** How long customers stay in each stage and how they leave it, from stage transitions alone (DOMAIN F14 to F17). */
export const survivalKind = defineRunKind<Parameters, JourneyConfig, SurvivalInput, SurvivalResult>({
  kind: "survival",
  parameters: NoParameters,
  seed: 14,
  nightly: [{}],
  config: journeyConfig,
  read,
  compute: (input, { config }) => computeSurvival(input, config),
});
