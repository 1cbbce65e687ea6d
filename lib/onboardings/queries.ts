import { canAs, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { readHealths } from "./facts";
import { readFirstValue } from "./first-value";
import { healthOf } from "./health";
import { mayLead, mayTake, visibleOnboardings } from "./load";
import type { MilestoneView, OnboardingRow, OnboardingsInput, OnboardingView } from "./schema";

const from = (w: Prisma.Sql) => Prisma.sql`onboardings o
  join journeys j on j.workspace_id = ${w} and j.id = o.journey_id and j.status <> 'merged'
  join customers c on c.workspace_id = ${w} and c.id = j.customer_id
  left join first_values f on f.workspace_id = ${w} and f.journey_id = o.journey_id
  cross join lateral (select (count(*) filter (where state = 'done'))::int as done, (count(*) filter (where state <> 'cancelled'))::int as total,
      min(due_at) filter (where ended_at is null) as first_due
    from onboarding_milestones where workspace_id = ${w} and onboarding_id = o.id) m`;

const columns = (
  w: Prisma.Sql,
  now: Date,
) => Prisma.sql`o.id, o.version, o.state, j.customer_id as "customerId", c.name as "customerName", o.journey_id as "journeyId", o.owner_id as "ownerId",
  (select b.name from members b where b.workspace_id = ${w} and b.id = o.owner_id) as "ownerName", o.won_on::text as "wonOn", app.iso(o.started_at) as "startedAt",
  o.kickoff_on::text as "kickoffOn", app.iso(o.ended_at) as "endedAt", m.done, m.total,
  (select count(*)::int from onboarding_milestones l where l.workspace_id = ${w} and l.onboarding_id = o.id and l.ended_at is null and l.due_at <= ${now}) as late,
  (select jsonb_build_object('name', n.name, 'nameHe', n.name_he, 'dueAt', app.iso(n.due_at)) from onboarding_milestones n where n.workspace_id = ${w}
    and n.onboarding_id = o.id and n.ended_at is null order by n.due_at, n.position limit 1) as next,
  f.target_on::text as "targetOn", f.reached_on::text as "reachedOn", f.reached_on - o.won_on as "daysToFirstValue"`;

type Stored = Omit<OnboardingRow, "health">;

const noHealth = healthOf({
  milestones: { due: 0, inTime: 0 },
  touchpoints: { due: 0, inTime: 0 },
  offTrack: 0,
  experience: { positive: 0, neutral: 0, negative: 0 },
  firstValueDaysLate: null,
});

async function withHealth<Row extends Stored>(ctx: Context, rows: readonly Row[]) {
  const healths = await readHealths(
    ctx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...row, health: healths.get(row.id) ?? noHealth }));
}

/** Those in danger first; what nobody knows anything of stands behind them, and in front of those that go well. */
const rankOf = ({ health }: OnboardingRow) => health.score ?? 79.5;

/**
 * Onboardings that the reader may see. Open ones with those in danger first, of at most two hundred (`isPartial` says that there are
 * more: those with the earliest open milestones are read); ended ones newest first, by cursor.
 */
export async function listOnboardings(
  ctx: Context,
  { show, limit, cursor }: OnboardingsInput,
): Promise<{ data: OnboardingRow[]; nextCursor: string | null; isPartial: boolean }> {
  requirePermission(ctx, "journeys.read");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const at = decodeCursor(cursor);
  if (show === "open") {
    const rows = await ctx.db.$queryRaw<Stored[]>`
      select ${columns(w, ctx.now)} from ${from(w)} where o.workspace_id = ${w} and o.state = 'open' and ${visibleOnboardings(ctx)}
      order by m.first_due nulls last, o.id limit 201`;
    const known = await withHealth(ctx, rows.slice(0, 200));
    const data = known.sort((a, b) => rankOf(a) - rankOf(b) || b.late - a.late || (a.id < b.id ? -1 : 1));
    return { data, nextCursor: null, isPartial: rows.length > 200 };
  }
  const rows = await ctx.db.$queryRaw<Stored[]>`
    select ${columns(w, ctx.now)} from ${from(w)} where o.workspace_id = ${w} and o.state <> 'open' and ${visibleOnboardings(ctx)}
      ${at ? Prisma.sql`and (o.ended_at, o.id) < (${at.at}, ${at.id}::uuid)` : Prisma.empty} order by o.ended_at desc, o.id desc limit ${limit + 1}`;
  const data = await withHealth(ctx, rows.slice(0, limit));
  const last = data.at(-1);
  const nextCursor =
    rows.length > limit && last?.endedAt ? encodeCursor({ at: new Date(last.endedAt), id: last.id }) : null;
  return { data, nextCursor, isPartial: false };
}

type Extra = Pick<OnboardingView, "spokeId" | "planVersion" | "endNote" | "milestones">;

/** One onboarding with its milestones. Throws `not_found`, also for who may not see it. */
export async function getOnboarding(ctx: Context, { id }: { id: string }): Promise<OnboardingView> {
  requirePermission(ctx, "journeys.read");
  if (!isId(id)) throw new AppError("not_found", "onboarding");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<(Stored & Extra)[]>`
    select ${columns(w, ctx.now)}, o.spoke_id as "spokeId", o.plan_version as "planVersion", o.end_note as "endNote",
      (select coalesce(json_agg(json_build_object('id', s.id, 'version', s.version, 'name', s.name, 'nameHe', s.name_he, 'ownerId', s.owner_id, 'ownerName', a.name,
        'spokeId', s.spoke_id, 'dueAt', app.iso(s.due_at), 'firstDueAt', app.iso(s.first_due_at), 'isCustomerVisible', s.is_customer_visible,
        'state', s.state, 'endedAt', app.iso(s.ended_at), 'endedByName', e.name, 'note', s.note) order by s.position, s.id), '[]')
        from onboarding_milestones s left join members a on a.workspace_id = ${w} and a.id = s.owner_id
        left join members e on e.workspace_id = ${w} and e.id = s.ended_by_id where s.workspace_id = ${w} and s.onboarding_id = o.id) as milestones
    from ${from(w)} where o.workspace_id = ${w} and o.id = ${id}::uuid and ${visibleOnboardings(ctx)}`;
  if (!row) throw new AppError("not_found", "onboarding");
  const [view] = await withHealth(ctx, [row]);
  if (!view) throw new AppError("not_found", "onboarding");
  const isMine = (milestone: MilestoneView) => view.state === "open" && mayTake(ctx, view, milestone);
  return {
    ...view,
    firstValue: await readFirstValue(ctx, view.journeyId),
    mayLead: mayLead(ctx, view),
    mine: view.milestones.filter(isMine).map(({ id }) => id),
  };
}

/** The onboarding of a customer's journey, and whether the reader may begin it; for her packet. */
export async function standingOf(
  ctx: Context,
  journeyId: string,
): Promise<{ onboardingId: string | null; mayStart: boolean; isWon: boolean }> {
  const [row] = await ctx.db.$queryRaw<{ id: string | null; status: string }[]>`
    select o.id, j.status from journeys j left join onboardings o on o.workspace_id = j.workspace_id and o.journey_id = j.id
    where j.workspace_id = ${ctx.workspaceId}::uuid and j.id = ${journeyId}::uuid`;
  const isWon = row?.status === "won" || row?.status === "completed";
  const mayStart = isWon && row.id === null && canAs(ctx.roles, "onboardings.run", "yes");
  return { onboardingId: row?.id ?? null, mayStart, isWon };
}
