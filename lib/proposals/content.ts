import { createHash } from "node:crypto";
import { dayKey } from "../calendar/day";
import type { Context } from "../context";
import { AppError, type FieldErrors } from "../errors";
import { type OptionPrices, priceOptions } from "./options";
import { judgeOf, policyInForce } from "./policy";
import type { Price, Tax, Tier } from "./price";
import type { DraftProposal } from "./schema";

/** Today where the workspace is, `YYYY-MM-DD`. */
export const todayOf = (ctx: Context) => dayKey(ctx.timeZone, ctx.now);
export const dateOf = (text: string) => new Date(`${text}T00:00:00Z`);
export const textOf = (date: Date) => date.toISOString().slice(0, 10);
export const oneToOne = 1_000_000;

type Wanted = Pick<DraftProposal, "lines" | "scopeTags" | "termMonths" | "freeMonths" | "validTo">;
type Book = Tax & { id: string; currency: string; rateMicro: number | null; validFrom: string; validTo: string | null };
type ListPrice = {
  productId: string;
  name: string;
  family: string;
  recurrence: "once" | "monthly";
  unitMinor: number;
  costMinor: number | null;
};

export type PricedContent = {
  book: Book & { rateMicro: number };
  lines: (Omit<ListPrice, "name" | "family"> & { quantity: number; discountBp: number; isOptional: boolean })[];
  scopeTags: string[];
  families: string[];
  price: Price;
  /** Null where nothing is the customer's to choose. */
  options: OptionPrices | null;
  tiers: Tier[];
  authorityBp: number;
  hash: string;
};

const wrong = (fields: FieldErrors) => new AppError("invalid", Object.values(fields)[0] ?? "invalid", { fields });

async function loadBook(ctx: Context, id: string): Promise<Book> {
  const [book] = await ctx.db.$queryRaw<Book[]>`
    select id, currency, rate_micro::float8 as "rateMicro", is_tax_included as "isTaxIncluded", tax_bp as "taxBp", valid_from::text as "validFrom", valid_to::text as "validTo" from price_books
    where workspace_id = ${ctx.workspaceId}::uuid and id = ${id}::uuid`;
  if (!book) throw new AppError("not_found", "price_book");
  return book;
}

/** Units of the workspace's currency for one of the book's, in millionths. Throws `invalid` `rate_missing` while nobody said. */
export async function rateOfBook(ctx: Context, id: string): Promise<Book & { rateMicro: number }> {
  const book = await loadBook(ctx, id);
  const rateMicro = book.currency === ctx.currency ? oneToOne : book.rateMicro;
  if (rateMicro === null) throw wrong({ currency: "rate_missing" });
  return { ...book, rateMicro };
}

function readPrices(ctx: Context, bookId: string, products: readonly string[]): Promise<ListPrice[]> {
  const w = ctx.workspaceId;
  return ctx.db.$queryRaw<ListPrice[]>`
    select l.product_id as "productId", p.name, p.family, l.recurrence, l.unit_minor::float8 as "unitMinor", l.cost_minor::float8 as "costMinor"
    from price_book_lines l join products p on p.workspace_id = ${w}::uuid and p.id = l.product_id and p.archived_at is null
    where l.workspace_id = ${w}::uuid and l.price_book_id = ${bookId}::uuid and l.product_id = any(${[...products]}::uuid[])`;
}

async function requireProducts(ctx: Context, products: readonly string[]): Promise<void> {
  const ids = [...new Set(products)];
  const known = await ctx.db.product.count({ where: { workspaceId: ctx.workspaceId, id: { in: ids } } });
  if (known !== ids.length) throw new AppError("not_found", "product");
}

/** Dates and months that no proposal can have, field by field. */
function checkDates(wanted: Wanted, book: Book, today: string): void {
  if (wanted.validTo < today) throw wrong({ validTo: "past" });
  if (wanted.freeMonths >= wanted.termMonths) throw wrong({ freeMonths: "too_many" });
  if (book.validFrom > today || (book.validTo !== null && book.validTo < today))
    throw wrong({ priceBookId: "price_book_ended" });
}

