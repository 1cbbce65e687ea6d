import { can, canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { loadJourney } from "../journeys/loaded";
import { visibleJourneys } from "../journeys/visibility";
import { readInputs } from "../scenarios/deals";
import { policyInForce } from "../scenarios/queries";
import { placeDeal } from "../scenarios/rules";
import type { Scenario } from "../scenarios/vocabulary";
import { record, transaction } from "../transaction";
import { drawArm, isEligible, planAssignment, planChoice, segmentOf } from "./rules";
import type {
  AssignmentSource,
  AssignmentsInput,
  AssignmentView,
  AssignScenario,
  DealStanding,
  WaitingDeal,
} from "./schema";

/** Ids of the stages after which a deal is won: the last ones before the sale. There customer success comes in or does not. */
export const decisionStages = (
  w: Prisma.Sql,
) => Prisma.sql`(select d.id from stages d where d.workspace_id = ${w} and d.entry_status = 'active'
  and (select n.entry_status from stages n where n.workspace_id = ${w} and n.template_id = d.template_id and n.position > d.position
    order by n.position limit 1) = 'won')`;

type Deal = { status: string; isDecisionStage: boolean; segment: string | null; hasOne: boolean };

async function readDeal(ctx: Context, journeyId: string): Promise<Deal> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<Deal[]>`
    select j.status, j.stage_id in ${decisionStages(w)} as "isDecisionStage", c.segment,
      exists (select from scenario_assignments a where a.workspace_id = ${w} and a.journey_id = j.id) as "hasOne"
    from journeys j join customers c on c.workspace_id = ${w} and c.id = j.customer_id where j.workspace_id = ${w} and j.id = ${journeyId}::uuid`;
  if (!row) throw new AppError("not_found", "journey");
  return row;
}

const readRunning = (ctx: Context) =>
  ctx.db.scenarioExperiment.findFirst({ where: { workspaceId: ctx.workspaceId, status: "running" } });

type Given = {
  scenario: Scenario;
  source: AssignmentSource;
  experimentId: string | null;
  position: number | null;
};

/** The lot of the running experiment when it takes this deal; deals are drawn one after the other. Null when none does. */
async function drawFor(ctx: Context, journeyId: string, pClose: number | null): Promise<Given | null> {
  const { workspaceId } = ctx;
  await ctx.db
    .$queryRaw`select 1 from scenario_experiments where workspace_id = ${workspaceId}::uuid and status = 'running' for update`;
  const experiment = await readRunning(ctx);
  if (!experiment || !isEligible(experiment, pClose)) return null;
  const { id: experimentId } = experiment;
  const position = 1 + (await ctx.db.scenarioAssignment.count({ where: { workspaceId, experimentId } }));
  const scenario = drawArm(experiment, journeyId, position) as Scenario;
  return { scenario, source: "experiment", experimentId, position };
}

/**
 * Gives a deal its scenario at the decision stage, once and for good: by the lot of a running experiment, by the policy, or by a person
 * who says why. What was known of it then is kept with it, so that strata are fixed before the end (DOMAIN F64). For those who hand over
 * and managers. Throws `refused` `scenario_given`, `not_decision_stage`, `deal_ended`, `experiment_decides`, `scenario_needed`.
 */
export async function assignScenario(
  ctx: Context,
  input: AssignScenario,
): Promise<{ id: string; scenario: Scenario; source: AssignmentSource }> {
  requirePermission(ctx, "handoffs.accept", "yes", "override");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { journeyId } = input;
    const { journey } = await loadJourney(ctx, { journeyId });
    const deal = await readDeal(ctx, journeyId);
    enforce(planAssignment(deal.status, deal.isDecisionStage, deal.hasOne));
    const inputs = await readInputs(ctx, journeyId);
    const facts = inputs.journey?.deal;
    if (!facts) throw new AppError("not_found", "journey");
    const pClose = inputs.known.pClose ?? null;
    const drawn = await drawFor(ctx, journeyId, pClose);
    if (drawn && input.scenario !== undefined) throw new AppError("refused", "experiment_decides");
    const policy = await policyInForce(ctx);
    const placed = policy ? placeDeal(policy.rules, facts).scenario : null;
    const given = drawn ?? {
      ...enforce(planChoice(input.scenario, placed, input.reason)),
      ...{ experimentId: null, position: null },
    };
    const id = newId();
    const segment = segmentOf(deal.segment, facts.value);
    await ctx.db.scenarioAssignment.create({
      data: {
        ...{ workspaceId, id, journeyId, ...given, pClose, segment, facts: facts as Prisma.InputJsonObject },
        ...{
          policyNumber: policy?.number ?? null,
          reason: input.reason,
          decidedAt: ctx.now,
          decidedById: ctx.memberId,
        },
      },
    });
    const { scenario, source } = given;
    record(ctx, "scenario.assigned", {
      subject: `scenario_assignment:${id}`,
      customerId: journey.customerId,
      journeyId,
      detail: { ...given, pClose, segment, placed, reason: input.reason },
      data: { scenario, source },
    });
    return { id, scenario, source };
  });
}

