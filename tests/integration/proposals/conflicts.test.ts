import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { pairOf } from "@/lib/customers/duplicates";
import { keepApart } from "@/lib/customers/keep-apart";
import { mergeCustomers } from "@/lib/customers/merge";
import { MergeCustomers } from "@/lib/customers/schema";
import { unmergeCustomers } from "@/lib/customers/unmerge";
import { newId } from "@/lib/identifiers";
import { approveProposal, submitProposal } from "@/lib/proposals/approvals";
import { editProposal, presentProposal, resolveConflict } from "@/lib/proposals/commands";
import { getProposal, listProposals } from "@/lib/proposals/queries";
import { reportDiscounts } from "@/lib/proposals/report";
import { EditProposal, ProposalsInput } from "@/lib/proposals/schema";
import { waiveConflict } from "@/lib/proposals/waive";
import { makeMember, type TestMember } from "../../support/factories";
import { offer, offerOf, openShop, type Shop } from "../../support/offered";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let shop: Shop;
let second: TestMember;

beforeAll(async () => {
  team = await Team.make();
  second = await makeMember(team.workspace, { name: "Tess Territory", roles: ["sales", "osc"], spoke: "sales" });
  shop = await openShop(await team.as(team.workspace.owner, monday, ["owner", "admin", "manager"]));
});

const as = (member: TestMember, minutes = 0): Promise<Context> =>
  team.as(member, later(minutes), member === team.manager ? undefined : ["sales", "osc"]);
const view = async (id: string, member: TestMember = team.manager) => {
  const ctx = await as(member, 60);
  return team.run(() => getProposal(ctx, { id }));
};

/** Two records that look like one customer, as they are found when the second of them is written down. */
async function twoAlike(): Promise<{ one: string; two: string; pairId: string }> {
  const [{ customerId: one }, { customerId: two }] = [
    await team.customer("Ada Abara"),
    await team.customer("A. Abara"),
  ];
  const ctx = await team.worker(monday);
  const pairId = newId();
  const found = { reasons: [{ kind: "name", likeness: 0.95 }], score: 0.8, createdAt: monday };
  await team.run(() =>
    ctx.db.duplicatePair.create({ data: { workspaceId: ctx.workspaceId, id: pairId, ...pairOf(one, two), ...found } }),
  );
  return { one, two, pairId };
}

