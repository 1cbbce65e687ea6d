import type { Route } from "next";
import { type Capability, type Cell, can, canAs } from "@/lib/auth/permissions";
import type { Role } from "@/lib/auth/roles";
import { paths } from "@/lib/paths";

export type NavKey =
  | "home"
  | "customers"
  | "board"
  | "inbox"
  | "notifications"
  | "handoffs"
  | "onboarding"
  | "load"
  | "proposals"
  | "morning"
  | "overview"
  | "leaks"
  | "reports"
  | "experience"
  | "scorecards"
  | "imports"
  | "templates"
  | "settings"
  | "mails";

export type NavItem = { key: NavKey; href: Route; label: string; count: number };

type Place = { key: NavKey; to: (slug: string) => Route; needs: Capability; as?: Cell; isDemoOnly?: boolean };

const places: readonly Place[] = [
  { key: "home", to: paths.home, needs: "views.use" },
  { key: "customers", to: paths.customers, needs: "journeys.read" },
  { key: "board", to: paths.board, needs: "journeys.read" },
  { key: "inbox", to: paths.inbox, needs: "customers.edit" },
  { key: "notifications", to: (slug) => paths.notifications(slug), needs: "views.use" },
  { key: "handoffs", to: (slug) => paths.handoffs(slug), needs: "handoffs.accept" },
  { key: "onboarding", to: (slug) => paths.onboardings(slug), needs: "onboardings.run" },
  { key: "load", to: paths.load, needs: "reports.read" },
  { key: "proposals", to: paths.proposals, needs: "proposals.present" },
  { key: "morning", to: (slug) => paths.morning(slug), needs: "journeys.read", as: "scope" },
  { key: "overview", to: paths.overview, needs: "journeys.read", as: "scope" },
  { key: "leaks", to: (slug) => paths.leaks(slug), needs: "scores.read", as: "scope" },
  { key: "reports", to: paths.reports, needs: "reports.read" },
  { key: "experience", to: paths.experience, needs: "scores.read", as: "scope" },
  { key: "scorecards", to: paths.scorecards, needs: "evaluations.judge", as: "scorecards" },
  { key: "imports", to: paths.imports, needs: "imports.run" },
  { key: "templates", to: paths.templates, needs: "templates.edit" },
  { key: "settings", to: paths.settings, needs: "views.use" },
  { key: "mails", to: paths.mails, needs: "members.manage", isDemoOnly: true },
];

/** The places this member may go to, in the order of the rail. */
export function navOf(
  slug: string,
  roles: readonly Role[],
  isDemo: boolean,
  label: (key: NavKey) => string,
  counts: Partial<Record<NavKey, number>> = {},
): NavItem[] {
  return places
    .filter(
      ({ needs, as, isDemoOnly }) => (as ? canAs(roles, needs, as) : can(roles, needs)) && (isDemo || !isDemoOnly),
    )
    .map(({ key, to }) => ({ key, href: to(slug), label: label(key), count: counts[key] ?? 0 }));
}
