import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { record, sqlState, transaction } from "../transaction";
import { defaultWeights } from "./advisor";
import { policyInForce, requirePolicy } from "./queries";
import { planEdit, planPublish } from "./rules";
import type { PolicyKey, PolicyView, PublishPolicy, Rule, SavePolicy } from "./schema";
import { usualHours } from "./vocabulary";

/** What the first draft of a workspace begins with (DOMAIN F66). */
const usualRules: Rule[] = [
  {
    conditions: [
      { field: "complexity", is: "at_least", value: 0.7 },
      { field: "value", is: "at_least", value: 0.6 },
    ],
    scenario: "C",
  },
  { conditions: [{ field: "value", is: "at_least", value: 0.6 }], scenario: "B" },
  {
    conditions: [
      { field: "new_customer", is: "equal", value: true },
      { field: "relationship", is: "at_least", value: 0.7 },
    ],
    scenario: "B",
  },
  { conditions: [], scenario: "A" },
];

type Content = Pick<PolicyView, "weights" | "companyStage" | "rules" | "hoursB" | "hoursC" | "freeHours">;

const first: Content = {
  weights: defaultWeights,
  companyStage: "unspecified",
  rules: usualRules,
  hoursB: usualHours.B,
  hoursC: usualHours.C,
  freeHours: null,
};

const contentOf = ({ weights, companyStage, rules, hoursB, hoursC, freeHours }: Content): Content => ({
  ...{ weights, companyStage, rules, hoursB, hoursC, freeHours },
});

const columnsOf = ({ weights, rules, ...rest }: Content) => ({
  ...rest,
  weightClose: weights.close,
  weightRelationship: weights.relationship,
  weightOnboarding: weights.onboarding,
  weightCsmCost: weights.csmCost,
  rules: rules as unknown as Prisma.InputJsonArray,
});

/** Begins a draft as a copy of the policy in force, or of the usual rules. Throws `conflict` `draft_exists` with the draft's id. */
export async function draftPolicy(ctx: Context): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "handoffs.accept", "policy");
  return transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const known = await ctx.db.scenarioPolicy.findFirst({ where: { workspaceId, status: "draft" } });
    if (known) throw new AppError("conflict", "draft_exists", { current: { id: known.id } });
    const source = await policyInForce(ctx);
    const id = newId();
    const number = (source?.number ?? 0) + 1;
    try {
      await ctx.db.scenarioPolicy.create({
        data: { workspaceId, id, number, createdAt: ctx.now, ...columnsOf(contentOf(source ?? first)) },
      });
    } catch (error) {
      if (sqlState(error) !== "23505" && (error as { code?: string }).code !== "P2002") throw error;
      throw new AppError("conflict", "draft_exists");
    }
    record(ctx, "scenario_policy.drafted", {
      subject: `scenario_policy:${id}`,
      detail: { fromId: source?.id ?? null, number },
    });
    return { id, version: 1 };
  });
}

async function changeDraft(
  ctx: Context,
  { id, version }: { id: string; version: number },
  data: Prisma.ScenarioPolicyUpdateManyMutationInput,
): Promise<void> {
  const { count } = await ctx.db.scenarioPolicy.updateMany({
    where: { workspaceId: ctx.workspaceId, id, version, status: "draft" },
    data: { ...data, version: { increment: 1 } },
  });
  if (count > 0) return;
  const current = await requirePolicy(ctx, id);
  throw new AppError("conflict", "version", { current: { version: current.version } });
}

/** Templates that rules name stand in this workspace; another's key is answered like one that never was. */
async function requireTemplates(ctx: Context, rules: readonly Rule[]): Promise<void> {
  const wanted = rules.flatMap(({ conditions }, rule) =>
    conditions.flatMap((each, place) =>
      each.field === "template" ? [{ key: each.value, path: `rules.${rule}.conditions.${place}.value` }] : [],
    ),
  );
  if (wanted.length === 0) return;
  const known = await ctx.db.journeyTemplate.findMany({
    where: { workspaceId: ctx.workspaceId, key: { in: wanted.map(({ key }) => key) } },
    select: { key: true },
  });
  const wrong = wanted.filter(({ key }) => !known.some((template) => template.key === key));
  if (wrong.length === 0) return;
  const fields = Object.fromEntries(wrong.map(({ path }) => [path, "no_such_template"]));
  throw new AppError("invalid", "input", { fields });
}

/** Saves a draft as a whole, whole or not. Throws `refused` for a published policy, `conflict` on a stale one. */
export async function savePolicy(
  ctx: Context,
  { id, version, ...content }: SavePolicy,
): Promise<{ id: string; version: number }> {
  requirePermission(ctx, "handoffs.accept", "policy");
  return transaction(ctx, async (ctx) => {
    const before = await requirePolicy(ctx, id);
    enforce(planEdit(before.status));
    await requireTemplates(ctx, content.rules);
    await changeDraft(ctx, { id, version }, columnsOf(content));
    record(ctx, "scenario_policy.saved", {
      subject: `scenario_policy:${id}`,
      detail: { before: contentOf(before), after: content },
    });
    return { id, version: version + 1 };
  });
}

/**
 * Publishes a draft: advice is given by it from now on, and it never changes. Throws `refused` `policy_incomplete` with what it
 * lacks, above all a last rule that takes every deal (DOMAIN F66).
 */
export async function publishPolicy(
  ctx: Context,
  { id, version }: PublishPolicy,
): Promise<{ id: string; number: number }> {
  requirePermission(ctx, "handoffs.accept", "policy");
  return transaction(ctx, async (ctx) => {
    const draft = await requirePolicy(ctx, id);
    const { status } = enforce(planPublish(draft.status, draft.rules));
    await changeDraft(
      ctx,
      { id, version },
      { status, effectiveFrom: ctx.now, publishedAt: ctx.now, publishedById: ctx.memberId },
    );
    const { number } = draft;
    record(ctx, "scenario_policy.published", {
      subject: `scenario_policy:${id}`,
      detail: { ...contentOf(draft), number },
      data: { number },
    });
    return { id, number };
  });
}

/** Throws a draft away. Throws `refused` for what was published: advice was given by it. */
export async function discardPolicy(ctx: Context, { id }: PolicyKey): Promise<void> {
  requirePermission(ctx, "handoffs.accept", "policy");
  await transaction(ctx, async (ctx) => {
    const draft = await requirePolicy(ctx, id);
    enforce(planEdit(draft.status));
    await ctx.db.scenarioPolicy.deleteMany({ where: { workspaceId: ctx.workspaceId, id, status: "draft" } });
    record(ctx, "scenario_policy.discarded", {
      subject: `scenario_policy:${id}`,
      detail: { ...contentOf(draft), number: draft.number },
    });
  });
}
