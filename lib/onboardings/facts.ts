import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { type HealthFacts, type HealthView, healthOf } from "./health";

type Row = {
  id: string;
  due: number;
  inTime: number;
  touchDue: number;
  touchInTime: number;
  offTrack: number;
  positive: number;
  neutral: number;
  negative: number;
  daysLate: number | null;
};

const toFacts = (row: Row): HealthFacts => ({
  milestones: { due: row.due, inTime: row.inTime },
  touchpoints: { due: row.touchDue, inTime: row.touchInTime },
  offTrack: row.offTrack,
  experience: { positive: row.positive, neutral: row.neutral, negative: row.negative },
  firstValueDaysLate: row.daysLate,
});

/**
 * The health of onboardings as it stands now (DOMAIN 6E), by id. What was cancelled does not count; a milestone is in time when it was
 * done by the day first agreed, a touchpoint when it was kept by its due time.
 */
export async function readHealths(ctx: Context, ids: readonly string[]): Promise<Map<string, HealthView>> {
  if (ids.length === 0) return new Map();
  const { now } = ctx;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<Row[]>`
    select o.id, m.*, t.*, x.*, e.*, (select coalesce(f.reached_on, ${now}::timestamptz::date) - f.target_on from first_values f
      where f.workspace_id = ${w} and f.journey_id = o.journey_id) as "daysLate"
    from onboardings o,
      lateral (select count(*)::int as due, (count(*) filter (where state = 'done' and ended_at <= first_due_at))::int as "inTime"
        from onboarding_milestones where workspace_id = ${w} and onboarding_id = o.id
          and (state in ('done', 'missed') or (state in ('planned', 'in_progress') and first_due_at <= ${now}))) m,
      lateral (select count(*)::int as "touchDue", (count(*) filter (where state = 'completed' and closed_at <= due_at))::int as "touchInTime"
        from touchpoints where workspace_id = ${w} and journey_id = o.journey_id and due_at is not null and coalesce(closed_at, ${now}) >= o.started_at
          and (state in ('completed', 'missed') or (state in ('planned', 'due', 'in_progress') and due_at <= ${now}))) t,
      lateral (select count(*)::int as "offTrack" from off_track_events where workspace_id = ${w} and journey_id = o.journey_id
        and state in ('open', 'playing')) x,
      lateral (select (count(*) filter (where c = 'positive'))::int as positive, (count(*) filter (where c = 'neutral'))::int as neutral,
        (count(*) filter (where c = 'negative'))::int as negative from (select experience_class as c from interactions
          where workspace_id = ${w} and journey_id = o.journey_id and experience_class is not null order by started_at desc, id desc limit 5) last) e
    where o.workspace_id = ${w} and o.id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, healthOf(toFacts(row))]));
}
