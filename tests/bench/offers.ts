import type pg from "pg";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { offer, offerOf, openShop, type Shop } from "../support/offered";

/** The needs of which every customer has an offer that stands. */
export const needs = ["Lot 1", "Lot 2", "Lot 3", "Lot 4", "Lot 5"] as const;

/** An offer for a need of a customer, good for twenty days from the reader's today. */
export function bidOf(ctx: Context, shop: Shop, customerId: string, need: string, discountBp: number) {
  const validTo = new Date(ctx.now.getTime() + 20 * 86_400_000).toISOString().slice(0, 10);
  return offerOf(shop, customerId, discountBp, { need, validTo });
}

async function openedShop(ctx: Context): Promise<Shop> {
  const { workspaceId } = ctx;
  const book = await inWorkspace(workspaceId, () =>
    ctx.db.priceBook.findFirst({ where: { workspaceId }, orderBy: { id: "asc" } }),
  );
  if (!book) return openShop(ctx);
  const products = await inWorkspace(workspaceId, () => ctx.db.product.findMany({ where: { workspaceId } }));
  const of = (name: string) => products.find((each) => each.name === name)?.id ?? "";
  return { bookId: book.id, products: { onsite: of("Onsite"), support: of("Support"), training: of("Training") } };
}

/**
 * Gives every customer of the workspace an offer of record for each need, copied from one that the product's own commands made;
 * once. The connection's role must bypass row security and may switch triggers off. Answers the shop and how many stand.
 */
export async function makeOffers(
  client: pg.Client,
  ctx: Context,
  customerIds: readonly string[],
): Promise<{ shop: Shop; standing: number }> {
  const { workspaceId } = ctx;
  const shop = await openedShop(ctx);
  const count = async () => {
    const { rows } = await client.query<{ n: number }>(
      "select count(*)::int as n from proposals where workspace_id = $1 and is_oor",
      [workspaceId],
    );
    return rows[0]?.n ?? 0;
  };
  if ((await count()) < customerIds.length * needs.length) {
    const { id } = await offer(ctx, bidOf(ctx, shop, customerIds[0] ?? "", "The model", 0));
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    await client.query("delete from proposals where workspace_id = $1 and need_key like 'lot %'", [workspaceId]);
    await client.query(
      `insert into proposals select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'customer_id', c.id, 'need', n.need,
         'need_key', lower(n.need)))).* from proposals p, unnest($3::uuid[]) c (id), unnest($4::text[]) n (need) where p.workspace_id = $1 and p.id = $2`,
      [workspaceId, id, customerIds, needs],
    );
    await client.query("commit");
    await client.query("vacuum analyze proposals");
  }
  return { shop, standing: await count() };
}
