import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { linkRepeatedCause } from "../improvements/repeated";
import { loadJourney } from "../journeys/loaded";
import { closeOffTrack } from "../journeys/off-track";
import { requireVisibleCustomer } from "../journeys/visibility";
import { notify } from "../notifications/notify";
import { requireTheme } from "../themes/queries";
import { record, transaction } from "../transaction";
import { planAssign, planClose, planStep, type RuleStep } from "./rules";
import type { AssignCase, CloseCase, SetRecovery, TakeCaseStep } from "./schema";

type LoadedStep = RuleStep & { ownerId: string | null; spokeId: string | null };

type LoadedCase = {
  id: string;
  version: number;
  state: string;
  ownerId: string | null;
  interactionId: string;
  type: string;
  customerId: string;
  customerName: string;
  journeyId: string | null;
  steps: LoadedStep[];
};

const isMine = ({ memberId, spokeId }: Context, { ownerId, steps }: LoadedCase) =>
  memberId !== null &&
  (ownerId === memberId ||
    steps.some((step) => step.ownerId === memberId || (step.spokeId !== null && step.spokeId === spokeId)));

/**
 * A case with its steps, locked behind its interaction, for whoever sees the customer and for who has a part in it. Throws
 * `not_found`, and `conflict` when the caller saw an older version.
 */
async function loadCase(ctx: Context, id: string, version: number | undefined): Promise<LoadedCase> {
  if (!isId(id)) throw new AppError("not_found", "recovery_case");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  await ctx.db.$queryRaw`select 1 from recovery_cases where workspace_id = ${w} and id = ${id}::uuid for update`;
  const [row] = await ctx.db.$queryRaw<
    (Omit<LoadedCase, "steps"> & { steps: (Omit<LoadedStep, "doneAt"> & { doneAt: string | null })[] })[]
  >`
    select c.id, c.version, c.state, c.owner_id as "ownerId", i.id as "interactionId", i.type, i.customer_id as "customerId", u.name as "customerName", i.journey_id as "journeyId",
      (select json_agg(json_build_object('id', s.id, 'name', s.name, 'doneAt', s.done_at, 'ownerId', s.owner_id, 'spokeId', s.spoke_id) order by s.position)
        from recovery_case_steps s where s.workspace_id = ${w} and s.case_id = c.id) as steps
    from recovery_cases c join interactions i on i.workspace_id = ${w} and i.id = c.interaction_id
    join customers u on u.workspace_id = ${w} and u.id = i.customer_id
    where c.workspace_id = ${w} and c.id = ${id}::uuid`;
  if (!row) throw new AppError("not_found", "recovery_case");
  const found = {
    ...row,
    steps: row.steps.map((step) => ({ ...step, doneAt: step.doneAt === null ? null : new Date(step.doneAt) })),
  };
  if (!isMine(ctx, found)) await requireVisibleCustomer(ctx, found.customerId);
  if (version !== undefined && version !== found.version)
    throw new AppError("conflict", "version", { current: { state: found.state, version: found.version } });
  return found;
}

const subjectOf = ({ id, customerId, journeyId }: LoadedCase) => ({
  subject: `recovery_case:${id}`,
  customerId,
  journeyId,
});

const change = (
  ctx: Context,
  { id }: LoadedCase,
  data: Prisma.RecoveryCaseUpdateManyMutationInput & { ownerId?: string; closedById?: string | null; cause?: string },
) =>
  ctx.db.recoveryCase.updateMany({
    where: { workspaceId: ctx.workspaceId, id },
    data: { ...data, version: { increment: 1 } },
  });

/** Ticks one step; its owner and department tick theirs, the case's owner, OSCs and managers any. The customer is told last. */
export async function takeCaseStep(ctx: Context, input: TakeCaseStep): Promise<{ version: number }> {
  requirePermission(ctx, "recovery.play");
  return transaction(ctx, async (ctx) => {
    const found = await loadCase(ctx, input.id, input.version);
    const step = found.steps.find(({ id }) => id === input.stepId);
    if (!step) throw new AppError("not_found", "step");
    const isOwn = ctx.memberId !== null && [step.ownerId, found.ownerId].includes(ctx.memberId);
    const isOurs = step.spokeId !== null && step.spokeId === ctx.spokeId;
    if (!isOwn && !isOurs && !canAs(ctx.roles, "recovery.play", "yes"))
      throw new AppError("forbidden", "recovery.play");
    const { state } = enforce(planStep(found.state, found.steps, input.stepId, input.note));
    await ctx.db.recoveryCaseStep.updateMany({
      where: { workspaceId: ctx.workspaceId, id: step.id, doneAt: null },
      data: { doneAt: ctx.now, doneById: ctx.memberId, note: input.note },
    });
    await change(ctx, found, { state });
    record(ctx, step.name === "customer_told" ? "recovery_case.customer_told" : "recovery_case.step_done", {
      ...subjectOf(found),
      detail: { name: step.name, note: input.note },
      data: { name: step.name },
    });
    return { version: found.version + 1 };
  });
}

