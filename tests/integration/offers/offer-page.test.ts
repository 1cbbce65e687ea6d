import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { inWorkspace, plainPool } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { customerLink, revokeCustomerLinks } from "@/lib/links/commands";
import { sealCustomerToken } from "@/lib/links/token";
import { answerOffer, noteOfferSeen, offerLink } from "@/lib/offers/commands";
import { asOffered } from "@/lib/offers/context";
import { getOffer, getOfferPage } from "@/lib/offers/queries";
import { AnswerOffer } from "@/lib/offers/schema";
import { sealOfferToken } from "@/lib/offers/token";
import { presentProposal, resolveConflict, withdrawProposal } from "@/lib/proposals/commands";
import { getProposal } from "@/lib/proposals/queries";
import { offer, offerOf, openShop, type Shop } from "../../support/offered";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let other: Team;
let shop: Shop;
let seller: Context;
let boss: Context;

beforeAll(async () => {
  team = await Team.make();
  other = await Team.make();
  shop = await openShop(await team.as(team.workspace.owner, monday, ["owner", "admin", "manager"]));
  seller = await team.as(team.seller, monday, ["sales", "osc"]);
  boss = await team.as(team.manager, later(1));
});

async function presented(discountBp = 1000, rest: object = {}) {
  await plainPool().query("delete from rate_limits");
  const { customerId } = await team.customer("Greta Winter");
  const handed = await offer(seller, offerOf(shop, customerId, discountBp, rest));
  const { version } = await team.run(() => presentProposal(seller, handed));
  const { address } = await team.run(() => offerLink(seller, { id: handed.id }));
  return { customerId, id: handed.id, version, address, token: address.split("/c/offer/")[1] ?? "" };
}

const pageOf = (token: string, now = later(5)) =>
  asOffered(token, (ctx, link) => getOfferPage(ctx, link.proposalId), now);
const say = (token: string, decision: "accepted" | "declined", name = "Greta Winter", now = later(5), comment = "") =>
  asOffered(token, (ctx, link) => answerOffer(ctx, link, AnswerOffer.parse({ decision, name, comment })), now);

describe("the link of an offer", () => {
  test("is made once, only after presenting, and by who may see the proposal", async () => {
    const made = await presented();
    expect(await team.run(() => offerLink(boss, { id: made.id }))).toEqual({ address: made.address });
    const draft = await offer(seller, offerOf(shop, (await team.customer()).customerId, 0));
    await expect(team.run(() => offerLink(seller, { id: draft.id }))).rejects.toMatchObject({
      reason: "not_presented",
    });
    const auditor = await team.as(team.osc, monday, ["auditor"]);
    await expect(team.run(() => offerLink(auditor, { id: made.id }))).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await other.as(other.manager);
    await expect(other.run(() => offerLink(stranger, { id: made.id }))).rejects.toMatchObject({ code: "not_found" });
    await expect(other.run(() => getOffer(stranger, { id: made.id }))).rejects.toMatchObject({ code: "not_found" });
  });

  test("P09, P18 forged, unknown, of another purpose or workspace, or revoked: always the same answer", async () => {
    const { token, customerId } = await presented();
    const linkId = newId();
    const { address } = await team.run(() => customerLink(seller, { customerId }));
    const strangers = [
      "nonsense",
      `${token.slice(0, -1)}${token.endsWith("A") ? "Q" : "A"}`,
      address.split("/c/")[1] ?? "",
      sealCustomerToken({ workspaceId: team.workspace.id, linkId }),
      sealOfferToken({ workspaceId: team.workspace.id, linkId }),
      sealOfferToken({ workspaceId: other.workspace.id, linkId }),
      sealOfferToken({ workspaceId: newId(), linkId }),
    ];
    await team.run(() => revokeCustomerLinks(seller, { customerId }));
    for (const each of [...strangers, token]) {
      await expect(pageOf(each)).rejects.toMatchObject({ code: "not_found", reason: "offer_page" });
      await expect(say(each, "accepted")).rejects.toMatchObject({ code: "not_found", reason: "offer_page" });
    }
  });
});

