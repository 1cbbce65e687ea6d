import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { mergeCustomers } from "@/lib/customers/merge";
import { MergeCustomers } from "@/lib/customers/schema";
import { unmergeCustomers } from "@/lib/customers/unmerge";
import { addPriceBook, editPriceBook } from "@/lib/products/commands";
import { AddPriceBook } from "@/lib/products/schema";
import { makePromise } from "@/lib/promises/commands";
import { MakePromise } from "@/lib/promises/schema";
import { approveProposal, grantAuthority, rejectProposal, submitProposal } from "@/lib/proposals/approvals";
import {
  acceptProposal,
  declineProposal,
  draftProposal,
  editProposal,
  presentProposal,
  resolveConflict,
  withdrawProposal,
} from "@/lib/proposals/commands";
import { getInHand, getProposal, listOffersOfRecord, listProposals } from "@/lib/proposals/queries";
import { reportDiscounts } from "@/lib/proposals/report";
import { EditProposal, ProposalsInput } from "@/lib/proposals/schema";
import { expireProposals } from "@/lib/proposals/tasks";
import { makeMember, type TestMember } from "../../support/factories";
import { offer, offerOf, openShop, type Shop } from "../../support/offered";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let shop: Shop;
let second: TestMember;
let third: TestMember;
let director: TestMember;
let admin: TestMember;
const everyRole = ["owner", "admin", "manager"] as const;

beforeAll(async () => {
  team = await Team.make();
  admin = team.workspace.owner;
  second = await makeMember(team.workspace, { name: "Tess Territory", roles: ["sales", "osc"], spoke: "sales" });
  third = await makeMember(team.workspace, { name: "Ivo Implementation", roles: ["sales", "osc"], spoke: "sales" });
  director = await makeMember(team.workspace, { name: "Dora Director", roles: ["manager"] });
  const keeper = await team.as(admin, monday, [...everyRole]);
  shop = await openShop(keeper);
  await team.run(() => grantAuthority(keeper, { memberId: director.memberId, tier: "director", validTo: null }));
});

const sellerRoles = ["sales", "osc"] as const;
const as = (member: TestMember, minutes = 0): Promise<Context> => {
  const isSeller = member === team.seller || member === second || member === third;
  return team.as(member, later(minutes), isSeller ? [...sellerRoles] : undefined);
};
const view = async (id: string, member: TestMember = team.manager) => {
  const ctx = await as(member, 60);
  return team.run(() => getProposal(ctx, { id }));
};
const edit = (change: object, discountBp = 0) => {
  const { lines, validTo } = offerOf(shop, team.workspace.id, discountBp);
  return EditProposal.omit({ id: true, version: true }).parse({ lines, validTo, ...change });
};

