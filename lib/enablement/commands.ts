import { requirePermission } from "../auth/permissions";
import { isRole } from "../auth/roles";
import type { Context } from "../context";
import { type Decision, enforce } from "../decision";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { notify } from "../notifications/notify";
import { enqueue, nothingChanged, record, transaction } from "../transaction";
import { updateRow } from "../update-row";
import { planBegin, planComplete, planOverdue, planVerify, planWaive } from "./rules";
import type {
  AssignItem,
  AssignmentKey,
  AssignmentState,
  ChangeItem,
  CreateItem,
  ItemKey,
  WaiveAssignment,
} from "./schema";

type LoadedItem = { id: string; name: string; role: string; startedAt: Date | null; version: number };

async function lockItem(ctx: Context, id: string): Promise<LoadedItem> {
  const [row] = await ctx.db.$queryRaw<LoadedItem[]>`
    select id, name, role, started_at as "startedAt", version from enablement_items
    where workspace_id = ${ctx.workspaceId}::uuid and id = ${id}::uuid and archived_at is null for update`;
  if (!row) throw new AppError("not_found", "item");
  return row;
}

/** Adds something that makes people able to do a moment well, for the role that answers for it unless another is named. */
export async function createItem(
  ctx: Context,
  { role, ...input }: CreateItem,
): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "enablement.assign");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const moment = await ctx.db.definingMoment.findFirst({
      where: { workspaceId, id: input.momentId, archivedAt: null },
      select: { responsibleRole: true },
    });
    if (!moment) throw new AppError("not_found", "moment");
    const whom = role ?? moment.responsibleRole;
    if (!whom || !isRole(whom)) throw new AppError("invalid", "input", { fields: { role: "required" } });
    const id = newId();
    const row = { workspaceId, id, ...input, role: whom, createdById: ctx.memberId, createdAt: ctx.now };
    await insertRows(ctx, "enablement_items", [row]);
    record(ctx, "enablement.created", { subject: `enablement_item:${id}`, detail: { ...input, role: whom } });
    return { id, version: 1 };
  });
}

/** Changes what an item is and whom it is for; who has it keeps it. Throws `conflict` `version`. */
export async function changeItem(ctx: Context, input: ChangeItem): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "enablement.assign");
  const { id, version, ...changes } = input;
  return transaction(ctx, async (ctx) => {
    const before = await lockItem(ctx, id);
    if (before.version !== version) throw new AppError("conflict", "version", { current: before });
    await updateRow(ctx, "enablement_items", id, changes);
    record(ctx, "enablement.changed", { subject: `enablement_item:${id}`, detail: changes });
    return { id, version: version + 1 };
  });
}

/** Takes an item out of use; what people did with it stays. */
export async function archiveItem(ctx: Context, { id }: ItemKey): Promise<void> {
  requirePermission(ctx, "enablement.assign");
  await transaction(ctx, async (ctx) => {
    await lockItem(ctx, id);
    await updateRow(ctx, "enablement_items", id, { archivedAt: ctx.now });
    record(ctx, "enablement.archived", { subject: `enablement_item:${id}` });
  });
}

/** The people to be given something, all of them here, active, and of the manager's own team where she has one. */
async function requireMembers(ctx: Context, ids: readonly string[]): Promise<void> {
  const wanted = [...new Set(ids)];
  const { workspaceId, teamId } = ctx;
  const found = await ctx.db.member.count({
    where: { workspaceId, id: { in: wanted }, status: "active", ...(teamId ? { teamId } : {}) },
  });
  if (found !== wanted.length) throw new AppError("not_found", "member");
}

async function requireCoach(ctx: Context, id: string): Promise<void> {
  const coach = await ctx.db.member.count({ where: { workspaceId: ctx.workspaceId, id, status: "active" } });
  if (coach === 0) throw new AppError("not_found", "member");
}

/**
 * Gives an item to people until a due time, which becomes a job to the second. Whoever has it already keeps what she has.
 * The coach, the assigner unless another is named, is who may exchange notes with her.
 */
export async function assignItem(ctx: Context, input: AssignItem): Promise<{ assigned: number; ids: string[] }> {
  requirePermission(ctx, "enablement.assign");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    if (input.dueAt <= ctx.now) throw new AppError("invalid", "input", { fields: { dueAt: "in_the_past" } });
    const item = await lockItem(ctx, input.id);
    const coachId = input.coachId ?? ctx.memberId;
    await requireMembers(ctx, input.memberIds);
    if (input.coachId) await requireCoach(ctx, input.coachId);
    const had = await ctx.db.$queryRaw<{ memberId: string }[]>`
      select member_id as "memberId" from enablement_assignments where workspace_id = ${workspaceId}::uuid and item_id = ${item.id}::uuid`;
    const has = new Set(had.map(({ memberId }) => memberId));
    const rows = [...new Set(input.memberIds)]
      .filter((memberId) => !has.has(memberId))
      .map((memberId) => ({
        ...{ workspaceId, id: newId(), itemId: item.id, memberId, reason: input.reason, dueAt: input.dueAt },
        ...{ coachId: coachId === memberId ? null : coachId, assignedById: ctx.memberId, assignedAt: ctx.now },
      }));
    if (rows.length === 0) {
      nothingChanged(ctx);
      return { assigned: 0, ids: [] };
    }
    await insertRows(ctx, "enablement_assignments", rows);
    for (const { id, memberId } of rows) {
      enqueue(ctx, "enablement.overdue", { assignmentId: id }, { runAt: input.dueAt, key: `enablement:${id}` });
      const { reason, dueAt } = input;
      record(ctx, "enablement.assigned", {
        subject: `enablement_assignment:${id}`,
        detail: { itemId: item.id, memberId, reason, dueAt },
        data: { itemId: item.id, memberId },
      });
    }
    const params = { item: item.name };
    await notify(
      ctx,
      rows.map(({ memberId }) => memberId),
      "enablement",
      null,
      params,
    );
    return { assigned: rows.length, ids: rows.map(({ id }) => id) };
  });
}

