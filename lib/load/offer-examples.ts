import { systemContext } from "../auth/context";
import type { Context } from "../context";
import { createCustomer } from "../customers/create";
import { CreateCustomer } from "../customers/schema";
import { Prisma } from "../generated/prisma/client";
import { addPriceBook, addProduct } from "../products/commands";
import { AddPriceBook } from "../products/schema";
import { approveProposal, submitProposal } from "../proposals/approvals";
import { draftProposal } from "../proposals/commands";
import { DraftProposal } from "../proposals/schema";
import { record, transaction } from "../transaction";
import { actingAs } from "./example-frame";

/** Everything that the examples sell, one family each: list price and cost of a unit in minor units, once or by the month. */
const sold = {
  "F50 seats": { unitMinor: 49_900 },
  "F50 setup": { unitMinor: 120_000 },
  "F50b setup": { unitMinor: 240_000 },
  "F50b service": { unitMinor: 9_900, recurrence: "monthly" },
  "F51 first offer": { unitMinor: 100_000 },
  "F51 second offer": { unitMinor: 70_000 },
  "F51 third offer": { unitMinor: 88_000 },
  "F53 plan": { unitMinor: 100_000 },
  "F54 case 1": { unitMinor: 2_499_900, costMinor: 1_299_948 },
  "F54 case 2": { unitMinor: 6_000_000, costMinor: 3_510_000 },
  "F54 case 3": { unitMinor: 6_000_000, costMinor: 3_509_610 },
  "F54 case 4": { unitMinor: 6_000_000, costMinor: 2_729_610 },
  "F54 case 5": { unitMinor: 15_000_000, costMinor: 8_923_725 },
  "F55 half": { unitMinor: 6_000_000 },
} as const;
type Sold = keyof typeof sold;

type Line = { product: Sold; quantity?: number; discountBp?: number };
type Told = {
  customer: string;
  need: string;
  seller: string;
  lines: Line[];
  scopeTags?: string[];
  termMonths?: number;
  freeMonths?: number;
};

/** How far a told proposal goes: a draft to be read, handed in, or approved by the manager where it has to be. */
type Goes = "drafted" | "submitted" | "approved";

const all = ["onsite", "support", "training"];
const discounts = [2_000, 1_000, 1_001, 3_001, 3_001];

/** Seller, segment and discount of the worked example F53. */
const effects = [
  ["S1 Sims", "smb", 500],
  ["S1 Sims", "smb", 700],
  ["S1 Sims", "mid", 1_000],
  ["S2 Sato", "smb", 1_500],
  ["S2 Sato", "mid", 2_000],
  ["S3 Sand", "smb", 500],
  ["S3 Sand", "mid", 1_200],
] as const;
/** How often each of them stands there, for sellers are shown from twenty on. */
const times = 10;

/** Who sells in the worked example F53 and nowhere else. */
export const effectSellers = [...new Set(effects.map(([seller]) => seller))];

const told: readonly (Told & { goes: Goes })[] = [
  {
    ...{ customer: "Example F50", need: "Example F50", seller: "Ann Aster", goes: "drafted" },
    lines: [
      { product: "F50 seats", quantity: 3, discountBp: 1_250 },
      { product: "F50 setup", discountBp: 3_000 },
    ],
  },
  {
    ...{ customer: "Example F50", need: "Example F50b", seller: "Ann Aster", goes: "drafted" },
    ...{ lines: [{ product: "F50b setup" }, { product: "F50b service" }], termMonths: 24, freeMonths: 2 },
  },
  ...(
    [
      ["F51 first offer", "Ann Aster", all],
      ["F51 second offer", "Ben Brandt", all],
      ["F51 third offer", "Cal Cole", ["onsite", "support"]],
    ] as const
  ).map(([product, seller, scopeTags]) => ({
    ...{ customer: "Example F51", need: "Example F51", seller, goes: "submitted" as const },
    ...{ lines: [{ product }], scopeTags: [...scopeTags] },
  })),
  ...discounts.map((discountBp, each) => ({
    ...{
      customer: "Example F54",
      need: `Example F54 case ${each + 1}`,
      seller: "Dov Dror",
      goes: "submitted" as const,
    },
    lines: [{ product: `F54 case ${each + 1}` as Sold, discountBp }],
  })),
  // Authority is 10 % between 25,000 and 100,000: two halves of 60,000 make the example's 120,000.
  ...[1, 2].map((half) => ({
    ...{ customer: "Example F55", need: `Example F55 half ${half}`, seller: "Eve Ersan", goes: "approved" as const },
    lines: [{ product: "F55 half" as const, discountBp: 3_000 }],
  })),
  ...effects.map(([seller, segment, discountBp], each) => ({
    ...{ customer: `Example F53 ${segment}`, need: `Example F53 deal ${each + 1}`, seller },
    ...{ goes: "submitted" as const, lines: [{ product: "F53 plan" as const, discountBp }] },
  })),
];

