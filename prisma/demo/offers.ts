import { setParent } from "../../lib/accounts/commands";
import type { Context } from "../../lib/context";
import { inWorkspace } from "../../lib/db";
import { offerLink } from "../../lib/offers/commands";
import { addPriceBook, addProduct } from "../../lib/products/commands";
import { AddPriceBook } from "../../lib/products/schema";
import { approveProposal, grantAuthority, submitProposal } from "../../lib/proposals/approvals";
import { draftProposal, presentProposal } from "../../lib/proposals/commands";
import { DraftProposal } from "../../lib/proposals/schema";
import { setSellingTeam } from "../../lib/selling-teams/commands";
import { contextAs } from "./stage";

const day = 86_400_000;

const sold = [
  ["Alder, three bedrooms", "homes", 52_900_000, 41_000_000],
  ["Kitchen with island", "options", 1_450_000, 900_000],
  ["Heat pump", "options", 980_000, 610_000],
  ["Covered terrace", "options", 1_120_000, 700_000],
] as const;

/** What Harrow & Pine sells, at its list prices; and who may approve more than a manager. */
async function openBook(keeper: Context): Promise<{ bookId: string; products: string[] }> {
  const lines: { productId: string; unitMinor: number; costMinor: number }[] = [];
  for (const [name, family, unitMinor, costMinor] of sold)
    lines.push({ productId: (await addProduct(keeper, { name, family })).id, unitMinor, costMinor });
  const validFrom = keeper.now.toISOString().slice(0, 10);
  const book = { name: "Cedar Ridge", currency: keeper.currency, validFrom, lines };
  const { id: bookId } = await addPriceBook(keeper, AddPriceBook.parse(book));
  for (const tier of ["director", "finance"] as const)
    await grantAuthority(keeper, { memberId: keeper.memberId ?? "", tier, validTo: null });
  return { bookId, products: lines.map(({ productId }) => productId) };
}

/** Two households that buy side by side are one account: what one of them is offered binds the sellers of both. */
async function joinAccount(boss: Context, parentId: string): Promise<void> {
  const where = { workspaceId: boss.workspaceId, name: "Rosa & Will Kern", mergedIntoId: null };
  const neighbours = await boss.db.customer.findFirst({ where, select: { id: true } });
  if (neighbours) await setParent(boss, { customerId: neighbours.id, version: 0, parentId });
}

/** Three sellers and one lot: the first offer was presented and binds, the second and third were stopped. */
export async function offerThrice(workspaceId: string, ids: Map<string, string>, end: Date): Promise<void> {
  const at = (daysAgo: number) => new Date(end.getTime() - daysAgo * day);
  const as = (key: string, daysAgo: number) => contextAs(workspaceId, ids, key, at(daysAgo));
  const boss = async (daysAgo: number): Promise<Context> => ({
    ...(await as("owner", daysAgo)),
    roles: ["owner", "admin", "manager"],
  });
  const keeper = await boss(20);
  await inWorkspace(workspaceId, async () => {
    const { bookId, products } = await openBook(keeper);
    const where = { workspaceId, name: "Sam & Ada Abara", mergedIntoId: null };
    const { id: customerId } = await keeper.db.customer.findFirstOrThrow({ where, select: { id: true } });
    const validTo = at(-21).toISOString().slice(0, 10);
    await joinAccount(keeper, customerId);
    const offer = async (ctx: Context, parts: number, discountBp: number, options = 0) => {
      const lines = products
        .slice(0, parts + options)
        .map((productId, place) => ({ productId, quantity: 1, discountBp, isOptional: place >= parts }));
      const wanted = { customerId, need: "Lot 8", priceBookId: bookId, lines, validTo };
      const { id, version } = await draftProposal(ctx, DraftProposal.parse(wanted));
      return { id, ...(await submitProposal(ctx, { id, version })) };
    };
    const ines = await as("ines", 9);
    const [coordinatorId, other] = [ids.get("ines") ?? "", ids.get("marcus") ?? ""];
    await setSellingTeam(ines, { customerId, version: 0, coordinatorId, memberIds: [coordinatorId, other] });
    const first = await offer(ines, 3, 0, 1);
    await presentProposal(ines, first);
    await offerLink(ines, { id: first.id });
    const cheap = await offer(await as("marcus", 5), 3, 1_200);
    await approveProposal(await boss(4), { id: cheap.id, version: cheap.version, note: "If the lender says yes." });
    await offer(await boss(2), 2, 0);
  });
}
