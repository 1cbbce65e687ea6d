import type { Context } from "../context";
import { effectOfEnablement, type PersonBeforeAfter, type Selection } from "../experience/enablement-effect";
import { Prisma } from "../generated/prisma/client";
import { interactionsKnownAt } from "../runs/queries";
import { pool } from "../statistics/difference-in-differences";
import { rateOf } from "../statistics/rate";
import { isAtMost } from "../statistics/tolerance";
import type { ItemEffect } from "./schema";

/** What one item's effect is computed from: everybody's ratings around its start, and who was enabled. */
export type EffectInput = {
  itemId: string;
  selection: Selection;
  enabled: PersonBeforeAfter[];
  others: PersonBeforeAfter[];
};

/** An item as it stood when its effect was asked for. */
export type MeasuredItem = { id: string; type: string; selection: Selection; weeks: number; startedAt: string };

/** Of which time, knowing what, whose contacts, and which items. */
export type EffectFrame = {
  asOf: Date;
  knownAt: Date;
  agentIds: readonly string[] | null;
  config: { items: readonly MeasuredItem[] };
};

/** Every item that somebody completed, as it stands. */
export async function measuredItems(ctx: Context): Promise<{ version: number; items: MeasuredItem[] }> {
  const rows = await ctx.db.$queryRaw<(Omit<MeasuredItem, "startedAt"> & { startedAt: Date; version: number })[]>`
    select e.id, d.interaction_type as type, e.selection, e.weeks, e.started_at as "startedAt", e.version
    from enablement_items e join defining_moments d on d.workspace_id = e.workspace_id and d.id = e.moment_id
    where e.workspace_id = ${ctx.workspaceId}::uuid and e.archived_at is null and e.started_at is not null order by e.id limit 500`;
  const items = rows.map(({ version: _version, startedAt, ...item }) => ({
    ...item,
    startedAt: startedAt.toISOString(),
  }));
  return { version: rows.reduce((sum, { version }) => sum + version, 0), items };
}

type Row = {
  itemId: string;
  selection: Selection;
  person: string;
  isEnabled: boolean;
  bk: number;
  bn: number;
  ak: number;
  an: number;
};

/**
 * Positive and all ratings of everybody in the contacts that an item is about, as many weeks before its start as after it.
 *
 * Enabled are those who completed it within that time; what they were rated for after its start counts from their own
 * completion. Everybody else of the same contacts is compared with, those who come later among them. Reads contacts that
 * began by `asOf`, and contacts, answers and completions recorded by `knownAt`.
 */
export async function readEffects(ctx: Context, run: EffectFrame): Promise<EffectInput[]> {
  const { asOf, knownAt, agentIds, config } = run;
  const rows = await ctx.db.$queryRaw<Row[]>`
    with items as (
      select e.id, e.selection, e.type, e."startedAt" as started_at, e."startedAt" - make_interval(weeks => e.weeks) as from_at,
        least(e."startedAt" + make_interval(weeks => e.weeks), ${asOf}::timestamptz) as to_at
      from jsonb_to_recordset(${JSON.stringify(config.items)}::jsonb) e(id uuid, selection text, type text, "startedAt" timestamptz, weeks int)
      where e."startedAt" < least(${asOf}::timestamptz, ${knownAt}::timestamptz)
    ), rated as (
      select t.id as item_id, t.selection, i.agent_id, i.started_at, t.started_at as began_at, r.class = 'positive' as good, a.completed_at
      from items t
      join ${interactionsKnownAt(ctx, run)} i on i.type = t.type and i.agent_id is not null and i.started_at >= t.from_at and i.started_at < t.to_at
        ${agentIds ? Prisma.sql`and i.agent_id = any(${[...agentIds]}::uuid[])` : Prisma.empty}
      join responses r on r.workspace_id = ${ctx.workspaceId}::uuid and r.interaction_id = i.id and r.counts_for_class
        and r.recorded_at <= ${knownAt} and r.answered_at <= ${asOf}
      left join enablement_assignments a on a.workspace_id = ${ctx.workspaceId}::uuid and a.item_id = t.id and a.member_id = i.agent_id
        and a.completed_at <= least(t.to_at, ${knownAt}::timestamptz)
    )
    select item_id as "itemId", selection, agent_id as person, completed_at is not null as "isEnabled",
      (count(*) filter (where started_at < began_at and good))::int as bk, (count(*) filter (where started_at < began_at))::int as bn,
      (count(*) filter (where started_at >= greatest(began_at, completed_at) and good))::int as ak,
      (count(*) filter (where started_at >= greatest(began_at, completed_at)))::int as an
    from rated group by 1, 2, 3, 4 order by 1, 3`;
  const inputs = new Map<string, EffectInput>();
  for (const { itemId, selection, person, isEnabled, bk, bn, ak, an } of rows) {
    const input = inputs.get(itemId) ?? { itemId, selection, enabled: [], others: [] };
    inputs.set(itemId, input);
    input[isEnabled ? "enabled" : "others"].push({ person, before: { k: bk, n: bn }, after: { k: ak, n: an } });
  }
  return [...inputs.values()];
}

const asLow = 0.1;

const shareOf = ({ before }: PersonBeforeAfter) => (before.n === 0 ? null : before.k / before.n);

/** Of those who are compared with: for people picked because they were low, the ones who were as low, within ten points. */
export function comparableOf({ selection, enabled, others }: Omit<EffectInput, "itemId">): PersonBeforeAfter[] {
  if (selection !== "low_scores") return [...others];
  const shares = enabled.map(shareOf).filter((share) => share !== null);
  if (shares.length === 0) return [...others];
  const most = Math.max(...shares) + asLow;
  return others.filter((each) => isAtMost(shareOf(each) ?? 0, most));
}

/** Whether an item worked, with the four cells behind it (DOMAIN F41). */
export function judgeEffect(input: EffectInput): ItemEffect {
  const { itemId, selection, enabled } = input;
  const others = comparableOf(input);
  const cellsOf = (people: readonly PersonBeforeAfter[]) => {
    const { before, after } = pool(people);
    return { people: people.length, before: rateOf(before.k, before.n), after: rateOf(after.k, after.n) };
  };
  return {
    itemId,
    enabled: cellsOf(enabled),
    others: cellsOf(others),
    effect: effectOfEnablement(enabled, others, selection),
  };
}
