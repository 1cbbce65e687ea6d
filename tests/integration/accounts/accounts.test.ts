import { beforeAll, describe, expect, test } from "vitest";
import { setParent } from "@/lib/accounts/commands";
import { getAccount } from "@/lib/accounts/queries";
import type { Context } from "@/lib/context";
import { mergeCustomers } from "@/lib/customers/merge";
import { MergeCustomers } from "@/lib/customers/schema";
import { unmergeCustomers } from "@/lib/customers/unmerge";
import { approveProposal, grantAuthority } from "@/lib/proposals/approvals";
import { presentProposal, resolveConflict } from "@/lib/proposals/commands";
import { getInHand, getProposal, listOffersOfRecord, listProposals } from "@/lib/proposals/queries";
import { reportDiscounts } from "@/lib/proposals/report";
import { ProposalsInput } from "@/lib/proposals/schema";
import { makeMember, type TestMember } from "../../support/factories";
import { offer, offerOf, openShop, type Shop } from "../../support/offered";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let shop: Shop;
let tess: TestMember;

beforeAll(async () => {
  team = await Team.make();
  tess = await makeMember(team.workspace, { name: "Tess Territory", roles: ["sales", "osc"], spoke: "sales" });
  const keeper = await team.as(team.workspace.owner, monday, ["owner", "admin", "manager"]);
  shop = await openShop(keeper);
  await team.run(() => grantAuthority(keeper, { memberId: team.manager.memberId, tier: "director", validTo: null }));
});

const as = (member: TestMember, minutes = 0): Promise<Context> =>
  team.as(member, later(minutes), member === team.manager ? undefined : ["sales", "osc"]);
const boss = () => as(team.manager, 30);
const view = async (id: string) => {
  const ctx = await as(team.manager, 60);
  return team.run(() => getProposal(ctx, { id }));
};
const join = async (customerId: string, parentId: string | null, version = 0) => {
  const ctx = await boss();
  return team.run(() => setParent(ctx, { customerId, version, parentId }));
};
const read = async (id: string) => {
  const ctx = await boss();
  const { version, parent, others } = await team.run(() => getAccount(ctx, { id }));
  return [version, parent?.name ?? null, ...others.map(({ name }) => name)];
};

/** An account with one record that belongs to it. */
async function makeAccount(name: string) {
  const [{ customerId: parent }, { customerId: child }] = [
    await team.customer(`${name} Group`),
    await team.customer(`${name} North`),
  ];
  await join(child, parent);
  return { parent, child };
}

describe("offers to a parent and to what belongs to it (DOMAIN D1, D2)", () => {
  test("bind each other: the second seller sees the card, is stopped at presenting, and one number remains", async () => {
    const { parent, child } = await makeAccount("Alder");
    const marcus = await as(team.seller);
    const first = await offer(marcus, offerOf(shop, parent, 0));
    await team.run(() => presentProposal(marcus, first));
    const other = await as(tess, 5);
    expect(await team.run(() => listOffersOfRecord(other, child))).toMatchObject([
      { id: first.id, sellerName: "Marcus Bell", isOtherPart: true, otherCustomerName: "Alder Group" },
    ]);
    const cheap = await offer(other, offerOf(shop, child, 3_000));
    const approved = await team.run(async () => approveProposal(await boss(), { ...cheap, note: "" }));
    const { conflictList, isOfferOfRecord, offerOfRecord } = await view(cheap.id);
    expect([isOfferOfRecord, offerOfRecord?.id]).toEqual([false, first.id]);
    expect(conflictList).toMatchObject([
      { kinds: ["price", "discount", "parallel"], isPotential: false, isOtherPart: true, severity: "medium" },
    ]);
    expect(conflictList[0]?.gap).toBeCloseTo(0.3, 9);
    const present = { id: cheap.id, version: approved.version };
    await expect(team.run(() => presentProposal(other, present))).rejects.toMatchObject({ reason: "offer_stands" });
    const desk = await boss();
    await team.run(() => resolveConflict(desk, { ...present, message: "One price for the whole group." }));
    expect((await view(first.id)).state).toBe("superseded");
    await team.run(async () => presentProposal(other, { id: cheap.id, version: (await view(cheap.id)).version }));
    const hand = await team.run(() => getInHand(desk, { id: child }));
    expect(hand.offers.map(({ netMinor }) => netMinor)).toEqual([70_000]);
    expect((await team.run(() => getInHand(desk, { id: parent }))).offers).toEqual([]);
  });

  test("an offer to one part may name the other's as what it takes the place of; a stranger's it may not", async () => {
    const { parent, child } = await makeAccount("Birch");
    const { customerId: stranger } = await team.customer("Cedar");
    const marcus = await as(team.seller);
    const first = await offer(marcus, offerOf(shop, parent, 0));
    const wanted = { supersedesId: first.id };
    await expect(offer(marcus, offerOf(shop, stranger, 0, wanted))).rejects.toMatchObject({ code: "not_found" });
    const next = await offer(marcus, offerOf(shop, child, 500, wanted));
    await team.run(() => presentProposal(marcus, next));
    expect([(await view(first.id)).state, (await view(next.id)).isOfferOfRecord]).toEqual(["superseded", true]);
  });

  test("a hundred approvals at one moment over both records make exactly one offer of record", async () => {
    const { parent, child } = await makeAccount("Dogwood");
    const marcus = await as(team.seller);
    const drafts: { id: string; version: number }[] = [];
    for (let count = 0; count < 100; count++)
      drafts.push(await offer(marcus, offerOf(shop, count % 2 ? parent : child, 2_500)));
    const desk = await boss();
    const done = await Promise.all(drafts.map((each) => team.run(() => approveProposal(desk, { ...each, note: "" }))));
    expect(done.filter(({ state }) => state === "approved")).toHaveLength(100);
    const where = { workspaceId: desk.workspaceId, customerId: { in: [parent, child] }, isOor: true };
    expect(await team.run(() => desk.db.proposal.count({ where }))).toBe(1);
  });

  test("disagree from the day on which the two became one account, until they part", async () => {
    const [{ customerId: parent }, { customerId: child }] = [
      await team.customer("Elm"),
      await team.customer("Elm Site"),
    ];
    const first = await offer(await as(team.seller), offerOf(shop, parent, 0));
    const second = await offer(await as(tess), offerOf(shop, child, 1_500));
    expect((await view(second.id)).conflictList).toEqual([]);
    const prices = async () => (await team.run(async () => reportDiscounts(await boss()))).customersInConflict;
    const apart = await prices();
    await join(child, parent);
    expect((await view(second.id)).conflictList).toMatchObject([
      { otherId: first.id, state: "open", isPotential: false },
    ]);
    expect(await prices()).toMatchObject({ k: apart.k + 1, n: apart.n - 1 });
    const shown = ProposalsInput.parse({ show: "many_prices", customerId: child });
    const rows = await team.run(async () => listProposals(await boss(), shown));
    expect(rows.data.map(({ id }) => id)).toEqual([second.id]);
    await join(child, null, 1);
    expect(await prices()).toMatchObject({ k: apart.k, n: apart.n });
    expect((await view(second.id)).conflictList).toMatchObject([{ state: "resolved" }]);
    expect(await team.happened(child)).toEqual(expect.arrayContaining(["customer.parent_set", "proposal.conflict"]));
  });
});

