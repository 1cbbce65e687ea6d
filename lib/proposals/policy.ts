import { canAs, requirePermission } from "../auth/permissions";
import { dayKey } from "../calendar/day";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../identifiers";
import { currencyExponent } from "../money";
import { record, transaction } from "../transaction";
import { authorityBp, type Band, convert, type PricePolicy, requiredTiers, type Tier, usualPolicy } from "./price";
import type { PricePolicyView, SetPricePolicy } from "./rule-schema";

type Numbered = { bands: Band[]; marginFloorBp: number; number: number | null };

/** The matrix and the margin floor that hold today; the usual ones while the workspace set none (DOMAIN F54). */
export async function policyInForce(ctx: Context): Promise<Numbered> {
  const [row] = await ctx.db.$queryRaw<{ number: number; bands: Band[]; marginFloorBp: number }[]>`
    select number, bands, margin_floor_bp as "marginFloorBp" from price_policies
    where workspace_id = ${ctx.workspaceId}::uuid and valid_from <= ${dayKey(ctx.timeZone, ctx.now)}::date
    order by valid_from desc, number desc limit 1`;
  return row ?? { bands: [...usualPolicy.bands], marginFloorBp: usualPolicy.marginFloorBp, number: null };
}

type Judged = {
  listMinor: number | bigint;
  currency: string;
  rateMicro: number | bigint | null;
  discountBp: number;
  marginBp: number | null;
};

type Standing = Judged & { fullListMinor: bigint | null; worstDiscountBp: number | null; worstMarginBp: number | null };

/** What of a proposal is judged when it is handed in: with options, the largest size and the worst of any choice. */
export function judgedOfStanding(found: Standing): Judged {
  const { fullListMinor, worstDiscountBp, worstMarginBp } = found;
  if (fullListMinor === null) return found;
  const { currency, rateMicro, discountBp } = found;
  return {
    currency,
    rateMicro,
    listMinor: fullListMinor,
    discountBp: worstDiscountBp ?? discountBp,
    marginBp: worstMarginBp,
  };
}

/** Who has to approve a price by a policy, and what its seller may give on her own; its size is the list total in the workspace's currency (DOMAIN F54). */
export function judgeOf(
  ctx: Pick<Context, "currency">,
  { listMinor, currency, rateMicro, discountBp, marginBp }: Judged,
  policy: PricePolicy,
): { tiers: Tier[]; authorityBp: number } {
  const rate = rateMicro === null ? 1_000_000 : Number(rateMicro);
  const size = convert(Number(listMinor), currency, ctx.currency, rate) / 10 ** currencyExponent(ctx.currency);
  return { tiers: requiredTiers({ size, discountBp, marginBp }, policy), authorityBp: authorityBp(size, policy) };
}

/** Every version of the matrix, the newest first, at most fifty, and which of them holds today. */
export async function listPolicies(ctx: Context): Promise<PricePolicyView[]> {
  requirePermission(ctx, "prices.edit");
  const w = ctx.workspaceId;
  const today = dayKey(ctx.timeZone, ctx.now);
  const { number } = await policyInForce(ctx);
  const rows = await ctx.db.$queryRaw<Omit<PricePolicyView, "standing">[]>`
    select p.number, p.bands, p.margin_floor_bp as "marginFloorBp", p.valid_from::text as "validFrom", app.iso(p.created_at) as "createdAt",
      m.name as "byName"
    from price_policies p left join members m on m.workspace_id = ${w}::uuid and m.id = p.created_by_id
    where p.workspace_id = ${w}::uuid order by p.number desc limit 50`;
  return rows.map((row) => ({
    ...row,
    standing: row.number === number ? "in_force" : row.validFrom > today ? "announced" : "past",
  }));
}

/**
 * Sets the approval matrix and the margin floor from a day on, today at the earliest: proposals that were handed in keep what
 * they were judged by. For who keeps the matrix. Throws `conflict` when somebody set another since it was read.
 */
export async function setPricePolicy(ctx: Context, input: SetPricePolicy): Promise<{ version: number }> {
  if (!canAs(ctx.roles, "discounts.approve", "matrix")) throw new AppError("forbidden", "discounts.approve");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const today = dayKey(ctx.timeZone, ctx.now);
    const { version, bands, marginFloorBp, validFrom = today } = input;
    if (validFrom < today) throw new AppError("invalid", "past", { fields: { validFrom: "past" } });
    // Two keepers at one moment wait for each other here.
    await ctx.db.$queryRaw`select 1 from workspace_settings where workspace_id = ${workspaceId}::uuid for update`;
    const before = await ctx.db.pricePolicy.findFirst({ where: { workspaceId }, orderBy: { number: "desc" } });
    const newest = before?.number ?? 0;
    if (newest !== version) throw new AppError("conflict", "version", { current: { version: newest } });
    const id = newId();
    const dates = { validFrom: new Date(`${validFrom}T00:00:00Z`), createdAt: ctx.now, createdById: ctx.memberId };
    await ctx.db.pricePolicy.create({
      data: { workspaceId, id, number: newest + 1, bands, marginFloorBp, ...dates },
    });
    record(ctx, "price_policy.set", {
      subject: `price_policy:${id}`,
      detail: {
        before: before && { number: before.number, bands: before.bands, marginFloorBp: before.marginFloorBp },
        after: { number: newest + 1, bands, marginFloorBp, validFrom },
      },
    });
    return { version: newest + 1 };
  });
}