const view = (
  w: Prisma.Sql,
) => Prisma.sql`a.id, a.journey_id as "journeyId", j.customer_id as "customerId", c.name as "customerName", a.scenario,
  a.p_close as "pClose", a.segment, a.source, a.policy_number as "policyNumber", a.reason, e.name as "experimentName", app.iso(a.decided_at) as "decidedAt",
  (select m.name from members m where m.workspace_id = ${w} and m.id = a.decided_by_id) as "decidedByName"
  from scenario_assignments a join journeys j on j.workspace_id = ${w} and j.id = a.journey_id and j.status <> 'merged'
  join customers c on c.workspace_id = ${w} and c.id = j.customer_id
  left join scenario_experiments e on e.workspace_id = ${w} and e.id = a.experiment_id`;

/** Scenarios that were given to deals which the reader may see, newest first, by cursor. */
export async function listAssignments(
  ctx: Context,
  { limit, cursor }: AssignmentsInput,
): Promise<{ data: AssignmentView[]; nextCursor: string | null }> {
  requirePermission(ctx, "journeys.read");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const at = decodeCursor(cursor);
  const rows = await ctx.db.$queryRaw<AssignmentView[]>`
    select ${view(w)} where a.workspace_id = ${w} and ${visibleJourneys(ctx)}
      ${at ? Prisma.sql`and (a.decided_at, a.id) < (${at.at}, ${at.id}::uuid)` : Prisma.empty}
    order by a.decided_at desc, a.id desc limit ${limit + 1}`;
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  const next = rows.length > limit && last ? encodeCursor({ at: new Date(last.decidedAt), id: last.id }) : null;
  return { data, nextCursor: next };
}

/** Deals at their decision stage that were given no scenario, those that wait longest first; at most fifty. */
export async function listWaiting(ctx: Context): Promise<WaitingDeal[]> {
  if (!can(ctx.roles, "journeys.read")) return [];
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return ctx.db.$queryRaw<WaitingDeal[]>`
    select j.id as "journeyId", c.id as "customerId", c.name as "customerName", app.iso(j.entered_stage_at) as since
    from journeys j join customers c on c.workspace_id = ${w} and c.id = j.customer_id
    where j.workspace_id = ${w} and j.status in ('active', 'nurture', 'on_hold') and j.stage_id in ${decisionStages(w)} and ${visibleJourneys(ctx)}
      and not exists (select from scenario_assignments a where a.workspace_id = ${w} and a.journey_id = j.id)
    order by j.entered_stage_at, j.id limit 50`;
}

/** Whether a deal has its scenario, and if not whether the reader may give it one; for who sees the journey. */
export async function standingOfDeal(ctx: Context, journeyId: string): Promise<DealStanding> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [assignment] = await ctx.db.$queryRaw<AssignmentView[]>`
    select ${view(w)} where a.workspace_id = ${w} and a.journey_id = ${journeyId}::uuid and ${visibleJourneys(ctx)}`;
  const deal = await readDeal(ctx, journeyId);
  const decision = planAssignment(deal.status, deal.isDecisionStage, deal.hasOne);
  const running = decision.ok ? await readRunning(ctx) : null;
  const { known } = running ? await readInputs(ctx, journeyId) : { known: {} as { pClose?: number } };
  return {
    assignment: assignment ?? null,
    mayAssign: decision.ok && canAs(ctx.roles, "handoffs.accept", "yes", "override"),
    why: decision.ok ? null : decision.reason,
    experiment: running && isEligible(running, known.pClose ?? null) ? running.name : null,
  };
}
