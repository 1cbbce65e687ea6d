import type { Context } from "../context";
import { AppError } from "../errors";
import type { Proposal } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { notify } from "../notifications/notify";
import { record } from "../transaction";
import { type Compared, gapOf, isOverlapping, jaccardOf, kindsOf } from "./conflict";
import { dateOf, oneToOne, textOf, todayOf } from "./content";
import { isDealDesk, subjectOf } from "./loaded";
import { convert } from "./price";

type Live = Proposal & { sellerName: string };

const millis = (value: bigint | null) => Number(value ?? 0n);

/** A proposal as its conflicts are judged: its monthly equivalent in the workspace's currency, at its own rate. */
function comparedOf(ctx: Context, proposal: Proposal): Compared {
  const rate = proposal.rateMicro === null ? oneToOne : millis(proposal.rateMicro);
  return {
    ...proposal,
    monthly: convert(millis(proposal.monthlyMinor), proposal.currency, ctx.currency, rate),
    validFrom: textOf(proposal.validFrom),
    validTo: textOf(proposal.validTo),
    activeAt: proposal.presentedAt ?? proposal.submittedAt ?? proposal.createdAt,
  };
}

/** The other offers that stand for the same customer and need: one statement, found by their own index. */
export async function readLive(ctx: Context, { id, customerId, needKey }: Proposal): Promise<Live[]> {
  const live = await ctx.db.proposal.findMany({
    where: {
      ...{ workspaceId: ctx.workspaceId, customerId, needKey, id: { not: id } },
      OR: [{ state: "accepted" }, { state: { in: ["approved", "presented"] }, validTo: { gte: dateOf(todayOf(ctx)) } }],
    },
    orderBy: [{ approvedAt: "asc" }, { id: "asc" }],
    take: 200,
  });
  if (live.length === 0) return [];
  const sellers = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, id: { in: live.map(({ sellerId }) => sellerId) } },
    select: { id: true, name: true },
  });
  return live.map((each) => ({ ...each, sellerName: sellers.find(({ id }) => id === each.sellerId)?.name ?? "" }));
}

/** Those of them that speak of the same (DOMAIN D2). */
export async function readRivals(ctx: Context, proposal: Proposal): Promise<Live[]> {
  const mine = comparedOf(ctx, proposal);
  return (await readLive(ctx, proposal)).filter((other) => isOverlapping(mine, comparedOf(ctx, other)));
}

/** Opens a case for everything in which a proposal disagrees with what stands already, and tells the sellers (DOMAIN D3). */
export async function openConflicts(ctx: Context, proposal: Proposal, rivals: readonly Live[]): Promise<void> {
  const { workspaceId } = ctx;
  const mine = comparedOf(ctx, proposal);
  for (const other of rivals) {
    const theirs = comparedOf(ctx, other);
    const kinds = kindsOf(mine, theirs);
    if (kinds.length === 0) continue;
    const pair = { proposalId: proposal.id, otherId: other.id };
    const found = {
      kinds,
      gap: gapOf(mine.monthly, theirs.monthly),
      overlap: jaccardOf(mine.scopeTags, theirs.scopeTags),
    };
    const { count } = await ctx.db.conflictCase.updateMany({
      where: { workspaceId, ...pair },
      data: { ...found, state: "open", resolvedAt: null, resolvedById: null, winnerId: null },
    });
    if (count === 0)
      await ctx.db.conflictCase.create({ data: { workspaceId, id: newId(), ...pair, ...found, openedAt: ctx.now } });
    await notify(ctx, [proposal.sellerId, other.sellerId], "proposal_conflict", proposal.customerId, {
      need: proposal.need,
    });
    record(ctx, "proposal.conflict", { ...subjectOf(proposal), detail: { ...pair, ...found }, data: { kinds } });
  }
}

/** Makes it the offer of record when none stands for its customer and need; whether it did (DOMAIN D1). */
export async function claimOffer(ctx: Context, { id, customerId, needKey }: Proposal): Promise<boolean> {
  const { workspaceId } = ctx;
  const offer = { workspaceId, customerId, needKey, isOor: true };
  // One whose last day is past binds nobody, also before the night ends it.
  const past = { state: { not: "accepted" }, validTo: { lt: dateOf(todayOf(ctx)) } };
  await ctx.db.proposal.updateMany({ where: { ...offer, ...past }, data: { isOor: false } });
  const standing = await ctx.db.proposal.count({ where: offer });
  if (standing > 0) return false;
  const { count } = await ctx.db.proposal.updateMany({ where: { workspaceId, id }, data: { isOor: true } });
  return count === 1;
}

/** What an approval brings with it: the first becomes the offer of record, a later one's conflicts are opened. */
export async function settleApproved(ctx: Context, proposal: Proposal): Promise<void> {
  const rivals = await readRivals(ctx, proposal);
  await claimOffer(ctx, proposal);
  await openConflicts(ctx, proposal, rivals);
}

/** Closes the open cases of a proposal, because it ended or because somebody decided. */
export async function closeConflicts(ctx: Context, ids: readonly string[], winnerId: string | null): Promise<void> {
  const some = [...ids];
  await ctx.db.conflictCase.updateMany({
    where: {
      ...{ workspaceId: ctx.workspaceId, state: "open" },
      OR: [{ proposalId: { in: some } }, { otherId: { in: some } }],
    },
    data: { state: "resolved", resolvedAt: ctx.now, resolvedById: ctx.memberId, winnerId },
  });
}

/** Takes an offer out of the way of another: superseded when the customer saw it, withdrawn when not. */
export async function giveWay(ctx: Context, loser: Proposal, winnerId: string): Promise<void> {
  const state = loser.state === "presented" ? "superseded" : "withdrawn";
  await ctx.db.proposal.updateMany({
    where: { workspaceId: ctx.workspaceId, id: loser.id },
    data: { state, isOor: false, endedAt: ctx.now, version: { increment: 1 } },
  });
  await closeConflicts(ctx, [loser.id], winnerId);
  await notify(ctx, [loser.sellerId], `proposal_${state}`, loser.customerId, { need: loser.need });
  record(ctx, `proposal.${state}`, {
    ...subjectOf(loser),
    detail: { before: loser.state, after: state, winnerId },
    data: { state },
  });
}

/**
 * Clears the way for presenting: an offer of record that speaks of the same is superseded when this one was drafted to take its
 * place by its own seller or the deal desk. Else throws `refused` `offer_stands` with who offered what, when.
 */
export async function clearWay(ctx: Context, proposal: Proposal): Promise<void> {
  const rival = (await readRivals(ctx, proposal)).find(({ isOor }) => isOor);
  if (!rival) return;
  const mayReplace = isDealDesk(ctx) || rival.sellerId === ctx.memberId;
  if (proposal.supersedesId === rival.id && mayReplace && rival.state !== "accepted")
    return giveWay(ctx, rival, proposal.id);
  const { id, sellerName, currency, need } = rival;
  const at = (rival.presentedAt ?? rival.approvedAt ?? rival.createdAt).toISOString();
  const netMinor = millis(rival.netMinor);
  throw new AppError("refused", "offer_stands", {
    current: { id, sellerName, netMinor, currency, need, at, state: rival.state },
    detail: `${sellerName} offered ${netMinor} ${currency} (minor units) for ${need} on ${at.slice(0, 10)}; that is the offer of record.`,
  });
}
