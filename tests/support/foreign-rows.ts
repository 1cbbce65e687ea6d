import type pg from "pg";

/** Which table a name in a path or an input means. */
const tableOfName: Record<string, string> = {
  customerId: "customers",
  ids: "customers",
  except: "customers",
  survivorId: "customers",
  loserId: "customers",
  personId: "persons",
  loserPersonId: "persons",
  into: "persons",
  contactPointId: "contact_points",
  journeyId: "journeys",
  interactionId: "interactions",
  templateId: "journey_templates",
  template: "journey_templates",
  fromId: "journey_templates",
  stageId: "stages",
  toStageId: "stages",
  stage: "stages",
  spokeId: "spokes",
  toSpokeId: "spokes",
  teamId: "teams",
  calendarId: "calendars",
  ...Object.fromEntries(
    [
      "memberId",
      "agentId",
      "ownerId",
      "byId",
      "hostId",
      "toId",
      "accountableId",
      "oscId",
      "osc",
      "successorId",
      "responsibleId",
      "memberIds",
      "coachId",
      "coordinatorId",
      "recipientIds",
    ].map((name) => [name, "members"]),
  ),
  coverageLeadId: "members",
  before: "imports",
  momentId: "defining_moments",
  standardId: "standards",
  criterionId: "standard_criteria",
  evaluationId: "evaluations",
  themeId: "themes",
  themeIds: "themes",
  responseId: "responses",
  firstId: "members",
  secondId: "members",
  caseId: "recovery_cases",
  stepId: "recovery_case_steps",
  otherId: "analytics_runs",
  run: "run of drivers",
  productId: "products",
  priceBookId: "price_books",
  supersedesId: "proposals",
  sellerId: "members",
  parentId: "customers",
  handoffId: "handoffs",
  csmId: "members",
  milestoneId: "onboarding_milestones",
  planId: "onboarding_plans",
};

/** Which table the `{id}` behind a noun of the API means. */
const tableOfNoun: Record<string, string> = {
  customers: "customers",
  duplicates: "duplicate_pairs",
  merges: "merges",
  relays: "relays",
  handoffs: "handoffs",
  "csm-hours": "csm_hours",
  promises: "promises",
  tasks: "tasks",
  appointments: "appointments",
  views: "saved_views",
  templates: "journey_templates",
  "standard-versions": "standard_versions",
  imports: "imports",
  bulk: "bulk_runs",
  exports: "exports",
  members: "members",
  spokes: "spokes",
  calendars: "calendars",
  teams: "teams",
  keys: "api_keys",
  moments: "defining_moments",
  standards: "standards",
  interactions: "interactions",
  evaluations: "evaluations",
  runs: "analytics_runs",
  responses: "responses",
  "relationship-responses": "relationship_responses",
  codebook: "codebook_versions",
  "coding-rounds": "coding_rounds",
  "recovery-cases": "recovery_cases",
  improvements: "improvements",
  leaks: "leaks",
  "scenario-policy": "scenario_policies",
  "scenario-experiments": "scenario_experiments",
  onboardings: "onboardings",
  "onboarding-plans": "onboarding_plans",
  proposals: "proposals",
  products: "products",
  "price-books": "price_books",
  conflicts: "conflict_cases",
  "approval-authorities": "approval_authorities",
  "enablement-items": "enablement_items",
  "enablement-assignments": "enablement_assignments",
  digests: "digests",
  "digest-items": "digest_items",
  "saved-reports": "saved_reports",
};

/** One id of every table of a workspace, by table, and one analysis of every kind, by kind. */
export type Rows = ReadonlyMap<string, string>;

/** The newest id of every table of a workspace that has ids, and of every kind of analysis. */
export async function rowsOfWorkspace(owner: pg.Client, workspaceId: string): Promise<Rows> {
  const { rows } = await owner.query<{ table_name: string }>(
    `select c.table_name from information_schema.columns c where c.table_schema = 'public' and c.column_name = 'id' and c.data_type = 'uuid'
     and exists (select from information_schema.columns w where w.table_schema = 'public' and w.table_name = c.table_name and w.column_name = 'workspace_id')`,
  );
  const found = new Map<string, string>();
  for (const { table_name: table } of rows) {
    const { rows: newest } = await owner.query<{ id: string }>(
      `select id from ${owner.escapeIdentifier(table)} where workspace_id = $1 order by id desc limit 1`,
      [workspaceId],
    );
    if (newest[0]) found.set(table, newest[0].id);
  }
  const { rows: runs } = await owner.query<{ kind: string; id: string }>(
    "select kind, id from analytics_runs where workspace_id = $1 order by id",
    [workspaceId],
  );
  for (const { kind, id } of runs) found.set(`run of ${kind}`, id);
  return found;
}

/** The id that a name means among these rows; throws for a name nobody has said the meaning of. */
export function idNamed(rows: Rows, name: string, noun = ""): string {
  const table = name === "id" ? tableOfNoun[noun] : tableOfName[name];
  const id = table ? rows.get(table) : undefined;
  if (!id) throw new Error(`say which table ${noun}.${name} means, and see that it has a row`);
  return id;
}