describe("offers to two records that may be one customer (DOMAIN D2)", () => {
  test("disagree only perhaps: both sellers are told, and nobody is stopped", async () => {
    const { one, two } = await twoAlike();
    const first = await offer(await as(team.seller), offerOf(shop, one, 0));
    const other = await offer(await as(second, 5), offerOf(shop, two, 1_500));
    const { conflictList, isOfferOfRecord } = await view(other.id);
    expect(isOfferOfRecord).toBe(true);
    expect(conflictList).toMatchObject([
      {
        otherId: first.id,
        isPotential: true,
        state: "open",
        otherCustomerName: "Ada Abara",
        kinds: ["price", "discount", "parallel"],
      },
    ]);
    expect(conflictList[0]?.gap).toBeCloseTo(0.15, 9);
    expect(await team.told(team.seller)).toContain("proposal_conflict");
    await team.run(async () => presentProposal(await as(second, 6), other));
    const boss = await as(team.manager, 7);
    const listed = await team.run(() => listProposals(boss, ProposalsInput.parse({ show: "conflicts" })));
    expect(listed.data.map(({ id }) => id)).toEqual(expect.arrayContaining([first.id, other.id]));
    await expect(team.run(async () => resolveConflict(boss, await view(other.id)))).rejects.toMatchObject({
      reason: "no_conflict",
    });
  });

  test("that are two customers never disagreed; that are one disagree for good, until the merge is taken back", async () => {
    const apart = await twoAlike();
    const first = await offer(await as(team.seller), offerOf(shop, apart.one, 0));
    await offer(await as(second), offerOf(shop, apart.two, 1_500));
    const boss = await as(team.manager, 5);
    await team.run(() => keepApart(boss, { pairId: apart.pairId }));
    expect((await view(first.id)).conflictList).toMatchObject([{ state: "resolved", isPotential: true }]);
    const next = await offer(await as(second, 6), offerOf(shop, apart.two, 1_600));
    expect((await view(next.id)).conflictList).toEqual([]);

    const same = await twoAlike();
    const kept = await offer(await as(team.seller), offerOf(shop, same.one, 0));
    const lost = await offer(await as(second), offerOf(shop, same.two, 1_500));
    const ids = MergeCustomers.parse({ survivorId: same.one, loserId: same.two });
    const { mergeId } = await team.run(() => mergeCustomers(boss, ids));
    expect((await view(kept.id)).conflictList).toMatchObject([{ otherId: lost.id, isPotential: false, state: "open" }]);
    expect((await view(lost.id)).conflicts).toBe(1);
    await team.run(() => unmergeCustomers(boss, { mergeId }));
    expect((await view(kept.id)).conflictList).toMatchObject([{ isPotential: true }]);
  });

  test("approved at the same moment, one of the two finds the other, every time", async () => {
    const seller = await as(team.seller);
    const boss = await as(team.manager, 5);
    for (let round = 0; round < 8; round++) {
      const { one, two } = await twoAlike();
      const first = await offer(seller, offerOf(shop, one, 2_500));
      const other = await offer(seller, offerOf(shop, two, 2_900));
      expect([first.state, other.state]).toEqual(["pending_approval", "pending_approval"]);
      await Promise.all([first, other].map((each) => team.run(() => approveProposal(boss, { ...each, note: "" }))));
      expect((await view(first.id)).conflictList).toMatchObject([{ otherId: other.id, isPotential: true }]);
    }
  });

  test("a customer merged half way keeps what was asked for her: it is approved, compared and stopped as the survivor's", async () => {
    const [{ customerId: one }, { customerId: two }] = [
      await team.customer("Half One"),
      await team.customer("Half Two"),
    ];
    const boss = await as(team.manager, 5);
    const standing = await offer(await as(team.seller), offerOf(shop, one, 0));
    const asked = await offer(await as(second), offerOf(shop, two, 2_500));
    await team.run(() => mergeCustomers(boss, MergeCustomers.parse({ survivorId: one, loserId: two })));
    const approved = await team.run(() => approveProposal(boss, { ...asked, note: "" }));
    const { customerId, conflictList } = await view(asked.id);
    expect([customerId, conflictList.map(({ otherId, isPotential }) => [otherId, isPotential])]).toEqual([
      one,
      [[standing.id, false]],
    ]);
    const present = { id: asked.id, version: approved.version };
    await expect(team.run(async () => presentProposal(await as(second, 6), present))).rejects.toMatchObject({
      reason: "offer_stands",
    });
    await expect(offer(await as(second, 7), offerOf(shop, two, 0))).rejects.toMatchObject({ code: "not_found" });
  });

  test("are not there for who may see neither of the two", async () => {
    const { one, two } = await twoAlike();
    await offer(await as(team.seller), offerOf(shop, one, 0));
    const mine = await offer(await as(second), offerOf(shop, two, 1_500));
    const outsider = await makeMember(team.workspace, { name: "Nils", roles: ["cs"], spoke: "cs" });
    const ctx = await team.as(outsider, later(9), ["cs"]);
    await expect(team.run(() => getProposal(ctx, { id: mine.id }))).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a conflict that a manager lets stand", () => {
  async function twoOffers() {
    const { customerId } = await team.customer();
    const first = await offer(await as(team.seller), offerOf(shop, customerId, 0));
    await team.run(async () => presentProposal(await as(team.seller), first));
    const other = await offer(await as(second, 5), offerOf(shop, customerId, 1_000));
    const found = (await view(other.id)).conflictList[0];
    return { customerId, first, other, found: { id: found?.id ?? "", version: found?.version ?? 0 } };
  }

  test("no longer stops the second offer, and says who let it and why", async () => {
    const { customerId, first, other, found } = await twoOffers();
    const rival = await as(second, 6);
    const present = () => team.run(() => presentProposal(rival, other));
    await expect(present()).rejects.toMatchObject({ reason: "offer_stands" });
    const reason = "Two phases of one lot.";
    await expect(team.run(() => waiveConflict(rival, { ...found, reason }))).rejects.toMatchObject({
      code: "forbidden",
    });
    const boss = await as(team.manager, 7);
    const stale = team.run(() => waiveConflict(boss, { ...found, version: 9, reason }));
    await expect(stale).rejects.toMatchObject({ code: "conflict" });
    await team.run(() => waiveConflict(boss, { ...found, reason }));
    await expect(team.run(() => waiveConflict(boss, { ...found, reason }))).rejects.toMatchObject({
      reason: "not_open",
    });
    expect((await view(first.id)).conflictList).toMatchObject([{ state: "waived", waivedReason: reason }]);
    expect([(await view(first.id)).conflicts, (await view(other.id)).conflicts]).toEqual([0, 0]);
    await present();
    expect((await view(first.id)).isOfferOfRecord).toBe(true);
    expect(await team.happened(customerId)).toContain("proposal.conflict_waived");
    expect(await team.told(second)).toContain("proposal_conflict_waived");
  });

  test("opens again when one of them comes back further apart", async () => {
    const { customerId, other, found } = await twoOffers();
    const boss = await as(team.manager, 7);
    await team.run(() => waiveConflict(boss, { ...found, reason: "Two phases." }));
    const again = async (discountBp: number) => {
      const { lines, validTo } = offerOf(shop, customerId, discountBp);
      const { version } = await view(other.id);
      const rival = await as(second, 8);
      const input = EditProposal.parse({ id: other.id, version, lines, validTo });
      const edited = await team.run(() => editProposal(rival, input));
      return team.run(() => submitProposal(rival, { id: other.id, ...edited }));
    };
    const deeper = await again(2_200);
    expect(deeper.state).toBe("pending_approval");
    await team.run(() => approveProposal(boss, { id: other.id, version: deeper.version, note: "" }));
    expect((await view(other.id)).conflictList).toMatchObject([{ state: "open", waivedReason: null }]);
  });

  test("is nobody else's: another workspace does not find it", async () => {
    const { found } = await twoOffers();
    const there = await Team.make();
    const stranger = await there.as(there.manager);
    const waive = there.run(() => waiveConflict(stranger, { ...found, reason: "Mine" }));
    await expect(waive).rejects.toMatchObject({ code: "not_found" });
  });

  test("decided instead, the loser carries what the customer is told", async () => {
    const { first, other } = await twoOffers();
    const boss = await as(team.manager, 7);
    const { version } = await view(other.id);
    const message = "One offer counts from today: the one of 2 March with the lower price.";
    await team.run(() => resolveConflict(boss, { id: other.id, version, message }));
    expect(await view(first.id)).toMatchObject({ state: "superseded", withdrawnMessage: message });
    expect(await view(other.id)).toMatchObject({ isOfferOfRecord: true, withdrawnMessage: null });
  });
});

test("the report counts how many conflicts were decided, how fast, and opens the rows behind each figure", async () => {
  const own = await Team.make();
  const there = await openShop(await own.as(own.workspace.owner, monday, ["owner", "admin", "manager"]));
  const hand = (minutes: number) => own.as(own.seller, later(minutes), ["sales", "osc"]);
  const boss = await own.as(own.manager, later(120));
  const report = () => own.run(() => reportDiscounts(boss));
  expect(await report()).toMatchObject({ conflictsDecided: { k: 0, n: 0 }, hoursToDecide: null });
  const pairs: { first: string; other: string }[] = [];
  for (const need of ["Lot 1", "Lot 2"]) {
    const { customerId } = await own.customer();
    const first = await offer(await hand(0), offerOf(there, customerId, 0, { need }));
    const other = await offer(await hand(30), offerOf(there, customerId, 1_500, { need }));
    pairs.push({ first: first.id, other: other.id });
  }
  const { version } = await own.run(() => getProposal(boss, { id: pairs[0]?.first ?? "" }));
  await own.run(() => resolveConflict(boss, { id: pairs[0]?.first ?? "", version }));
  const counted = await report();
  expect(counted).toMatchObject({ conflictsDecided: { k: 1, n: 2 }, customersInConflict: { k: 1, n: 2 } });
  expect(counted.hoursToDecide).toBeCloseTo(1.5, 9);
  const rows = async (show: "many_prices" | "decided_conflicts" | "beyond_authority") =>
    (await own.run(() => listProposals(boss, ProposalsInput.parse({ show })))).data.map(({ id }) => id);
  expect(await rows("decided_conflicts")).toEqual([pairs[0]?.other]);
  expect((await rows("many_prices")).sort()).toEqual([pairs[1]?.first, pairs[1]?.other].sort());
  expect(await rows("beyond_authority")).toEqual([]);
});
