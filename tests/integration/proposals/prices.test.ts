import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { addPriceBook, addProduct, editProduct } from "@/lib/products/commands";
import { listKeptPriceBooks, listPriceBooks } from "@/lib/products/queries";
import { AddPriceBook } from "@/lib/products/schema";
import { approveProposal, grantAuthority, submitProposal } from "@/lib/proposals/approvals";
import { delegateAuthority, endAuthority, getPriceRules } from "@/lib/proposals/authorities";
import { draftProposal } from "@/lib/proposals/commands";
import { setPricePolicy } from "@/lib/proposals/policy";
import { getProposal } from "@/lib/proposals/queries";
import { SetPricePolicy } from "@/lib/proposals/rule-schema";
import { makeMember, type TestMember } from "../../support/factories";
import { offer, offerOf, openShop, type Shop } from "../../support/offered";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let shop: Shop;
let keeper: Context;
let boss: Context;
let second: TestMember;

const strict = (rest: object = {}) =>
  SetPricePolicy.parse({
    version: 0,
    bands: [
      { below: 500, repBp: 3_000, managerBp: 3_000, directorBp: 4_000 },
      { below: null, repBp: 500, managerBp: 1_000, directorBp: 2_000 },
    ],
    marginFloorBp: 1_000,
    ...rest,
  });

beforeAll(async () => {
  team = await Team.make();
  keeper = await team.as(team.workspace.owner, monday, ["owner", "admin", "manager"]);
  boss = await team.as(team.manager, later(5));
  second = await makeMember(team.workspace, { name: "Tess Territory", roles: ["sales"], spoke: "sales" });
  shop = await openShop(keeper);
});

const seller = (minutes = 0) => team.as(team.seller, later(minutes), ["sales", "osc"]);
const tiersOf = async (id: string) => (await team.run(() => getProposal(boss, { id }))).tiers;

