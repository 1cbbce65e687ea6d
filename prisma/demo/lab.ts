import { systemContext } from "../../lib/auth/context";
import { inWorkspace } from "../../lib/db";
import { Prisma } from "../../lib/generated/prisma/client";
import { newId } from "../../lib/identifiers";
import { insertRows } from "../../lib/insert-rows";
import { requestRun } from "../../lib/runs/commands";
import { performRun } from "../../lib/runs/tasks";
import { decisionStages } from "../../lib/scenario-lab/assign";
import { createExperiment } from "../../lib/scenario-lab/experiments";
import { segmentOf } from "../../lib/scenario-lab/rules";
import { CreateExperiment } from "../../lib/scenario-lab/schema";
import { record, transaction } from "../../lib/transaction";
import { chanceOf, scenarioOf } from "./deals";
import { contextAs } from "./stage";

type Reached = { journeyId: string; at: Date; value: number | null; minor: number; isStanding: boolean };

/** What Ines decided for every deal that came to the contract; the ones that stand there now still wait. */
export async function decideScenarios(workspaceId: string, ids: Map<string, string>, now: Date): Promise<void> {
  const ctx = await systemContext(workspaceId, { now });
  const w = Prisma.sql`${workspaceId}::uuid`;
  await inWorkspace(workspaceId, async () => {
    const reached = await ctx.db.$queryRaw<Reached[]>`
      select t.journey_id as "journeyId", min(t.at) as at, j.value_percentile as value, coalesce(j.value_minor, 0)::float8 as minor, bool_or(j.stage_id in ${decisionStages(w)} and j.status = 'active') as "isStanding"
      from stage_transitions t join journeys j on j.workspace_id = ${w} and j.id = t.journey_id
      where t.workspace_id = ${w} and t.to_stage_id in ${decisionStages(w)} group by 1, 3, 4 order by 2, 1`;
    const ended = reached.filter(({ isStanding }) => !isStanding);
    await transaction(ctx, async (ctx) => {
      const rows = ended.map(({ journeyId, at, value, minor }, turn) => ({
        ...{ workspaceId, id: newId(), journeyId, scenario: scenarioOf(minor, turn), source: "person" },
        ...{ pClose: chanceOf(minor), segment: segmentOf(null, value), facts: { value } },
        ...{ decidedAt: at, decidedById: ids.get("ines") ?? null },
      }));
      await insertRows(ctx, "scenario_assignments", rows);
      record(ctx, "scenario.assigned", { subject: `workspace:${workspaceId}`, detail: { deals: rows.length } });
    });
    const owner = await contextAs(workspaceId, ids, "owner", now);
    const arms = { first: "A", second: "B", method: "blocks", expectedFirst: 0.3, expectedSecond: 0.4 };
    const named = { key: "final_stage", name: "Ruth joins the contract meeting" };
    await createExperiment(
      { ...owner, roles: [...owner.roles, "manager"] },
      CreateExperiment.parse({ ...named, ...arms }),
    );
    const later = await systemContext(workspaceId);
    const { id } = await requestRun(later, { kind: "handoff-lab", parameters: {} });
    await performRun(later, id);
  });
}
