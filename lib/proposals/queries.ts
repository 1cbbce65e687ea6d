import { readAccount } from "../accounts/queries";
import { treeOf } from "../accounts/tree";
import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { requireVisibleCustomer, visibleJourneys } from "../journeys/visibility";
import { readSellingTeam } from "../selling-teams/queries";
import { spreadOf } from "./conflict";
import { todayOf } from "./content";
import { isDealDesk, tiersOf } from "./loaded";
import { isInHand, powerOf } from "./power";
import { priceLine } from "./price";
import type { InHand, OfferOfRecord, ProposalRow, ProposalsInput, ProposalView } from "./schema";

/** Proposals that she sells, may approve, or whose customer she may see. */
function visible(ctx: Context, tiers: readonly string[]): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const seen = Prisma.sql`exists (select from journeys j where j.workspace_id = ${w} and j.customer_id = p.customer_id and ${visibleJourneys(ctx)})`;
  return ctx.memberId === null
    ? seen
    : Prisma.sql`(p.seller_id = ${ctx.memberId}::uuid or ${waits(ctx, tiers)} or ${seen})`;
}

/** The spread of a proposal's price and those it openly disagrees with in its own currency; null for fewer than three (DOMAIN F51). */
function spreadAround({
  netMinor,
  currency,
  conflictList,
}: Pick<ProposalView, "netMinor" | "currency" | "conflictList">) {
  const open = conflictList.filter(({ state, otherCurrency }) => state === "open" && otherCurrency === currency);
  const amounts = [netMinor, ...open.map(({ otherNetMinor }) => otherNetMinor)];
  return amounts.length < 3 ? null : { count: amounts.length, ...spreadOf(amounts) };
}

/** Whether one of her tiers is asked about a proposal that is not her own. */
function waits(ctx: Context, tiers: readonly string[]): Prisma.Sql {
  if (tiers.length === 0) return Prisma.sql`false`;
  return Prisma.sql`(p.state = 'pending_approval' and p.seller_id <> ${ctx.memberId}::uuid and p.submitted_by_id is distinct from ${ctx.memberId}::uuid
    and exists (select from approval_requests a where a.workspace_id = ${ctx.workspaceId}::uuid and a.proposal_id = p.id and a.decision is null
      and a.tier = any(${[...tiers]}::text[])))`;
}

const conflicted = (
  w: Prisma.Sql,
) => Prisma.sql`select c.id from conflict_cases c where c.workspace_id = ${w} and c.proposal_id = p.id and c.state = 'open'
  union all select c.id from conflict_cases c where c.workspace_id = ${w} and c.other_id = p.id and c.state = 'open'`;

/** The monthly equivalent of a proposal under `o` or `p` without the tax in it, in SQL; rounded as `withoutTax` does. */
export const monthlyWithoutTax = (alias: "o" | "p"): Prisma.Sql => {
  const row = alias === "o" ? Prisma.sql`o` : Prisma.sql`p`;
  return Prisma.sql`case when ${row}.is_tax_included then round(${row}.monthly_minor * 10000.0 / (10000 + ${row}.tax_bp)) else ${row}.monthly_minor end`;
};

/** What a seller handed in and was not taken back: what the report of discounts counts. */
const handedIn = Prisma.sql`p.state in ('approved', 'presented', 'accepted', 'declined', 'expired', 'superseded')`;

const columns = (ctx: Context, tiers: readonly string[]) => {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return Prisma.sql`p.id, p.version, p.customer_id as "customerId", u.name as "customerName", p.need, p.seller_id as "sellerId", m.name as "sellerName",
    p.state, p.is_oor as "isOfferOfRecord", p.currency, p.is_tax_included as "isTaxIncluded", p.tax_bp as "taxBp", p.list_minor::float8 as "listMinor", p.net_minor::float8 as "netMinor",
    p.monthly_minor::float8 as "monthlyMinor", p.term_months as "termMonths", p.free_months as "freeMonths", p.discount_bp as "discountBp",
    p.valid_to::text as "validTo", app.iso(p.created_at) as "createdAt", app.iso(p.presented_at) as "presentedAt",
    (select count(*)::int from (${conflicted(w)}) x) as conflicts, ${waits(ctx, tiers)} as "waitsForMe"`;
};