describe("three sellers and one customer (DOMAIN 12a scenario 3)", () => {
  test("the first approved offer binds: the others are stopped until the deal desk decides, and she sees one number", async () => {
    const { customerId } = await team.customer("Greta Winter");
    const [a, b, c] = [await as(team.seller), await as(second, 10), await as(third, 20)];
    const boss = await as(team.manager, 30);
    const first = await offer(a, offerOf(shop, customerId, 0));
    expect(first.state).toBe("approved");
    await team.run(() => presentProposal(a, first));
    const cheap = await offer(b, offerOf(shop, customerId, 3001));
    expect(cheap.state).toBe("pending_approval");
    expect((await view(cheap.id)).approvals.map(({ tier }) => tier)).toEqual(["director"]);
    await expect(team.run(() => approveProposal(boss, { ...cheap, note: "" }))).rejects.toMatchObject({
      reason: "not_your_tier",
    });
    const chief = await as(director, 31);
    const approved = await team.run(() => approveProposal(chief, { ...cheap, note: "" }));
    expect(approved.state).toBe("approved");
    const small = offerOf(shop, customerId, 222);
    const partly = await offer(c, { ...small, lines: small.lines.slice(0, 2) });
    expect(partly.state).toBe("approved");
    const refused = team.run(() => presentProposal(b, { id: cheap.id, version: approved.version }));
    await expect(refused).rejects.toMatchObject({
      ...{ code: "refused", reason: "offer_stands" },
      details: { current: { id: first.id, sellerName: "Marcus Bell", netMinor: 100_000, at: monday.toISOString() } },
    });
    await expect(team.run(() => presentProposal(c, partly))).rejects.toMatchObject({ reason: "offer_stands" });
    const { conflictList } = await view(partly.id);
    expect(conflictList.map(({ otherSellerName, kinds }) => [otherSellerName, kinds]).sort()).toEqual([
      ["Marcus Bell", ["price", "discount", "solution", "parallel"]],
      ["Tess Territory", ["price", "solution", "parallel"]],
    ]);
    expect((await view(cheap.id)).conflictList.find(({ otherId }) => otherId === first.id)?.gap).toBeCloseTo(0.3001, 4);
    await expect(team.run(() => resolveConflict(b, { id: cheap.id, version: approved.version }))).rejects.toMatchObject(
      {
        code: "forbidden",
      },
    );
    const standing = await view(first.id);
    await expect(
      team.run(() => resolveConflict(boss, { id: first.id, version: standing.version - 1 })),
    ).rejects.toMatchObject({ code: "conflict" });
    await team.run(() => resolveConflict(boss, { id: first.id, version: standing.version }));
    expect([(await view(cheap.id)).state, (await view(partly.id)).state]).toEqual(["superseded", "superseded"]);
    const hand = await team.run(() => getInHand(boss, { id: customerId }));
    expect(hand.offers.map(({ netMinor, byName, isOfferOfRecord }) => [netMinor, byName, isOfferOfRecord])).toEqual([
      [100_000, "Marcus Bell", true],
    ]);
    expect(await team.happened(customerId)).toEqual(
      expect.arrayContaining(["proposal.presented", "proposal.conflict", "approval.requested", "approval.decided"]),
    );
    expect(await team.told(second)).toEqual(expect.arrayContaining(["proposal_conflict", "proposal_superseded"]));
  });

  test("a hundred approvals at one moment make exactly one offer of record", async () => {
    const { customerId } = await team.customer();
    const seller = await as(team.seller);
    const drafts: { id: string; version: number }[] = [];
    for (let count = 0; count < 100; count++) drafts.push(await offer(seller, offerOf(shop, customerId, 2500)));
    const boss = await as(team.manager, 5);
    const done = await Promise.all(
      drafts.map((draft) => team.run(() => approveProposal(boss, { ...draft, note: "" }))),
    );
    expect(new Set(done.map(({ state }) => state))).toEqual(new Set(["approved"]));
    const ctx = await team.worker(monday);
    const where = { workspaceId: ctx.workspaceId, customerId };
    const counts = await team.run(async () => [
      await ctx.db.proposal.count({ where }),
      await ctx.db.proposal.count({ where: { ...where, state: "approved" } }),
      await ctx.db.proposal.count({ where: { ...where, isOor: true } }),
    ]);
    expect(counts).toEqual([100, 100, 1]);
    const other = drafts.find(({ id }) => id !== drafts[0]?.id);
    const break_ = team.run(() =>
      ctx.db.proposal.updateMany({
        where: { ...where, id: { in: [drafts[0]?.id ?? "", other?.id ?? ""] } },
        data: { isOor: true },
      }),
    );
    await expect(break_).rejects.toThrow();
  }, 60_000);

  test("an offer that names the one it replaces takes its place when its own seller presents it", async () => {
    const { customerId } = await team.customer();
    const seller = await as(team.seller);
    const first = await offer(seller, offerOf(shop, customerId, 0));
    await team.run(() => presentProposal(seller, first));
    const rival = await as(second, 5);
    const taken = await offer(rival, offerOf(shop, customerId, 500, { supersedesId: first.id }));
    await expect(team.run(() => presentProposal(rival, taken))).rejects.toMatchObject({ reason: "offer_stands" });
    const next = await offer(seller, offerOf(shop, customerId, 1000, { need: " lot  42", supersedesId: first.id }));
    await team.run(() => presentProposal(seller, next));
    expect([(await view(first.id)).state, (await view(next.id)).isOfferOfRecord]).toEqual(["superseded", true]);
    const other = await offer(seller, offerOf(shop, customerId, 1000, { need: "Lot 43" }));
    await team.run(() => presentProposal(seller, other));
    const offers = await team.run(() => listOffersOfRecord(seller, customerId));
    expect(offers.map(({ id }) => id).sort()).toEqual([next.id, other.id].sort());
  });
});

