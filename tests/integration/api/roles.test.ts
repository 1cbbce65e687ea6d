import { beforeAll, describe, expect, test } from "vitest";
import { endpoints } from "@/lib/api/routes";
import { rolesThat } from "@/lib/auth/permissions";
import { type Role, roles } from "@/lib/auth/roles";
import { newId } from "@/lib/identifiers";
import { serve } from "@/lib/server/api";
import type { Endpoint } from "@/lib/server/api-endpoint";
import type { SpokeKey } from "@/lib/workspaces/defaults";
import { makeMember, makeWorkspace } from "../../support/factories";
import { inputOf, schemaOf } from "../../support/foreign";
import { contextOf } from "../../support/people";
import { makeKeyOf } from "./client";

/**
 * Which roles an operation is open to before it is looked at what it names: whoever has the line of the matrix, or the roles that
 * the rule names. Whose department, whose customer, whose proposal it must be comes behind that, and has tests of its own.
 */
const cells: [open: readonly Role[], operations: string[]][] = [
  [
    rolesThat("views.use"),
    [
      "GET /customers",
      "GET /customers/{id}",
      "GET /customers/{id}/interactions",
      "GET /customers/{id}/journeys",
      "GET /relays",
      "GET /customers/{id}/promises",
      "GET /customers/{id}/tasks",
      "GET /customers/{id}/appointments",
      "GET /search",
      "GET /views",
      "POST /views",
      "PATCH /views/{id}",
      "DELETE /views/{id}",
      "GET /templates",
      "GET /templates/{id}",
      "GET /standards",
      "GET /standards/{id}",
      "GET /standard-versions/{id}",
      "GET /moments",
      "GET /enablement-items",
      "GET /enablement-assignments",
      "POST /enablement-assignments/{id}/begin",
      "POST /enablement-assignments/{id}/complete",
      "GET /codebook",
      "GET /handoffs",
      "GET /handoffs/{id}",
      "GET /customers/{id}/packet",
      "GET /csm-hours",
      "GET /csm-budget",
      "PATCH /improvements/{id}",
      "POST /improvements/{id}/move",
      "PATCH /leaks/{id}",
      "POST /leaks/{id}/move",
      "POST /handoffs/advice",
      "GET /scenario-inputs",
      "GET /scenario-policy",
      "GET /scenario-assignments",
      "GET /onboardings",
      "GET /onboardings/{id}",
      "GET /onboarding-plans",
      "GET /customers/{id}/first-value",
      "GET /products",
      "GET /price-books",
      "GET /proposals",
      "GET /proposals/{id}",
      "PATCH /proposals/{id}",
      "POST /proposals/{id}/options",
      "POST /proposals/{id}/submit",
      "POST /proposals/{id}/present",
      "POST /proposals/{id}/accept",
      "POST /proposals/{id}/decline",
      "POST /proposals/{id}/withdraw",
      "GET /customers/{id}/in-hand",
      "GET /customers/{id}/selling-team",
      "GET /customers/{id}/account",
      "GET /queue",
      "GET /bulk",
      "POST /bulk",
      "GET /bulk/{id}",
      "GET /exports",
      "GET /customers/{id}/timeline",
      "GET /customers/{id}/consents",
      "GET /board",
      "GET /reports/load",
      "GET /members",
      "GET /spokes",
      "GET /teams",
      "GET /events",
    ],
  ],
  [
    rolesThat("customers.edit"),
    [
      "POST /customers",
      "PATCH /customers/{id}",
      "PATCH /customers/{id}/persons/{personId}",
      "POST /customers/{id}/persons/{personId}/contact-points",
      "DELETE /customers/{id}/contact-points/{contactPointId}",
      "POST /customers/{id}/contact-points/{contactPointId}/verify",
      "POST /customers:batch",
      "POST /interactions",
      "POST /customers/{id}/transitions",
      "POST /customers/{id}/next-touchpoint",
      "POST /customers/{id}/fields",
      "POST /customers/{id}/hold",
      "POST /customers/{id}/resume",
      "POST /customers/{id}/lose",
      "POST /customers/{id}/reopen",
      "POST /customers/{id}/complete",
      "POST /customers/{id}/baton",
      "POST /relays",
      "POST /relays/{id}/acknowledge",
      "POST /relays/{id}/answer",
      "POST /relays/{id}/decline",
      "POST /promises",
      "POST /promises/{id}/keep",
      "POST /promises/{id}/break",
      "POST /promises/{id}/renegotiate",
      "POST /tasks",
      "POST /tasks/{id}/complete",
      "POST /tasks/{id}/cancel",
      "POST /tasks/{id}/reassign",
      "POST /appointments",
      "POST /appointments/{id}/confirm",
      "POST /appointments/{id}/keep",
      "POST /appointments/{id}/miss",
      "POST /appointments/{id}/cancel",
      "POST /appointments/{id}/reschedule",
      "GET /recovery-cases",
      "GET /reports/recovery",
      "GET /recovery-cases/{id}",
      "POST /recovery-cases/{id}/steps/{stepId}/done",
      "POST /recovery-cases/{id}/close",
      "POST /customers/{id}/packet",
      "POST /customers/{id}/first-value",
      "POST /customers/{id}/first-value/reached",
      "POST /proposals/{id}/link",
      "POST /customers/{id}/consents",
      "POST /customers/{id}/link",
      "GET /inbox",
    ],
  ],
  [
    rolesThat("imports.run"),
    [
      "GET /duplicates",
      "POST /duplicates/{id}/keep-apart",
      "POST /merges",
      "POST /merges/{id}/undo",
      "POST /templates",
      "PATCH /templates/{id}",
      "POST /templates/{id}/publish",
      "POST /templates/{id}/default",
      "DELETE /templates/{id}",
      "POST /enablement-items",
      "PATCH /enablement-items/{id}",
      "DELETE /enablement-items/{id}",
      "POST /enablement-items/{id}/assignments",
      "POST /enablement-assignments/{id}/verify",
      "POST /enablement-assignments/{id}/waive",
      "PATCH /recovery-settings",
      "POST /improvements",
      "POST /improvements/{id}/cases",
      "POST /scenario-experiments",
      "POST /scenario-experiments/{id}/start",
      "POST /scenario-experiments/{id}/stop",
      "DELETE /scenario-experiments/{id}",
      "POST /onboarding-plans",
      "PATCH /onboarding-plans/{id}",
      "POST /conflicts/{id}/waive",
      "POST /customers/{id}/account",
      "POST /runs",
      "POST /imports",
      "GET /imports",
      "GET /imports/{id}",
      "GET /imports/{id}/rejects",
      "POST /imports/{id}/undo",
      "POST /leaks/{id}/put-back",
      "POST /exports",
      "GET /exports/{id}/file",
    ],
  ],
  [
    rolesThat("standards.edit"),
    [
      "POST /interactions/{id}/responses",
      "POST /responses/{id}/withdraw",
      "POST /relationship-responses/{id}/withdraw",
      "GET /survey",
      "PATCH /survey",
      "POST /standards",
      "POST /standards/{id}/draft",
      "POST /standards/{id}/retire",
      "PATCH /standard-versions/{id}",
      "POST /standard-versions/{id}/publish",
      "DELETE /standard-versions/{id}",
      "POST /moments",
      "PATCH /moments/{id}",
      "DELETE /moments/{id}",
      "POST /codebook/draft",
      "PATCH /codebook/{id}",
      "POST /codebook/{id}/publish",
      "DELETE /codebook/{id}",
      "POST /csm-budget",
      "POST /programme-goals",
      "POST /products",
      "PATCH /products/{id}",
      "GET /price-books/all",
      "POST /price-books",
      "PATCH /price-books/{id}",
      "GET /price-rules",
    ],
  ],
  [
    rolesThat("reports.read"),
    [
      "GET /interactions/{id}/responses",
      "GET /interactions/{id}/evaluations",
      "GET /interactions/{id}/observations",
      "GET /digests",
      "GET /digests/{id}",
      "POST /digest-items/{id}/acknowledge",
      "POST /digest-items/{id}/act",
      "GET /recovery-settings",
      "GET /improvements",
      "GET /improvements/{id}",
      "GET /leaks/{id}",
      "GET /reports/discounts",
      "GET /reports/origins",
      "GET /reports/speed-to-lead",
      "GET /saved-reports",
      "POST /saved-reports",
      "GET /saved-reports/{id}",
      "PATCH /saved-reports/{id}",
      "DELETE /saved-reports/{id}",
      "GET /saved-reports/{id}/result",
      "GET /saved-reports/{id}/rows",
      "GET /saved-reports/{id}/table.csv",
      "POST /saved-reports/{id}/schedule",
      "POST /saved-reports/{id}/unsubscribe",
    ],
  ],
  [
    ["manager", "auditor"],
    [
      "GET /responses",
      "GET /responses/disagreements",
      "GET /relationship-responses",
      "GET /reports/enablement",
      "GET /leaks",
      "GET /programme-goals",
      "GET /reports/handoff-lab",
      "GET /scenario-experiments",
      "GET /reports/leaks",
      "GET /reports/lapses",
      "GET /reports/survival",
      "GET /reports/osc-programme",
      "GET /reports/recovery-effect",
      "GET /reports/morning",
      "GET /reports/waiting",
      "GET /reports/speed-curve",
      "GET /reports/consistency",
      "GET /reports/consistency/charts",
      "GET /reports/voice",
      "GET /reports/facts",
      "GET /reports/silence",
      "GET /reports/consistency/rows",
      "GET /reports/drivers",
      "GET /runs/{run}/rows",
      "GET /runs",
      "GET /runs/{id}",
      "GET /runs/{id}/lapsed",
      "GET /runs/{id}/stays",
      "GET /runs/{id}/compare/{otherId}",
      "GET /reports/overview",
    ],
  ],
  [
    rolesThat("settings.edit"),
    [
      "GET /survey/tool",
      "POST /survey/tool/renew",
      "POST /scenario-policy/draft",
      "PATCH /scenario-policy/{id}",
      "POST /scenario-policy/{id}/publish",
      "DELETE /scenario-policy/{id}",
      "POST /price-rules",
      "POST /approval-authorities",
      "POST /exports/{id}/decision",
      "GET /members/all",
      "POST /members",
      "PATCH /members/{id}",
      "POST /members/{id}/invitation",
      "DELETE /members/{id}/invitation",
      "POST /members/{id}/deactivate",
      "POST /members/{id}/reactivate",
      "GET /settings",
      "PATCH /settings",
      "POST /spokes/{id}/rename",
      "GET /calendars",
      "POST /calendars",
      "PATCH /calendars/{id}",
      "POST /teams",
      "POST /teams/{id}/rename",
      "GET /keys",
      "POST /keys",
      "POST /keys/{id}/revoke",
    ],
  ],
  [
    rolesThat("osc.reassign"),
    ["POST /customers/{id}/osc", "POST /bulk/{id}/confirm", "POST /bulk/{id}/cancel", "POST /bulk/{id}/undo"],
  ],
  [rolesThat("evaluations.judge"), ["POST /interactions/{id}/evaluations", "GET /scorecards"]],
  [
    [
      "osc",
      "sales",
      "senior_sales",
      "design",
      "cs",
      "implementation",
      "service",
      "marketing",
      "manager",
      "qa",
      "partner",
    ],
    ["POST /interactions/{id}/observations"],
  ],
  [
    ["marketing", "manager", "qa", "auditor"],
    ["GET /reports/themes", "GET /comments", "GET /coding-rounds", "GET /coding-rounds/{id}"],
  ],
  [
    rolesThat("themes.tag"),
    [
      "POST /responses/{id}/tags",
      "DELETE /responses/{id}/tags/{themeId}",
      "POST /coding-rounds",
      "POST /coding-rounds/{id}/marks",
    ],
  ],
  [["osc", "manager"], ["POST /recovery-cases/{id}/assign"]],
  [
    rolesThat("proposals.present"),
    [
      "POST /handoffs",
      "POST /handoffs/{id}/scenario",
      "POST /handoffs/{id}/propose",
      "POST /handoffs/{id}/accept",
      "POST /handoffs/{id}/reject",
      "POST /handoffs/{id}/complete",
      "POST /handoffs/{id}/reasked",
      "POST /handoffs/{id}/rate",
      "POST /handoffs/{id}/cancel",
      "POST /csm-hours",
      "DELETE /csm-hours/{id}",
      "POST /scenario-assignments",
    ],
  ],
  [
    ["osc", "sales", "senior_sales", "design", "cs", "implementation", "service", "partner"],
    ["POST /handoffs/{id}/introduce"],
  ],
  [
    rolesThat("onboardings.run"),
    [
      "POST /handoffs/{id}/decline",
      "POST /onboardings/{id}/milestones",
      "PATCH /onboardings/{id}/milestones/{milestoneId}",
      "POST /onboardings/{id}/milestones/{milestoneId}/state",
      "POST /onboardings/{id}/kickoff",
      "POST /onboardings/{id}/end",
    ],
  ],
  [["osc", "cs", "implementation", "manager"], ["POST /onboardings"]],
  [["sales", "senior_sales", "cs", "implementation", "service", "manager", "partner"], ["POST /proposals"]],
  [
    ["sales", "senior_sales", "manager", "partner"],
    [
      "POST /proposals/{id}/approve",
      "POST /proposals/{id}/reject",
      "POST /proposals/{id}/resolve",
      "POST /approval-authorities/delegate",
      "POST /customers/{id}/selling-team",
    ],
  ],
  [rolesThat("discounts.approve"), ["POST /approval-authorities/{id}/end"]],
  [rolesThat("audit.read"), ["GET /audit"]],
];