const from = (
  w: Prisma.Sql,
) => Prisma.sql`proposals p join customers u on u.workspace_id = ${w} and u.id = p.customer_id
  join members m on m.workspace_id = ${w} and m.id = p.seller_id`;

/** Proposals that the reader may see, the newest first, by cursor: those that stand, that wait for her, that disagree, or all. */
export async function listProposals(
  ctx: Context,
  { show, customerId, sellerId, limit, cursor }: ProposalsInput,
): Promise<{ data: ProposalRow[]; nextCursor: string | null }> {
  requirePermission(ctx, "journeys.read");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const tiers = await tiersOf(ctx);
  const at = decodeCursor(cursor);
  const yearAgo = new Date(ctx.now.getTime() - 365 * 86_400_000);
  const which = {
    live: Prisma.sql`p.state in ('draft', 'pending_approval', 'approved', 'presented', 'accepted')`,
    waiting: waits(ctx, tiers),
    conflicts: Prisma.sql`exists (${conflicted(w)})`,
    all: Prisma.sql`true`,
    beyond_authority: Prisma.sql`${handedIn} and p.discount_bp > coalesce(p.authority_bp, 0) and p.created_at > ${yearAgo}`,
    handed_in: Prisma.sql`${handedIn} and p.created_at > ${yearAgo}`,
    many_prices: Prisma.sql`p.state in ('approved', 'presented', 'accepted') and exists (select from proposals o where o.workspace_id = ${w}
      and o.customer_id = any(array(${treeOf(w, Prisma.sql`p.customer_id`)})) and o.need_key = p.need_key and o.state in ('approved', 'presented', 'accepted')
      and (${monthlyWithoutTax("o")}, o.currency) <> (${monthlyWithoutTax("p")}, p.currency))`,
    decided_conflicts: Prisma.sql`exists (select from conflict_cases c where c.workspace_id = ${w} and c.proposal_id = p.id and c.state <> 'open'
      and not c.is_potential and c.opened_at > ${yearAgo})`,
  }[show];
  const rows = await ctx.db.$queryRaw<ProposalRow[]>`
    select ${columns(ctx, tiers)} from ${from(w)} where p.workspace_id = ${w} and ${which} and ${visible(ctx, tiers)}
      ${customerId ? Prisma.sql`and p.customer_id = ${customerId}::uuid` : Prisma.empty}
      ${sellerId ? Prisma.sql`and p.seller_id = ${sellerId}::uuid` : Prisma.empty}
      ${at ? Prisma.sql`and (p.created_at, p.id) < (${at.at}, ${at.id}::uuid)` : Prisma.empty}
    order by p.created_at desc, p.id desc limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const isMore = rows.length > limit && last !== undefined;
  return { data: page, nextCursor: isMore ? encodeCursor({ at: new Date(last.createdAt), id: last.id }) : null };
}

/** What an offer of record says to the sellers of another record of its account. */
const offerColumns = (
  ctx: Context,
  customerId: Prisma.Sql,
) => Prisma.sql`o.id, o.need, m.name as "sellerName", o.net_minor::float8 as "netMinor", o.currency, o.state,
  app.iso(coalesce(o.presented_at, o.approved_at, o.created_at)) as at, o.valid_to::text as "validTo", o.customer_id <> ${customerId} as "isOtherPart",
  (select k.name from customers k where k.workspace_id = o.workspace_id and k.id = o.customer_id and k.id <> ${customerId} and exists (select from journeys j
    where j.workspace_id = o.workspace_id and j.customer_id = o.customer_id and ${visibleJourneys(ctx)})) as "otherCustomerName"`;

/** The offers of record of a customer, whom the reader may see, and of the rest of her account: who offered what, when. At most fifty. */
export async function listOffersOfRecord(ctx: Context, customerId: string): Promise<OfferOfRecord[]> {
  requirePermission(ctx, "journeys.read");
  if (!isId(customerId)) throw new AppError("not_found", "customer");
  await requireVisibleCustomer(ctx, customerId);
  const [w, own] = [Prisma.sql`${ctx.workspaceId}::uuid`, Prisma.sql`${customerId}::uuid`];
  return ctx.db.$queryRaw<OfferOfRecord[]>`
    select ${offerColumns(ctx, own)} from proposals o join members m on m.workspace_id = ${w} and m.id = o.seller_id
    where o.workspace_id = ${w} and o.customer_id = any(array(${treeOf(w, own)})) and o.is_oor
      and (o.state = 'accepted' or o.valid_to >= ${todayOf(ctx)}::date)
    order by o.customer_id <> ${own}, o.approved_at desc, o.id limit 50`;
}

/** Whom a proposal is for and what she needs, her primary journey's first; `not_found` when she may not be seen. */
export async function readCustomerToOffer(ctx: Context, id: string): Promise<{ name: string; needs: string[] }> {
  await requireVisibleCustomer(ctx, id);
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<{ name: string; needs: string[] }[]>`
    select u.name, array_remove(array(select j.need from journeys j where j.workspace_id = ${w} and j.customer_id = u.id
      order by j.is_primary desc, j.id limit 20) || u.place, null) as needs
    from customers u where u.workspace_id = ${w} and u.id = ${id}::uuid`;
  if (!row) throw new AppError("not_found", "customer");
  return row;
}

type Extra = Pick<
  ProposalView,
  | "revision"
  | "scopeTags"
  | "priceBookId"
  | "note"
  | "marginBp"
  | "authorityBp"
  | "tiers"
  | "supersedesId"
  | "approvedAt"
  | "endedReason"
  | "withdrawnMessage"
  | "fullNetMinor"
  | "chosenOptions"
> & { lines: Omit<ProposalView["lines"][number], "netMinor">[] } & Pick<ProposalView, "approvals" | "conflictList">;

function readDetails(ctx: Context, w: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`p.revision, p.scope_tags as "scopeTags", p.price_book_id as "priceBookId", p.note, p.margin_bp as "marginBp",
    p.authority_bp as "authorityBp", p.tiers, p.supersedes_id as "supersedesId", app.iso(p.approved_at) as "approvedAt", p.ended_reason as "endedReason", p.withdrawn_message as "withdrawnMessage",
    p.full_net_minor::float8 as "fullNetMinor", p.chosen_options as "chosenOptions",
    (select json_agg(json_build_object('productId', l.product_id, 'productName', d.name, 'quantity', l.quantity, 'recurrence', l.recurrence,
        'unitMinor', l.unit_minor, 'discountBp', l.discount_bp, 'position', l.position, 'isOptional', l.is_optional) order by l.position)
      from proposal_lines l join products d on d.workspace_id = ${w} and d.id = l.product_id
      where l.workspace_id = ${w} and l.proposal_id = p.id and l.revision = p.revision) as lines,
    (select coalesce(json_agg(json_build_object('tier', a.tier, 'requestedAt', app.iso(a.requested_at), 'dueAt', app.iso(a.due_at),
        'decision', a.decision, 'decidedAt', app.iso(a.decided_at), 'decidedByName', b.name, 'note', a.note) order by a.requested_at, a.tier), '[]')
      from (select * from approval_requests r where r.workspace_id = ${w} and r.proposal_id = p.id order by r.requested_at desc limit 40) a
      left join members b on b.workspace_id = ${w} and b.id = a.decided_by_id) as approvals,
    (select coalesce(json_agg(json_build_object('id', c.id, 'otherId', o.id, 'otherSellerName', s.name, 'otherNetMinor', o.net_minor,
        'otherCurrency', o.currency, 'otherState', o.state, 'otherAt', app.iso(coalesce(o.presented_at, o.submitted_at, o.created_at)),
        'isOtherOfRecord', o.is_oor, 'kinds', c.kinds, 'gap', c.gap, 'overlap', c.overlap, 'state', c.state,
        'version', c.version, 'isPotential', c.is_potential, 'isOtherPart', not c.is_potential and o.customer_id <> p.customer_id,
        'severity', (array['low', 'medium', 'high'])[1 + (p.presented_at is not null)::int + (o.presented_at is not null)::int], 'waivedReason', c.waived_reason, 'otherCustomerName', case when exists (select from journeys j
          where j.workspace_id = ${w} and j.customer_id = o.customer_id and ${visibleJourneys(ctx)}) then k.name end) order by c.state, c.opened_at, c.id), '[]')
      from (select * from (select * from conflict_cases x where x.workspace_id = ${w} and x.proposal_id = p.id
        union all select * from conflict_cases y where y.workspace_id = ${w} and y.other_id = p.id) z order by z.opened_at desc limit 40) c
      join proposals o on o.workspace_id = ${w} and o.id = case when c.proposal_id = p.id then c.other_id else c.proposal_id end
      join members s on s.workspace_id = ${w} and s.id = o.seller_id
      join customers k on k.workspace_id = ${w} and k.id = o.customer_id) as "conflictList"`;
}

/** One proposal with its lines, approvals and conflicts. Throws `not_found` also for who may not see it. */
export async function getProposal(ctx: Context, { id }: { id: string }): Promise<ProposalView> {
  requirePermission(ctx, "journeys.read");
  if (!isId(id)) throw new AppError("not_found", "proposal");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const tiers = await tiersOf(ctx);
  const [row] = await ctx.db.$queryRaw<(ProposalRow & Extra)[]>`
    select ${columns(ctx, tiers)}, ${readDetails(ctx, w)} from ${from(w)}
    where p.workspace_id = ${w} and p.id = ${id}::uuid and ${visible(ctx, tiers)}`;
  if (!row) throw new AppError("not_found", "proposal");
  const [offer] = await ctx.db.$queryRaw<(OfferOfRecord & { isOwn: boolean })[]>`
    select ${offerColumns(ctx, Prisma.sql`p.customer_id`)}, o.seller_id is not distinct from ${ctx.memberId}::uuid as "isOwn"
    from proposals p join proposals o on o.workspace_id = ${w} and o.customer_id = any(array(${treeOf(w, Prisma.sql`${row.customerId}::uuid`)}))
      and o.need_key = p.need_key and o.is_oor
    join members m on m.workspace_id = ${w} and m.id = o.seller_id where p.workspace_id = ${w} and p.id = ${id}::uuid
    order by o.customer_id <> p.customer_id, o.approved_at limit 1`;
  const power = await powerOf(ctx);
  const sells = power === "sell";
  return {
    ...row,
    marginBp: sells || isInHand(ctx, power, row) || tiers.length > 0 ? row.marginBp : null,
    spread: spreadAround(row),
    lines: row.lines.map((line) => ({ ...line, netMinor: priceLine(line).net })),
    offerOfRecord: offer ?? null,
    mayEdit: isInHand(ctx, power, row),
    mayDraftOptions: power === "options" && row.state === "draft",
    mayResolve:
      sells &&
      (isDealDesk(ctx) || offer?.isOwn === true) &&
      (row.state === "approved" || row.state === "presented") &&
      (!row.isOfferOfRecord || row.conflictList.some((each) => each.state === "open" && !each.isPotential)),
    mayWaive: sells && ctx.roles.includes("manager"),
  };
}

/** Every live number and open promise that a customer holds in hand: what, by whom, when. At most fifty offers and a hundred promises. */
export async function getInHand(ctx: Context, { id }: { id: string }): Promise<InHand> {
  requirePermission(ctx, "journeys.read");
  if (!isId(id)) throw new AppError("not_found", "customer");
  await requireVisibleCustomer(ctx, id);
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [offers, promises, team, account] = await Promise.all([
    ctx.db.$queryRaw<InHand["offers"]>`
      select p.id, p.need, p.state, p.is_oor as "isOfferOfRecord", p.net_minor::float8 as "netMinor", p.monthly_minor::float8 as "monthlyMinor",
        p.currency, m.name as "byName", app.iso(p.presented_at) as at, p.valid_to::text as "validTo"
      from proposals p join members m on m.workspace_id = ${w} and m.id = p.seller_id
      where p.workspace_id = ${w} and p.customer_id = ${id}::uuid
        and (p.state = 'accepted' or (p.state = 'presented' and p.valid_to >= ${todayOf(ctx)}::date))
      order by p.presented_at desc, p.id limit 50`,
    ctx.db.$queryRaw<InHand["promises"]>`
      select p.id, p.text, m.name as "byName", app.iso(p.made_at) as "madeAt", app.iso(p.due_at) as "dueAt", p.due_at < ${ctx.now} as "isLate"
      from promises p join members m on m.workspace_id = ${w} and m.id = p.by_id
      where p.workspace_id = ${w} and p.customer_id = ${id}::uuid and p.state = 'open' order by p.due_at, p.id limit 100`,
    readSellingTeam(ctx, id),
    readAccount(ctx, id),
  ]);
  return { offers, promises, team, account };
}
