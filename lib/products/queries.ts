import { requirePermission } from "../auth/permissions";
import { dayKey } from "../calendar/day";
import type { Context } from "../context";
import type { KeptPriceBook, PriceBookView, ProductRow } from "./schema";

/** What is sold, by name, at most 500; what was taken off sale last. */
export async function listProducts(ctx: Context): Promise<ProductRow[]> {
  requirePermission(ctx, "views.use");
  const w = ctx.workspaceId;
  return ctx.db.$queryRaw<ProductRow[]>`
    select id, name, family, archived_at is not null as "isArchived", version from products
    where workspace_id = ${w}::uuid order by archived_at is not null, name, id limit 500`;
}

/** The price books that hold today, the newest first, at most 50; without their costs. */
export async function listPriceBooks(ctx: Context): Promise<PriceBookView[]> {
  requirePermission(ctx, "views.use");
  const w = ctx.workspaceId;
  return ctx.db.$queryRaw<PriceBookView[]>`
    select b.id, b.name, b.currency, b.rate_micro::float8 as "rateMicro", b.is_tax_included as "isTaxIncluded", b.tax_bp as "taxBp", b.valid_from::text as "validFrom", b.valid_to::text as "validTo", b.version,
      (select coalesce(json_agg(json_build_object('productId', p.id, 'productName', p.name, 'family', p.family, 'recurrence', l.recurrence,
          'unitMinor', l.unit_minor) order by p.family, p.name), '[]')
        from price_book_lines l join products p on p.workspace_id = ${w}::uuid and p.id = l.product_id and p.archived_at is null
        where l.workspace_id = ${w}::uuid and l.price_book_id = b.id) as lines
    from price_books b where b.workspace_id = ${w}::uuid and (b.valid_to is null or b.valid_to >= ${dayKey(ctx.timeZone, ctx.now)}::date)
    order by b.valid_from desc, b.name, b.id limit 50`;
}

/** Every price book with its costs, also ended and announced ones, the latest first, at most 100. For who keeps prices. */
export async function listKeptPriceBooks(ctx: Context): Promise<KeptPriceBook[]> {
  requirePermission(ctx, "prices.edit");
  const w = ctx.workspaceId;
  const today = dayKey(ctx.timeZone, ctx.now);
  return ctx.db.$queryRaw<KeptPriceBook[]>`
    select b.id, b.name, b.currency, b.rate_micro::float8 as "rateMicro", b.is_tax_included as "isTaxIncluded", b.tax_bp as "taxBp", b.valid_from::text as "validFrom", b.valid_to::text as "validTo", b.version,
      case when b.valid_to < ${today}::date then 'past' when b.valid_from > ${today}::date then 'announced' else 'in_force' end as standing,
      (select coalesce(json_agg(json_build_object('productId', p.id, 'productName', p.name, 'family', p.family, 'recurrence', l.recurrence,
          'unitMinor', l.unit_minor, 'costMinor', l.cost_minor, 'isArchived', p.archived_at is not null) order by p.family, p.name), '[]')
        from price_book_lines l join products p on p.workspace_id = ${w}::uuid and p.id = l.product_id
        where l.workspace_id = ${w}::uuid and l.price_book_id = b.id) as lines
    from price_books b where b.workspace_id = ${w}::uuid
    order by (b.valid_to is not null and b.valid_to < ${today}::date), b.valid_from desc, b.name, b.id limit 100`;
}
