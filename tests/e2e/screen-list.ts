import type { Furnished } from "../support/furnished";

/** Who looks at a screen; `nobody` is not signed in. */
export type Viewer = "osc" | "owner" | "designer" | "nobody";

/** One screen: its route in the application, who looks, under which address, and which status answers. */
export type Screen = {
  route: string;
  viewer: Viewer;
  path: (furnished: Furnished) => string;
  name?: string;
  status?: number;
  /** Keys pressed after it has opened, for what lies on top of a screen. */
  press?: readonly string[];
};

const inside = (route: string, viewer: Viewer, rest: (furnished: Furnished) => string): Screen => ({
  route: `/w/[workspace]${route}`,
  viewer,
  path: (furnished) => `/w/${furnished.workspace.slug}${rest(furnished)}`,
});

const plain = (route: string, viewer: Viewer): Screen => inside(route, viewer, () => route);

const hub = inside("/customers/[id]", "osc", ({ customerId }) => `/customers/${customerId}`);

/** Every screen of the product. A route that the build has and this list has not is a failed test. */
export const screens: readonly Screen[] = [
  { route: "/", viewer: "osc", path: () => "/" },
  { route: "/_not-found", viewer: "nobody", path: () => "/nowhere", status: 404 },
  { route: "/sign-in", viewer: "nobody", path: () => "/sign-in" },
  { route: "/forgot", viewer: "nobody", path: () => "/forgot" },
  { route: "/reset/[token]", viewer: "nobody", path: ({ reset }) => `/reset/${reset}` },
  { route: "/invitation/[token]", viewer: "nobody", path: ({ invitation }) => `/invitation/${invitation}` },
  { route: "/sessions", viewer: "osc", path: () => "/sessions" },
  { route: "/workspaces", viewer: "osc", path: () => "/workspaces" },
  { route: "/c/[token]", viewer: "nobody", path: ({ customerToken }) => `/c/${customerToken}` },
  { route: "/c/survey/[token]", viewer: "nobody", path: ({ surveyToken }) => `/c/survey/${surveyToken}` },
  {
    route: "/c/survey/[token]",
    viewer: "nobody",
    path: ({ relationshipToken }) => `/c/survey/${relationshipToken}`,
    name: "whether she would recommend us",
  },
  { route: "/c/offer/[token]", viewer: "nobody", path: ({ offerToken }) => `/c/offer/${offerToken}` },
  { route: "/docs/api", viewer: "nobody", path: () => "/docs/api" },
  { route: "/docs/api/[subject]", viewer: "nobody", path: () => "/docs/api/customers" },
  { route: "/dev/ui", viewer: "nobody", path: () => "/dev/ui" },
  plain("/home", "osc"),
  { ...plain("/home", "osc"), name: "the keys of Home", press: ["Shift+?"] },
  { ...plain("/home", "osc"), name: "the command menu", press: ["Control+k"] },
  plain("/customers", "osc"),
  plain("/customers/new", "osc"),
  plain("/customers/duplicates", "owner"),
  hub,
  { ...hub, name: "asking a department", press: ["r"] },
  { ...hub, name: "moving a customer on", press: ["m"] },
  plain("/board", "osc"),
  plain("/inbox", "designer"),
  plain("/notifications", "osc"),
  inside("/handoffs", "designer", ({ handoffId }) => `/handoffs?handoff=${handoffId}`),
  plain("/handoffs/hours", "owner"),
  plain("/onboarding", "owner"),
  inside("/onboarding/[id]", "owner", ({ onboardingId }) => `/onboarding/${onboardingId}`),
  plain("/onboarding/plan", "owner"),
  inside("/customers/[id]/packet", "osc", ({ customerId }) => `/customers/${customerId}/packet`),
  plain("/digest", "owner"),
  plain("/load", "osc"),
  plain("/morning", "owner"),
  plain("/overview", "owner"),
  plain("/leaks", "owner"),
  plain("/leaks/recovery", "owner"),
  inside("/leaks/[id]", "owner", ({ leakId }) => `/leaks/${leakId}`),
  plain("/survival", "owner"),
  plain("/speed", "owner"),
  plain("/programme", "owner"),
  plain("/waiting", "owner"),
  {
    ...inside("/waiting", "osc", ({ customerId }) => `/waiting?customer=${customerId}`),
    name: "the time of one customer",
  },
  plain("/reports", "owner"),
  inside("/reports/[id]", "owner", ({ reportId }) => `/reports/${reportId}?rows=1`),
  plain("/experience", "owner"),
  plain("/experience/rows", "owner"),
  plain("/experience/answers", "owner"),
  plain("/experience/relationship", "owner"),
  plain("/experience/drivers", "owner"),
  inside("/experience/drivers/rows", "owner", ({ driversRunId }) => `/experience/drivers/rows?run=${driversRunId}`),
  plain("/experience/views", "owner"),
  plain("/experience/themes", "owner"),
  plain("/experience/themes/codebook", "owner"),
  plain("/experience/themes/coding", "owner"),
  plain("/experience/cases", "owner"),
  plain("/experience/improvements", "owner"),
  plain("/experience/enablement", "owner"),
  plain("/scenarios", "owner"),
  plain("/scenarios/lab", "owner"),
  plain("/proposals", "owner"),
  inside("/proposals/new", "owner", ({ customerId }) => `/proposals/new?customer=${customerId}`),
  inside("/proposals/[id]", "owner", ({ proposalId }) => `/proposals/${proposalId}`),
  plain("/imports", "owner"),
  plain("/imports/new", "owner"),
  inside("/imports/[id]", "owner", ({ importId }) => `/imports/${importId}`),
  plain("/mails", "owner"),
  plain("/templates", "owner"),
  inside("/templates/[id]", "owner", ({ templateId }) => `/templates/${templateId}`),
  {
    ...inside("/templates/[id]", "owner", ({ draftId }) => `/templates/${draftId}`),
    name: "the editor of a template",
  },
  plain("/scorecards", "owner"),
  inside("/scorecards/[id]", "owner", ({ interactionId }) => `/scorecards/${interactionId}`),
  plain("/settings", "owner"),
  plain("/settings/standards", "owner"),
  inside("/settings/standards/[id]", "owner", ({ standardId }) => `/settings/standards/${standardId}`),
  {
    ...inside("/settings/standards/[id]", "owner", ({ standardDraftId }) => `/settings/standards/${standardDraftId}`),
    name: "the editor of a standard",
  },
  plain("/settings/moments", "owner"),
  plain("/settings/surveys", "owner"),
  plain("/settings/members", "owner"),
  plain("/settings/profile", "osc"),
  plain("/settings/workspace", "owner"),
  plain("/settings/calendars", "owner"),
  plain("/settings/departments", "owner"),
  plain("/settings/prices", "owner"),
  plain("/settings/sign-on", "owner"),
  plain("/settings/keys", "owner"),
  plain("/settings/audit", "owner"),
];

/** Page routes that no person ever opens by an address. */
export const withoutScreen = ["/_global-error"];
