import type { z } from "zod";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { type JourneyConfig, journeyConfig, NoParameters } from "../passages/config";
import { foldPassages } from "../passages/fold";
import { type CountedEnd, summedPassages } from "../passages/summed";
import { defineRunKind, type RunFrame } from "../runs/kind";
import { computeSurvival, type StayCount, type SurvivalInput } from "./compute";
import type { SurvivalResult } from "./schema";

type Parameters = z.output<typeof NoParameters>;

/** Stays counted in the database by stage, origin, whole day and end, so that the worker holds days and not journeys. */
async function read(ctx: Context, run: RunFrame<Parameters, JourneyConfig>): Promise<SurvivalInput> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<(Omit<StayCount, "ended"> & { ended: CountedEnd })[]>`
    with ${summedPassages(ctx, run)}
    select t.key as template, s.key as stage, c.origin, c.day, c.ended, sum(c.n)::int as n from stays c
    join stages s on s.workspace_id = ${w} and s.id = c.stage_id join journey_templates t on t.workspace_id = ${w} and t.id = s.template_id
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`;
  return {
    stays: rows.flatMap(({ ended, ...stay }) => (ended === "unordered" ? [] : [{ ...stay, ended }])),
    leftOut: rows.reduce((sum, { ended, n }) => sum + (ended === "unordered" ? n : 0), 0),
  };
}

/** How long customers stay in each stage and how they leave it, from stage transitions alone (DOMAIN F14 to F17). */
export const survivalKind = defineRunKind<Parameters, JourneyConfig, SurvivalInput, SurvivalResult>({
  kind: "survival",
  parameters: NoParameters,
  seed: 14,
  nightly: [{}],
  config: journeyConfig,
  prepare: foldPassages,
  read,
  compute: (input, { config }) => computeSurvival(input, config),
});
