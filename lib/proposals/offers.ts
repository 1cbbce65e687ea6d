import { lookalikesOf, treeOf } from "../accounts/tree";
import type { Context } from "../context";
import { AppError } from "../errors";
import { type ConflictCase, Prisma, type Proposal } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { notify } from "../notifications/notify";
import { record } from "../transaction";
import { type Compared, gapOf, isOverlapping, jaccardOf, kindsOf } from "./conflict";
import { dateOf, oneToOne, textOf, todayOf } from "./content";
import { isDealDesk, subjectOf } from "./loaded";
import { convert, withoutTax } from "./price";

/** An offer that stands, as another is held against it. */
export type Live = Pick<
  Proposal,
  | "id"
  | "customerId"
  | "need"
  | "sellerId"
  | "currency"
  | "rateMicro"
  | "isTaxIncluded"
  | "taxBp"
  | "scopeTags"
  | "families"
  | "termMonths"
  | "freeMonths"
  | "netMinor"
  | "monthlyMinor"
  | "discountBp"
  | "validFrom"
  | "validTo"
  | "state"
  | "isOor"
  | "createdAt"
  | "submittedAt"
  | "approvedAt"
  | "presentedAt"
> & {
  sellerName: string;
  /** Whether it was made to another record that may be the same customer (DOMAIN D2). */
  isPotential: boolean;
};

const millis = (value: bigint | null) => Number(value ?? 0n);

/** A proposal as its conflicts are judged: its monthly equivalent without tax in the workspace's currency, at its own rate (DOMAIN D3, 11). */
function comparedOf(ctx: Context, proposal: Omit<Live, "sellerName" | "isPotential">): Compared {
  const rate = proposal.rateMicro === null ? oneToOne : millis(proposal.rateMicro);
  return {
    ...proposal,
    monthly: convert(withoutTax(millis(proposal.monthlyMinor), proposal), proposal.currency, ctx.currency, rate),
    validFrom: textOf(proposal.validFrom),
    validTo: textOf(proposal.validTo),
    activeAt: proposal.presentedAt ?? proposal.submittedAt ?? proposal.createdAt,
  };
}

/**
 * The other offers that stand for the same need of the same customer, of the other records of her account, and of those records
 * that look like her: one statement, found by their own index. At most 200, the first approved first.
 */
export async function readLive(ctx: Context, { id, customerId, needKey }: Proposal): Promise<Live[]> {
  const w = ctx.workspaceId;
  const own = Prisma.sql`${customerId}::uuid`;
  const tree = Prisma.sql`array(${treeOf(Prisma.sql`${w}::uuid`, own)})`;
  return ctx.db.$queryRaw<Live[]>`
    select p.id, p.customer_id as "customerId", p.need, p.seller_id as "sellerId", p.currency, p.rate_micro as "rateMicro", p.is_tax_included as "isTaxIncluded", p.tax_bp as "taxBp", p.scope_tags as "scopeTags",
      p.families, p.term_months as "termMonths", p.free_months as "freeMonths", p.net_minor as "netMinor", p.monthly_minor as "monthlyMinor",
      p.discount_bp as "discountBp", p.valid_from as "validFrom", p.valid_to as "validTo", p.state, p.is_oor as "isOor", p.created_at as "createdAt",
      p.submitted_at as "submittedAt", p.approved_at as "approvedAt", p.presented_at as "presentedAt", m.name as "sellerName",
      p.customer_id <> all(${tree}) as "isPotential"
    from proposals p join members m on m.workspace_id = ${w}::uuid and m.id = p.seller_id
    where p.workspace_id = ${w}::uuid and p.need_key = ${needKey} and p.id <> ${id}::uuid and p.state in ('approved', 'presented', 'accepted')
      and (p.state = 'accepted' or p.valid_to >= ${todayOf(ctx)}::date)
      and p.customer_id = any(${tree} || array(${lookalikesOf(Prisma.sql`${w}::uuid`, own)}))
    order by p.approved_at, p.id limit 200`;
}

/** Those of them that speak of the same, also to a record that may be the same customer (DOMAIN D2). */
async function readClashes(ctx: Context, proposal: Proposal): Promise<Live[]> {
  const mine = comparedOf(ctx, proposal);
  return (await readLive(ctx, proposal)).filter((other) => isOverlapping(mine, comparedOf(ctx, other)));
}

/** Those of them that speak of the same to the same account: they bind each other (DOMAIN D2). */
export async function readRivals(ctx: Context, proposal: Proposal): Promise<Live[]> {
  return (await readClashes(ctx, proposal)).filter(({ isPotential }) => !isPotential);
}

