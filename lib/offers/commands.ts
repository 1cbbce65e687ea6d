import { createTranslator } from "use-intl/core";
import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { publicOrigin } from "../env";
import { AppError } from "../errors";
import type { Proposal } from "../generated/prisma/client";
import { localeOf } from "../i18n/locales";
import { messagesOf } from "../i18n/messages";
import { newId } from "../identifiers";
import { logInteraction } from "../interactions/commands";
import { limits, takeAttempt } from "../limits";
import { notify } from "../notifications/notify";
import { paths } from "../paths";
import { choiceOf } from "../proposals/choice";
import { changeProposal } from "../proposals/commands";
import { todayOf } from "../proposals/content";
import { lockCustomer, subjectOf } from "../proposals/loaded";
import { closeConflicts } from "../proposals/offers";
import { getProposal } from "../proposals/queries";
import { nothingChanged, record, transaction } from "../transaction";
import type { OpenOffer } from "./context";
import { offerStateOf } from "./queries";
import type { AnswerOffer, OfferLinkOf, OfferOutcome } from "./schema";
import { sealOfferToken } from "./token";

/**
 * The address at which the customer reads and answers a proposal: made once, the same until her links are revoked. Throws
 * `refused` `not_presented` before she may see it.
 */
export async function offerLink(ctx: Context, { id }: OfferLinkOf): Promise<{ address: string }> {
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const proposal = await getProposal(ctx, { id });
    if (proposal.presentedAt === null) throw new AppError("refused", "not_presented");
    await lockCustomer(ctx, proposal.customerId);
    const standing = await ctx.db.proposalLink.findFirst({ where: { workspaceId, proposalId: id, revokedAt: null } });
    const linkId = standing?.id ?? newId();
    if (standing) nothingChanged(ctx);
    else {
      await ctx.db.proposalLink.create({ data: { workspaceId, id: linkId, proposalId: id, createdAt: ctx.now } });
      record(ctx, "proposal.link_created", subjectOf({ id, customerId: proposal.customerId }));
    }
    return { address: `${publicOrigin()}${paths.offer(sealOfferToken({ workspaceId, linkId }))}` };
  });
}

/** Notes, once, that the customer looked at the offer. */
export async function noteOfferSeen(ctx: Context, link: OpenOffer): Promise<void> {
  if (link.firstSeenAt) return;
  await transaction(ctx, async (ctx) => {
    const { count } = await ctx.db.proposalLink.updateMany({
      where: { workspaceId: ctx.workspaceId, id: link.id, firstSeenAt: null },
      data: { firstSeenAt: ctx.now },
    });
    if (count === 0) return nothingChanged(ctx);
    record(ctx, "proposal.seen", subjectOf({ id: link.proposalId, customerId: link.customerId }));
  });
}

/** What the timeline says of an answer, in the workspace's language. */
function summaryOf(ctx: Context, need: string, { decision, name, comment }: AnswerOffer): string {
  const locale = localeOf(ctx.locale, null);
  const translate = createTranslator({ locale, messages: messagesOf(locale), namespace: "offer" });
  const said = translate(`timeline.${decision}` as never, { name, need } as never) as string;
  return comment ? `${said}\n${comment}` : said;
}

/** Puts her answer on the timeline as a contact of hers, and tells her seller and her OSC. */
async function tell(ctx: Context, found: Proposal, input: AnswerOffer): Promise<void> {
  const { workspaceId } = ctx;
  const { customerId, need } = found;
  await logInteraction(ctx, {
    ...{ id: newId(), customerId, medium: "portal", direction: "inbound", type: "proposal/price talk" },
    ...{ isTwoWay: false, isAutomated: false, moments: [], hadToRepeat: false, completesNext: false },
    summary: summaryOf(ctx, need, input),
  });
  const journeys = await ctx.db.journey.findMany({
    where: { workspaceId, customerId },
    select: { oscId: true },
    take: 20,
  });
  const told = [found.sellerId, ...journeys.map(({ oscId }) => oscId)];
  await notify(ctx, told, `proposal_${input.decision}`, customerId, { need });
}

/**
 * The customer says yes or no under her name. Her first answer holds for good: a second one, also at the same moment, is
 * `answered` and changes nothing; what expired, was withdrawn or superseded is `closed`. Five attempts an hour, then `limited`.
 */
export async function answerOffer(ctx: Context, link: OpenOffer, input: AnswerOffer): Promise<OfferOutcome> {
  const { workspaceId } = ctx;
  const { proposalId } = link;
  if ((await ctx.db.proposalAnswer.count({ where: { workspaceId, proposalId } })) > 0) return "answered";
  await takeAttempt(limits.question, `offer ${link.id}`);
  return transaction(ctx, async (ctx) => {
    await lockCustomer(ctx, link.customerId);
    const found = await ctx.db.proposal.findFirst({ where: { workspaceId, id: proposalId } });
    if (!found) throw new AppError("not_found", "offer_page");
    const validTo = found.validTo.toISOString().slice(0, 10);
    const state = offerStateOf(found.state, validTo, todayOf(ctx));
    if (state !== "open") {
      nothingChanged(ctx);
      return state === "accepted" || state === "declined" ? "answered" : "closed";
    }
    const { decision, name, comment } = input;
    const given = { decision, name, comment, answeredAt: ctx.now };
    const isNo = decision === "declined";
    const choice = isNo ? {} : await choiceOf(ctx, found, input.options);
    await ctx.db.proposalAnswer.create({ data: { workspaceId, proposalId, linkId: link.id, ...given } });
    await changeProposal(ctx, found, {
      ...{ state: decision, endedAt: ctx.now, ...choice },
      ...(isNo ? { isOor: false, endedReason: comment } : {}),
    });
    if (isNo) await closeConflicts(ctx, [proposalId], null);
    await tell(ctx, found, input);
    record(ctx, `proposal.${decision}`, {
      ...subjectOf(found),
      detail: { before: found.state, after: decision, name, by: "customer", contentHash: found.contentHash, ...choice },
      data: { state: decision, need: found.need, netMinor: found.netMinor, ...choice },
    });
    return decision;
  });
}
