import type { Route } from "next";

const at = (path: string): Route => path as Route;
const w = (slug: string, rest = ""): Route => at(`/w/${slug}${rest}`);

/** Whether a return address stays on this site: one leading slash, no second one, no backslash, no control character. */
export function isLocalPath(path: string): boolean {
  if (!path.startsWith("/") || /^\/(\/|%2f|%5c)/i.test(path) || path.includes("\\")) return false;
  return [...path].every((character) => character >= " ");
}

/** Every internal address. */
export const paths = {
  root: () => at("/"),
  signIn: (back?: string) => at(back && isLocalPath(back) ? `/sign-in?back=${encodeURIComponent(back)}` : "/sign-in"),
  forgot: () => at("/forgot"),
  reset: (token: string) => at(`/reset/${token}`),
  invitation: (token: string) => at(`/invitation/${token}`),
  workspaces: () => at("/workspaces"),
  sessions: () => at("/sessions"),
  home: (slug: string) => w(slug, "/home"),
  customers: (slug: string, query = "") => w(slug, `/customers${query ? `?${query}` : ""}`),
  newCustomer: (slug: string) => w(slug, "/customers/new"),
  customer: (slug: string, id: string) => w(slug, `/customers/${id}`),
  duplicates: (slug: string) => w(slug, "/customers/duplicates"),
  board: (slug: string, query = "") => w(slug, `/board${query ? `?${query}` : ""}`),
  inbox: (slug: string) => w(slug, "/inbox"),
  load: (slug: string) => w(slug, "/load"),
  overview: (slug: string) => w(slug, "/overview"),
  experience: (slug: string, query = "") => w(slug, `/experience${query ? `?${query}` : ""}`),
  experienceRows: (slug: string, query = "") => w(slug, `/experience/rows${query ? `?${query}` : ""}`),
  disagreements: (slug: string, query = "") => w(slug, `/experience/views${query ? `?${query}` : ""}`),
  drivers: (slug: string, query = "") => w(slug, `/experience/drivers${query ? `?${query}` : ""}`),
  driverRows: (slug: string, query = "") => w(slug, `/experience/drivers/rows${query ? `?${query}` : ""}`),
  enablement: (slug: string, query = "") => w(slug, `/experience/enablement${query ? `?${query}` : ""}`),
  digests: (slug: string, query = "") => w(slug, `/digest${query ? `?${query}` : ""}`),
  themes: (slug: string, query = "") => w(slug, `/experience/themes${query ? `?${query}` : ""}`),
  codebook: (slug: string) => w(slug, "/experience/themes/codebook"),
  coding: (slug: string, roundId = "") => w(slug, `/experience/themes/coding${roundId ? `?round=${roundId}` : ""}`),
  recoveryCases: (slug: string, query = "") => w(slug, `/experience/cases${query ? `?${query}` : ""}`),
  recoveryCase: (slug: string, id: string) => w(slug, `/experience/cases?case=${id}`),
  improvements: (slug: string, query = "") => w(slug, `/experience/improvements${query ? `?${query}` : ""}`),
  improvement: (slug: string, id: string) => w(slug, `/experience/improvements?improvement=${id}`),
  proposals: (slug: string, query = "") => w(slug, `/proposals${query ? `?${query}` : ""}`),
  proposal: (slug: string, id: string) => w(slug, `/proposals/${id}`),
  newProposal: (slug: string, customerId: string) => w(slug, `/proposals/new?customer=${customerId}`),
  scorecards: (slug: string) => w(slug, "/scorecards"),
  scorecard: (slug: string, interactionId: string) => w(slug, `/scorecards/${interactionId}`),
  standards: (slug: string) => w(slug, "/settings/standards"),
  standard: (slug: string, versionId: string) => w(slug, `/settings/standards/${versionId}`),
  moments: (slug: string) => w(slug, "/settings/moments"),
  imports: (slug: string) => w(slug, "/imports"),
  import: (slug: string, id: string) => w(slug, `/imports/${id}`),
  newImport: (slug: string) => w(slug, "/imports/new"),
  templates: (slug: string) => w(slug, "/templates"),
  template: (slug: string, id: string) => w(slug, `/templates/${id}`),
  settings: (slug: string) => w(slug, "/settings"),
  members: (slug: string) => w(slug, "/settings/members"),
  profile: (slug: string) => w(slug, "/settings/profile"),
  workspaceSettings: (slug: string) => w(slug, "/settings/workspace"),
  calendars: (slug: string) => w(slug, "/settings/calendars"),
  departments: (slug: string) => w(slug, "/settings/departments"),
  signOn: (slug: string) => w(slug, "/settings/sign-on"),
  keys: (slug: string) => w(slug, "/settings/keys"),
  audit: (slug: string, query = "") => w(slug, `/settings/audit${query ? `?${query}` : ""}`),
  apiDocs: () => at("/docs/api"),
  apiDocument: () => at("/api/v1/openapi.json"),
  mails: (slug: string) => w(slug, "/mails"),
  customerPage: (token: string) => at(`/c/${token}`),
  survey: (token: string, query?: URLSearchParams) => at(`/c/survey/${token}${query ? `?${query}` : ""}`),
  api: (slug: string, rest: string) => `/api/w/${slug}${rest}`,
} as const;
