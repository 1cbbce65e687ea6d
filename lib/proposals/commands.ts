import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { Proposal } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { requireVisibleCustomer } from "../journeys/visibility";
import { notify } from "../notifications/notify";
import { record, transaction } from "../transaction";
import { choiceOf } from "./choice";
import { columnsOf, dateOf, priceContent, rateOfBook, textOf, todayOf, writeLines } from "./content";
import { isDealDesk, isOneAccount, loadProposal, lockCustomer, subjectOf } from "./loaded";
import { claimOffer, clearWay, closeConflicts, giveWay, readRivals } from "./offers";
import { requireHand, requireSeller } from "./power";
import { needKeyOf, planAccept, planEdit, planEnd, planPresent, reopensApproval } from "./rules";
import type { AcceptProposal, DraftProposal, EditProposal, EndProposal, MoveProposal, ResolveConflict } from "./schema";

type Version = { version: number };

/** Writes changed columns and one more version. */
export async function changeProposal(ctx: Context, { id, version }: Proposal, data: object): Promise<Version> {
  await ctx.db.proposal.updateMany({
    where: { workspaceId: ctx.workspaceId, id },
    data: { ...data, version: version + 1 },
  });
  return { version: version + 1 };
}

/** What stands open with the approvers is no longer asked. */
export async function voidRequests(ctx: Context, proposalId: string): Promise<void> {
  await ctx.db.approvalRequest.updateMany({
    where: { workspaceId: ctx.workspaceId, proposalId, decision: null },
    data: { decision: "void", decidedAt: ctx.now },
  });
}

async function requirePredecessor(ctx: Context, id: string, customerId: string): Promise<void> {
  const found = await ctx.db.proposal.findFirst({
    where: { workspaceId: ctx.workspaceId, id },
    select: { customerId: true },
  });
  if (!found || !(await isOneAccount(ctx, customerId, found.customerId))) throw new AppError("not_found", "proposal");
}

/**
 * Drafts a proposal for a customer whom the seller may see, at the list prices of a price book; who may only sell more drafts one
 * for customers who bought before. Throws `invalid` with fields.
 */
export async function draftProposal(ctx: Context, input: DraftProposal): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "proposals.present", "yes", "if_flag");
  const sellerId = ctx.memberId;
  if (sellerId === null) throw new AppError("forbidden", "proposals.present");
  return transaction(ctx, async (ctx) => {
    const { customerId, need, note, supersedesId } = input;
    await requireVisibleCustomer(ctx, customerId);
    await requireSeller(ctx, customerId);
    await lockCustomer(ctx, customerId);
    if (supersedesId) await requirePredecessor(ctx, supersedesId, customerId);
    const content = await priceContent(ctx, input.priceBookId, input);
    const id = newId();
    await ctx.db.proposal.create({
      data: {
        ...{ workspaceId: ctx.workspaceId, id, customerId, sellerId, note, supersedesId: supersedesId ?? null },
        ...{ need, needKey: needKeyOf(need), priceBookId: input.priceBookId },
        ...{ ...columnsOf(content, input), validFrom: dateOf(todayOf(ctx)), createdAt: ctx.now },
      },
    });
    await writeLines(ctx, id, 1, content);
    record(ctx, "proposal.drafted", { ...subjectOf({ id, customerId }), detail: input, data: { need } });
    return { id, version: 1 };
  });
}

/**
 * Changes what a proposal offers, until the customer saw it. What lowers price or margin of an approved one makes it a draft that
 * has to be approved again; anything else keeps its approval.
 */
export async function editProposal(ctx: Context, input: EditProposal): Promise<Version> {
  return transaction(ctx, async (ctx) => {
    const before = await loadProposal(ctx, input);
    await requireHand(ctx, before);
    enforce(planEdit(before.state));
    const content = await priceContent(ctx, before.priceBookId, input);
    const { price } = content;
    const was = {
      netMinor: Number(before.netMinor),
      monthlyMinor: Number(before.monthlyMinor),
      marginBp: before.marginBp,
    };
    const now = { netMinor: price.net, monthlyMinor: price.monthly, marginBp: price.marginBp };
    // What a customer may choose from is approved as a whole.
    const isPlain = before.fullListMinor === null && content.options === null;
    const isKept = before.state === "approved" && isPlain && !reopensApproval(was, now);
    const revision = before.revision + 1;
    if (before.state === "pending_approval") await voidRequests(ctx, before.id);
    await writeLines(ctx, before.id, revision, content);
    const standing = isKept ? { approvedHash: content.hash } : { state: "draft", isOor: false };
    const changed = await changeProposal(ctx, before, {
      ...{ ...columnsOf(content, input), revision, note: input.note, ...standing },
    });
    if (!isKept) await closeConflicts(ctx, [before.id], null);
    record(ctx, "proposal.edited", {
      ...subjectOf(before),
      detail: {
        before: { ...was, state: before.state },
        after: { ...now, state: isKept ? before.state : "draft" },
        revision,
      },
    });
    return changed;
  });
}

