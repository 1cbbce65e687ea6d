import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { Task } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { loadForCommand } from "../journeys/commands";
import { markIntroduced } from "../journeys/osc";
import { requireVisibleCustomer } from "../journeys/visibility";
import { notify } from "../notifications/notify";
import { nothingChanged, record, transaction } from "../transaction";
import { planAssignment, planTaskEnd, type TaskReach } from "./rules";
import type { CancelTask, CreateTask, ReassignTask, TaskKey } from "./schema";

const reachOf = (ctx: Context): TaskReach => ({
  reach: canAs(ctx.roles, "relays.send", "yes") ? "any" : "hub",
  ownSpokeId: ctx.spokeId,
});

async function getOwner(ctx: Context, memberId: string) {
  const owner = await ctx.db.member.findFirst({
    where: { workspaceId: ctx.workspaceId, id: memberId, status: "active" },
    select: { id: true, spokeId: true, roles: true },
  });
  if (!owner) throw new AppError("not_found", "member");
  return owner;
}

async function getSpoke(ctx: Context, spokeId: string) {
  const spoke = await ctx.db.spoke.findFirst({
    where: { workspaceId: ctx.workspaceId, id: spokeId, archivedAt: null },
    select: { id: true, key: true },
  });
  if (!spoke) throw new AppError("not_found", "spoke");
  return { id: spoke.id, isHub: spoke.key === "osc" };
}

function subjectOf(task: { id: string; customerId: string; journeyId: string | null }) {
  return { subject: `task:${task.id}`, customerId: task.customerId, journeyId: task.journeyId };
}

/**
 * Gives somebody, or a department, something to do for a customer. The OSC and managers hand to anybody, everybody else to
 * the hub and his own department. Throws `refused` `osc_coordinates` for a department's work in the hands of an OSC.
 */
export async function createTask(ctx: Context, input: CreateTask): Promise<{ id: string }> {
  requirePermission(ctx, "relays.send");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const loaded = await loadForCommand(ctx, input);
    const { journey } = loaded;
    const owner = input.ownerId ? await getOwner(ctx, input.ownerId) : null;
    const spoke = await getSpoke(ctx, input.spokeId ?? owner?.spokeId ?? ctx.spokeId ?? loaded.hubSpokeId);
    const assignment = enforce(planAssignment(spoke, owner, reachOf(ctx)));
    const task = {
      ...assignment,
      id: input.id ?? newId(),
      customerId: journey.customerId,
      journeyId: journey.id,
      title: input.title,
      dueAt: input.dueAt ?? null,
      createdById: ctx.memberId,
      createdAt: ctx.now,
    };
    await ctx.db.task.create({ data: { workspaceId, ...task } });
    await ctx.db.journeySpoke.createMany({
      data: [{ workspaceId, journeyId: journey.id, spokeId: spoke.id, firstAt: ctx.now }],
      skipDuplicates: true,
    });
    await notify(ctx, [task.ownerId], "task", journey.customerId, { customer: loaded.customerName, title: task.title });
    record(ctx, "task.created", {
      ...subjectOf(task),
      detail: { title: task.title, ...assignment, dueAt: task.dueAt },
    });
    return { id: task.id };
  });
}

/** Loads a task for its owner, its department, or whoever sees the customer. */
async function loadTask(ctx: Context, input: TaskKey): Promise<Task> {
  const task = await ctx.db.task.findFirst({ where: { workspaceId: ctx.workspaceId, id: input.id } });
  if (!task) throw new AppError("not_found", "task");
  const isOurs =
    (ctx.memberId !== null && task.ownerId === ctx.memberId) ||
    (task.spokeId === ctx.spokeId && !ctx.roles.includes("partner"));
  if (!isOurs) await requireVisibleCustomer(ctx, task.customerId);
  if (input.version !== undefined && input.version !== task.version) throw staleOf(task);
  return task;
}

