import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/lib/identifiers";
import { customerLink } from "@/lib/links/commands";
import { asCustomer } from "@/lib/links/context";
import { declineProposal, presentProposal } from "@/lib/proposals/commands";
import { answerOffer, getCustomerOffer, listCustomerOffers } from "@/lib/proposals/customer";
import { getProposal } from "@/lib/proposals/queries";
import { AnswerOffer } from "@/lib/proposals/schema";
import { offer, offerOf, openShop, type Shop } from "../../support/offered";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let shop: Shop;

beforeAll(async () => {
  team = await Team.make();
  shop = await openShop(await team.as(team.workspace.owner, monday, ["owner", "admin", "manager"]));
});

async function show(need = "Lot 42") {
  const { customerId } = await team.customer();
  const osc = await team.as(team.osc);
  const { address } = await team.run(() => customerLink(osc, { customerId }));
  const manager = await team.as(team.manager);
  const offered = await offer(manager, offerOf(shop, customerId, 0, { need }));
  await team.run(() => presentProposal(manager, offered));
  return { customerId, proposalId: offered.id, token: address.split("/c/")[1] ?? "" };
}

const answer = (token: string, input: object, now = later(30)) =>
  asCustomer(token, (ctx, link) => answerOffer(ctx, link, AnswerOffer.parse({ id: newId(), ...input })), now);
const read = (token: string, id: string, now = later(30)) =>
  asCustomer(token, (ctx, { customerId }) => getCustomerOffer(ctx, customerId, id), now);

describe("an offer on its customer's page", () => {
  test("says what it holds and what it costs, and nothing that is ours alone", async () => {
    const { token, proposalId } = await show();
    const offer = await read(token, proposalId);
    expect(offer).toMatchObject({ need: "Lot 42", netMinor: 100_000, state: "presented", answeredName: null });
    expect(offer.lines.map(({ name, netMinor }) => [name, netMinor])).toEqual([
      ["Onsite", 60_000],
      ["Support", 30_000],
      ["Training", 10_000],
    ]);
    expect(JSON.stringify(offer)).not.toMatch(/cost|margin|authority|tier|seller|conflict|note/i);
  });

  test("is accepted with name and time: the seller and the OSC are told, and it stands on the timeline", async () => {
    const { token, proposalId, customerId } = await show("Lot 43");
    await answer(token, { proposalId, answer: "accept", name: "Maya Halloran" });
    expect(await read(token, proposalId)).toMatchObject({
      state: "accepted",
      answeredName: "Maya Halloran",
      endedAt: later(30).toISOString(),
    });
    expect(await team.told(team.manager)).toContain("proposal_accepted");
    expect(await team.told(team.osc)).toContain("inbound");
    const happened = await team.happened(customerId);
    expect(happened.filter((type) => type === "proposal.accepted")).toHaveLength(1);
    const ctx = await team.as(team.manager, later(40));
    const said = await team.run(() =>
      ctx.db.interaction.findFirst({ where: { workspaceId: team.workspace.id, customerId, medium: "portal" } }),
    );
    expect(said).toMatchObject({ direction: "inbound", summary: "Maya Halloran accepted the offer for Lot 43." });
  });

  test("given twice is one answer, and a yes is not turned into a no", async () => {
    const { token, proposalId, customerId } = await show("Lot 44");
    const id = newId();
    const yes = { id, proposalId, answer: "accept", name: "Maya Halloran" };
    const both = await Promise.allSettled([answer(token, yes), answer(token, yes)]);
    expect(both.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    await answer(token, yes);
    expect((await team.happened(customerId)).filter((type) => type === "proposal.accepted")).toHaveLength(1);
    await expect(answer(token, { proposalId, answer: "decline", name: "Maya Halloran" })).rejects.toMatchObject({
      code: "refused",
      reason: "no_such_move",
    });
  });

  test("is declined with what she says, and then binds nobody", async () => {
    const { token, proposalId } = await show("Lot 45");
    await answer(token, { proposalId, answer: "decline", name: "Tom Halloran", reason: "Too dear." });
    expect(await read(token, proposalId)).toMatchObject({ state: "declined", answeredName: "Tom Halloran" });
    const ctx = await team.as(team.manager, later(40));
    const kept = await team.run(() => getProposal(ctx, { id: proposalId }));
    expect(kept).toMatchObject({ isOfferOfRecord: false, endedReason: "Too dear." });
    expect(await team.told(team.manager)).toContain("proposal_declined");
  });

  test("past its last day is shown as run out and not accepted", async () => {
    const { token, proposalId } = await show("Lot 46");
    const april = new Date("2026-04-02T10:00:00Z");
    expect(await read(token, proposalId, april)).toMatchObject({ state: "expired" });
    await expect(answer(token, { proposalId, answer: "accept", name: "Maya Halloran" }, april)).rejects.toMatchObject({
      reason: "proposal_expired",
    });
  });

  test("what a seller wrote down shows no name of hers", async () => {
    const { token, proposalId } = await show("Lot 47");
    const manager = await team.as(team.manager, later(20));
    const { version } = await team.run(() => getProposal(manager, { id: proposalId }));
    await team.run(() => declineProposal(manager, { id: proposalId, version, reason: "By phone." }));
    expect(await read(token, proposalId)).toMatchObject({ state: "declined", answeredName: null });
  });

  test("P09 another customer's, one that was never shown, and one that is none are not there", async () => {
    const { token } = await show("Lot 48");
    const theirs = await show("Lot 49");
    const { customerId } = await asCustomer(token, async (_ctx, link) => link, later(5));
    const manager = await team.as(team.manager);
    const hidden = await offer(manager, offerOf(shop, customerId, 0, { need: "Lot 50" }));
    for (const id of [theirs.proposalId, hidden.id, newId(), "nonsense"]) {
      await expect(read(token, id), id).rejects.toMatchObject({ code: "not_found" });
      if (id !== "nonsense")
        await expect(answer(token, { proposalId: id, answer: "accept", name: "Somebody Else" })).rejects.toMatchObject({
          code: "not_found",
        });
    }
    const listed = await asCustomer(token, (ctx, link) => listCustomerOffers(ctx, link.customerId), later(5));
    expect(listed.map(({ need }) => need)).toEqual(["Lot 48"]);
  });
});