/**
 * Shows it to the customer, for good: its rate is stamped with the day. Throws `refused` `offer_stands` while another offer of
 * record speaks of the same, `edited_after_approval`, `approval_expired` and `proposal_expired`.
 */
export async function presentProposal(ctx: Context, input: MoveProposal): Promise<Version> {
  return transaction(ctx, async (ctx) => {
    const found = await loadProposal(ctx, input);
    await requireHand(ctx, found);
    enforce(planPresent({ ...found, validTo: textOf(found.validTo) }, todayOf(ctx), ctx.now));
    await clearWay(ctx, found);
    await claimOffer(ctx, found);
    const { rateMicro } = await rateOfBook(ctx, found.priceBookId);
    const data = { state: "presented", presentedAt: ctx.now, rateMicro: BigInt(rateMicro) };
    const changed = await changeProposal(ctx, found, data);
    record(ctx, "proposal.presented", {
      ...subjectOf(found),
      detail: { netMinor: found.netMinor, currency: found.currency, rateMicro },
      data: { need: found.need, netMinor: found.netMinor, currency: found.currency },
    });
    return changed;
  });
}

/** Writes down the customer's yes and which options she takes. Throws `refused` `proposal_expired` after the last day. */
export async function acceptProposal(ctx: Context, input: AcceptProposal): Promise<Version> {
  return transaction(ctx, async (ctx) => {
    const found = await loadProposal(ctx, input);
    await requireHand(ctx, found);
    enforce(planAccept({ ...found, validTo: textOf(found.validTo) }, todayOf(ctx)));
    const choice = await choiceOf(ctx, found, input.options ?? []);
    const changed = await changeProposal(ctx, found, { state: "accepted", endedAt: ctx.now, ...choice });
    await notify(ctx, [found.sellerId], "proposal_accepted", found.customerId, { need: found.need });
    record(ctx, "proposal.accepted", {
      ...{ ...subjectOf(found), detail: { before: found.state, after: "accepted", ...choice } },
      data: { need: found.need, netMinor: found.netMinor, ...choice },
    });
    return changed;
  });
}

async function endProposal(ctx: Context, input: EndProposal, to: "declined" | "withdrawn"): Promise<Version> {
  return transaction(ctx, async (ctx) => {
    const found = await loadProposal(ctx, input);
    await requireHand(ctx, found);
    enforce(planEnd(found.state, to));
    if (found.state === "pending_approval") await voidRequests(ctx, found.id);
    const data = { state: to, isOor: false, endedAt: ctx.now, endedReason: input.reason };
    const changed = await changeProposal(ctx, found, data);
    await closeConflicts(ctx, [found.id], null);
    record(ctx, `proposal.${to}`, {
      ...subjectOf(found),
      detail: { before: found.state, after: to, reason: input.reason },
      data: { state: to },
    });
    return changed;
  });
}

/** Writes down the customer's no, with what she said. */
export function declineProposal(ctx: Context, input: EndProposal): Promise<Version> {
  return endProposal(ctx, input, "declined");
}

/** Takes a proposal back with a reason; what it stood in the way of may be presented. */
export function withdrawProposal(ctx: Context, input: EndProposal): Promise<Version> {
  return endProposal(ctx, input, "withdrawn");
}

/**
 * Makes an approved or presented proposal the offer of record and takes those that speak of the same out of its way. For the
 * deal desk and the seller of the offer that stands; `message` is what their customer is told. Throws `refused` `accepted_stands` when the customer said yes to another.
 */
export async function resolveConflict(ctx: Context, input: ResolveConflict): Promise<Version> {
  return transaction(ctx, async (ctx) => {
    requirePermission(ctx, "proposals.present", "yes");
    const message = input.message || null;
    const found = await loadProposal(ctx, input);
    if (found.state !== "approved" && found.state !== "presented") throw new AppError("refused", "no_such_move");
    const rivals = await readRivals(ctx, found);
    const standing = [found, ...rivals].find(({ isOor }) => isOor);
    if (!isDealDesk(ctx) && standing?.sellerId !== ctx.memberId) throw new AppError("forbidden", "proposals.present");
    if (rivals.length === 0) throw new AppError("refused", "no_conflict");
    if (rivals.some(({ state }) => state === "accepted")) throw new AppError("refused", "accepted_stands");
    for (const rival of rivals) await giveWay(ctx, rival, found.id, message);
    await closeConflicts(ctx, [found.id], found.id);
    await claimOffer(ctx, found);
    const changed = await changeProposal(ctx, found, {});
    await notify(ctx, [found.sellerId], "proposal_of_record", found.customerId, { need: found.need });
    record(ctx, "proposal.resolved", {
      ...subjectOf(found),
      detail: { losers: rivals.map(({ id }) => id), message },
      data: { losers: rivals.length },
    });
    return changed;
  });
}