/** Opens a case for everything in which a proposal disagrees with what stands already, and tells the sellers (DOMAIN D3). */
export async function openConflicts(ctx: Context, proposal: Proposal, rivals: readonly Live[]): Promise<void> {
  const { workspaceId } = ctx;
  const mine = comparedOf(ctx, proposal);
  for (const other of rivals) {
    const theirs = comparedOf(ctx, other);
    const kinds = kindsOf(mine, theirs);
    if (kinds.length === 0) continue;
    const { isPotential } = other;
    const found = {
      ...{ kinds, isPotential },
      gap: gapOf(mine.monthly, theirs.monthly),
      overlap: jaccardOf(mine.scopeTags, theirs.scopeTags),
    };
    const known = await findCase(ctx, proposal.id, other.id);
    // What a manager let stand stays so until it grows worse.
    if (known?.state === "waived" && found.gap <= known.gap && kinds.every((kind) => known.kinds.includes(kind)))
      continue;
    const opened = { state: "open", resolvedAt: null, resolvedById: null, winnerId: null, waivedReason: null };
    if (known)
      await ctx.db.conflictCase.updateMany({
        where: { workspaceId, id: known.id },
        data: { ...found, ...opened, version: { increment: 1 } },
      });
    const pair = { proposalId: proposal.id, otherId: other.id };
    if (!known)
      await ctx.db.conflictCase.create({ data: { workspaceId, id: newId(), ...pair, ...found, openedAt: ctx.now } });
    await notify(ctx, [proposal.sellerId, other.sellerId], "proposal_conflict", proposal.customerId, {
      need: proposal.need,
    });
    record(ctx, "proposal.conflict", {
      ...subjectOf(proposal),
      detail: { ...pair, ...found },
      data: { kinds, isPotential },
    });
  }
}

/** The case of two proposals, whichever of them came first. */
function findCase(ctx: Context, a: string, b: string): Promise<ConflictCase | null> {
  return ctx.db.conflictCase.findFirst({
    where: {
      workspaceId: ctx.workspaceId,
      OR: [
        { proposalId: a, otherId: b },
        { proposalId: b, otherId: a },
      ],
    },
    orderBy: { openedAt: "desc" },
  });
}

/** Makes it the offer of record when none stands for its account and need; whether it did (DOMAIN D1, D2). */
export async function claimOffer(ctx: Context, proposal: Proposal): Promise<boolean> {
  const { workspaceId } = ctx;
  const { id, customerId, needKey } = proposal;
  const offer = { workspaceId, customerId, needKey, isOor: true };
  // One whose last day is past binds nobody, also before the night ends it.
  const past = { state: { not: "accepted" }, validTo: { lt: dateOf(todayOf(ctx)) } };
  await ctx.db.proposal.updateMany({ where: { ...offer, ...past }, data: { isOor: false } });
  const standing = await ctx.db.proposal.count({ where: offer });
  if (standing > 0 || (await readRivals(ctx, proposal)).some(({ isOor }) => isOor)) return false;
  const { count } = await ctx.db.proposal.updateMany({ where: { workspaceId, id }, data: { isOor: true } });
  return count === 1;
}

/** What an approval brings with it: the first becomes the offer of record, a later one's conflicts are opened. */
export async function settleApproved(ctx: Context, proposal: Proposal): Promise<void> {
  const clashes = await readClashes(ctx, proposal);
  await claimOffer(ctx, proposal);
  await openConflicts(ctx, proposal, clashes);
}

/** Closes the open cases of a proposal, because it ended or because somebody decided. */
export async function closeConflicts(ctx: Context, ids: readonly string[], winnerId: string | null): Promise<void> {
  const some = [...ids];
  await ctx.db.conflictCase.updateMany({
    where: {
      ...{ workspaceId: ctx.workspaceId, state: "open" },
      OR: [{ proposalId: { in: some } }, { otherId: { in: some } }],
    },
    data: { state: "resolved", resolvedAt: ctx.now, resolvedById: ctx.memberId, winnerId, version: { increment: 1 } },
  });
}

/**
 * Takes an offer out of the way of another, which supersedes it (DOMAIN 12a scenario 3). `message` is what the customer is told
 * where she saw it.
 */
export async function giveWay(ctx: Context, loser: Live, winnerId: string, message: string | null): Promise<void> {
  await ctx.db.proposal.updateMany({
    where: { workspaceId: ctx.workspaceId, id: loser.id },
    data: { state: "superseded", isOor: false, endedAt: ctx.now, withdrawnMessage: message, version: { increment: 1 } },
  });
  await closeConflicts(ctx, [loser.id], winnerId);
  await notify(ctx, [loser.sellerId], "proposal_superseded", loser.customerId, { need: loser.need });
  record(ctx, "proposal.superseded", {
    ...subjectOf(loser),
    detail: { before: loser.state, after: "superseded", winnerId, message },
    data: { state: "superseded" },
  });
}

/**
 * Clears the way for presenting: an offer of record that speaks of the same is superseded when this one was drafted to take its
 * place by its own seller or the deal desk, and may stand beside it when a manager waived their conflict. Else throws `refused` `offer_stands` with who offered what, when.
 */
export async function clearWay(ctx: Context, proposal: Proposal): Promise<void> {
  const rival = (await readRivals(ctx, proposal)).find(({ isOor }) => isOor);
  if (!rival) return;
  const mayReplace = isDealDesk(ctx) || rival.sellerId === ctx.memberId;
  if (proposal.supersedesId === rival.id && mayReplace && rival.state !== "accepted")
    return giveWay(ctx, rival, proposal.id, null);
  if ((await findCase(ctx, proposal.id, rival.id))?.state === "waived") return;
  const { id, sellerName, currency, need } = rival;
  const at = (rival.presentedAt ?? rival.approvedAt ?? rival.createdAt).toISOString();
  const netMinor = millis(rival.netMinor);
  throw new AppError("refused", "offer_stands", {
    current: { id, sellerName, netMinor, currency, need, at, state: rival.state },
    detail: `${sellerName} offered ${netMinor} ${currency} (minor units) for ${need} on ${at.slice(0, 10)}; that is the offer of record.`,
  });
}