/** Inputs whose rules no schema tells. */
const hours = { name: "Week", timeZone: "UTC", hours: { 1: [[540, 1020]] }, holidays: [] };
const written: Record<string, object> = {
  "POST /calendars": hours,
  "PATCH /calendars/{id}": hours,
  "POST /customers": { persons: [{ name: "Ada Abara" }], duplicates: "create" },
  "PATCH /survey": { isOn: true, probability: 0.5, target: 0.5, version: 99 },
  "POST /programme-goals": { month: "2026-01", sales: 1, version: 0 },
  "POST /price-rules": {
    version: 99,
    bands: [{ below: null, repBp: 1, managerBp: 2, directorBp: 3 }],
    marginFloorBp: 1,
  },
  "POST /scenario-experiments": {
    key: "abc",
    name: "Warm or cold",
    first: "A",
    second: "B",
    method: "hash",
    expectedFirst: 0.1,
    expectedSecond: 0.2,
  },
  "POST /onboarding-plans": {
    name: "Short",
    milestones: [{ name: "First", spokeKey: "cs", dueDays: 1, isCustomerVisible: true }],
  },
};

const nameOf = ({ method, path }: Endpoint) => `${method} ${path}`;

/** What to ask of an operation: an input that gets past its schema; what it names does not exist. */
function askingOf(endpoint: Endpoint): { name: string; ask(secret: string): Request } {
  const make = { id: () => newId() };
  const name = nameOf(endpoint);
  const { method } = endpoint;
  const path = endpoint.path.replaceAll(/\{\w+\}/g, () => newId());
  const query = endpoint.query ? inputOf(schemaOf(endpoint.query), make) : {};
  const url = `http://localhost/api/v1${path}?${new URLSearchParams(query as Record<string, string>)}`;
  const headers: Record<string, string> = method === "GET" ? {} : { "if-match": '"999"' };
  let body: string | FormData | null = null;
  if (endpoint.accepts === "multipart") {
    body = new FormData();
    body.append("file", new File(["Name\nAda\n"], "people.csv"));
    body.append("mapping", "{}");
  } else if (endpoint.body) {
    body = JSON.stringify(written[name] ?? inputOf(schemaOf(endpoint.body), make));
    headers["content-type"] = "application/json";
  }
  const ask = (secret: string) =>
    new Request(url, { method, headers: { ...headers, authorization: `Bearer ${secret}` }, body });
  return { name, ask };
}

