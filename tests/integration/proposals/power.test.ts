import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { changeMember } from "@/lib/members/commands";
import { ChangeMember } from "@/lib/members/schema";
import { submitProposal } from "@/lib/proposals/approvals";
import { draftProposal, editProposal, presentProposal } from "@/lib/proposals/commands";
import { draftOptions } from "@/lib/proposals/draft-options";
import { getProposal } from "@/lib/proposals/queries";
import { DraftOptions, EditProposal } from "@/lib/proposals/schema";
import { makeMember, type TestMember } from "../../support/factories";
import { offerOf, openShop, type Shop } from "../../support/offered";
import { later, monday, Team } from "../../support/owed";
import { tellContacts, tellJourneys } from "../../support/passed";

let team: Team;
let shop: Shop;
let seller: Context;
let designer: Context;
const others: TestMember[] = [];

beforeAll(async () => {
  team = await Team.make();
  shop = await openShop(await team.as(team.workspace.owner, monday, ["owner", "admin", "manager"]));
  seller = await team.as(team.seller, monday, ["sales"]);
  designer = await team.as(team.designer, later(5), ["design"]);
});

/** Onsite for sure at a tenth less, training to choose at a fifth less. */
async function drafted(): Promise<{ id: string; version: number; customerId: string }> {
  const { customerId, journeyId } = await team.customer();
  // Whoever had a contact with a customer sees her.
  const met = [team.seller, team.designer, ...others].map(({ memberId }) => ({
    journeyId,
    at: monday,
    agentId: memberId,
  }));
  await tellContacts(await team.worker(monday), met);
  const { onsite, training } = shop.products;
  const lines = [
    { productId: onsite, quantity: 1, discountBp: 1_000 },
    { productId: training, quantity: 1, discountBp: 2_000, isOptional: true },
  ];
  const made = await team.run(() => draftProposal(seller, offerOf(shop, customerId, 0, { lines })));
  return { ...made, customerId };
}

const options = (ctx: Context, { id, version }: { id: string; version: number }, ...chosen: [string, number][]) =>
  team.run(() =>
    draftOptions(
      ctx,
      DraftOptions.parse({ id, version, options: chosen.map(([productId, quantity]) => ({ productId, quantity })) }),
    ),
  );

const forbidden = { code: "forbidden" };

describe("a designer", () => {
  test("writes what the customer may choose from, and neither prices nor discounts nor what is fixed", async () => {
    const draft = await drafted();
    const { support, training } = shop.products;
    expect((await team.run(() => getProposal(designer, draft))).mayDraftOptions).toBe(true);
    const changed = await options(designer, draft, [training, 2], [support, 1]);
    const read = await team.run(() => getProposal(seller, draft));
    expect(read.lines.map(({ isOptional, quantity, discountBp }) => [isOptional, quantity, discountBp])).toEqual([
      [false, 1, 1_000],
      [true, 2, 2_000],
      [true, 1, 0],
    ]);
    expect([read.netMinor, read.state, read.sellerId]).toEqual([54_000, "draft", team.seller.memberId]);
    const rows = await team.run(
      () => seller.db.$queryRaw<{ actor: string }[]>`
        select actor from audit_log where workspace_id = ${seller.workspaceId}::uuid and subject = ${`proposal:${draft.id}`} and action = 'proposal.options_drafted'`,
    );
    expect(rows).toEqual([{ actor: `member:${team.designer.memberId}` }]);
    expect(await team.happened(draft.customerId)).toContain("proposal.options_drafted");
    // Her version is the next one: an older one is a conflict.
    await expect(options(designer, draft, [support, 1])).rejects.toMatchObject({ code: "conflict" });
    await options(designer, { ...draft, ...changed });
    expect((await team.run(() => getProposal(seller, draft))).lines).toHaveLength(1);
  });

  test("neither drafts, changes, hands in nor presents a proposal", async () => {
    const draft = await drafted();
    const { lines: _, ...content } = offerOf(shop, draft.customerId, 5_000);
    const edit = EditProposal.parse({
      ...{ id: draft.id, version: draft.version, validTo: content.validTo },
      lines: [{ productId: shop.products.onsite, quantity: 1, discountBp: 9_000 }],
    });
    await expect(team.run(() => editProposal(designer, edit))).rejects.toMatchObject(forbidden);
    await expect(team.run(() => submitProposal(designer, draft))).rejects.toMatchObject(forbidden);
    await expect(team.run(() => presentProposal(designer, draft))).rejects.toMatchObject(forbidden);
    await expect(team.run(() => draftProposal(designer, offerOf(shop, draft.customerId, 0)))).rejects.toMatchObject(
      forbidden,
    );
  });

  test("is told that a product is part of the offer already, and that it was handed in", async () => {
    const draft = await drafted();
    await expect(options(designer, draft, [shop.products.onsite, 1])).rejects.toMatchObject({
      ...{ code: "invalid", reason: "already_fixed" },
      details: { fields: { "options.0.productId": "already_fixed" } },
    });
    const { version } = await team.run(() => submitProposal(seller, draft));
    await expect(options(designer, { id: draft.id, version }, [shop.products.support, 1])).rejects.toMatchObject({
      ...{ code: "refused", reason: "no_such_move" },
    });
  });

  test("is the only one besides its seller and a manager", async () => {
    const other = await makeMember(team.workspace, { name: "Ines Cordero", roles: ["sales"], spoke: "sales" });
    others.push(other);
    const draft = await drafted();
    const osc = await team.as(team.osc, monday, ["osc"]);
    for (const ctx of [osc, await team.as(other, monday, ["sales"])])
      await expect(options(ctx, draft, [shop.products.support, 1])).rejects.toMatchObject(forbidden);
    await options(seller, draft, [shop.products.support, 1]);
  });
});

