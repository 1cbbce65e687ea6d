import { AppError } from "../errors";
import { type Role, roles } from "./roles";

/**
 * What a cell of DOMAIN section 4 grants. `no` grants nothing; the words of scope limit which hubs:
 * `own` = I am OSC, accountable or author; `team` = my team's; `assigned` = my spoke is or was accountable;
 * `post_sale` adds journeys that were won; `scope` = my teams, the whole workspace when none is set.
 */
export type Cell =
  | "no"
  | "yes"
  | "all"
  | "own_team"
  | "assigned"
  | "assigned_post_sale"
  | "aggregate"
  | "scope"
  | "sampled"
  | "config"
  | "hub"
  | "step_owner"
  | "request"
  | "options"
  | "if_flag"
  | "tier"
  | "matrix"
  | "intro"
  | "override"
  | "policy"
  | "own_journey"
  | "own"
  | "themes"
  | "scorecards"
  | "scripts"
  | "results"
  | "approve";

type Column =
  | "osc"
  | "sales"
  | "design"
  | "cs"
  | "implementation"
  | "service"
  | "marketing"
  | "manager"
  | "qa"
  | "admin";

const row = (
  osc: Cell,
  sales: Cell,
  design: Cell,
  cs: Cell,
  implementation: Cell,
  service: Cell,
  marketing: Cell,
  manager: Cell,
  qa: Cell,
  admin: Cell,
): Record<Column, Cell> => ({ osc, sales, design, cs, implementation, service, marketing, manager, qa, admin });

/** The capability matrix, one row per line of DOMAIN section 4 and of the sentences under it. */
const matrix = {
  "journeys.read": row(
    "all",
    "own_team",
    "assigned",
    "assigned_post_sale",
    "assigned",
    "assigned_post_sale",
    "aggregate",
    "scope",
    "sampled",
    "config",
  ),
  "customers.edit": row("yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "no", "no"),
  "relays.send": row("yes", "hub", "hub", "hub", "hub", "hub", "hub", "yes", "no", "no"),
  "recovery.play": row(
    "yes",
    "step_owner",
    "step_owner",
    "step_owner",
    "step_owner",
    "step_owner",
    "step_owner",
    "yes",
    "no",
    "no",
  ),
  "osc.reassign": row("request", "no", "no", "no", "no", "no", "no", "yes", "no", "yes"),
  "proposals.present": row("no", "yes", "options", "if_flag", "if_flag", "if_flag", "no", "yes", "no", "no"),
  "discounts.approve": row("no", "tier", "no", "no", "no", "no", "no", "tier", "no", "matrix"),
  "handoffs.accept": row("intro", "yes", "yes", "yes", "yes", "yes", "no", "override", "no", "policy"),
  "onboardings.run": row("yes", "step_owner", "step_owner", "yes", "yes", "step_owner", "no", "yes", "no", "no"),
  "scores.read": row("own_journey", "own", "own", "own", "own", "own", "themes", "scope", "scorecards", "no"),
  "calls.run": row("yes", "yes", "no", "yes", "no", "yes", "no", "yes", "no", "scripts"),
  "shops.schedule": row("no", "no", "no", "no", "no", "no", "no", "results", "yes", "no"),
  "personal_data.export": row("no", "no", "no", "no", "no", "no", "no", "request", "no", "approve"),
  "imports.run": row("no", "no", "no", "no", "no", "no", "no", "yes", "no", "no"),
  "customers.merge": row("no", "no", "no", "no", "no", "no", "no", "yes", "no", "no"),
  "templates.edit": row("no", "no", "no", "no", "no", "no", "no", "yes", "no", "no"),
  "standards.edit": row("no", "no", "no", "no", "no", "no", "no", "yes", "no", "yes"),
  "evaluations.judge": row("no", "no", "no", "no", "no", "no", "no", "scope", "scorecards", "no"),
  "enablement.assign": row("no", "no", "no", "no", "no", "no", "no", "scope", "no", "no"),
  "runs.start": row("no", "no", "no", "no", "no", "no", "no", "scope", "no", "no"),
  "experiments.run": row("no", "no", "no", "no", "no", "no", "no", "yes", "no", "no"),
  "themes.tag": row("no", "no", "no", "no", "no", "no", "yes", "scope", "scorecards", "no"),
  "improvements.edit": row("own", "own", "own", "own", "own", "own", "own", "yes", "no", "no"),
  "responses.record": row("no", "no", "no", "no", "no", "no", "no", "yes", "no", "yes"),
  "reports.read": row("yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "no"),
  "members.manage": row("no", "no", "no", "no", "no", "no", "no", "no", "no", "yes"),
  "keys.manage": row("no", "no", "no", "no", "no", "no", "no", "no", "no", "yes"),
  "settings.edit": row("no", "no", "no", "no", "no", "no", "no", "no", "no", "yes"),
  "prices.edit": row("no", "no", "no", "no", "no", "no", "no", "yes", "no", "yes"),
  "audit.read": row("no", "no", "no", "no", "no", "no", "no", "yes", "no", "yes"),
  "views.use": row("yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes"),
} as const satisfies Record<string, Record<Column, Cell>>;

export type Capability = keyof typeof matrix;

/** Every capability, in the order of the matrix. */
export const capabilities = Object.keys(matrix) as Capability[];

const reads: ReadonlySet<Capability> = new Set([
  "journeys.read",
  "scores.read",
  "reports.read",
  "audit.read",
  "views.use",
]);

/** What one role may do: the cell of the matrix, with the derived roles read off their base column. */
export function cellOf(role: Role, capability: Capability): Cell {
  const cells = matrix[capability];
  switch (role) {
    case "senior_sales":
      return cells.sales;
    case "owner":
      return cells.admin;
    case "auditor":
      return reads.has(capability) ? cells.manager : "no";
    case "partner":
      return capability === "journeys.read" ? "own" : cells.sales;
    default:
      return cells[role];
  }
}

/** Every cell other than `no` that the roles together grant. */
export function cellsOf(held: readonly Role[], capability: Capability): Cell[] {
  return [...new Set(held.map((role) => cellOf(role, capability)))].filter((cell) => cell !== "no");
}

/** Whether any of the roles grants the capability in some form. Screens ask the same question to hide a button. */
export function can(held: readonly Role[], capability: Capability): boolean {
  return cellsOf(held, capability).length > 0;
}

/** Whether the roles grant the capability in one of the given forms. */
export function canAs(held: readonly Role[], capability: Capability, ...forms: Cell[]): boolean {
  return cellsOf(held, capability).some((cell) => forms.includes(cell));
}

/** Throws `forbidden` unless the roles grant the capability (in one of the forms, when any are named). */
export function requirePermission(who: { roles: readonly Role[] }, capability: Capability, ...forms: Cell[]): void {
  const allowed = forms.length > 0 ? canAs(who.roles, capability, ...forms) : can(who.roles, capability);
  if (!allowed) throw new AppError("forbidden", capability);
}

/** Which roles grant the capability, for the sentence "ask one of these". */
export function rolesThat(capability: Capability): Role[] {
  return roles.filter((role) => can([role], capability));
}
