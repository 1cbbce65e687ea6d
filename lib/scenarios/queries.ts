import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { readBudgets } from "../csm-hours/queries";
import { sumBudgets } from "../csm-hours/rules";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { advise, defaultWeights } from "./advisor";
import { dealDays, readDeals, readInputs } from "./deals";
import { worthOf } from "./evidence";
import { lintRules, placeDeal, simulate } from "./rules";
import type {
  AdviceAnswer,
  AdviceInputsAnswer,
  AdviceInputsInput,
  AdviseInput,
  PolicyState,
  PolicyView,
  Source,
} from "./schema";
import { inputNames, scenarios, usualHours } from "./vocabulary";

type Row = Omit<PolicyView, "issues">;

/** The newest policy among those; null without one. */
export async function readPolicy(ctx: Context, which: Prisma.Sql): Promise<PolicyView | null> {
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select p.id, p.number, p.status, app.iso(p.published_at) as "publishedAt", m.name as "publishedByName", p.version,
      json_build_object('close', p.weight_close, 'relationship', p.weight_relationship, 'onboarding', p.weight_onboarding,
        'csmCost', p.weight_csm_cost) as weights,
      p.company_stage as "companyStage", p.rules, p.hours_b as "hoursB", p.hours_c as "hoursC", p.free_hours as "freeHours"
    from scenario_policies p left join members m on m.workspace_id = p.workspace_id and m.id = p.published_by_id
    where p.workspace_id = ${ctx.workspaceId}::uuid and ${which} order by p.number desc limit 1`;
  return row ? { ...row, issues: row.status === "draft" ? lintRules(row.rules) : [] } : null;
}

/** The policy in force: the newest that was published; null before the first. For whoever advises; asks no permission. */
export function policyInForce(ctx: Context): Promise<PolicyView | null> {
  return readPolicy(ctx, Prisma.sql`p.status = 'published'`);
}

/** One policy as it stood. Throws `not_found`. */
export async function requirePolicy(ctx: Context, id: string): Promise<PolicyView> {
  const policy = await readPolicy(ctx, Prisma.sql`p.id = ${id}::uuid`);
  if (!policy) throw new AppError("not_found", "scenario_policy");
  return policy;
}

/** How many handoffs to customer success follow each scenario, of the same 90 days, and how many were chosen against the policy. */
async function readUse(ctx: Context): Promise<PolicyState["use"]> {
  const since = new Date(ctx.now.getTime() - dealDays * 86_400_000);
  const rows = await ctx.db.$queryRaw<PolicyState["use"]>`
    select scenario, count(*)::int as handoffs, count(*) filter (where policy_answer is not null and policy_answer <> scenario)::int as overridden
    from handoffs where workspace_id = ${ctx.workspaceId}::uuid and scenario is not null and drafted_at > ${since} and drafted_at <= ${ctx.now} group by scenario`;
  return scenarios.map(
    (scenario) => rows.find((row) => row.scenario === scenario) ?? { scenario, handoffs: 0, overridden: 0 },
  );
}

/** The policy in force, the draft of the next, every version, and what the draft would have done with the deals of 90 days. */
export async function getPolicy(ctx: Context): Promise<PolicyState> {
  requirePermission(ctx, "views.use");
  const { workspaceId } = ctx;
  const [inForce, draft, versions, templates, use] = await Promise.all([
    policyInForce(ctx),
    readPolicy(ctx, Prisma.sql`p.status = 'draft'`),
    ctx.db.$queryRaw<PolicyState["versions"]>`
      select id, number, status, app.iso(published_at) as "publishedAt", jsonb_array_length(rules) as rules
      from scenario_policies where workspace_id = ${workspaceId}::uuid order by number desc limit 100`,
    ctx.db.$queryRaw<PolicyState["templates"]>`
      select distinct on (key) key, name from journey_templates where workspace_id = ${workspaceId}::uuid and status <> 'draft'
      order by key, number desc limit 100`,
    readUse(ctx),
  ]);
  const tried = draft ?? inForce;
  if (!tried) return { inForce, draft, versions, templates, use, simulation: null };
  const { deals, isPartial } = await readDeals(ctx);
  return {
    inForce,
    draft,
    versions,
    templates,
    use,
    simulation: simulate(tried, deals, { days: dealDays, isPartial }),
  };
}

/** What is stored of what the advisor asks, and where the policy in force places that journey. Throws `not_found`. */
export async function getAdviceInputs(ctx: Context, { journeyId }: AdviceInputsInput): Promise<AdviceInputsAnswer> {
  requirePermission(ctx, "views.use");
  const [inputs, policy, { team }] = await Promise.all([
    readInputs(ctx, journeyId ?? null),
    policyInForce(ctx),
    readBudgets(ctx),
  ]);
  return {
    ...inputs,
    known: { ...inputs.known, ...(team.slack === null ? {} : { csmSlack: team.slack }) },
    freeHours: team.free === null ? null : team.free / 60,
    placed: inputs.journey && policy ? placeDeal(policy.rules, inputs.journey.deal) : null,
    policyNumber: policy?.number ?? null,
  };
}

/** What the free share is taken for while nobody said it and no hours tell. */
const usualSlack = 0.5;

/** What customer success has free, of the one who is named or of all; throws `not_found` for whoever is not of it. */
async function readCapacity(ctx: Context, csmId: string | undefined) {
  const { members, team } = await readBudgets(ctx);
  if (!csmId) return { slack: team.slack, freeHours: team.free === null ? null : team.free / 60 };
  const named = members.find(({ memberId }) => memberId === csmId);
  if (!named) throw new AppError("not_found", "member");
  const { slack, free } = sumBudgets([named]);
  return { slack, freeHours: free === null ? null : free / 60 };
}

const sourceOf = (asked: unknown, stored: unknown): Source =>
  asked !== undefined ? "person" : stored === null ? "default" : "data";

/**
 * Scores the scenarios by the weights of the policy in force, and chooses (DOMAIN F60). Inputs are the caller's own; the free
 * share and the free hours of customer success come from what was logged when she leaves them out.
 */
export async function giveAdvice(ctx: Context, input: AdviseInput): Promise<AdviceAnswer> {
  requirePermission(ctx, "views.use");
  const { companyStage, hasNamedCsm, csmId, freeHours, money, csmSlack, ...inputs } = input;
  const [policy, known] = await Promise.all([policyInForce(ctx), readCapacity(ctx, csmId)]);
  const weights = policy?.weights ?? defaultWeights;
  const hours = { B: policy?.hoursB ?? usualHours.B, C: policy?.hoursC ?? usualHours.C };
  const ofPolicy: Source = policy ? "data" : "default";
  const person = Object.fromEntries(inputNames.map((name) => [name, "person"])) as Record<
    (typeof inputNames)[number],
    Source
  >;
  return {
    ...advise(
      { ...inputs, csmSlack: csmSlack ?? known.slack ?? usualSlack },
      {
        weights,
        companyStage: companyStage ?? policy?.companyStage ?? "unspecified",
        capacity: {
          hasNamedCsm: hasNamedCsm ?? (csmId ? true : null),
          freeHours: freeHours ?? known.freeHours,
          hours,
        },
      },
    ),
    money: money ? worthOf(money) : null,
    weights,
    policyNumber: policy?.number ?? null,
    sources: {
      ...person,
      csmSlack: sourceOf(csmSlack, known.slack),
      freeHours: sourceOf(freeHours, known.freeHours),
      companyStage: companyStage ? "person" : ofPolicy,
      weights: ofPolicy,
    },
  };
}
