import { z } from "zod";
import type { Context } from "../context";

/** A stage as a run names it: every version of its template is one stage to it. */
export type NamedStage = { template: string; stage: string; name: string; templateName: string; position: number };

/** What an analysis of journeys rests on, kept with the run. */
export type JourneyConfig = { timeZone: string; currency: string; stages: NamedStage[] };

/** An analysis that needs to be asked nothing. */
export const NoParameters = z.strictObject({});

/** The stages as they are called now, newest version first, with the workspace's time zone and currency. */
export async function journeyConfig(ctx: Context): Promise<{ version: number; body: JourneyConfig }> {
  const { workspaceId } = ctx;
  const [workspace, stages, newest] = await Promise.all([
    ctx.db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { timeZone: true, currency: true } }),
    ctx.db.$queryRaw<NamedStage[]>`
      select distinct on (t.key, s.key) t.key as template, s.key as stage, s.name, t.name as "templateName", s.position
      from stages s join journey_templates t on t.workspace_id = s.workspace_id and t.id = s.template_id
      where s.workspace_id = ${workspaceId}::uuid and t.status <> 'draft'
      order by t.key, s.key, t.number desc`,
    ctx.db.journeyTemplate.aggregate({ where: { workspaceId }, _max: { number: true } }),
  ]);
  const order = (a: NamedStage, b: NamedStage) =>
    a.template === b.template
      ? a.position - b.position || (a.stage < b.stage ? -1 : 1)
      : a.template < b.template
        ? -1
        : 1;
  return { version: newest._max.number ?? 0, body: { ...workspace, stages: stages.sort(order) } };
}