describe("customer success", () => {
  let ruth: TestMember;
  let bought: string;
  const as = () => team.as(ruth, later(10), ["cs"]);
  const mayUpsell = async (value: boolean) => {
    const admin = await team.as(team.workspace.owner, monday, ["owner", "admin"]);
    await team.run(async () => {
      const { version } = await admin.db.member.findFirstOrThrow({
        where: { workspaceId: admin.workspaceId, id: ruth.memberId },
      });
      await changeMember(admin, ChangeMember.parse({ memberId: ruth.memberId, version, mayUpsell: value }));
    });
  };

  beforeAll(async () => {
    ruth = await makeMember(team.workspace, { name: "Ruth Lindqvist", roles: ["cs"], spoke: "cs" });
    others.push(ruth);
    const worker = await team.worker(monday);
    const [journeyId] = await tellJourneys(worker, team.osc.memberId, monday, [
      {
        events: [
          { day: -20, stage: "new_lead", cause: "enter" },
          { day: -10, stage: "contract", cause: "advance", status: "won" },
        ],
      },
    ]);
    const journey = await team.run(() =>
      worker.db.journey.findFirstOrThrow({ where: { workspaceId: worker.workspaceId, id: journeyId } }),
    );
    bought = journey.customerId;
    await tellContacts(worker, [{ journeyId: journey.id, at: monday, agentId: ruth.memberId }]);
  });

  test("offers nothing until a keeper of members says that she may", async () => {
    await expect(team.run(async () => draftProposal(await as(), offerOf(shop, bought, 0)))).rejects.toMatchObject(
      forbidden,
    );
  });

  test("then offers more to who bought, as her own, and to nobody else", async () => {
    await mayUpsell(true);
    const ctx = await as();
    const made = await team.run(() => draftProposal(ctx, offerOf(shop, bought, 0)));
    const handed = await team.run(() => submitProposal(ctx, made));
    expect((await team.run(() => getProposal(ctx, made))).mayEdit).toBe(true);
    await team.run(() => presentProposal(ctx, { ...made, ...handed }));
    const draft = await drafted();
    await expect(
      team.run(() => draftProposal(ctx, offerOf(shop, draft.customerId, 0, { need: "Another" }))),
    ).rejects.toMatchObject(forbidden);
    await expect(team.run(() => submitProposal(ctx, draft))).rejects.toMatchObject(forbidden);
  });

  test("and no more once it was taken from her", async () => {
    await mayUpsell(false);
    const ctx = await as();
    await expect(
      team.run(() => draftProposal(ctx, offerOf(shop, bought, 0, { need: "A shed" }))),
    ).rejects.toMatchObject(forbidden);
  });
});
