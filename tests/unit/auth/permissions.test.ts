import { describe, expect, test } from "vitest";
import {
  type Capability,
  can,
  canAs,
  capabilities,
  cellOf,
  requirePermission,
  rolesThat,
} from "@/lib/auth/permissions";
import { isRole, type Role, roles } from "@/lib/auth/roles";

const columns: Role[] = [
  "osc",
  "sales",
  "design",
  "cs",
  "implementation",
  "service",
  "marketing",
  "manager",
  "qa",
  "admin",
];

// DOMAIN section 4, written a second time on purpose: a changed cell must be changed twice.
const written: Record<Capability, string> = {
  "journeys.read":
    "all own_team assigned assigned_post_sale assigned assigned_post_sale aggregate scope sampled config",
  "customers.edit": "yes yes yes yes yes yes yes yes no no",
  "relays.send": "yes hub hub hub hub hub hub yes no no",
  "recovery.play": "yes step_owner step_owner step_owner step_owner step_owner step_owner yes no no",
  "osc.reassign": "request no no no no no no yes no yes",
  "proposals.present": "no yes options if_flag if_flag if_flag no yes no no",
  "discounts.approve": "no tier no no no no no tier no matrix",
  "handoffs.accept": "intro yes yes yes yes yes no override no policy",
  "onboardings.run": "yes step_owner step_owner yes yes step_owner no yes no no",
  "scores.read": "own_journey own own own own own themes scope scorecards no",
  "calls.run": "yes yes no yes no yes no yes no scripts",
  "shops.schedule": "no no no no no no no results yes no",
  "personal_data.export": "no no no no no no no request no approve",
  "imports.run": "no no no no no no no yes no no",
  "customers.merge": "no no no no no no no yes no no",
  "templates.edit": "no no no no no no no yes no no",
  "standards.edit": "no no no no no no no yes no yes",
  "evaluations.judge": "no no no no no no no scope scorecards no",
  "enablement.assign": "no no no no no no no scope no no",
  "runs.start": "no no no no no no no scope no no",
  "experiments.run": "no no no no no no no yes no no",
  "themes.tag": "no no no no no no yes scope scorecards no",
  "improvements.edit": "own own own own own own own yes no no",
  "responses.record": "no no no no no no no yes no yes",
  "reports.read": "yes yes yes yes yes yes yes yes yes no",
  "members.manage": "no no no no no no no no no yes",
  "keys.manage": "no no no no no no no no no yes",
  "settings.edit": "no no no no no no no no no yes",
  "prices.edit": "no no no no no no no yes no yes",
  "audit.read": "no no no no no no no yes no yes",
  "views.use": "yes yes yes yes yes yes yes yes yes yes",
};

describe("the capability matrix", () => {
  test("has a row for everything and nothing else", () => {
    expect([...capabilities].sort()).toEqual(Object.keys(written).sort());
  });

  test.each(capabilities.flatMap((capability) => columns.map((role, index) => [capability, role, index] as const)))(
    "%s for %s is as written",
    (capability, role, index) => {
      expect(cellOf(role, capability)).toBe(written[capability].split(" ")[index]);
    },
  );

  test.each(capabilities)("%s: senior sales is sales, the owner is the admin", (capability) => {
    expect(cellOf("senior_sales", capability)).toBe(cellOf("sales", capability));
    expect(cellOf("owner", capability)).toBe(cellOf("admin", capability));
  });

  test("an auditor reads as a manager and writes nothing", () => {
    for (const capability of capabilities) {
      const isRead = ["journeys.read", "scores.read", "reports.read", "audit.read", "views.use"].includes(capability);
      expect(cellOf("auditor", capability)).toBe(isRead ? cellOf("manager", capability) : "no");
    }
  });

  test("a partner is sales on own accounts", () => {
    expect(cellOf("partner", "journeys.read")).toBe("own");
    expect(cellOf("partner", "customers.edit")).toBe("yes");
  });
});

describe("the invariants of power", () => {
  test("P1 the OSC sees every journey", () => expect(canAs(["osc"], "journeys.read", "all")).toBe(true));
  test("P2 the OSC asks any department, the departments ask the hub", () => {
    expect(canAs(["osc"], "relays.send", "yes")).toBe(true);
    expect(canAs(["design"], "relays.send", "yes")).toBe(false);
    expect(canAs(["design"], "relays.send", "hub")).toBe(true);
  });
  test("P3 the OSC cannot present a price, approve a discount or accept a handoff for a spoke", () => {
    expect(can(["osc"], "proposals.present")).toBe(false);
    expect(can(["osc"], "discounts.approve")).toBe(false);
    expect(canAs(["osc"], "handoffs.accept", "yes")).toBe(false);
  });
  test("P4 nobody who is shopped schedules shops, and nobody but QA does", () =>
    expect(rolesThat("shops.schedule").filter((role) => canAs([role], "shops.schedule", "yes"))).toEqual(["qa"]));
  test("P3, P4 only a manager and QA judge how an interaction kept its standard", () =>
    expect(rolesThat("evaluations.judge")).toEqual(["manager", "qa"]));
  test("P5 whoever may not is refused by name of the capability", () => {
    expect(() => requirePermission({ roles: ["qa"] }, "customers.edit")).toThrowError(
      expect.objectContaining({ code: "forbidden", reason: "customers.edit" }),
    );
  });
  test("several roles add up, none means nothing", () => {
    expect(can(["qa", "manager"], "imports.run")).toBe(true);
    expect(can([], "views.use")).toBe(false);
  });
  test("only the fourteen slugs are roles", () => {
    expect(roles).toHaveLength(14);
    expect(isRole("owner")).toBe(true);
    expect(isRole("superuser")).toBe(false);
  });
});