const spokes: Partial<Record<Role, SpokeKey>> = {
  sales: "sales",
  senior_sales: "sales",
  partner: "sales",
  design: "design",
  cs: "cs",
  implementation: "implementation",
  service: "service",
  marketing: "marketing",
};

describe("O11 an operation is open to exactly the roles of the matrix", () => {
  const handle = serve(endpoints);
  const keys = new Map<Role, string>();

  beforeAll(async () => {
    const workspace = await makeWorkspace();
    for (const role of roles) {
      const member = await makeMember(workspace, { name: role, roles: [role], spoke: spokes[role] ?? "osc" });
      keys.set(role, (await makeKeyOf(await contextOf(workspace, member, [role]), role)).secret);
    }
  });

  test("every operation stands in the table once", () => {
    const named = cells.flatMap(([, operations]) => operations);
    expect(named.toSorted()).toEqual(endpoints.map(nameOf).toSorted());
  });

  const asked = endpoints.map(askingOf);

  test.each(roles)("%s", async (role) => {
    const open = new Set(cells.flatMap(([holders, operations]) => (holders.includes(role) ? operations : [])));
    const wrong = asked.map(async ({ name, ask }) => {
      const { status } = await handle(ask(keys.get(role) ?? ""));
      return status >= 500 || (status !== 403) !== open.has(name) ? [`${name} ${status}`] : [];
    });
    expect((await Promise.all(wrong)).flat()).toEqual([]);
  });
});
