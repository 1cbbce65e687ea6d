import type { Context } from "../context";
import { createCustomers } from "../customers/bulk";
import { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { startJourneys } from "../journeys/start";
import { requestRun } from "../runs/commands";
import { performRun } from "../runs/tasks";
import { createExperiment, startExperiment } from "../scenario-lab/experiments";
import { CreateExperiment } from "../scenario-lab/schema";
import { record, transaction } from "../transaction";
import { workingHour } from "./example-frame";

/** Won and all, of those that customer success joined near the end (C) and of those it did not (A), by size (DOMAIN F64). */
const sizes = [
  ["smb", 10, 20, 80, 200],
  ["mid", 20, 40, 36, 80],
  ["ent", 30, 100, 5, 25],
] as const;

type Scenario = "A" | "B" | "C";
type Deal = { segment: string; scenario: Scenario; isWon: boolean; isDrawn?: boolean };

const deals = (segment: string, scenario: Scenario, won: number, all: number, isDrawn = false): Deal[] =>
  Array.from({ length: all }, (_, each) => ({ segment, scenario, isWon: each < won, isDrawn }));

/** The deals of the worked example F64, those of one size after those of another. */
export const labExample: readonly Deal[] = sizes.flatMap(([segment, wonC, allC, wonA, allA]) => [
  ...deals(segment, "C", wonC, allC),
  ...deals(segment, "A", wonA, allA),
]);

/** The deals of the worked example F65b, drawn in turn. */
const drawn: readonly Deal[] = [...deals("smb", "A", 18, 60, true), ...deals("smb", "B", 27, 60, true)];

type Times = { began: Date; decidedAt: Date; wonAt: Date };

/** Their journeys, all at once: taken in, and won where they were. */
async function startDeals(ctx: Context, told: readonly Deal[], oscId: string, { began, wonAt }: Times) {
  const name = (each: number) => `Deal ${each + 1}`;
  const made = await createCustomers(
    ctx,
    told.map((_, each) => ({ name: name(each), persons: [{ name: name(each) }], provenance: "typed" as const })),
  );
  const started = await startJourneys(
    ctx,
    made.map(({ customerId, primaryPersonId: personId }, each) => ({
      ...{ customerId, customerName: name(each), personId, need: "a home" },
      osc: { memberId: oscId, reason: "round_robin" as const },
      history: [{ stageKey: "first", at: began }, ...(told[each]?.isWon ? [{ stageKey: "won", at: wonAt }] : [])],
      next: { name: "Yearly greeting" },
    })),
  );
  return made.map(({ customerId }, each) => ({ customerId, journeyId: started[each]?.journeyId ?? "" }));
}

/** Ends journeys as lost, all at once. */
async function loseAll(ctx: Context, journeyIds: string[]): Promise<void> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  await ctx.db.$executeRaw`
    with lost as (update journeys set status = 'lost', lost_reason = 'price' where workspace_id = ${w} and id = any(${journeyIds}::uuid[])
      returning id, stage_id, accountable_spoke_id)
    insert into stage_transitions (workspace_id, id, journey_id, seq, from_stage_id, to_stage_id, at, cause, status, actor, spoke_id)
    select ${w}, gen_random_uuid(), l.id, (select max(seq) + 1 from stage_transitions s where s.workspace_id = ${w} and s.journey_id = l.id),
      l.stage_id, l.stage_id, ${ctx.now}, 'drop', 'lost', 'system', l.accountable_spoke_id from lost l`;
}

/** An experiment of B against A that goes on. */
async function startDrawing(ctx: Context): Promise<string> {
  const arms = { first: "A", second: "B", method: "blocks", expectedFirst: 0.3, expectedSecond: 0.45 };
  const named = { key: "example_f65b", name: "In the final stage, or after" };
  const { id } = await createExperiment(ctx, CreateExperiment.parse({ ...named, ...arms }));
  await startExperiment(ctx, { id, version: 1 });
  return id;
}

/** Deals that were given a scenario three weeks ago and ended since, so that the lab shows the worked examples F64 and F65b. */
export async function tellLab(ctx: Context, oscId: string): Promise<void> {
  const { workspaceId } = ctx;
  const times = { began: workingHour(ctx.now, 4), decidedAt: workingHour(ctx.now, 3), wonAt: workingHour(ctx.now, 1) };
  const { decidedAt } = times;
  const told = [...labExample, ...drawn];
  await transaction(ctx, async (ctx) => {
    const started = await startDeals(ctx, told, oscId, times);
    const experiment = await startDrawing(ctx);
    const rows = told.map(({ segment, scenario, isDrawn }, each) => {
      const journeyId = started[each]?.journeyId ?? "";
      const given = { scenario, segment, pClose: 0.5, decidedAt, decidedById: oscId };
      const experimentId = isDrawn ? experiment : null;
      const position = isDrawn ? each - labExample.length + 1 : null;
      const source = isDrawn ? "experiment" : "person";
      return { workspaceId, id: newId(), journeyId, ...given, source, experimentId, position };
    });
    await insertRows(ctx, "scenario_assignments", rows);
    const lost = started.flatMap(({ journeyId }, each) => (told[each]?.isWon ? [] : [journeyId]));
    await loseAll(ctx, lost);
    record(ctx, "scenario.assigned", { subject: `workspace:${workspaceId}`, detail: { deals: rows.length } });
  });
}

/** Finds what each scenario did, so that the lab has something to show at once. */
export async function runLab(before: Context): Promise<void> {
  const ctx = { ...before, now: new Date() };
  const { id } = await requestRun(ctx, { kind: "handoff-lab", parameters: {} });
  await performRun(ctx, id);
}
