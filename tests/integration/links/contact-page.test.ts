import { beforeAll, describe, expect, test } from "vitest";
import { plainPool } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { markIntroduced, reassignOsc } from "@/lib/journeys/osc";
import { journeyTasks } from "@/lib/journeys/tasks";
import { askQuestion, customerLink, noteSeen, revokeCustomerLinks, stopMessages } from "@/lib/links/commands";
import { asCustomer } from "@/lib/links/context";
import { getContactPage } from "@/lib/links/queries";
import { sealCustomerToken } from "@/lib/links/token";
import { makePromise } from "@/lib/promises/commands";
import { makeMember } from "../../support/factories";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let other: Team;

beforeAll(async () => {
  team = await Team.make();
  other = await Team.make();
});

async function open(name?: string) {
  const made = await team.customer(name);
  const ctx = await team.as(team.osc);
  const { address } = await team.run(() => customerLink(ctx, { customerId: made.customerId }));
  return { ...made, address, token: address.split("/c/")[1] ?? "" };
}

const pageOf = (token: string, now = later(5)) =>
  asCustomer(token, (ctx, { customerId }) => getContactPage(ctx, customerId), now);
const ask = (token: string, text: string, id = newId(), now = later(5)) =>
  asCustomer(token, (ctx, link) => askQuestion(ctx, link, { id, text }), now);

describe("the link to a customer's page", () => {
  test("is made once and stays the same", async () => {
    const { customerId, address } = await open();
    const ctx = await team.as(team.manager, later(50));
    expect(await team.run(() => customerLink(ctx, { customerId }))).toEqual({ address });
    expect((await team.happened(customerId)).filter((type) => type === "customer_link.created")).toHaveLength(1);
  });

  test("is not given to a role that may not write, and not found from another workspace", async () => {
    const { customerId } = await open();
    const auditor = await team.as(team.osc, monday, ["auditor"]);
    await expect(team.run(() => customerLink(auditor, { customerId }))).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await other.as(other.manager);
    await expect(other.run(() => customerLink(stranger, { customerId }))).rejects.toMatchObject({ code: "not_found" });
    await expect(other.run(() => revokeCustomerLinks(stranger, { customerId }))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("P09, P18 revoked, unknown, forged or of another workspace, always answers the same", async () => {
    const { token, customerId } = await open();
    const named = { workspaceId: team.workspace.id, linkId: newId() };
    const strangers = [
      "nonsense",
      `${token.slice(0, -1)}${token.endsWith("A") ? "Q" : "A"}`,
      sealCustomerToken(named),
      sealCustomerToken({ workspaceId: newId(), linkId: newId() }),
      sealCustomerToken({ workspaceId: other.workspace.id, linkId: named.linkId }),
    ];
    const ctx = await team.as(team.osc, later(1));
    await team.run(() => revokeCustomerLinks(ctx, { customerId }));
    for (const each of [...strangers, token]) {
      await expect(pageOf(each)).rejects.toMatchObject({ code: "not_found", reason: "customer_page" });
    }
  });
});

describe("the customer's page", () => {
  test("names her contact, where she is and what was promised, and nothing of anybody else", async () => {
    const { token, customerId } = await open("Maya Halloran");
    await open("Somebody Else");
    const ctx = await team.as(team.osc, later(1));
    const promise = { customerId, text: "The HOA rules", dueAt: later(600) };
    await team.run(() => makePromise(ctx, promise));
    const page = await pageOf(token);
    expect(page).toMatchObject({
      company: "Northwind Homes",
      names: ["Maya"],
      osc: { name: "Dana Whitlock", hasPhoto: false, hereUntil: "2026-03-02T18:00:00.000Z" },
      promises: [{ text: "The HOA rules", who: "Dana", state: "open" }],
      isStopped: false,
    });
    expect(page.stations.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect(JSON.stringify(page)).not.toContain("Somebody");
    expect((await pageOf(token, later(601))).promises[0]).toMatchObject({ state: "late" });
  });

  test("names the new contact only after she introduced herself", async () => {
    const { token, customerId } = await open();
    const nina = await makeMember(team.workspace, { name: "Nina New" });
    const manager = await team.as(team.manager, later(10));
    await team.run(() => reassignOsc(manager, { customerId, memberId: nina.memberId, reason: "moves" }));
    expect((await pageOf(token, later(20))).osc.name).toBe("Dana Whitlock");
    const ctx = await team.as(nina, later(30));
    await team.run(() => markIntroduced(ctx, { customerId }));
    expect((await pageOf(token, later(40))).osc.name).toBe("Nina New");
  });

  test("a question is an inbound contact with a running clock, asked once however often it is sent", async () => {
    const { token, customerId, journeyId, personId } = await open();
    const id = newId();
    await ask(token, "Can we move the outlet?", id);
    await ask(token, "Can we move the outlet?", id);
    const ctx = await team.worker(monday);
    const where = { workspaceId: team.workspace.id, customerId };
    const rows = await team.run(() => ctx.db.interaction.findMany({ where }));
    expect(rows).toMatchObject([
      { id, medium: "portal", direction: "inbound", isAutomated: false, personId, summary: "Can we move the outlet?" },
    ]);
    expect((await pageOf(token)).isWaiting).toBe(true);
    const worker = await team.worker(later(30));
    await team.run(() => journeyTasks["journey.unanswered"]?.(worker, { journeyId }) ?? Promise.resolve());
    expect(await team.offTrack(customerId)).toContain("T10");
    const event = await team.run(() =>
      ctx.db.event.findFirstOrThrow({ where: { ...where, type: "interaction.logged" } }),
    );
    expect(event.actor).toBe(`customer:${customerId}`);
  });

  test("P02 asks five times an hour and no more; another customer's page is not held up", async () => {
    await plainPool().query("delete from rate_limits");
    const { token } = await open();
    for (let index = 0; index < 5; index += 1) await ask(token, `question ${index}`);
    await expect(ask(token, "one more")).rejects.toMatchObject({ code: "limited" });
    const { token: theirs } = await open();
    await ask(theirs, "may I?");
  });

  test("P09 cannot take another customer's contact for its own", async () => {
    const first = await open();
    const second = await open();
    const id = newId();
    await ask(first.token, "mine", id);
    await expect(ask(second.token, "hers", id)).rejects.toMatchObject({ code: "conflict" });
  });

  test("stops marketing messages for good", async () => {
    const { token, customerId } = await open();
    await asCustomer(token, stopMessages, later(5));
    expect((await pageOf(token)).isStopped).toBe(true);
    expect((await team.happened(customerId)).filter((type) => type === "consent.changed")).toHaveLength(3);
  });

  test("notes that it was looked at, at most once an hour", async () => {
    const { token, customerId } = await open();
    for (const minutes of [1, 20, 59, 62]) await asCustomer(token, noteSeen, later(minutes));
    expect((await team.happened(customerId)).filter((type) => type === "customer_link.seen")).toHaveLength(2);
  });
});