describe("an account", () => {
  test("is a parent and what belongs to it, nothing deeper, and nothing of itself", async () => {
    const { parent, child } = await makeAccount("Fir");
    const { customerId: third } = await team.customer("Fir South");
    await expect(join(third, child)).rejects.toMatchObject({ code: "refused", reason: "is_child" });
    await expect(join(parent, third)).rejects.toMatchObject({ code: "refused", reason: "has_children" });
    await expect(join(third, third)).rejects.toMatchObject({ details: { fields: { parentId: "same_customer" } } });
    await expect(join(child, third)).rejects.toMatchObject({ code: "conflict" });
    await join(third, parent);
    expect([await read(parent), await read(child)]).toEqual([
      [0, null, "Fir North", "Fir South"],
      [1, "Fir Group", "Fir South"],
    ]);
  });

  test("is a manager's to say: a seller may not leave it to offer her own price, and strangers find nothing", async () => {
    const { parent, child } = await makeAccount("Ginkgo");
    const seller = await as(tess);
    const leave = { customerId: child, version: 1, parentId: null };
    await expect(team.run(() => setParent(seller, leave))).rejects.toMatchObject({ code: "forbidden" });
    const there = await Team.make();
    const stranger = await there.as(there.manager);
    await expect(there.run(() => setParent(stranger, leave))).rejects.toMatchObject({ code: "not_found" });
    await expect(there.run(() => getAccount(stranger, { id: parent }))).rejects.toMatchObject({ code: "not_found" });
    const outside = { customerId: (await there.customer()).customerId, version: 0, parentId: parent };
    await expect(there.run(() => setParent(stranger, outside))).rejects.toMatchObject({ code: "not_found" });
  });

  test("names no record to who may not see it", async () => {
    const { parent, child } = await makeAccount("Hazel");
    const lone = await makeMember(team.workspace, { name: "Lone Seller", roles: ["sales"], spoke: "sales" });
    const ctx = await team.as(lone, later(1), ["sales"]);
    const where = { workspaceId: ctx.workspaceId, customerId: child };
    await team.run(() => ctx.db.journey.updateMany({ where, data: { accountableId: lone.memberId } }));
    const seen = await team.run(() => getAccount(ctx, { id: child }));
    expect(seen.parent).toEqual({ id: null, name: null });
    await offer(await as(team.seller), offerOf(shop, parent, 0));
    expect(await team.run(() => listOffersOfRecord(ctx, child))).toMatchObject([
      { sellerName: "Marcus Bell", isOtherPart: true, otherCustomerName: null },
    ]);
  });

  test("stays whole when two of its records turn out to be one, and comes back with them", async () => {
    const { parent, child } = await makeAccount("Ivy");
    const { customerId: other } = await team.customer("Ivy Holding");
    const desk = await boss();
    const ids = MergeCustomers.parse({ survivorId: other, loserId: parent });
    const { mergeId } = await team.run(() => mergeCustomers(desk, ids));
    expect(await read(child)).toEqual([1, "Ivy Holding"]);
    await team.run(() => unmergeCustomers(desk, { mergeId }));
    expect(await read(child)).toEqual([1, "Ivy Group"]);
    const up = MergeCustomers.parse({ survivorId: child, loserId: parent });
    await team.run(() => mergeCustomers(desk, up));
    expect(await read(child)).toEqual([2, null]);
  });
});