describe("the approval matrix of a workspace", () => {
  test("changes what is handed in from its day on, and nothing that was handed in before", async () => {
    const { customerId } = await team.customer();
    const give = async (need: string) => offer(await seller(), offerOf(shop, customerId, 1_500, { need }));
    const before = await give("Before");
    const kept = await team.run(async () =>
      draftProposal(await seller(), offerOf(shop, customerId, 1_500, { need: "Kept" })),
    );
    const running = await offer(await seller(), offerOf(shop, customerId, 2_500, { need: "Running" }));
    expect([before.state, await tiersOf(running.id)]).toEqual(["approved", ["manager"]]);
    await team.run(() => setPricePolicy(keeper, strict()));
    expect([await tiersOf(before.id), await tiersOf(running.id)]).toEqual([["rep"], ["manager"]]);
    const approved = await team.run(() => approveProposal(boss, { ...running, note: "" }));
    expect(approved.state).toBe("approved");
    const after = await give("After");
    expect([after.state, await tiersOf(after.id)]).toEqual(["pending_approval", ["director"]]);
    expect((await team.run(() => getProposal(boss, { id: after.id }))).authorityBp).toBe(500);
    // What lay in a drawer is judged by the matrix of the day on which it is handed in.
    const late = await team.run(async () => submitProposal(await seller(1), kept));
    expect([late.state, await tiersOf(kept.id)]).toEqual(["pending_approval", ["director"]]);
  });

  test("is announced for a later day, keeps its versions, and refuses a second keeper who read an older one", async () => {
    const announced = strict({ version: 1, marginFloorBp: 5_000, validFrom: "2026-03-09" });
    await team.run(() => setPricePolicy(keeper, announced));
    const stale = team.run(() => setPricePolicy(keeper, strict({ version: 1 })));
    await expect(stale).rejects.toMatchObject({ code: "conflict", details: { current: { version: 2 } } });
    const rules = await team.run(() => getPriceRules(keeper));
    expect(rules).toMatchObject({ version: 2, mayEdit: true, inForce: { number: 1, marginFloorBp: 1_000 } });
    expect(rules.policies.map(({ number, standing }) => [number, standing])).toEqual([
      [2, "announced"],
      [1, "in_force"],
    ]);
    const past = team.run(() => setPricePolicy(keeper, strict({ version: 2, validFrom: "2026-03-01" })));
    await expect(past).rejects.toMatchObject({ details: { fields: { validFrom: "past" } } });
    const next = await team.as(team.workspace.owner, later(8 * 24 * 60), ["owner", "admin"]);
    expect((await team.run(() => getPriceRules(next))).inForce.number).toBe(2);
    const change = () =>
      keeper.db.pricePolicy.updateMany({ where: { workspaceId: keeper.workspaceId }, data: { marginFloorBp: 0 } });
    await expect(team.run(change)).rejects.toThrow();
  });

  test("rises from row to row and from voice to voice, and holds for every size", () => {
    const wrong = (bands: object[]) => SetPricePolicy.safeParse({ ...strict(), bands }).success;
    const row = { below: null, repBp: 0, managerBp: 0, directorBp: 0 };
    expect(wrong([row])).toBe(true);
    expect(wrong([{ ...row, below: 10 }])).toBe(false);
    expect(wrong([{ ...row, below: 10 }, { ...row, below: 10 }, row])).toBe(false);
    expect(wrong([row, row])).toBe(false);
    expect(wrong([{ ...row, repBp: 100 }])).toBe(false);
    expect(wrong([{ ...row, managerBp: 100 }])).toBe(false);
  });

  test("is the admin's to set and a manager's to read", async () => {
    await expect(team.run(() => setPricePolicy(boss, strict()))).rejects.toMatchObject({ code: "forbidden" });
    expect((await team.run(() => getPriceRules(boss))).mayEdit).toBe(false);
    const other = await seller();
    await expect(team.run(() => getPriceRules(other))).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("authority between two days", () => {
  test("a manager lends her tier for her days away; who holds it only by loan cannot lend it on", async () => {
    const { customerId } = await team.customer();
    const loan = {
      memberId: second.memberId,
      tier: "manager" as const,
      validFrom: "2026-03-03",
      validTo: "2026-03-04",
    };
    const { id } = await team.run(() => delegateAuthority(boss, loan));
    const asked = await offer(await seller(), offerOf(shop, customerId, 900));
    expect(await tiersOf(asked.id)).toEqual(["manager"]);
    const decide = async (days: number) => {
      const lent = await team.as(second, later(days * 24 * 60), ["sales"]);
      return team.run(() => approveProposal(lent, { ...asked, note: "" }));
    };
    await expect(decide(0)).rejects.toMatchObject({ reason: "not_your_tier" });
    await expect(decide(3)).rejects.toMatchObject({ reason: "not_your_tier" });
    const lent = await team.as(second, later(24 * 60), ["sales"]);
    const on = { ...loan, memberId: team.seller.memberId };
    await expect(team.run(() => delegateAuthority(lent, on))).rejects.toMatchObject({ reason: "not_your_tier" });
    expect((await decide(1)).state).toBe("approved");
    const tomorrow = await team.as(team.manager, later(24 * 60));
    expect((await team.run(() => getPriceRules(tomorrow))).authorities).toMatchObject([
      { id, memberName: "Tess Territory", delegatedByName: "Max Manager", standing: "in_force", mayEnd: true },
    ]);
    await team.run(() => endAuthority(tomorrow, { id, version: 1 }));
    const again = await offer(await seller(), offerOf(shop, customerId, 900, { need: "Again" }));
    const ended = team.run(() => approveProposal(lent, { ...again, note: "" }));
    await expect(ended).rejects.toMatchObject({ reason: "not_your_tier" });
    await expect(team.run(() => endAuthority(tomorrow, { id, version: 2 }))).rejects.toMatchObject({
      reason: "already_ended",
    });
  });

  test("names what is wrong: herself, a past day, a role that never approves, a tier that is not hers", async () => {
    const loan = { memberId: second.memberId, tier: "manager" as const, validTo: "2026-03-04" };
    const refuses = (change: object, fields: object) =>
      expect(team.run(() => delegateAuthority(boss, { ...loan, ...change }))).rejects.toMatchObject({
        details: { fields },
      });
    await refuses({ memberId: team.manager.memberId }, { memberId: "self" });
    await refuses({ validFrom: "2026-03-01" }, { validFrom: "past" });
    await refuses({ validFrom: "2026-03-06" }, { validTo: "before_start" });
    await refuses({ memberId: team.designer.memberId }, { memberId: "may_not_approve" });
    const director = team.run(() => delegateAuthority(boss, { ...loan, tier: "director" }));
    await expect(director).rejects.toMatchObject({ reason: "not_your_tier" });
    const named = { memberId: team.manager.memberId, tier: "director" as const, validTo: null };
    const { id } = await team.run(() => grantAuthority(keeper, named));
    await expect(team.run(() => endAuthority(boss, { id, version: 1 }))).rejects.toMatchObject({ code: "forbidden" });
    await expect(team.run(() => endAuthority(keeper, { id, version: 9 }))).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("price books", () => {
  test("new prices take the place of the old from their day on; offers keep theirs, and the old book stays readable", async () => {
    const { customerId } = await team.customer();
    const asked = await offer(await seller(), offerOf(shop, customerId, 0));
    const [old] = await team.run(() => listKeptPriceBooks(boss));
    const line = { productId: shop.products.onsite, unitMinor: 70_000 };
    const book = (rest: object) =>
      AddPriceBook.parse({
        name: "List of April",
        currency: boss.currency,
        validFrom: "2026-04-01",
        lines: [line],
        ...rest,
      });
    const replaces = { id: shop.bookId, version: old?.version ?? 0 };
    await expect(team.run(() => addPriceBook(boss, book({ replaces, validFrom: "2026-01-01" })))).rejects.toMatchObject(
      {
        details: { fields: { validFrom: "before_start" } },
      },
    );
    await team.run(() => addPriceBook(boss, book({ replaces })));
    const again = book({ replaces, name: "Another" });
    await expect(team.run(() => addPriceBook(boss, again))).rejects.toMatchObject({ code: "conflict" });
    const books = await team.run(() => listKeptPriceBooks(boss));
    expect(books.map(({ name, standing, validTo }) => [name, standing, validTo])).toEqual([
      ["List of April", "announced", null],
      ["List 2026", "in_force", "2026-03-31"],
    ]);
    expect(books[1]?.lines.find(({ productName }) => productName === "Onsite")?.costMinor).toBe(30_000);
    expect((await team.run(() => getProposal(boss, { id: asked.id }))).listMinor).toBe(100_000);
    const public_ = await team.run(async () => listPriceBooks(await seller()));
    expect(JSON.stringify(public_)).not.toContain("costMinor");
  });

  test("a manager keeps products and prices, a seller only reads them", async () => {
    const { id } = await team.run(() => addProduct(boss, { name: "Crane", family: "tools" }));
    await team.run(() => editProduct(boss, { id, version: 1, isArchived: true }));
    const other = await seller();
    const refused = { code: "forbidden" };
    await expect(team.run(() => addProduct(other, { name: "Digger", family: "tools" }))).rejects.toMatchObject(refused);
    await expect(team.run(() => listKeptPriceBooks(other))).rejects.toMatchObject(refused);
  });
});