/**
 * The content of a proposal at today's list prices: its price, who has to approve it, and the hash that approvals bind to.
 * Throws `invalid` with the field for a currency without a rate, a list price of zero, a product that is not in the book, a price
 * book that does not hold today, and a date that is past.
 */
export async function priceContent(ctx: Context, bookId: string, wanted: Wanted): Promise<PricedContent> {
  const book = await rateOfBook(ctx, bookId);
  const products = wanted.lines.map(({ productId }) => productId);
  await requireProducts(ctx, products);
  checkDates(wanted, book, todayOf(ctx));
  const prices = await readPrices(ctx, bookId, products);
  const found = wanted.lines.map((line, place) => {
    const list = prices.find(({ productId }) => productId === line.productId);
    if (!list) throw wrong({ [`lines.${place}.productId`]: "not_in_book" });
    if (list.unitMinor === 0) throw wrong({ [`lines.${place}.productId`]: "list_zero" });
    return { ...line, list };
  });
  const lines = found.map(({ list: { name: _n, family: _f, ...list }, ...line }) => ({ ...list, ...line }));
  const { termMonths, freeMonths } = wanted;
  const priced = priceOptions(lines, { termMonths, freeMonths }, book);
  if (!priced) throw wrong({ lines: lines.every((line) => line.isOptional) ? "only_options" : "list_zero" });
  const price = priced.base;
  if (priced.full.list > 1e14) throw wrong({ lines: "too_large" });
  const tags = wanted.scopeTags.length > 0 ? wanted.scopeTags : found.map(({ list }) => list.name.toLowerCase());
  const scopeTags = [...new Set(tags)].sort();
  const { validTo } = wanted;
  const options = lines.some((line) => line.isOptional) ? priced : null;
  const signed = { book: bookId, lines, scopeTags, termMonths, freeMonths, validTo };
  return {
    ...{ book, lines, scopeTags, price, options },
    families: [...new Set(found.map(({ list }) => list.family))].sort(),
    ...judgeOf(ctx, { ...judgedOf(price, options), ...book }, await policyInForce(ctx)),
    hash: createHash("sha256").update(JSON.stringify(signed)).digest("hex"),
  };
}

/** What of a price is judged: with options, the largest size and the worst that any choice comes to (DOMAIN F54). */
function judgedOf(price: Price, options: OptionPrices | null) {
  if (!options) return { listMinor: price.list, discountBp: price.discountBp, marginBp: price.marginBp };
  return { listMinor: options.full.list, discountBp: options.worstDiscountBp, marginBp: options.worstMarginBp };
}

/** The columns of a proposal that its content decides. */
export function columnsOf(
  { price, options, families, scopeTags, tiers, hash, ...rest }: PricedContent,
  wanted: Wanted,
) {
  return {
    ...{ families, scopeTags, tiers, contentHash: hash, authorityBp: rest.authorityBp },
    ...{ currency: rest.book.currency, rateMicro: BigInt(rest.book.rateMicro) },
    ...{ isTaxIncluded: rest.book.isTaxIncluded, taxBp: rest.book.taxBp },
    ...{ termMonths: wanted.termMonths, freeMonths: wanted.freeMonths, validTo: dateOf(wanted.validTo) },
    ...{ listMinor: BigInt(price.list), netMinor: BigInt(price.net), monthlyMinor: BigInt(price.monthly) },
    ...{ costMinor: price.cost === null ? null : BigInt(price.cost) },
    ...{ discountBp: price.discountBp, marginBp: price.marginBp },
    ...{ fullListMinor: options && BigInt(options.full.list), fullNetMinor: options && BigInt(options.full.net) },
    ...{ worstDiscountBp: options?.worstDiscountBp ?? null, worstMarginBp: options?.worstMarginBp ?? null },
  };
}

/** Writes the lines of one revision; those of earlier ones stay. */
export async function writeLines(ctx: Context, id: string, revision: number, content: PricedContent): Promise<void> {
  await ctx.db.proposalLine.createMany({
    data: content.lines.map(({ unitMinor, costMinor, ...line }, position) => ({
      ...{ workspaceId: ctx.workspaceId, proposalId: id, revision, position, ...line },
      ...{ unitMinor: BigInt(unitMinor), costMinor: costMinor === null ? null : BigInt(costMinor) },
    })),
  });
}
