import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { rateOf } from "../statistics/rate";
import { enoughForSeller, sellerEffects } from "./conflict";
import { oneToOne } from "./content";
import { convert, leakageOf } from "./price";
import { monthlyWithoutTax } from "./queries";
import type { DiscountReport } from "./schema";

const day = 86_400_000;
type Row = {
  sellerId: string;
  sellerName: string;
  segment: string;
  currency: string;
  rateMicro: number | null;
  listMinor: number;
  discountBp: number;
  authorityBp: number;
};

async function readHandedIn(ctx: Context): Promise<Row[]> {
  const w = ctx.workspaceId;
  return ctx.db.$queryRaw<Row[]>`
    select p.seller_id as "sellerId", m.name as "sellerName", coalesce(u.segment, u.kind) as segment, p.currency, p.rate_micro::float8 as "rateMicro",
      p.list_minor::float8 as "listMinor", p.discount_bp as "discountBp", coalesce(p.authority_bp, 0) as "authorityBp"
    from proposals p join members m on m.workspace_id = ${w}::uuid and m.id = p.seller_id
    join customers u on u.workspace_id = ${w}::uuid and u.id = p.customer_id
    where p.workspace_id = ${w}::uuid and p.state in ('approved', 'presented', 'accepted', 'declined', 'expired', 'superseded')
      and p.created_at > ${new Date(ctx.now.getTime() - 365 * day)}
    order by p.created_at desc, p.id desc limit 5000`;
}

/** Accounts with a live offer, and how many of them hold or wait for more than one price for a need, compared without tax (DOMAIN 6D). */
async function countDisagreeing(ctx: Context): Promise<{ k: number; n: number }> {
  const w = ctx.workspaceId;
  const [row] = await ctx.db.$queryRaw<{ k: number; n: number }[]>`
    select count(*)::int as n, count(*) filter (where prices > 1)::int as k from (
      select account, max(prices) as prices from (
        select coalesce(a.parent_id, p.customer_id) as account, p.need_key, count(distinct (${monthlyWithoutTax("p")}, p.currency)) as prices
        from proposals p left join account_parents a on a.workspace_id = ${w}::uuid and a.customer_id = p.customer_id
        where p.workspace_id = ${w}::uuid and p.state in ('approved', 'presented', 'accepted') group by 1, 2) needs group by 1) x`;
  return row ?? { k: 0, n: 0 };
}

/**
 * How conflicts of the last year ended: decided or let stand out of all that were opened, and the median of hours until then.
 * Those that never bound anybody, between two records that only look alike, are left out (DOMAIN 6D).
 */
async function readConflicts(ctx: Context): Promise<{ k: number; n: number; medianHours: number | null }> {
  const w = ctx.workspaceId;
  const [row] = await ctx.db.$queryRaw<{ k: number; n: number; medianHours: number | null }[]>`
    select count(*)::int as n, count(resolved_at)::int as k,
      percentile_cont(0.5) within group (order by extract(epoch from resolved_at - opened_at)::float8 / 3600) as "medianHours"
    from (select opened_at, resolved_at from conflict_cases where workspace_id = ${w}::uuid and not is_potential
      and opened_at > ${new Date(ctx.now.getTime() - 365 * day)} order by opened_at desc limit 5000) c`;
  return row ?? { k: 0, n: 0, medianHours: null };
}

/**
 * What was given away in the last year: discounts within authority, leakage beyond it in the workspace's currency (DOMAIN F55),
 * each seller's effect from twenty proposals on (DOMAIN F53), customers with more than one live price, and how long conflicts took. At most 5,000 proposals.
 */
export async function reportDiscounts(ctx: Context): Promise<DiscountReport> {
  requirePermission(ctx, "reports.read");
  const [rows, disagreeing, conflicts] = await Promise.all([
    readHandedIn(ctx),
    countDisagreeing(ctx),
    readConflicts(ctx),
  ]);
  let leakageMinor = 0;
  for (const row of rows) {
    const { leakage } = leakageOf(row.listMinor, row.authorityBp, row.discountBp);
    leakageMinor += convert(leakage, row.currency, ctx.currency, row.rateMicro ?? oneToOne);
  }
  const within = rows.filter(({ discountBp, authorityBp }) => discountBp <= authorityBp).length;
  const { sellers } = sellerEffects(
    rows.map(({ sellerId, segment, discountBp }) => ({ seller: sellerId, segment, discount: discountBp / 10_000 })),
  );
  const names = new Map(rows.map(({ sellerId, sellerName }) => [sellerId, sellerName]));
  return {
    ...{ currency: ctx.currency, proposals: rows.length, leakageMinor },
    withinAuthority: rateOf(within, rows.length),
    customersInConflict: rateOf(disagreeing.k, disagreeing.n),
    conflictsDecided: rateOf(conflicts.k, conflicts.n),
    hoursToDecide: conflicts.medianHours,
    sellers: sellers
      .map(({ seller, n, effect, isShown }) => ({
        ...{ sellerId: seller, sellerName: names.get(seller) ?? "", n },
        ...{ effect: isShown ? effect : null, needs: Math.max(0, enoughForSeller - n) },
      }))
      .sort((a, b) => (b.effect ?? Number.NEGATIVE_INFINITY) - (a.effect ?? Number.NEGATIVE_INFINITY) || b.n - a.n),
  };
}
