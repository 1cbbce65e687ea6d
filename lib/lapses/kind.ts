import { z } from "zod";
import type { Context } from "../context";
import { type JourneyConfig, journeyConfig, type NamedStage } from "../passages/config";
import { foldPassages } from "../passages/fold";
import { defineRunKind } from "../runs/kind";
import { computeLapses, type LapsesInput } from "./compute";
import { followLapses } from "./follow";
import { readAnswered, readProposals, readStanding } from "./read";
import { type LapsesParameters, type LapsesResult, usualLapses } from "./schema";

/** The stages with the days of silence that their newest version allows. */
export type LapsesConfig = Omit<JourneyConfig, "stages"> & { stages: (NamedStage & { silenceDays: number | null })[] };

/** Handoffs and answered contacts of that many days before the run's time are looked at. */
const Parameters = z.strictObject({ windowDays: z.number().int().min(14).max(365).default(90) });

async function lapsesConfig(ctx: Context): Promise<{ version: number; body: LapsesConfig }> {
  const { version, body } = await journeyConfig(ctx);
  const rows = await ctx.db.$queryRaw<{ template: string; stage: string; silenceDays: number | null }[]>`
    select distinct on (t.key, s.key) t.key as template, s.key as stage, s.silence_days as "silenceDays"
    from stages s join journey_templates t on t.workspace_id = s.workspace_id and t.id = s.template_id
    where s.workspace_id = ${ctx.workspaceId}::uuid and t.status <> 'draft' order by t.key, s.key, t.number desc`;
  const days = new Map(rows.map(({ template, stage, silenceDays }) => [`${template}/${stage}`, silenceDays]));
  const stages = body.stages.map((each) => ({
    ...each,
    silenceDays: days.get(`${each.template}/${each.stage}`) ?? null,
  }));
  return { version, body: { ...body, stages } };
}

/** Customers who are being lost though nobody dropped them (DOMAIN 6B, last line, and 6F). */
export const lapsesKind = defineRunKind<LapsesParameters, LapsesConfig, LapsesInput, LapsesResult>({
  kind: "lapses",
  parameters: Parameters,
  seed: 12,
  nightly: [usualLapses],
  config: lapsesConfig,
  prepare: foldPassages,
  read: async (ctx, run) => ({
    ...(await readStanding(ctx, run, run.config.stages)),
    proposals: await readProposals(ctx, run, run.parameters.windowDays),
    answered: await readAnswered(ctx, run, run.parameters.windowDays),
  }),
  compute: (input, { config, parameters }) => computeLapses(input, config, parameters),
  finished: followLapses,
});