describe("approval", () => {
  test("nobody approves her own, all tiers answer beside each other, and a rejection says why", async () => {
    const { customerId } = await team.customer();
    const boss = await as(team.manager);
    const own = await offer(boss, offerOf(shop, customerId, 2500, { need: "Own" }));
    expect(own.state).toBe("pending_approval");
    await expect(team.run(() => approveProposal(boss, { ...own, note: "" }))).rejects.toMatchObject({
      reason: "own_approval",
    });
    const chief = await as(director, 3);
    await expect(team.run(() => rejectProposal(chief, { ...own, note: "" }))).rejects.toMatchObject({
      details: { fields: { note: "required" } },
    });
    const back = await team.run(() => rejectProposal(chief, { ...own, note: "Too much for this lot." }));
    expect(back.state).toBe("draft");
    expect((await view(own.id)).approvals[0]).toMatchObject({ decision: "rejected", note: "Too much for this lot." });
    const deep = await offer(boss, offerOf(shop, customerId, 4500, { need: "Deep" }));
    expect((await view(deep.id)).approvals.map(({ tier }) => tier).sort()).toEqual(["director", "finance"]);
    const half = await team.run(() => approveProposal(chief, { ...deep, note: "" }));
    expect(half.state).toBe("pending_approval");
    const keeper = await team.as(admin, monday, [...everyRole]);
    const money = await makeMember(team.workspace, { name: "Fay Finance", roles: ["manager"] });
    await team.run(() =>
      grantAuthority(keeper, {
        memberId: money.memberId,
        tier: "finance",
        validFrom: "2026-03-03",
        validTo: "2026-03-09",
      }),
    );
    const decide = (ctx: Context) =>
      team.run(() => approveProposal(ctx, { id: deep.id, version: half.version, note: "" }));
    await expect(decide(await as(money, 4))).rejects.toMatchObject({ reason: "not_your_tier" });
    expect((await decide(await as(money, 24 * 60))).state).toBe("approved");
    const waiting = await team.run(() => listProposals(chief, ProposalsInput.parse({ show: "waiting" })));
    expect(waiting.data.map(({ id }) => id)).not.toContain(deep.id);
  });

  test("an edit that lowers the price opens the approval again, one that raises it keeps it", async () => {
    const { customerId } = await team.customer();
    const seller = await as(team.seller);
    const boss = await as(team.manager, 3);
    const asked = await offer(seller, offerOf(shop, customerId, 2500));
    const { version } = await team.run(() => approveProposal(boss, { ...asked, note: "" }));
    const raised = await team.run(() => editProposal(seller, { id: asked.id, version, ...edit({}, 2400) }));
    expect(await view(asked.id)).toMatchObject({ state: "approved", isOfferOfRecord: true, revision: 2 });
    const lowered = await team.run(() => editProposal(seller, { id: asked.id, ...raised, ...edit({}, 2450) }));
    expect(await view(asked.id)).toMatchObject({ state: "draft", isOfferOfRecord: false, revision: 3 });
    await expect(team.run(() => presentProposal(seller, { id: asked.id, ...lowered }))).rejects.toMatchObject({
      ...{ reason: "edited_after_approval", details: { fields: { lines: "edited_after_approval" } } },
    });
    expect((await team.run(() => submitProposal(seller, { id: asked.id, ...lowered }))).state).toBe("pending_approval");
  });

  test("an approval grows old after thirty days and is asked for again", async () => {
    const { customerId } = await team.customer();
    const asked = await offer(await as(team.seller), offerOf(shop, customerId, 0, { validTo: "2026-06-30" }));
    const late = await as(team.seller, 31 * 24 * 60);
    await expect(team.run(() => presentProposal(late, asked))).rejects.toMatchObject({ reason: "approval_expired" });
    const again = await team.run(() => submitProposal(late, asked));
    await team.run(() => presentProposal(late, { id: asked.id, version: again.version }));
    expect((await view(asked.id)).state).toBe("presented");
  });
});

