import { beforeAll, expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import type { Role } from "@/lib/auth/roles";
import type { Context } from "@/lib/context";
import { newId } from "@/lib/identifiers";
import { serve } from "@/lib/server/api";
import { makeMember, type TestMember } from "../../support/factories";
import { HandoffTeam } from "../../support/handoffs";
import { makeKeyOf } from "../api/client";

let house: HandoffTeam;
let cleo: TestMember;
let csId: string;
const handle = serve(endpoints);

type Answer = { status: number; body: Record<string, unknown> };
type Send = (method: string, path: string, body?: object) => Promise<Answer>;

/** With which status and for which reason a request was refused. */
const whyNot = ({ status, body }: Answer) => `${status} ${(body.errors as { code: string }[] | undefined)?.[0]?.code}`;

/** Sends as a member, by a key of hers with that role. */
async function doorOf(member: TestMember, role: Role): Promise<Send> {
  const ctx: Context = { ...(await house.team.as(member)), now: new Date() };
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
  cleo = await makeMember(house.team.workspace, { name: "Cleo Sun", roles: ["cs"], spoke: "cs" });
  csId = await house.team.spokeId("cs");
});

test("a handoff goes from draft to rated: a thin packet is refused, sent back, filled, taken, and rated by its receiver alone", async () => {
  const { customerId, journeyId } = await house.customer();
  const sender = await doorOf(house.closer, "senior_sales");
  const receiver = await doorOf(cleo, "cs");
  const manager = await doorOf(house.team.manager, "manager");
  const drafted = await sender("POST", "/handoffs", { customerId, toSpokeId: csId, toId: cleo.memberId, note: "May" });
  expect(drafted).toMatchObject({ status: 201, body: { version: 1 } });
  const id = String(drafted.body.id);
  const at = `/handoffs/${id}`;
  const thin = await sender("POST", `${at}/propose`, { version: 1 });
  expect(whyNot(thin)).toBe("422 packet_incomplete");
  expect(JSON.stringify(thin.body)).toContain("/packet/goals");
  for (const key of ["goals", "stakeholders", "scope"])
    expect((await sender("POST", `/customers/${customerId}/packet`, { key, text: `The ${key}.` })).status).toBe(200);
  await sender("POST", `/customers/${customerId}/packet`, { key: "promises", isApplicable: false });
  const proposed = await sender("POST", `${at}/propose`, { version: 1 });
  expect(proposed).toMatchObject({ status: 200, body: { version: 2, dueAccept: expect.any(String) } });
  const own = await sender("POST", `${at}/accept`, {});
  expect(whyNot(own)).toBe("422 own_handoff");
  const other = await manager("POST", `${at}/reject`, { reason: "incomplete_packet", missingItems: ["goals"] });
  expect(whyNot(other)).toBe("422 receiver_only");
  const without = await receiver("POST", `${at}/reject`, { reason: "incomplete_packet" });
  expect(without.status).toBe(400);
  const back = { reason: "incomplete_packet", missingItems: ["goals"], note: "Which room?", version: 2 };
  expect(await receiver("POST", `${at}/reject`, back)).toMatchObject({ status: 200, body: { version: 3 } });
  // The customer does not fall between chairs: the sender still answers for her.
  expect((await house.journey(customerId)).accountableId).toBe(house.closer.memberId);
  expect((await sender("GET", at)).body).toMatchObject({ state: "rejected", missingItems: ["goals"], rejections: 1 });
  expect((await sender("POST", `${at}/propose`, { version: 3 })).status).toBe(200);
  expect(await receiver("POST", `${at}/accept`, { version: 4 })).toMatchObject({
    ...{ status: 200, body: { dueFirstTouch: expect.any(String) } },
  });
  expect((await house.journey(customerId)).accountableId).toBe(cleo.memberId);
  const early = await receiver("POST", `${at}/rate`, { rating: 4, hadToRepeat: false });
  expect(whyNot(early)).toBe("422 handoff_state");
  const nothing = await receiver("POST", `${at}/complete`, { interactionId: newId() });
  expect(whyNot(nothing)).toBe("422 not_first_touch");
  const talk = { customerId, journeyId, medium: "phone", direction: "outbound", isTwoWay: true };
  expect((await receiver("POST", "/interactions", talk)).status).toBe(201);
  const twice = await receiver("POST", `${at}/complete`, { interactionId: newId() });
  expect(whyNot(twice)).toBe("422 handoff_state");
  const self = await sender("POST", `${at}/rate`, { rating: 5, hadToRepeat: false });
  expect(whyNot(self)).toBe("422 own_handoff");
  expect((await receiver("POST", `${at}/rate`, { rating: 6, hadToRepeat: false })).status).toBe(400);
  const rated = await receiver("POST", `${at}/rate`, { rating: 4, hadToRepeat: false });
  expect(rated).toMatchObject({ status: 200, body: { quality: expect.any(Number) } });
  expect((await sender("GET", at)).body).toMatchObject({ state: "rated", rating: 4, hadToRepeat: false });
  expect(await house.team.happened(customerId)).toEqual(
    expect.arrayContaining(
      ["drafted", "proposed", "rejected", "accepted", "completed", "rated"].map((step) => `handoff.${step}`),
    ),
  );
}, 30_000);

test("advice answers each scenario term by term, its gates and the choice, for the very keys that are asked", async () => {
  const seller = await doorOf(house.team.seller, "sales");
  const asked = { complexity: 0.8, inaccessibility: 0.5, relationship: 0.6, valuePct: 0.7, pClose: 0.6 };
  const kpis = { csmSlack: 0.3, kpiClose: 0.5, kpiOnboard: 0.8, companyStage: "unspecified" };
  const { status, body } = await seller("POST", "/handoffs/advice", { ...asked, ...kpis });
  expect(status).toBe(200);
  const { scenarios, choice, gates } = body as {
    scenarios: Record<"A" | "B" | "C", Record<string, number>>;
    gates: object;
    choice: string;
  };
  for (const each of ["A", "B", "C"] as const)
    expect(Object.keys(scenarios[each])).toEqual(
      expect.arrayContaining(["close", "relationship", "onboarding", "csmCost", "score"]),
    );
  expect([scenarios.B.score, scenarios.C.score].map((score) => Number(score?.toFixed(4)))).toEqual([0.6485, 0.701]);
  expect([Object.keys(gates).sort().join(""), choice]).toEqual(["ABC", "C"]);
});
