import { beforeAll, expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import type { Role } from "@/lib/auth/roles";
import type { Context } from "@/lib/context";
import { serve } from "@/lib/server/api";
import type { TestMember } from "../../support/factories";
import { HandoffTeam } from "../../support/handoffs";
import { openShop, type Shop } from "../../support/offered";
import { monday, type Team } from "../../support/owed";
import { makeKeyOf } from "../api/client";

let team: Team;
let house: HandoffTeam;
let shop: Shop;
const handle = serve(endpoints);
const validTo = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);

type Answer = { status: number; body: Record<string, unknown> };
type Send = (method: string, path: string, body?: object) => Promise<Answer>;

/** With which status and for which reason a request was refused. */
const whyNot = ({ status, body }: Answer) => `${status} ${(body.errors as { code: string }[] | undefined)?.[0]?.code}`;

/** Sends as a member, by a key of hers with that role. */
async function doorOf(member: TestMember, role: Role): Promise<Send> {
  const ctx: Context = { ...(await team.as(member)), now: new Date() };
  const { secret } = await makeKeyOf(ctx, role);
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${secret}`, ...(body ? { "content-type": "application/json" } : {}) };
    const sent = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    const response = await handle(new Request(`http://localhost/api/v1${path}`, sent));
    const text = await response.text();
    return { status: response.status, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };
}

beforeAll(async () => {
  house = await HandoffTeam.make();
  team = house.team;
  shop = await openShop(await team.as(team.workspace.owner, monday, ["owner", "admin", "manager"]));
});

/** A draft of everything in the shop for a customer, at one discount. */
const draftOf = (customerId: string, discountBp: number, rest: object = {}) => ({
  ...{ customerId, need: "Lot 42", priceBookId: shop.bookId, validTo },
  lines: Object.values(shop.products).map((productId) => ({ productId, quantity: 1, discountBp })),
  ...rest,
});

test("a proposal is drafted, approved by another, presented, in the customer's hand, accepted; a second price is stopped", async () => {
  const { customerId } = await house.customer("appointment", team.seller);
  const seller = await doorOf(team.seller, "sales");
  const manager = await doorOf(team.manager, "manager");
  const drafted = await seller("POST", "/proposals", draftOf(customerId, 2500));
  expect(drafted).toMatchObject({ status: 201, body: { version: 1 } });
  const at = `/proposals/${drafted.body.id}`;
  const early = await seller("POST", `${at}/present`, { version: 1 });
  expect(early.status).toBe(422);
  expect(await seller("POST", `${at}/submit`, { version: 1 })).toMatchObject({
    ...{ status: 200, body: { state: "pending_approval" } },
  });
  const own = await seller("POST", `${at}/approve`, { version: 2 });
  expect([403, 422]).toContain(own.status);
  const approved = await manager("POST", `${at}/approve`, { version: 2, note: "For the family" });
  expect(approved).toMatchObject({ status: 200, body: { state: "approved" } });
  const presented = await seller("POST", `${at}/present`, { version: Number(approved.body.version) });
  expect(presented.status).toBe(200);
  const other = await manager("POST", "/proposals", draftOf(customerId, 0));
  const rival = `/proposals/${other.body.id}`;
  await manager("POST", `${rival}/submit`, { version: 1 });
  const { body: standing } = await manager("GET", rival);
  const stopped = await manager("POST", `${rival}/present`, { version: Number(standing.version) });
  expect(whyNot(stopped)).toBe("422 offer_stands");
  const { body } = await seller("GET", `/customers/${customerId}/in-hand`);
  expect(body.offers).toMatchObject([{ need: "Lot 42", state: "presented", netMinor: 75_000 }]);
  const withdrawn = await manager("POST", `${rival}/withdraw`, {
    version: Number(standing.version),
    reason: "One price",
  });
  expect(withdrawn.status).toBe(200);
  const accepted = await seller("POST", `${at}/accept`, { version: Number(presented.body.version) });
  expect(accepted.status).toBe(200);
  expect((await seller("GET", at)).body).toMatchObject({ state: "accepted", isOfferOfRecord: true });
}, 30_000);

test("what was changed after its approval is not presented, and says so", async () => {
  const { customerId } = await house.customer("appointment", team.seller);
  const seller = await doorOf(team.seller, "sales");
  const { body } = await seller("POST", "/proposals", draftOf(customerId, 0, { need: "Lot 7" }));
  const at = `/proposals/${body.id}`;
  expect((await seller("POST", `${at}/submit`, { version: 1 })).body).toMatchObject({ state: "approved" });
  const { customerId: _who, need: _need, priceBookId: _book, ...content } = draftOf(customerId, 1000);
  const { version } = (await seller("GET", at)).body;
  const edited = await seller("PATCH", at, { ...content, version });
  expect(edited.status).toBe(200);
  expect((await seller("GET", at)).body).toMatchObject({ state: "draft", isOfferOfRecord: false });
  const stopped = await seller("POST", `${at}/present`, { version: Number(edited.body.version) });
  expect(stopped.status).toBe(422);
});

test("bad input is named field by field", async () => {
  const { customerId } = await house.customer("appointment", team.seller);
  const seller = await doorOf(team.seller, "sales");
  const refused = async (rest: object) => {
    const { status, body } = await seller("POST", "/proposals", draftOf(customerId, 0, rest));
    return `${status} ${JSON.stringify(body)}`;
  };
  expect(await refused({ validTo: "2020-01-01" })).toMatch(/^400 .*validTo/);
  expect(await refused({ lines: [] })).toMatch(/^400 .*lines/);
  expect(await refused({ need: " " })).toMatch(/^400 .*need/);
  expect(await refused({ termMonths: 3, freeMonths: 3 })).toMatch(/^400 .*freeMonths/);
  expect(await refused({ price: 1 })).toMatch(/^400 /);
});
