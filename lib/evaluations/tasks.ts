import { addStaffedMinutes, staffedMinutesBetween } from "../calendar/staffed-time";
import type { Context } from "../context";
import { AppError } from "../errors";
import { loadJourney } from "../journeys/loaded";
import type { TaskHandler } from "../journeys/tasks";
import { nothingChanged, record, transaction } from "../transaction";
import { type Facts, type Finding, findingsByRule } from "./rules";
import { appendEvaluation, loadStanding, type StandingInteraction } from "./standing";

/** When a person first answered a message, or null. */
async function answeredAt(
  ctx: Context,
  { id, customerId, journeyId, startedAt }: StandingInteraction,
): Promise<Date | null> {
  const [row] = await ctx.db.$queryRaw<{ at: Date }[]>`
    select started_at as at from interactions where workspace_id = ${ctx.workspaceId}::uuid and customer_id = ${customerId}::uuid
      and journey_id = ${journeyId}::uuid and id <> ${id}::uuid and started_at >= ${startedAt}::timestamptz and not is_automated and medium <> 'note'
      and direction <> 'internal' and (direction = 'outbound' or is_two_way)
    order by started_at limit 1`;
  return row?.at ?? null;
}

/** Staffed minutes until the answer, or until now once the limit has passed; not known before, and looked at again then. */
async function answerFact(ctx: Context, standing: StandingInteraction): Promise<Facts> {
  const criterion = standing.criteria.find(({ rule }) => rule === "answer_minutes");
  const isWaiting = standing.direction === "inbound" && !standing.isTwoWay && !standing.isAutomated;
  if (!criterion || !isWaiting || standing.journeyId === null) return {};
  const { calendar } = await loadJourney(ctx, { journeyId: standing.journeyId });
  const at = await answeredAt(ctx, standing);
  if (at) return { answer_minutes: staffedMinutesBetween(calendar, standing.startedAt, at) };
  const dueAt = addStaffedMinutes(calendar, standing.startedAt, criterion.threshold ?? 0);
  if (ctx.now > dueAt) return { answer_minutes: staffedMinutesBetween(calendar, standing.startedAt, ctx.now) };
  const runAt = new Date(dueAt.getTime() + 1_000);
  await ctx.db.$queryRaw`select app.add_job('evaluation.late', ${JSON.stringify({ interactionId: standing.id })}::jsonb,
    ${runAt}::timestamptz, ${`answer:${standing.id}`})::text as queued`;
  return {};
}

/** Whether what was promised in the interaction was kept: known once one was broken or all were kept. */
async function promiseFact(ctx: Context, { id }: StandingInteraction): Promise<Facts> {
  const promises = await ctx.db.customerPromise.findMany({
    where: { workspaceId: ctx.workspaceId, interactionId: id },
    select: { state: true },
  });
  if (promises.some(({ state }) => state === "broken")) return { promise_kept: 1 };
  const isKept = promises.length > 0 && promises.every(({ state }) => state === "kept");
  return isKept ? { promise_kept: 0 } : {};
}

/** What was measured before, by rule, so that another version can be decided by the same facts. */
function factsOf(findings: readonly (Finding & { rule: string | null })[]): Facts {
  return Object.fromEntries(
    findings.flatMap(({ rule, judgedBy, measure }) => (rule && judgedBy === "rule" ? [[rule, measure]] : [])),
  );
}

/** Evaluates one interaction by the facts that are known by now; nothing happens when they say nothing new. */
async function evaluateLate(ctx: Context, interactionId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    try {
      const standing = await loadStanding(ctx, interactionId);
      if (standing.versionId === null) return nothingChanged(ctx);
      const facts = {
        ...factsOf(standing.findings),
        ...(await answerFact(ctx, standing)),
        ...(await promiseFact(ctx, standing)),
      };
      const found = findingsByRule(standing.criteria, facts);
      const evaluated = await appendEvaluation(ctx, standing, found, { kind: "rule", memberId: null });
      if (!evaluated) return nothingChanged(ctx);
      const { customerId, journeyId } = standing;
      const { id, number, raw, meets } = evaluated;
      const detail = { id, number, raw, meets };
      record(ctx, "evaluation.ruled", { subject: `interaction:${interactionId}`, customerId, journeyId, detail });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "not_found") throw error;
      nothingChanged(ctx);
    }
  });
}

const late: TaskHandler = (ctx, payload) => evaluateLate(ctx, String(payload.interactionId));

/** Somebody answered: every message that waited on the journey since then is evaluated. */
const answered: TaskHandler = async (ctx, payload) => {
  const waiting = await ctx.db.interaction.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      journeyId: String(payload.journeyId),
      startedAt: { gte: new Date(String(payload.since)) },
      direction: "inbound",
      isTwoWay: false,
      isAutomated: false,
    },
    select: { id: true },
    orderBy: { startedAt: "asc" },
    take: 100,
  });
  for (const { id } of waiting) await evaluateLate(ctx, id);
};

/** The jobs of this noun, by task name. */
export const evaluationTasks: Record<string, TaskHandler> = {
  "evaluation.late": late,
  "evaluation.answered": answered,
};