describe("bad input", () => {
  const refuses = async (input: object, fields: object) => {
    const { customerId } = await team.customer();
    const seller = await as(team.seller);
    const draft = { ...offerOf(shop, customerId, 0), ...input };
    await expect(team.run(() => draftProposal(seller, draft))).rejects.toMatchObject({
      code: "invalid",
      details: { fields },
    });
  };
  const anotherBook = async (name: string, rest: object) => {
    const keeper = await team.as(admin, monday, [...everyRole]);
    const lines = [
      { productId: shop.products.onsite, recurrence: "once" as const, unitMinor: 50_000, costMinor: null },
    ];
    const book = AddPriceBook.parse({ name, currency: keeper.currency, validFrom: "2026-01-01", lines, ...rest });
    return (await team.run(() => addPriceBook(keeper, book))).id;
  };
  const onsite = () => [{ productId: shop.products.onsite, quantity: 1, discountBp: 0, isOptional: false }];

  test("a currency without a rate is refused until somebody says it, and presenting stamps the rate of the day", async () => {
    const priceBookId = await anotherBook("Yen", { currency: "JPY" });
    await refuses({ priceBookId, lines: onsite() }, { currency: "rate_missing" });
    const keeper = await team.as(admin, monday, [...everyRole]);
    await team.run(() => editPriceBook(keeper, { id: priceBookId, version: 1, rateMicro: 6_700 }));
    const { customerId } = await team.customer();
    const seller = await as(team.seller);
    const asked = await offer(seller, { ...offerOf(shop, customerId, 0), priceBookId, lines: onsite() });
    await team.run(() => editPriceBook(keeper, { id: priceBookId, version: 2, rateMicro: 6_800 }));
    await team.run(() => presentProposal(seller, asked));
    const row = await team.run(() =>
      seller.db.proposal.findFirst({ where: { workspaceId: seller.workspaceId, id: asked.id } }),
    );
    expect([row?.currency, row?.rateMicro]).toEqual(["JPY", 6_800n]);
  });
  test("a list price of zero has no discount", async () => {
    const lines = [{ productId: shop.products.onsite, recurrence: "once", unitMinor: 0 }];
    const priceBookId = await anotherBook("Free", { lines });
    await refuses({ priceBookId, lines: onsite() }, { "lines.0.productId": "list_zero" });
  });
  test("what is not in the book, a past date, too many free months and an ended book are named field by field", async () => {
    const onlyOnsite = await anotherBook("Onsite only", {});
    const priceBookId = await anotherBook("Ended", { validTo: "2026-02-01" });
    await refuses({ priceBookId, lines: onsite() }, { priceBookId: "price_book_ended" });
    await refuses(
      { priceBookId: onlyOnsite, lines: [{ productId: shop.products.support, quantity: 1, discountBp: 0 }] },
      { "lines.0.productId": "not_in_book" },
    );
    await refuses({ validTo: "2026-03-01" }, { validTo: "past" });
    await refuses({ termMonths: 3, freeMonths: 3 }, { freeMonths: "too_many" });
  });
  test("what expired cannot be accepted, and ends in the night", async () => {
    const { customerId } = await team.customer();
    const seller = await as(team.seller);
    const asked = await offer(seller, offerOf(shop, customerId, 0, { validTo: "2026-03-02" }));
    const { version } = await team.run(() => presentProposal(seller, asked));
    const late = await as(team.seller, 24 * 60);
    const accept = () => team.run(() => acceptProposal(late, { id: asked.id, version }));
    await expect(accept()).rejects.toMatchObject({
      ...{ code: "refused", reason: "proposal_expired", details: { fields: { validTo: "expired" } } },
    });
    const night = await team.worker(later(24 * 60));
    expect(await team.run(() => expireProposals(night))).toBeGreaterThan(0);
    expect(await view(asked.id)).toMatchObject({ state: "expired", isOfferOfRecord: false });
  });
});

