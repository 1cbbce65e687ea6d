import { beforeAll, expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import { makeMember } from "../../support/factories";
import { type Client, makeClient, makeCustomer } from "./client";

// Every answer is checked against its documented schema by the door itself while tests run.
let osc: Client;
let manager: Client;
let interactionId: string;

async function send<Answer>(
  client: Client,
  method: string,
  path: string,
  status: number,
  body?: unknown,
  version?: number,
) {
  const headers: Record<string, string> = version === undefined ? {} : { "if-match": `"${version}"` };
  const response = await client.send(method, path, { body, headers });
  const text = await response.text();
  expect([method, path, response.status, text]).toEqual([method, path, status, text]);
  return (text ? JSON.parse(text) : null) as Answer;
}

type Standard = { id: string; medium: string; interactionType: string | null; inForceId: string };
type Version = {
  version: number;
  criterionList: { id: string; name: string; rule: string | null }[];
  diff: object | null;
};
type Moment = { id: string; name: string; version: number; isOrphaned: boolean };
type Evaluation = { number: number; raw: number; meets: boolean | null; items: { judgedBy: string; result: string }[] };

beforeAll(async () => {
  osc = await makeClient(endpoints);
  manager = await osc.as("manager");
  const customerId = await makeCustomer(osc, "Noa Levi");
  const call = { customerId, medium: "phone", direction: "outbound", isTwoWay: true, type: "handover" };
  const { memberId: agentId } = await makeMember({ id: osc.ctx.workspaceId }, { roles: ["cs"], spoke: "cs" });
  const next = { name: "Kickoff", due: { unit: "business_days", amount: 1 } };
  interactionId = (await send<{ id: string }>(osc, "POST", "/interactions", 201, { ...call, agentId, next })).id;
});

const handover = async () =>
  (await send<{ data: Standard[] }>(osc, "GET", "/standards", 200)).data.find(
    ({ medium, interactionType }) => medium === "phone" && interactionType === "handover",
  ) as Standard;

test("a standard is read, drafted, saved under its version, compared, published and thrown away", async () => {
  const { id, inForceId } = await handover();
  await send(osc, "GET", `/standards/${id}`, 200);
  const before = await send<Version>(osc, "GET", `/standard-versions/${inForceId}`, 200);
  expect(before.criterionList.map(({ name }) => name)).toEqual([
    "Says the goals back",
    "Names the next step and its date",
  ]);
  const draft = await send<{ id: string }>(manager, "POST", `/standards/${id}/draft`, 201);
  const path = `/standard-versions/${draft.id}`;
  const criteria = [{ name: "Says the goals back", weight: 1, kind: "operational" }];
  await send(manager, "PATCH", path, 428, { passMark: 1, criteria });
  expect(await send(manager, "PATCH", path, 200, { passMark: 1, criteria }, 1)).toMatchObject({ version: 2 });
  await send(manager, "PATCH", path, 412, { passMark: 1, criteria }, 1);
  expect((await send<Version>(manager, "GET", path, 200)).diff).toMatchObject({
    passMark: { before: 0.7, after: 1 },
    removed: ["Names the next step and its date"],
  });
  const past = await send<{ errors: unknown[] }>(manager, "POST", `${path}/publish`, 422, {
    version: 2,
    effectiveFrom: "2020-01-01T00:00:00Z",
  });
  expect(JSON.stringify(past)).toContain("in_the_past");
  const later = new Date(Date.now() + 86_400_000).toISOString();
  expect(await send(manager, "POST", `${path}/publish`, 200, { version: 2, effectiveFrom: later })).toMatchObject({
    number: 2,
    effectiveFrom: later,
  });
  await send(manager, "DELETE", path, 422);
  expect((await handover()).inForceId).toBe(inForceId);
  const made = await send<{ id: string; draftId: string }>(manager, "POST", "/standards", 201, { medium: "video" });
  await send(manager, "DELETE", `/standard-versions/${made.draftId}`, 204);
  await send(manager, "GET", `/standards/${made.id}`, 404);
  const chat = (await send<{ data: Standard[] }>(osc, "GET", "/standards", 200)).data.find(
    ({ medium }) => medium === "chat",
  );
  await send(manager, "POST", `/standards/${chat?.id}/retire`, 204);
});

test("a contact is evaluated by rule at once, then judged; both evaluations stay", async () => {
  const path = `/interactions/${interactionId}/evaluations`;
  const { inForceId } = await handover();
  const { criterionList } = await send<Version>(osc, "GET", `/standard-versions/${inForceId}`, 200);
  const results = criterionList
    .filter(({ rule }) => rule === null)
    .map(({ id }) => ({ criterionId: id, result: "missed" }));
  await send(osc, "POST", path, 403, { results });
  await send(manager, "POST", path, 422, {
    results: [{ criterionId: criterionList.find(({ rule }) => rule !== null)?.id, result: "missed" }],
  });
  expect(await send(manager, "POST", path, 201, { results, comment: "No goals." })).toMatchObject({
    number: 2,
    meets: false,
  });
  const { data } = await send<{ data: Evaluation[] }>(manager, "GET", path, 200);
  expect(data.map(({ number, raw, meets }) => [number, raw, meets])).toEqual([
    [2, 0.3, false],
    [1, 1, null],
  ]);
  expect(data[0]?.items.map(({ judgedBy, result }) => `${judgedBy} ${result}`)).toEqual(["qa missed", "rule passed"]);
  await send(manager, "GET", "/scorecards", 200);
  await send(await osc.as("marketing"), "GET", path, 404);
  await send(await osc.as("admin"), "GET", path, 403);
});

test("moments are listed, added, changed under their version, observed and taken out of use", async () => {
  const moments = (await send<{ data: Moment[] }>(osc, "GET", "/moments", 200)).data;
  const call = moments.find(({ name }) => name === "Handover call");
  const added = await send<Moment>(manager, "POST", "/moments", 201, {
    interactionType: "handover",
    name: "Bill foretold",
  });
  await send(manager, "POST", "/moments", 409, { interactionType: "handover", name: "Bill foretold" });
  await send(manager, "PATCH", `/moments/${added.id}`, 428, { phase: "after" });
  await send(manager, "PATCH", `/moments/${added.id}`, 200, { phase: "after", responsibleRole: "cs" }, 1);
  const path = `/interactions/${interactionId}/observations`;
  const observations = [{ momentId: call?.id, state: "done_well", evidence: "Both goals." }];
  expect(await send(osc, "POST", path, 201, { observations })).toEqual({ observed: 1 });
  expect((await send<{ data: object[] }>(manager, "GET", path, 200)).data).toMatchObject([
    { momentName: "Handover call", state: "done_well", observerKind: "agent" },
  ]);
  await send(manager, "DELETE", `/moments/${added.id}`, 204);
  await send(osc, "POST", path, 404, { observations: [{ momentId: added.id, state: "done" }] });
});
