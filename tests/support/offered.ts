import type { z } from "zod";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { offerLink } from "@/lib/offers/commands";
import { addPriceBook, addProduct } from "@/lib/products/commands";
import { AddPriceBook, type PriceBookLine } from "@/lib/products/schema";
import { grantAuthority, submitProposal } from "@/lib/proposals/approvals";
import { draftProposal, presentProposal } from "@/lib/proposals/commands";
import { DraftProposal } from "@/lib/proposals/schema";

export type Shop = { bookId: string; products: Record<"onsite" | "support" | "training", string> };

/** Three products of one family and a price book: 1,000.00 in all, at a cost of half. `keeper` is an admin. */
export async function openShop(
  keeper: Context,
  {
    prices = [60_000, 30_000, 10_000],
    ...rest
  }: { prices?: [onsite: number, support: number, training: number] } & object = {},
): Promise<Shop> {
  return inWorkspace(keeper.workspaceId, async () => {
    const add = async (name: string) => (await addProduct(keeper, { name, family: "services" })).id;
    const products = { onsite: await add("Onsite"), support: await add("Support"), training: await add("Training") };
    const line = (productId: string, unitMinor: number): z.input<typeof PriceBookLine> => ({
      ...{ productId, unitMinor, costMinor: unitMinor / 2 },
    });
    const [onsite, support, training] = prices;
    const lines = [line(products.onsite, onsite), line(products.support, support), line(products.training, training)];
    const { currency } = keeper;
    const book = { name: "List 2026", currency, validFrom: "2026-01-01", lines, ...rest };
    return { products, bookId: (await addPriceBook(keeper, AddPriceBook.parse(book))).id };
  });
}

/** Everything in the shop for a customer, at one discount. */
export function offerOf(shop: Shop, customerId: string, discountBp: number, rest: object = {}): DraftProposal {
  const lines = Object.values(shop.products).map((productId) => ({ productId, quantity: 1, discountBp }));
  const dates = { validTo: "2026-03-31" };
  return DraftProposal.parse({ customerId, need: "Lot 42", priceBookId: shop.bookId, lines, ...dates, ...rest });
}

/** Drafts and hands in. */
export async function offer(
  ctx: Context,
  input: DraftProposal,
): Promise<{ id: string; version: number; state: string }> {
  return inWorkspace(ctx.workspaceId, async () => {
    const drafted = await draftProposal(ctx, input);
    return { id: drafted.id, ...(await submitProposal(ctx, drafted)) };
  });
}

/** Two offers for one need of a customer that disagree, the first of them presented, and a director by name; the id of the second. */
export async function furnishProposals(manager: Context, customerId: string): Promise<string> {
  const shop = await openShop(manager);
  const validTo = new Date(manager.now.getTime() + 20 * 86_400_000).toISOString().slice(0, 10);
  const first = await offer(manager, offerOf(shop, customerId, 0, { validTo }));
  const memberId = manager.memberId ?? "";
  await inWorkspace(manager.workspaceId, () => grantAuthority(manager, { memberId, tier: "director", validTo: null }));
  await inWorkspace(manager.workspaceId, () => presentProposal(manager, first));
  return (await offer(manager, offerOf(shop, customerId, 1500, { validTo }))).id;
}

/** The token of the page of a customer's presented offer. */
export async function linkOffer(ctx: Context, customerId: string): Promise<string> {
  const where = { workspaceId: ctx.workspaceId, customerId, state: "presented" };
  return inWorkspace(ctx.workspaceId, async () => {
    const { id } = await ctx.db.proposal.findFirstOrThrow({ where, select: { id: true } });
    return (await offerLink(ctx, { id })).address.split("/c/offer/")[1] ?? "";
  });
}
