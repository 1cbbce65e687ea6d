import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { plainPool } from "@/lib/db";
import { answerOffer, offerLink } from "@/lib/offers/commands";
import { asOffered } from "@/lib/offers/context";
import { getOfferPage } from "@/lib/offers/queries";
import { AnswerOffer } from "@/lib/offers/schema";
import { approveProposal, grantAuthority } from "@/lib/proposals/approvals";
import { acceptedHashOf } from "@/lib/proposals/choice";
import { acceptProposal, editProposal, presentProposal } from "@/lib/proposals/commands";
import { getInHand, getProposal } from "@/lib/proposals/queries";
import { EditProposal } from "@/lib/proposals/schema";
import { offer, offerOf, openShop, type Shop } from "../../support/offered";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let shop: Shop;
let seller: Context;
let boss: Context;

beforeAll(async () => {
  team = await Team.make();
  const keeper = await team.as(team.workspace.owner, monday, ["owner", "admin", "manager"]);
  shop = await openShop(keeper);
  seller = await team.as(team.seller, monday, ["sales", "osc"]);
  boss = await team.as(team.manager, later(1));
  for (const tier of ["director", "finance"] as const)
    await team.run(() => grantAuthority(keeper, { memberId: team.manager.memberId, tier, validTo: null }));
});

/** Onsite at 600.00 for sure; support at 300.00 and training at 100.00 to choose, training at a discount. */
const linesOf = (trainingBp: number) => [
  { productId: shop.products.onsite, quantity: 1, discountBp: 0, isOptional: false },
  { productId: shop.products.support, quantity: 1, discountBp: 0, isOptional: true },
  { productId: shop.products.training, quantity: 1, discountBp: trainingBp, isOptional: true },
];

async function presented(trainingBp = 1_000) {
  await plainPool().query("delete from rate_limits");
  const { customerId } = await team.customer("Greta Winter");
  const handed = await offer(seller, offerOf(shop, customerId, 0, { lines: linesOf(trainingBp) }));
  const { version } = await team.run(() => presentProposal(seller, handed));
  const { address } = await team.run(() => offerLink(seller, { id: handed.id }));
  return { customerId, id: handed.id, version, token: address.split("/c/offer/")[1] ?? "" };
}

const say = (token: string, options: number[], decision: "accepted" | "declined" = "accepted") =>
  asOffered(
    token,
    (ctx, link) => answerOffer(ctx, link, AnswerOffer.parse({ decision, name: "Greta Winter", options })),
    later(5),
  );
const rowOf = (id: string) =>
  team.run(() => boss.db.proposal.findFirstOrThrow({ where: { workspaceId: boss.workspaceId, id } }));

describe("a proposal with options", () => {
  test("costs what is fixed until she chooses, and what she chose from then on, bound by a hash", async () => {
    const { customerId, id, token } = await presented();
    const page = await asOffered(token, (ctx, link) => getOfferPage(ctx, link.proposalId), later(4));
    expect([page.netMinor, page.fullNetMinor, page.chosenOptions]).toEqual([60_000, 99_000, null]);
    expect(page.lines.map(({ isOptional }) => isOptional)).toEqual([false, true, true]);
    expect(await say(token, [2])).toBe("accepted");
    const row = await rowOf(id);
    expect([row.netMinor, row.listMinor, row.discountBp]).toEqual([69_000n, 70_000n, 143]);
    expect([row.chosenOptions, row.acceptedHash]).toEqual([[2], acceptedHashOf(row.contentHash, [2])]);
    expect(row.approvedHash).toBe(row.contentHash);
    const hand = await team.run(() => getInHand(boss, { id: customerId }));
    expect(hand.offers.map(({ netMinor }) => netMinor)).toEqual([69_000]);
    const read = await team.run(() => getProposal(boss, { id }));
    expect([read.fullNetMinor, read.chosenOptions]).toEqual([99_000, [2]]);
  });

  test("takes the choice from the seller too, refuses what is no option of it, and keeps none with a no", async () => {
    const { id, version } = await presented();
    const accept = (options?: number[]) =>
      team.run(() => acceptProposal(seller, { id, version, ...(options ? { options } : {}) }));
    await expect(accept([0])).rejects.toMatchObject({
      code: "invalid",
      details: { fields: { options: "unknown_option" } },
    });
    await expect(accept([9])).rejects.toMatchObject({ reason: "unknown_option" });
    await accept([1, 2, 1]);
    const row = await rowOf(id);
    expect([row.netMinor, row.chosenOptions]).toEqual([99_000n, [1, 2]]);
    const plain = await presented();
    await expect(say(plain.token, [5])).rejects.toMatchObject({ reason: "unknown_option" });
    expect(await say(plain.token, [1], "declined")).toBe("declined");
    expect(await rowOf(plain.id)).toMatchObject({ acceptedHash: null, netMinor: 60_000n });
  });

  test("is approved by the worst that a choice comes to, and anew after every edit", async () => {
    const { customerId } = await team.customer("Deep Options");
    // Onsite with training given away: 100 of 700 is 14.29 %, and with a thinner margin than any other choice.
    const wanted = { lines: linesOf(10_000), need: "Lot 1" };
    const small = await offer(seller, offerOf(shop, customerId, 0, wanted));
    expect([small.state, (await rowOf(small.id)).worstDiscountBp]).toEqual(["approved", 1_429]);
    const many = linesOf(0).map((line, place) => ({
      ...line,
      discountBp: place === 2 ? 10_000 : 0,
      quantity: place === 2 ? 4 : 1,
    }));
    const deep = await offer(seller, offerOf(shop, customerId, 0, { lines: many, need: "Lot 2" }));
    expect(deep.state).toBe("pending_approval");
    expect((await team.run(() => getProposal(boss, { id: deep.id }))).tiers).toEqual(["director", "finance"]);
    const { version } = await team.run(() => approveProposal(boss, { ...deep, note: "" }));
    const dearer = EditProposal.parse({ id: deep.id, version, lines: linesOf(0), validTo: "2026-03-31" });
    await team.run(() => editProposal(seller, dearer));
    expect((await rowOf(deep.id)).state).toBe("draft");
  });

  test("has at least one line that is no option", async () => {
    const { customerId } = await team.customer();
    const lines = linesOf(0).map((line) => ({ ...line, isOptional: true }));
    await expect(offer(seller, offerOf(shop, customerId, 0, { lines }))).rejects.toMatchObject({
      details: { fields: { lines: "only_options" } },
    });
  });
});
