import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { addPriceBook } from "@/lib/products/commands";
import { listPriceBooks } from "@/lib/products/queries";
import { AddPriceBook } from "@/lib/products/schema";
import { getProposal } from "@/lib/proposals/queries";
import { makeMember, type TestMember } from "../../support/factories";
import { offer, offerOf, openShop, type Shop } from "../../support/offered";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let shop: Shop;
let tess: TestMember;
let keeper: Context;

beforeAll(async () => {
  team = await Team.make();
  tess = await makeMember(team.workspace, { name: "Tess Territory", roles: ["sales", "osc"], spoke: "sales" });
  keeper = await team.as(team.workspace.owner, monday, ["owner", "admin", "manager"]);
  shop = await openShop(keeper);
});

/** The same products at prices that hold 18 % of tax. */
async function taxedShop(name: string, factor: number): Promise<Shop> {
  const { onsite, support, training } = shop.products;
  const line = (productId: string, unitMinor: number) => ({ productId, unitMinor: Math.round(unitMinor * factor) });
  const lines = [line(onsite, 60_000), line(support, 30_000), line(training, 10_000)];
  const book = { name, currency: keeper.currency, isTaxIncluded: true, taxBp: 1_800, validFrom: "2026-01-01", lines };
  const { id } = await team.run(() => addPriceBook(keeper, AddPriceBook.parse(book)));
  return { ...shop, bookId: id };
}

describe("prices with tax beside prices without it (DOMAIN 11)", () => {
  test("are compared without the tax: the same price is no conflict, a higher one is", async () => {
    const seller = await team.as(team.seller, monday, ["sales", "osc"]);
    const other = await team.as(tess, later(5), ["sales", "osc"]);
    const kindsOf = async (taxed: Shop, name: string) => {
      const { customerId } = await team.customer(name);
      await offer(seller, offerOf(shop, customerId, 0));
      const { id } = await offer(other, offerOf(taxed, customerId, 0));
      const read = await team.run(async () => getProposal(await team.as(team.manager, later(9)), { id }));
      return { kinds: read.conflictList[0]?.kinds, gap: read.conflictList[0]?.gap, read };
    };
    const same = await kindsOf(await taxedShop("With tax", 1.18), "Same price");
    expect([same.kinds, same.gap]).toEqual([["parallel"], 0]);
    expect(same.read).toMatchObject({ netMinor: 118_000, isTaxIncluded: true, taxBp: 1_800 });
    const dear = await kindsOf(await taxedShop("With tax, dearer", 1.18 * 1.1), "Dearer");
    expect(dear.kinds).toEqual(["price", "parallel"]);
    expect(dear.gap).toBeCloseTo(1 - 1 / 1.1, 4);
  });

  test("a book that holds the tax says how high it is", async () => {
    const lines = [{ productId: shop.products.onsite, unitMinor: 100 }];
    const book = { name: "No rate", currency: keeper.currency, isTaxIncluded: true, validFrom: "2026-01-01", lines };
    const wrong = AddPriceBook.safeParse(book).error?.issues.map(({ path, message }) => [path.join("."), message]);
    expect(wrong).toEqual([["taxBp", "tax_rate_missing"]]);
    const books = await team.run(() => listPriceBooks(keeper));
    expect(books.find(({ name }) => name === "With tax")).toMatchObject({ isTaxIncluded: true, taxBp: 1_800 });
  });
});