describe("what becomes of an offer", () => {
  test("accepted it stays in her hand with our promises, declined and withdrawn it leaves it", async () => {
    const { customerId } = await team.customer();
    const seller = await as(team.seller);
    const give = async (need: string) => {
      const asked = await offer(seller, offerOf(shop, customerId, 0, { need }));
      return { id: asked.id, ...(await team.run(() => presentProposal(seller, asked))) };
    };
    await team.run(async () => acceptProposal(seller, await give("Lot 1")));
    await team.run(async () => declineProposal(seller, { ...(await give("Lot 2")), reason: "Too dear." }));
    await team.run(async () => withdrawProposal(seller, { ...(await give("Lot 3")), reason: "Lot is sold." }));
    await team.run(() =>
      makePromise(
        seller,
        MakePromise.parse({ customerId, text: "Samples on Thursday", dueAt: later(60).toISOString() }),
      ),
    );
    const ctx = await as(team.osc, 120);
    const { offers, promises } = await team.run(() => getInHand(ctx, { id: customerId }));
    expect(offers.map(({ need, state }) => [need, state])).toEqual([["Lot 1", "accepted"]]);
    expect(promises).toMatchObject([{ text: "Samples on Thursday", byName: "Marcus Bell", isLate: true }]);
  });

  test("two customers who turn out to be one keep one offer of record, and a merge taken back gives both theirs again", async () => {
    const [one, two] = [await team.customer("Mia Moss"), await team.customer("Mia Moss jr")];
    const seller = await as(team.seller);
    const first = await offer(seller, offerOf(shop, one.customerId, 0));
    const other = await offer(seller, offerOf(shop, two.customerId, 1900));
    const boss = await as(team.manager, 5);
    const ids = { survivorId: one.customerId, loserId: two.customerId };
    const { mergeId } = await team.run(() => mergeCustomers(boss, MergeCustomers.parse(ids)));
    expect(await view(other.id)).toMatchObject({ customerId: one.customerId, isOfferOfRecord: false, conflicts: 1 });
    expect(await view(first.id)).toMatchObject({ isOfferOfRecord: true });
    await expect(team.run(() => presentProposal(seller, other))).rejects.toMatchObject({ reason: "offer_stands" });
    await team.run(() => unmergeCustomers(boss, { mergeId }));
    expect(await view(other.id)).toMatchObject({ customerId: two.customerId, isOfferOfRecord: true });
  });

  test("leakage and the share within authority are counted, a seller's effect only from twenty on", async () => {
    const other = await Team.make();
    const keeper = await other.as(other.workspace.owner, monday, [...everyRole]);
    const there = await openShop(keeper);
    const seller = await other.as(other.seller, monday, [...sellerRoles]);
    const boss = await other.as(other.manager);
    for (let count = 0; count < 19; count++)
      await offer(seller, offerOf(there, (await other.customer()).customerId, 1000));
    const report = () => other.run(() => reportDiscounts(boss));
    expect(await report()).toMatchObject({
      proposals: 19,
      leakageMinor: 0,
      sellers: [{ n: 19, effect: null, needs: 1 }],
    });
    const deep = await offer(seller, offerOf(there, (await other.customer()).customerId, 3000));
    await other.run(() => approveProposal(boss, { ...deep, note: "" }));
    expect(await report()).toMatchObject({
      ...{ proposals: 20, leakageMinor: 10_000, withinAuthority: { k: 19, n: 20 } },
      sellers: [{ n: 20, needs: 0 }],
    });
    expect((await report()).sellers[0]?.effect).toBeCloseTo(0, 9);
    const rows = (sellerId: string) =>
      other.run(() => listProposals(boss, ProposalsInput.parse({ show: "handed_in", sellerId })));
    expect((await rows(other.seller.memberId)).data).toHaveLength(20);
    expect((await rows(other.manager.memberId)).data).toEqual([]);
  });

  test("strangers, other workspaces and those who may not sell find or do nothing", async () => {
    const { customerId } = await team.customer();
    const seller = await as(team.seller);
    const asked = await offer(seller, offerOf(shop, customerId, 0));
    const osc = await as(team.osc, 3);
    expect((await team.run(() => getProposal(osc, { id: asked.id }))).marginBp).toBeNull();
    await expect(team.run(() => presentProposal(osc, asked))).rejects.toMatchObject({ code: "forbidden" });
    await expect(team.run(() => draftProposal(osc, offerOf(shop, customerId, 0)))).rejects.toMatchObject({
      code: "forbidden",
    });
    const rival = await as(second, 3);
    await expect(team.run(() => withdrawProposal(rival, { ...asked, reason: "Mine" }))).rejects.toMatchObject({
      code: "forbidden",
    });
    const designer = await as(team.designer, 3);
    await expect(team.run(() => getProposal(designer, { id: asked.id }))).rejects.toMatchObject({ code: "not_found" });
    const other = await Team.make();
    const stranger = await other.as(other.manager);
    await expect(other.run(() => presentProposal(stranger, asked))).rejects.toMatchObject({ code: "not_found" });
    await expect(other.run(() => getInHand(stranger, { id: customerId }))).rejects.toMatchObject({ code: "not_found" });
  });
});
