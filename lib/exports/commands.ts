import { requirePermission, rolesThat } from "../auth/permissions";
import type { Context } from "../context";
import { estimateCustomers } from "../customers/count";
import { filterOfQuery, queryOf } from "../customers/filter";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { requireMaker } from "../keys/queries";
import { notify } from "../notifications/notify";
import { nothingChanged, record, transaction } from "../transaction";
import { planDecision, planFetch } from "./rules";
import type { DecideExport, ExportKey, ExportState, RequestExport } from "./schema";

/**
 * Asks for a file of everybody the list's filter finds and its reader may see. Somebody else has to approve it; where
 * nobody could, that is said at once: `refused` `nobody_to_approve`. Asking twice for the same list is one request.
 */
export async function requestExport(ctx: Context, { query, reason }: RequestExport): Promise<{ id: string }> {
  requirePermission(ctx, "personal_data.export", "request");
  await requireMaker(ctx);
  const { memberId, workspaceId } = ctx;
  if (!memberId) throw new AppError("forbidden", "personal_data.export");
  const wanted = queryOf(filterOfQuery(query));
  const { value, relation } = await estimateCustomers(ctx, { query: wanted });
  return transaction(ctx, async (ctx) => {
    const standing = await ctx.db.export.findFirst({
      where: { workspaceId, requestedById: memberId, query: wanted, state: "requested" },
      select: { id: true },
    });
    if (standing) {
      nothingChanged(ctx);
      return standing;
    }
    const approvers = await ctx.db.member.findMany({
      where: { workspaceId, status: "active", id: { not: memberId }, roles: { hasSome: approvingRoles } },
      select: { id: true },
    });
    if (approvers.length === 0) throw new AppError("refused", "nobody_to_approve");
    const id = newId();
    await ctx.db.export.create({
      data: {
        ...{ workspaceId, id, query: wanted, reason, requestedById: memberId, requestedAt: ctx.now },
        ...{ estimate: value, isAtLeast: relation === "gte" },
      },
    });
    const tell = approvers.map((approver) => approver.id);
    await notify(ctx, tell, "export_requested", null, { reason, count: value });
    record(ctx, "export.requested", { subject: `export:${id}`, detail: { query: wanted, reason, estimate: value } });
    return { id };
  });
}

const approvingRoles = rolesThat("personal_data.export").filter((role) => role === "admin" || role === "owner");

async function requireExport(ctx: Context, id: string) {
  const found = await ctx.db.export.findFirst({ where: { workspaceId: ctx.workspaceId, id } });
  if (!found) throw new AppError("not_found", "export");
  return { ...found, state: found.state as ExportState };
}

/** Approves a request or refuses it; nobody decides her own. */
export async function decideExport(ctx: Context, { id, decision }: DecideExport): Promise<{ id: string }> {
  requirePermission(ctx, "personal_data.export", "approve");
  await requireMaker(ctx);
  const { memberId } = ctx;
  if (!memberId) throw new AppError("forbidden", "personal_data.export");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const request = await requireExport(ctx, id);
    const change = enforce(planDecision(request, memberId, decision, ctx.now));
    const { count } = await ctx.db.export.updateMany({
      where: { workspaceId, id, version: request.version },
      data: { ...change, version: { increment: 1 } },
    });
    if (count === 0) throw new AppError("conflict", "version");
    await notify(ctx, [request.requestedById], `export_${decision}`, null, {});
    record(ctx, `export.${decision}`, { subject: `export:${id}`, detail: { requestedById: request.requestedById } });
    return { id };
  });
}

/**
 * Opens an approved file for who asked for it, and writes down that it left: her rights at this moment decide what is in
 * it. Answers the list's search string. Throws `not_found` for somebody else's request.
 */
export async function openExport(ctx: Context, { id }: ExportKey): Promise<{ query: string }> {
  requirePermission(ctx, "personal_data.export", "request");
  await requireMaker(ctx);
  return transaction(ctx, async (ctx) => {
    const request = await requireExport(ctx, id);
    if (request.requestedById !== ctx.memberId) throw new AppError("not_found", "export");
    enforce(planFetch(request, ctx.now));
    record(ctx, "export.fetched", { subject: `export:${id}`, detail: { query: request.query } });
    return { query: request.query };
  });
}