type LoadedAssignment = {
  id: string;
  itemId: string;
  itemName: string;
  memberId: string;
  coachId: string | null;
  state: AssignmentState;
  dueAt: Date;
  version: number;
};

async function lockAssignment(ctx: Context, { id, version }: AssignmentKey): Promise<LoadedAssignment> {
  const [row] = await ctx.db.$queryRaw<LoadedAssignment[]>`
    select a.id, a.item_id as "itemId", e.name as "itemName", a.member_id as "memberId", a.coach_id as "coachId", a.state, a.due_at as "dueAt", a.version
    from enablement_assignments a join enablement_items e on e.workspace_id = a.workspace_id and e.id = a.item_id
    where a.workspace_id = ${ctx.workspaceId}::uuid and a.id = ${id}::uuid for update of a`;
  if (!row) throw new AppError("not_found", "assignment");
  if (version !== undefined && version !== row.version)
    throw new AppError("conflict", "version", { current: { state: row.state, version: row.version } });
  return row;
}

/** The assignment for who assigns; for the manager of one team only her people's, and others' are not there. */
async function lockToLead(ctx: Context, input: AssignmentKey): Promise<LoadedAssignment> {
  const loaded = await lockAssignment(ctx, input);
  const { workspaceId, teamId } = ctx;
  if (!teamId || loaded.memberId === ctx.memberId) return loaded;
  const hers = await ctx.db.member.count({ where: { workspaceId, id: loaded.memberId, teamId } });
  if (hers === 0) throw new AppError("not_found", "assignment");
  return loaded;
}

/** The assignment for whoever has it herself; for others only with the right to assign, else it is not there. */
async function lockForDoing(ctx: Context, input: AssignmentKey): Promise<LoadedAssignment> {
  const loaded = await lockAssignment(ctx, input);
  if (loaded.memberId === ctx.memberId) return loaded;
  requirePermission(ctx, "enablement.assign");
  return lockToLead(ctx, input);
}

type Step = { input: AssignmentKey; name: string; data?: object; detail?: object };

async function step<State extends AssignmentState>(
  ctx: Context,
  loaded: LoadedAssignment,
  decision: Decision<{ state: State }>,
  { name, data = {}, detail = {} }: Omit<Step, "input">,
): Promise<{ version: number }> {
  const { state } = enforce(decision);
  await updateRow(ctx, "enablement_assignments", loaded.id, { state, ...data });
  const { id, itemId, memberId } = loaded;
  record(ctx, `enablement.${name}`, {
    subject: `enablement_assignment:${id}`,
    detail: { before: loaded.state, after: state, ...detail },
    data: { itemId, memberId },
  });
  return { version: loaded.version + 1 };
}

/** She begins with what she was given. */
export async function beginAssignment(ctx: Context, input: AssignmentKey): Promise<{ version: number }> {
  requirePermission(ctx, "views.use");
  return transaction(ctx, async (ctx) => {
    const loaded = await lockForDoing(ctx, input);
    return step(ctx, loaded, planBegin(loaded.state), { name: "begun", data: { begunAt: ctx.now } });
  });
}

/** It is done; the first completion of an item is when its effect begins to be measured. */
export async function completeAssignment(ctx: Context, input: AssignmentKey): Promise<{ version: number }> {
  requirePermission(ctx, "views.use");
  return transaction(ctx, async (ctx) => {
    const loaded = await lockForDoing(ctx, input);
    const done = await step(ctx, loaded, planComplete(loaded.state), {
      name: "completed",
      data: { completedAt: ctx.now },
    });
    await ctx.db.$executeRaw`update enablement_items set started_at = ${ctx.now}
      where workspace_id = ${ctx.workspaceId}::uuid and id = ${loaded.itemId}::uuid and started_at is null`;
    await notify(ctx, [loaded.coachId], "enablement_done", null, { item: loaded.itemName });
    return done;
  });
}

/** Somebody else saw that she can do it now. Throws `refused` `own_assignment`. */
export async function verifyAssignment(ctx: Context, input: AssignmentKey): Promise<{ version: number }> {
  requirePermission(ctx, "enablement.assign");
  return transaction(ctx, async (ctx) => {
    const loaded = await lockToLead(ctx, input);
    const data = { verifiedAt: ctx.now, verifiedById: ctx.memberId };
    return step(ctx, loaded, planVerify(loaded, ctx.memberId), { name: "verified", data });
  });
}

/** It is not needed of this person, with the reason. */
export async function waiveAssignment(ctx: Context, input: WaiveAssignment): Promise<{ version: number }> {
  requirePermission(ctx, "enablement.assign");
  return transaction(ctx, async (ctx) => {
    const loaded = await lockToLead(ctx, input);
    const data = { waiveReason: input.reason };
    return step(ctx, loaded, planWaive(loaded.state), { name: "waived", data, detail: { reason: input.reason } });
  });
}

/** Its due time came: the person and her coach are told once. */
export async function markOverdue(ctx: Context, assignmentId: string): Promise<void> {
  await transaction(ctx, async (ctx) => {
    const loaded = await lockAssignment(ctx, { id: assignmentId }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") return null;
      throw error;
    });
    const decision = loaded ? planOverdue(loaded, ctx.now) : null;
    if (!loaded || !decision?.ok) return nothingChanged(ctx);
    await step(ctx, loaded, decision, { name: "overdue" });
    await notify(ctx, [loaded.memberId, loaded.coachId], "enablement_late", null, { item: loaded.itemName });
  });
}