/** Gives a case to somebody else, who then owns what nobody did of it yet. For OSCs and managers. */
export async function assignCase(ctx: Context, input: AssignCase): Promise<{ version: number }> {
  requirePermission(ctx, "recovery.play", "yes");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const found = await loadCase(ctx, input.id, input.version);
    const member = await ctx.db.member.findFirst({
      where: { workspaceId, id: input.ownerId, status: "active" },
      select: { id: true, spokeId: true },
    });
    if (!member) throw new AppError("not_found", "member");
    enforce(planAssign(found.state, found.ownerId, member.id));
    await change(ctx, found, { ownerId: member.id });
    await ctx.db.recoveryCaseStep.updateMany({
      where: {
        workspaceId,
        caseId: found.id,
        doneAt: null,
        OR: [{ name: "customer_told" }, { ownerId: found.ownerId }],
      },
      data: { ownerId: member.id, spokeId: member.spokeId },
    });
    await notify(ctx, [member.id], "recovery_case", found.customerId, { customer: found.customerName });
    record(ctx, "recovery_case.assigned", {
      ...subjectOf(found),
      detail: { before: found.ownerId, after: member.id },
      data: { ownerId: member.id },
    });
    return { version: found.version + 1 };
  });
}

/** The journey is back on track in this respect when no other case on it is late. */
async function mend(ctx: Context, found: LoadedCase): Promise<void> {
  const key = found.journeyId ? { journeyId: found.journeyId } : { customerId: found.customerId };
  const loaded = await loadJourney({ ...ctx, actor: { kind: "system" } }, key);
  if (!loaded.offTrack.some(({ trigger }) => trigger === "T7")) return;
  const [late] = await ctx.db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from recovery_cases c join interactions i on i.workspace_id = c.workspace_id and i.id = c.interaction_id
    where c.workspace_id = ${ctx.workspaceId}::uuid and c.closed_at is null and c.due_at <= ${ctx.now} and c.id <> ${found.id}::uuid
      and i.customer_id = ${found.customerId}::uuid and i.journey_id is not distinct from ${found.journeyId}::uuid`;
  if ((late?.count ?? 0) === 0) await closeOffTrack(ctx, loaded, ["T7"], "recovered");
}

/**
 * Closes a case with what came of it and why it had happened; never before the customer was told (`refused`
 * `customer_not_told`). A cause that came back often enough becomes a proposed improvement in the same transaction.
 */
export async function closeCase(
  ctx: Context,
  input: CloseCase,
): Promise<{ version: number; improvementId: string | null }> {
  requirePermission(ctx, "recovery.play");
  return transaction(ctx, async (ctx) => {
    const found = await loadCase(ctx, input.id, input.version);
    if (found.ownerId !== ctx.memberId && !canAs(ctx.roles, "recovery.play", "yes"))
      throw new AppError("forbidden", "recovery.play");
    enforce(planClose(found.state, found.steps));
    const theme = await requireTheme(ctx, input.cause);
    const { state, outcome, cause } = input;
    await change(ctx, found, { state, outcome, cause, closedAt: ctx.now, closedById: ctx.memberId });
    await mend(ctx, found);
    record(ctx, `recovery_case.${state}`, {
      ...subjectOf(found),
      detail: { before: found.state, after: state, outcome, cause },
      data: { state, cause },
    });
    const improvementId = await linkRepeatedCause(ctx, { caseId: found.id, theme });
    return { version: found.version + 1, improvementId };
  });
}

/**
 * From how many cases of one cause within how many days on an improvement is proposed, and for what share of light off-track
 * events no play is played. A share that becomes another one begins a comparison of its own.
 */
export async function setRecovery(ctx: Context, { version, ...wanted }: SetRecovery): Promise<{ version: number }> {
  requirePermission(ctx, "improvements.edit", "yes");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const known = await ctx.db.recoverySetting.findFirst({ where: { workspaceId } });
    const holdoutPercent = wanted.holdoutPercent ?? known?.holdoutPercent ?? 0;
    const isNew = holdoutPercent > 0 && holdoutPercent !== known?.holdoutPercent;
    const since = isNew ? ctx.now : (known?.holdoutSince ?? null);
    const [row] = await ctx.db.$queryRaw<{ version: number }[]>`
      insert into recovery_settings as s (workspace_id, repeat_threshold, repeat_days, holdout_percent, holdout_since, version)
      select ${workspaceId}::uuid, ${wanted.repeatThreshold}, ${wanted.repeatDays}, ${holdoutPercent}, ${since}::timestamptz, 1 where ${version} = 0
        or exists (select from recovery_settings e where e.workspace_id = ${workspaceId}::uuid)
      on conflict (workspace_id) do update set repeat_threshold = excluded.repeat_threshold, repeat_days = excluded.repeat_days,
        holdout_percent = excluded.holdout_percent, holdout_since = excluded.holdout_since, version = s.version + 1
        where s.version = ${version} returning s.version`;
    if (!row) throw new AppError("conflict", "version");
    record(ctx, "recovery.set", {
      subject: `workspace:${workspaceId}`,
      detail: { ...wanted, holdoutPercent, holdoutBefore: known?.holdoutPercent ?? 0 },
    });
    return { version: row.version };
  });
}
