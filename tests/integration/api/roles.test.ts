import { beforeAll, describe, expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import { type Capability, can } from "@/lib/auth/permissions";
import { type Role, roles } from "@/lib/auth/roles";
import { newId } from "@/lib/identifiers";
import { type Client, makeClient } from "./client";

const id = newId();
const later = new Date(Date.now() + 86_400_000).toISOString();

/** What each operation needs, with an input that gets past the schema; what it names does not exist. */
const cases: [method: string, path: string, needs: Capability, body?: object][] = [
  ["GET", "/customers", "journeys.read"],
  ["GET", `/customers/${id}`, "journeys.read"],
  ["GET", `/customers/${id}/interactions`, "journeys.read"],
  ["GET", `/customers/${id}/journeys`, "journeys.read"],
  ["GET", "/search?q=abc", "journeys.read"],
  ["GET", "/templates", "journeys.read"],
  ["GET", "/relays", "journeys.read"],
  ["GET", "/reports/origins", "reports.read"],
  ["GET", "/reports/speed-to-lead", "reports.read"],
  ["GET", "/imports", "imports.run"],
  ["GET", `/imports/${id}`, "imports.run"],
  ["GET", `/imports/${id}/rejects`, "imports.run"],
  ["GET", "/duplicates", "customers.merge"],
  ["GET", "/keys", "keys.manage"],
  ["GET", "/audit", "audit.read"],
  ["GET", "/queue", "views.use"],
  ["GET", "/views", "views.use"],
  ["GET", "/members", "views.use"],
  ["GET", "/spokes", "views.use"],
  ["GET", "/members/all", "members.manage"],
  ["GET", "/settings", "settings.edit"],
  ["GET", "/calendars", "settings.edit"],
  ["GET", `/customers/${id}/timeline`, "journeys.read"],
  ["GET", "/inbox", "customers.edit"],
  ["PATCH", `/customers/${id}`, "customers.edit", { name: "New" }],
  ["POST", "/customers:batch", "customers.edit", { customers: [{}] }],
  ["POST", "/interactions", "customers.edit", { customerId: id, medium: "phone", direction: "outbound" }],
  ["POST", `/customers/${id}/transitions`, "customers.edit", { toStageId: id }],
  ["POST", `/customers/${id}/hold`, "customers.edit", { until: later }],
  ["POST", `/customers/${id}/lose`, "customers.edit", { lostReason: "price", byCustomer: true }],
  ["POST", `/customers/${id}/osc`, "osc.reassign", { memberId: id, reason: "Asked for" }],
  ["POST", "/relays", "relays.send", { customerId: id, toSpokeId: id, question: "Why?" }],
  ["POST", `/relays/${id}/answer`, "customers.edit", { answer: "So" }],
  ["POST", "/promises", "customers.edit", { customerId: id, text: "Samples", dueAt: later }],
  ["POST", "/tasks", "customers.edit", { customerId: id, title: "Look" }],
  ["POST", "/merges", "customers.merge", { survivorId: id, loserId: newId() }],
  ["POST", "/templates", "templates.edit", { fromId: id }],
  ["POST", `/templates/${id}/publish`, "templates.edit", { version: 1 }],
  ["POST", "/runs", "runs.start", { kind: "drivers" }],
  ["GET", "/enablement-items", "views.use"],
  ["GET", "/enablement-assignments", "views.use"],
  ["GET", "/digests", "reports.read"],
  ["GET", "/saved-reports", "reports.read"],
  ["GET", `/saved-reports/${id}/result`, "reports.read"],
  ["POST", "/enablement-items", "enablement.assign", { momentId: id, kind: "tool", name: "Sheet", role: "cs" }],
  ["POST", `/enablement-items/${id}/assignments`, "enablement.assign", { memberIds: [id], dueAt: later }],
  ["POST", `/enablement-assignments/${id}/waive`, "enablement.assign", { reason: "She teaches it." }],
  ["GET", "/codebook", "views.use"],
  ["POST", "/codebook/draft", "standards.edit"],
  ["POST", `/responses/${id}/tags`, "themes.tag", { themeId: id }],
  ["POST", "/coding-rounds", "themes.tag", { firstId: id, secondId: newId() }],
  ["GET", "/recovery-cases", "recovery.play"],
  ["GET", "/handoffs", "journeys.read"],
  ["GET", "/reports/recovery", "recovery.play"],
  ["GET", "/onboardings", "journeys.read"],
  ["GET", "/scenario-assignments", "journeys.read"],
  ["POST", `/scenario-experiments/${id}/start`, "experiments.run", { version: 1 }],
  ["GET", `/onboardings/${id}`, "journeys.read"],
  ["GET", "/onboarding-plans", "views.use"],
  ["POST", `/onboardings/${id}/kickoff`, "onboardings.run", { on: "2026-01-05" }],
  ["POST", `/customers/${id}/first-value/reached`, "customers.edit", { reachedOn: "2026-01-05", evidence: "Seen" }],
  ["GET", "/improvements", "reports.read"],
  ["GET", "/proposals", "journeys.read"],
  ["GET", `/proposals/${id}`, "journeys.read"],
  ["GET", `/customers/${id}/in-hand`, "journeys.read"],
  ["GET", "/reports/discounts", "reports.read"],
  ["GET", "/products", "views.use"],
  ["GET", "/price-books", "views.use"],
  ["GET", "/price-books/all", "prices.edit"],
  ["GET", "/price-rules", "prices.edit"],
  ["POST", "/products", "prices.edit", { name: "Terrace", family: "options" }],
  ["GET", "/standards", "views.use"],
  ["GET", `/standard-versions/${id}`, "views.use"],
  ["GET", "/moments", "views.use"],
  ["GET", "/scorecards", "evaluations.judge"],
  ["GET", `/interactions/${id}/evaluations`, "scores.read"],
  ["GET", `/interactions/${id}/observations`, "scores.read"],
  ["POST", "/standards", "standards.edit", { medium: "note" }],
  ["POST", `/standards/${id}/draft`, "standards.edit"],
  ["POST", `/standard-versions/${id}/publish`, "standards.edit", { version: 1 }],
  ["PATCH", `/standard-versions/${id}`, "standards.edit", { passMark: 1, criteria: [] }],
  ["POST", "/moments", "standards.edit", { interactionType: "repair", name: "Cleaned up" }],
  [
    "POST",
    `/interactions/${id}/evaluations`,
    "evaluations.judge",
    { results: [{ criterionId: id, result: "passed" }] },
  ],
  ["POST", `/imports/${id}/undo`, "imports.run"],
  ["POST", `/keys/${id}/revoke`, "keys.manage"],
  ["POST", "/members", "members.manage", { email: "new@example.com", name: "New", roles: ["osc"] }],
  ["PATCH", `/members/${id}`, "members.manage", { name: "New" }],
  ["PATCH", "/settings", "settings.edit", { hubLabel: "Hub" }],
];

describe("O11 an operation is open to exactly the roles of the matrix", () => {
  let owner: Client;
  beforeAll(async () => {
    owner = await makeClient(endpoints, "owner");
  });

  test.each(roles)("%s", async (role: Role) => {
    const client = await owner.as(role);
    for (const [method, path, needs, body] of cases) {
      const headers: Record<string, string> = method === "PATCH" ? { "if-match": '"999"' } : {};
      const { status } = await client.send(method, path, { body, headers });
      // A key without a member of its own asks nobody: the answer to /relays is 403 for those too.
      const isNobody = path === "/relays" && method === "POST" && status === 403;
      expect([method, path, status === 403]).toEqual([method, path, isNobody || !can([role], needs)]);
      expect([method, path, status < 500]).toEqual([method, path, true]);
    }
  });
});