function staleOf({ state, ownerId, version }: Task): AppError {
  return new AppError("conflict", "version", { current: { state, ownerId, version } });
}

async function save(ctx: Context, task: Task, data: { state?: string; ownerId?: string | null; closedAt?: Date }) {
  const { count } = await ctx.db.task.updateMany({
    where: { workspaceId: ctx.workspaceId, id: task.id, version: task.version },
    data: { ...data, version: { increment: 1 } },
  });
  if (count === 0) throw staleOf(task);
}

async function endTask(ctx: Context, input: CancelTask, to: "done" | "cancelled"): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const task = await loadTask(ctx, input);
    const { state } = enforce(planTaskEnd(task, to));
    if (task.kind === "introduction" && task.journeyId) {
      await markIntroduced(ctx, { customerId: task.customerId, journeyId: task.journeyId });
      return;
    }
    await save(ctx, task, { state, closedAt: ctx.now });
    if (task.createdById !== task.ownerId)
      await notify(ctx, [task.createdById], `task_${state}`, task.customerId, { title: task.title });
    record(ctx, state === "done" ? "task.completed" : "task.cancelled", {
      ...subjectOf(task),
      detail: { before: task.state, after: state, reason: input.reason ?? null },
    });
  });
}

/** It is done. Completing an introduction puts the new OSC on the customer's page. */
export function completeTask(ctx: Context, input: TaskKey): Promise<void> {
  return endTask(ctx, input, "done");
}

/** It need not be done any more. */
export function cancelTask(ctx: Context, input: CancelTask): Promise<void> {
  return endTask(ctx, input, "cancelled");
}

/** Hands an open task to another person of its department, or back to the department (null). */
export async function reassignTask(ctx: Context, input: ReassignTask): Promise<void> {
  requirePermission(ctx, "relays.send");
  await transaction(ctx, async (ctx) => {
    const task = await loadTask(ctx, input);
    if (task.state !== "open") throw new AppError("refused", "task_closed");
    const owner = input.ownerId ? await getOwner(ctx, input.ownerId) : null;
    const { ownerId } = enforce(planAssignment(await getSpoke(ctx, task.spokeId), owner, reachOf(ctx)));
    await save(ctx, task, { ownerId });
    await notify(ctx, [ownerId], "task", task.customerId, { title: task.title });
    record(ctx, "task.reassigned", { ...subjectOf(task), detail: { before: task.ownerId, after: ownerId } });
  });
}

/**
 * Asks the host what became of an appointment nobody has spoken about; the task carries the appointment's id, so asking
 * twice makes one. Returns whether it was new.
 */
export async function askForOutcome(
  ctx: Context,
  about: { appointmentId: string; customerId: string; journeyId: string; hostId: string; spokeId: string; dueAt: Date },
): Promise<boolean> {
  const task = {
    id: about.appointmentId,
    customerId: about.customerId,
    journeyId: about.journeyId,
    title: "unconfirmed_outcome",
    kind: "unconfirmed_outcome",
    ownerId: about.hostId,
    spokeId: about.spokeId,
    dueAt: about.dueAt,
    createdAt: ctx.now,
  };
  const { count } = await ctx.db.task.createMany({
    data: [{ workspaceId: ctx.workspaceId, ...task }],
    skipDuplicates: true,
  });
  if (count > 0)
    record(ctx, "task.created", { ...subjectOf(task), detail: { kind: task.kind, ownerId: task.ownerId } });
  else nothingChanged(ctx);
  return count > 0;
}

/** The host has spoken, or the appointment will not take place: the question what became of it is settled. */
export async function settleOutcome(ctx: Context, appointmentId: string): Promise<void> {
  await ctx.db.task.updateMany({
    where: { workspaceId: ctx.workspaceId, id: appointmentId, kind: "unconfirmed_outcome", state: "open" },
    data: { state: "done", closedAt: ctx.now, version: { increment: 1 } },
  });
}
