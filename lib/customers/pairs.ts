import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isId } from "../identifiers";
import { isOpen } from "../journeys/rules";
import { visibleJourneys } from "../journeys/visibility";
import { pairingOf } from "./merge-persons";
import { undoWindow } from "./merge-rules";
import { getCustomer } from "./queries";
import type { CustomerView, DuplicateReason } from "./schema";

export type PairSide = {
  id: string;
  name: string;
  place: string | null;
  version: number;
  stage: string | null;
  oscName: string | null;
  interactions: number;
};

/** Two records that look like one customer, why, and how sure it is (0..1). */
export type PairView = { id: string; score: number; reasons: DuplicateReason[]; first: PairSide; second: PairSide };

type Row = { id: string; score: number; reasons: DuplicateReason[]; first: PairSide; second: PairSide };

/**
 * Pairs that wait for a decision, surest first, both of which this manager may see; at most 50. Interactions count up to
 * 100.
 */
export async function listPairs(ctx: Context): Promise<PairView[]> {
  requirePermission(ctx, "customers.merge");
  const w = ctx.workspaceId;
  return ctx.db.$queryRaw<Row[]>`
    with sides as (
      select d.id as pair_id, c.id, jsonb_build_object('id', c.id, 'name', c.name, 'place', c.place, 'version', c.version, 'stage', s.name, 'oscName', m.name,
        'interactions', (select count(*) from (select 1 from interactions i where i.workspace_id = ${w}::uuid and i.customer_id = c.id limit 100) few)) as side
      from (select * from duplicate_pairs where workspace_id = ${w}::uuid and state = 'open' order by score desc, id limit 50) d
      join customers c on c.workspace_id = ${w}::uuid and c.id in (d.first_id, d.second_id) and c.merged_into_id is null and c.deleted_at is null
      join journeys j on j.workspace_id = ${w}::uuid and j.customer_id = c.id and j.is_primary
      join stages s on s.workspace_id = ${w}::uuid and s.id = j.stage_id
      join members m on m.workspace_id = ${w}::uuid and m.id = j.osc_id
      where ${visibleJourneys(ctx)}
    )
    select d.id, d.score, d.reasons, a.side as first, b.side as second
    from duplicate_pairs d join sides a on a.pair_id = d.id and a.id = d.first_id join sides b on b.pair_id = d.id and b.id = d.second_id
    where d.workspace_id = ${w}::uuid order by d.score desc, d.id`;
}

export type MergeSide = CustomerView & { oscs: { id: string; name: string }[]; openNeeds: (string | null)[] };

/** What a manager decides a merge by: both records, and which people would become one. */
export type MergePreview = {
  survivor: MergeSide;
  loser: MergeSide;
  persons: { loserPersonId: string; into: string | null }[];
};

async function sideOf(ctx: Context, id: string): Promise<MergeSide> {
  const customer = await getCustomer(ctx, { id });
  if (customer.id !== id) throw new AppError("conflict", "already_merged", { current: { mergedIntoId: customer.id } });
  const { workspaceId } = ctx;
  const journeys = await ctx.db.journey.findMany({
    where: { workspaceId, customerId: id },
    select: { oscId: true, need: true, status: true },
  });
  const open = journeys.filter(({ status }) => isOpen(status));
  const oscs = await ctx.db.member.findMany({
    where: { workspaceId, id: { in: open.map(({ oscId }) => oscId) } },
    select: { id: true, name: true },
  });
  return { ...customer, oscs, openNeeds: open.map(({ need }) => need) };
}

const peopleOf = ({ persons }: MergeSide) =>
  persons.map(({ id, name, contactPoints }) => ({ id, name, points: contactPoints }));

/** Loads two records side by side for the merge dialog. `conflict` when one was merged meanwhile. */
export async function getMergePreview(
  ctx: Context,
  { survivorId, loserId }: { survivorId: string; loserId: string },
): Promise<MergePreview> {
  requirePermission(ctx, "customers.merge");
  const [survivor, loser] = [await sideOf(ctx, survivorId), await sideOf(ctx, loserId)];
  const pairing = pairingOf(peopleOf(survivor), peopleOf(loser));
  return {
    survivor,
    loser,
    persons: loser.persons.map(({ id }) => ({ loserPersonId: id, into: pairing.get(id) ?? null })),
  };
}

export type MergeView = {
  id: string;
  survivorId: string;
  loserId: string;
  loserName: string;
  mergedAt: string;
  mergedByName: string | null;
};

/** Merges into this customer that can still be undone, latest first. */
export async function listUndoableMerges(ctx: Context, { id }: { id: string }): Promise<MergeView[]> {
  requirePermission(ctx, "customers.merge");
  if (!isId(id)) throw new AppError("not_found", "customer");
  const since = new Date(ctx.now.getTime() - undoWindow);
  const rows = await ctx.db.$queryRaw<
    {
      id: string;
      survivor_id: string;
      loser_id: string;
      loser_name: string;
      merged_at: Date;
      merged_by: string | null;
    }[]
  >`
    select g.id, g.survivor_id, g.loser_id, c.name as loser_name, g.merged_at, m.name as merged_by
    from merges g join customers c on c.workspace_id = g.workspace_id and c.id = g.loser_id
    left join members m on m.workspace_id = g.workspace_id and m.id = g.merged_by_id
    where g.workspace_id = ${ctx.workspaceId}::uuid and g.survivor_id = ${id}::uuid and g.undone_at is null and g.merged_at > ${since}
      and exists (select 1 from journeys j where j.workspace_id = g.workspace_id and j.customer_id = g.survivor_id and ${visibleJourneys(ctx)})
    order by (g.moved->>'version')::int desc limit 50`;
  return rows.map((row) => ({
    id: row.id,
    survivorId: row.survivor_id,
    loserId: row.loser_id,
    loserName: row.loser_name,
    mergedAt: row.merged_at.toISOString(),
    mergedByName: row.merged_by,
  }));
}