describe("the page of an offer", () => {
  test("shows lines, total, last day and whom to ask, and nothing of cost, margin, authority or other offers", async () => {
    const { token, customerId } = await presented(1000, { note: "walk-away is 80" });
    await offer(seller, offerOf(shop, customerId, 1500, { need: "Garden" }));
    const page = await pageOf(token);
    expect(page).toMatchObject({
      ...{ company: "Northwind Homes", customerName: "Greta Winter", need: "Lot 42", state: "open" },
      ...{ listMinor: 100_000, netMinor: 90_000, validTo: "2026-03-31", answer: null },
      contact: { name: "Dana Whitlock" },
    });
    expect(page.lines.map(({ productName, netMinor }) => [productName, netMinor])).toEqual([
      ["Onsite", 54_000],
      ["Support", 27_000],
      ["Training", 9_000],
    ]);
    const leaked = JSON.stringify(page);
    for (const word of ["cost", "margin", "authority", "tiers", "walk-away", "Garden", "seller", "hash", "approv"])
      expect([word, leaked.toLowerCase().includes(word.toLowerCase())]).toEqual([word, false]);
  });

  test("notes once that she looked", async () => {
    const { token, customerId } = await presented();
    for (const minutes of [5, 6, 70]) await asOffered(token, noteOfferSeen, later(minutes));
    expect((await team.happened(customerId)).filter((type) => type === "proposal.seen")).toHaveLength(1);
  });

  test("her yes is the proposal's, under her name, on the timeline, and told to seller and OSC", async () => {
    const { token, id, customerId } = await presented();
    const before = (await team.told(team.osc)).length;
    expect(await say(token, "accepted", "Greta Winter", later(5), "Can we start in May?")).toBe("accepted");
    const proposal = await team.run(() => getProposal(boss, { id }));
    expect([proposal.state, proposal.isOfferOfRecord]).toEqual(["accepted", true]);
    expect((await pageOf(token)).answer).toEqual({
      ...{ decision: "accepted", name: "Greta Winter", at: later(5).toISOString() },
    });
    const where = { workspaceId: team.workspace.id, customerId };
    const contacts = await team.run(() => boss.db.interaction.findMany({ where }));
    expect(contacts).toMatchObject([
      {
        ...{ medium: "portal", direction: "inbound", type: "proposal/price talk", isAutomated: false },
        summary: "Greta Winter accepted the offer for Lot 42 on their page.\nCan we start in May?",
      },
    ]);
    const event = { where: { ...where, type: "proposal.accepted" } };
    expect((await team.run(() => boss.db.event.findFirstOrThrow(event))).actor).toBe(`customer:${customerId}`);
    expect(await team.told(team.seller)).toContain("proposal_accepted");
    expect((await team.told(team.osc)).slice(before)).toContain("proposal_accepted");
  });

  test("a replay, a second mind and five answers at one moment leave the first one standing", async () => {
    const { token, customerId } = await presented();
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, place) => say(token, place % 2 ? "accepted" : "declined", `Person ${place}`)),
    );
    expect(answers.filter((each) => each !== "answered")).toHaveLength(1);
    const { state, answer } = await pageOf(token);
    expect([await say(token, "accepted"), await say(token, "declined")]).toEqual(["answered", "answered"]);
    expect(await pageOf(token)).toMatchObject({ state, answer });
    const happened = await team.happened(customerId);
    expect(happened.filter((type) => type === "proposal.accepted" || type === "proposal.declined")).toHaveLength(1);
    expect(happened.filter((type) => type === "interaction.logged")).toHaveLength(1);
  });

  test("her no frees the need, and her words are kept", async () => {
    const { token, id } = await presented();
    expect(await say(token, "declined", "Greta Winter", later(5), "Too dear")).toBe("declined");
    const proposal = await team.run(() => getProposal(boss, { id }));
    expect(proposal).toMatchObject({ state: "declined", isOfferOfRecord: false, endedReason: "Too dear" });
  });

  test("on the last day she may, the day after nobody may", async () => {
    const { token } = await presented(0, { validTo: "2026-03-03" });
    expect((await pageOf(token, new Date("2026-03-03T20:00:00Z"))).state).toBe("open");
    const late = new Date("2026-03-04T12:00:00Z");
    expect((await pageOf(token, late)).state).toBe("expired");
    expect(await say(token, "accepted", "Greta Winter", late)).toBe("closed");
    expect((await pageOf(token, late)).answer).toBeNull();
  });

  test("withdrawn and superseded say so, and take no answer", async () => {
    const { token, id, version } = await presented();
    await team.run(() => withdrawProposal(seller, { id, version, reason: "We misread our list" }));
    const page = await pageOf(token);
    expect(page.state).toBe("withdrawn");
    expect(JSON.stringify(page)).not.toContain("misread");
    expect(await say(token, "accepted")).toBe("closed");

    const first = await presented(0);
    const better = await offer(seller, offerOf(shop, first.customerId, 500));
    await team.run(() => resolveConflict(boss, { id: better.id, version: better.version + 0 }));
    expect((await pageOf(first.token)).state).toBe("superseded");
    expect(await say(first.token, "accepted")).toBe("closed");
  });

  test("P02 five attempts an hour and no more; another offer is not held up", async () => {
    const { token } = await presented();
    const expired = new Date("2026-05-01T12:00:00Z");
    for (let count = 0; count < 5; count++) await say(token, "accepted", "Greta Winter", expired);
    await expect(say(token, "accepted")).rejects.toMatchObject({ code: "limited" });
    const { id } = await offer(seller, offerOf(shop, (await team.customer()).customerId, 0));
    const { version } = await team.run(() => getProposal(seller, { id }));
    await inWorkspace(team.workspace.id, () => presentProposal(seller, { id, version }));
    const { address } = await team.run(() => offerLink(seller, { id }));
    expect(await say(address.split("/c/offer/")[1] ?? "", "accepted")).toBe("accepted");
  });

  test("bad input never reaches the offer: no name, too long a name, an unknown decision, more than is asked", () => {
    const good = { decision: "accepted", name: "Greta" };
    for (const change of [{ name: " " }, { name: "x".repeat(201) }, { decision: "approved" }, { netMinor: 1 }])
      expect(AnswerOffer.safeParse({ ...good, ...change }).success).toBe(false);
  });
});