async function openBook(keeper: Context): Promise<{ bookId: string; products: Map<string, string> }> {
  const products = new Map<string, string>();
  for (const name of Object.keys(sold))
    products.set(name, (await addProduct(keeper, { name, family: name.split(" ")[0] ?? name })).id);
  const lines = Object.entries(sold).map(([name, price]) => ({ productId: products.get(name), ...price }));
  const validFrom = keeper.now.toISOString().slice(0, 10);
  const book = AddPriceBook.parse({ name: "Worked examples", currency: keeper.currency, validFrom, lines });
  return { bookId: (await addPriceBook(keeper, book)).id, products };
}

async function makeBuyers(keeper: Context): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const name of new Set(told.map(({ customer }) => customer))) {
    const segment = name.startsWith("Example F53 ") ? name.slice(12) : undefined;
    const input = CreateCustomer.parse({ name, segment, persons: [{ name }], duplicates: "create" });
    ids.set(name, (await createCustomer(keeper, input)).id);
  }
  return ids;
}

/** Writes the proposals of F53 as often again as it takes to be shown: copies for needs of their own, with their lines. */
async function repeatEffects(ctx: Context): Promise<void> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  await transaction(ctx, async (ctx) => {
    await ctx.db.$executeRaw`
      with told as materialized (select p.id as old_id, gen_random_uuid() as id, format('%s, time %s', p.need, n) as need
        from proposals p, generate_series(2, ${times}::int) n where p.workspace_id = ${w} and p.need like 'Example F53%'),
      copied as (insert into proposals select (jsonb_populate_record(p, jsonb_build_object('id', t.id, 'need', t.need, 'need_key', lower(t.need)))).*
        from told t join proposals p on p.workspace_id = ${w} and p.id = t.old_id)
      insert into proposal_lines select (jsonb_populate_record(l, jsonb_build_object('proposal_id', t.id))).*
        from told t join proposal_lines l on l.workspace_id = ${w} and l.proposal_id = t.old_id`;
    record(ctx, "proposal.drafted", { subject: `workspace:${ctx.workspaceId}`, detail: { copies: times - 1 } });
  });
}

/**
 * Proposals from which the worked examples of prices can be read: F50 and F50b on their pages, F51 among the conflicts, F54 by who
 * is asked to approve, F53 and F55 in the report of discounts. `sellers` are members by name; the keeper approves.
 */
export async function tellOffers(
  { workspaceId, now }: Context,
  keeperId: string,
  sellers: ReadonlyMap<string, string>,
): Promise<void> {
  const as = async (memberId: string) =>
    actingAs(await systemContext(workspaceId, { memberId, now }), memberId, "manager");
  const keeper = await as(keeperId);
  const { bookId, products } = await openBook(keeper);
  const buyers = await makeBuyers(keeper);
  const contexts = new Map<string, Context>();
  for (const [name, id] of sellers) contexts.set(name, await as(id));
  const validTo = new Date(now.getTime() + 60 * 86_400_000).toISOString().slice(0, 10);
  for (const { customer, seller, lines, goes, ...rest } of told) {
    const wanted = lines.map(({ product, ...line }) => ({ quantity: 1, ...line, productId: products.get(product) }));
    const input = { ...rest, customerId: buyers.get(customer), priceBookId: bookId, lines: wanted, validTo };
    const ctx = contexts.get(seller);
    if (!ctx) throw new Error(`${seller} sells nothing here`);
    const { id, version } = await draftProposal(ctx, DraftProposal.parse(input));
    if (goes === "drafted") continue;
    const { version: asked } = await submitProposal(ctx, { id, version });
    if (goes === "approved") await approveProposal(keeper, { id, version: asked, note: "As the example has it." });
  }
  await repeatEffects(keeper);
}
