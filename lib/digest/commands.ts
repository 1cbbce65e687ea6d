import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { type Decision, enforce } from "../decision";
import { AppError } from "../errors";
import { proposeImprovement } from "../improvements/commands";
import { record, transaction } from "../transaction";
import { updateRow } from "../update-row";
import { planAcknowledge, planAct } from "./rules";
import type { About, ActOnItem, ItemKey, ItemState } from "./schema";
import { mayDecide, visibleDigests } from "./visibility";

type LoadedItem = { id: string; digestId: string; spokeId: string; about: About; state: ItemState; version: number };

/** The item, locked behind its digest; `not_found` for whoever may not read it, `forbidden` for whoever only reads. */
async function lockItem(ctx: Context, { id, version }: ItemKey): Promise<LoadedItem> {
  requirePermission(ctx, "reports.read");
  const [row] = await ctx.db.$queryRaw<LoadedItem[]>`
    select i.id, i.digest_id as "digestId", d.spoke_id as "spokeId", i.about, i.state, i.version
    from digest_items i join digests d on d.workspace_id = i.workspace_id and d.id = i.digest_id
    where i.workspace_id = ${ctx.workspaceId}::uuid and i.id = ${id}::uuid and ${visibleDigests(ctx)} for update of d, i`;
  if (!row) throw new AppError("not_found", "digest_item");
  if (!mayDecide(ctx, row.spokeId)) throw new AppError("forbidden", "customers.edit");
  if (version !== undefined && version !== row.version)
    throw new AppError("conflict", "version", { current: { state: row.state, version: row.version } });
  return row;
}

async function decide(
  ctx: Context,
  item: LoadedItem,
  decision: Decision<{ state: ItemState }>,
  data: object = {},
): Promise<{ version: number }> {
  const { state } = enforce(decision);
  await updateRow(ctx, "digest_items", item.id, { state, decidedById: ctx.memberId, decidedAt: ctx.now, ...data });
  record(ctx, `digest.item_${state}`, {
    subject: `digest_item:${item.id}`,
    detail: { before: item.state, after: state, ...data },
    data: { digestId: item.digestId },
  });
  const closed = await ctx.db.$queryRaw<unknown[]>`
    update digests d set state = 'acked', acknowledged_at = ${ctx.now} where d.workspace_id = ${ctx.workspaceId}::uuid and d.id = ${item.digestId}::uuid
      and d.state <> 'acked' and not exists (select from digest_items o where o.workspace_id = d.workspace_id and o.digest_id = d.id and o.state = 'open')
    returning d.id`;
  if (closed.length > 0) {
    const { spokeId } = item;
    record(ctx, "digest.acked", { subject: `digest:${item.digestId}`, detail: { spokeId }, data: { spokeId } });
  }
  return { version: item.version + 1 };
}

/** Somebody of the department, or a manager, has read an item. */
export async function acknowledgeItem(ctx: Context, input: ItemKey): Promise<{ version: number }> {
  return transaction(ctx, async (ctx) => {
    const item = await lockItem(ctx, input);
    return decide(ctx, item, planAcknowledge(item));
  });
}

type Linked = { actionKind?: "improvement"; actionId?: string };

/** A theme is acted on as an improvement of its cause: the one that stands, or a new one of whoever may propose it. */
async function linkOf(ctx: Context, about: About, title: string): Promise<Linked> {
  if (about.kind !== "theme") return {};
  const [standing] = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from improvements where workspace_id = ${ctx.workspaceId}::uuid and cause = ${about.theme} and state in ('proposed', 'accepted', 'in_progress')`;
  if (standing) return { actionKind: "improvement", actionId: standing.id };
  try {
    const { id } = await proposeImprovement(ctx, { cause: about.theme, title: title.slice(0, 200), description: "" });
    return { actionKind: "improvement", actionId: id };
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return {};
    throw error;
  }
}

/** Somebody does something about an item and says what; where an improvement of the same cause exists, it is linked. */
export async function actOnItem(ctx: Context, { action, ...key }: ActOnItem): Promise<{ version: number }> {
  return transaction(ctx, async (ctx) => {
    const item = await lockItem(ctx, key);
    const decision = planAct(item);
    enforce(decision);
    return decide(ctx, item, decision, { action, ...(await linkOf(ctx, item.about, action)) });
  });
}
