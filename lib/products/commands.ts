import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId, newId } from "../identifiers";
import { record, sqlState, transaction } from "../transaction";
import { type AddPriceBook, type AddProduct, type EditPriceBook, type EditProduct, isCurrency } from "./schema";

const isTaken = (error: unknown) => sqlState(error) === "23505" || (error as { code?: string }).code === "P2002";
const dateOf = (text: string) => new Date(`${text}T00:00:00Z`);

/** Runs a write whose name may be taken; throws `conflict` `duplicate` with the field when it is. */
async function named<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new AppError("conflict", "duplicate", { fields: { name: "duplicate" } });
  }
}

/** Adds a product to what is sold. Throws `conflict` `duplicate` when its name is taken. */
export async function addProduct(ctx: Context, input: AddProduct): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "prices.edit");
  return transaction(ctx, async (ctx) => {
    const id = newId();
    await named(() => ctx.db.product.create({ data: { workspaceId: ctx.workspaceId, id, ...input } }));
    record(ctx, "product.added", { subject: `product:${id}`, detail: input });
    return { id, version: 1 };
  });
}

/** Changes a product's family or takes it off sale; proposals that name it keep it. */
export async function editProduct(ctx: Context, input: EditProduct): Promise<{ version: number }> {
  requirePermission(ctx, "prices.edit");
  return transaction(ctx, async (ctx) => {
    const { id, version, family, isArchived } = input;
    const { workspaceId } = ctx;
    const found = isId(id) ? await ctx.db.product.findFirst({ where: { workspaceId, id } }) : null;
    if (!found) throw new AppError("not_found", "product");
    const { count } = await ctx.db.product.updateMany({
      where: { workspaceId, id, version },
      data: {
        ...(family === undefined ? {} : { family }),
        ...(isArchived === undefined ? {} : { archivedAt: isArchived ? ctx.now : null }),
        version: { increment: 1 },
      },
    });
    if (count === 0) throw new AppError("conflict", "version", { current: { version: found.version } });
    record(ctx, "product.edited", {
      subject: `product:${id}`,
      detail: { before: { family: found.family, archivedAt: found.archivedAt }, after: { family, isArchived } },
    });
    return { version: version + 1 };
  });
}

/** Ends the book that another takes the place of, on the day before that one begins. */
async function endBefore(ctx: Context, { id, version }: { id: string; version: number }, start: string): Promise<void> {
  const { workspaceId } = ctx;
  const found = isId(id) ? await ctx.db.priceBook.findFirst({ where: { workspaceId, id } }) : null;
  if (!found) throw new AppError("not_found", "price_book");
  if (dateOf(start) <= found.validFrom)
    throw new AppError("invalid", "before_start", { fields: { validFrom: "before_start" } });
  const validTo = new Date(dateOf(start).getTime() - 86_400_000);
  const isSooner = found.validTo === null || found.validTo > validTo;
  const { count } = await ctx.db.priceBook.updateMany({
    where: { workspaceId, id, version },
    data: { ...(isSooner ? { validTo } : {}), version: { increment: 1 } },
  });
  if (count === 0) throw new AppError("conflict", "version", { current: { version: found.version } });
  record(ctx, "price_book.edited", {
    subject: `price_book:${id}`,
    detail: { before: { validTo: found.validTo }, after: { validTo: isSooner ? validTo : found.validTo } },
  });
}

/** Adds a book of list prices with its lines, in the place of another from its first day on when that one is named. Throws `not_found` for a product that is not here or off sale. */
export async function addPriceBook(ctx: Context, input: AddPriceBook): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "prices.edit");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { lines, rateMicro, validFrom, validTo, replaces, ...rest } = input;
    const products = lines.map(({ productId }) => productId);
    const known = await ctx.db.product.count({ where: { workspaceId, id: { in: products }, archivedAt: null } });
    if (known !== products.length) throw new AppError("not_found", "product");
    if (!isCurrency(rest.currency))
      throw new AppError("invalid", "no_currency", { fields: { currency: "no_currency" } });
    if (replaces) await endBefore(ctx, replaces, validFrom);
    const id = newId();
    await named(() =>
      ctx.db.priceBook.create({
        data: {
          ...{ workspaceId, id, ...rest, createdAt: ctx.now, rateMicro: rateMicro === null ? null : BigInt(rateMicro) },
          ...{ validFrom: dateOf(validFrom), validTo: validTo === null ? null : dateOf(validTo) },
        },
      }),
    );
    await ctx.db.priceBookLine.createMany({
      data: lines.map(({ unitMinor, costMinor, ...line }) => ({
        ...{ workspaceId, priceBookId: id, ...line, unitMinor: BigInt(unitMinor) },
        costMinor: costMinor === null ? null : BigInt(costMinor),
      })),
    });
    record(ctx, "price_book.added", { subject: `price_book:${id}`, detail: input });
    return { id, version: 1 };
  });
}

/** Sets a book's rate or its last day. Proposals keep the prices they were drafted at and stamp the rate when they are presented. */
export async function editPriceBook(ctx: Context, input: EditPriceBook): Promise<{ version: number }> {
  requirePermission(ctx, "prices.edit");
  return transaction(ctx, async (ctx) => {
    const { id, version, rateMicro, validTo } = input;
    const { workspaceId } = ctx;
    const found = isId(id) ? await ctx.db.priceBook.findFirst({ where: { workspaceId, id } }) : null;
    if (!found) throw new AppError("not_found", "price_book");
    if (validTo && dateOf(validTo) < found.validFrom)
      throw new AppError("invalid", "invalid", { fields: { validTo: "before_start" } });
    const { count } = await ctx.db.priceBook.updateMany({
      where: { workspaceId, id, version },
      data: {
        ...(rateMicro === undefined ? {} : { rateMicro: BigInt(rateMicro) }),
        ...(validTo === undefined ? {} : { validTo: validTo === null ? null : dateOf(validTo) }),
        version: { increment: 1 },
      },
    });
    if (count === 0) throw new AppError("conflict", "version", { current: { version: found.version } });
    record(ctx, "price_book.edited", {
      subject: `price_book:${id}`,
      detail: { before: { rateMicro: found.rateMicro, validTo: found.validTo }, after: { rateMicro, validTo } },
    });
    return { version: version + 1 };
  });
}
