import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { ofAgents, type PassageFrame, passages, rests } from "../passages/known";
import { summedPassages } from "../passages/summed";
import { interactionsKnownAt } from "../runs/queries";
import type { AnsweredCount, LapsesInput, ProposalCount, StandingCount } from "./compute";

const day = 86_400_000;

type Silence = { template: string; stage: string; silenceDays: number | null };

/**
 * The CTE `standing` after those that end in `there`: who is in which stage with her clocks running, since when, for how many whole
 * days with holds taken off, and whether nobody spoke with her for the stage's days of silence; null where it has none. Who was
 * never spoken with counts from when she came into the stage, as the trigger T4 does. Who was spoken with when is one walk and no
 * join: of how many rows these are the database knows nothing, and it compared each with each. `only` narrows which journeys are
 * read, and then from their transitions.
 */
export function standing(ctx: Context, frame: PassageFrame, limits: readonly Silence[], only?: Prisma.Sql): Prisma.Sql {
  const { asOf, knownAt } = frame;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const end = Prisma.sql`${asOf.getTime() / 1000}::float8`;
  const isTalk = Prisma.sql`c.is_two_way and not c.is_automated and c.direction <> 'internal' and c.recorded_at <= ${knownAt}`;
  const there = only
    ? Prisma.sql`${passages(ctx, frame, only)}, ${rests()}, there as materialized (
        select r.journey_id, r.stage_id, r.spoke_id, r.entered, r.since from rests r where r.is_there and ${ofAgents(ctx, frame, Prisma.sql`r.journey_id`)})`
    : summedPassages(ctx, frame);
  return Prisma.sql`${there},
    corrected as materialized (
      select distinct on (v.interaction_id) v.interaction_id, v.journey_id, v.started_at from interaction_versions v
      where v.workspace_id = ${w} and v.known_until > ${knownAt} order by v.interaction_id, v.known_until),
    heard as (
      select h.*, (select max(extract(epoch from c.started_at)::float8) from interactions c
        where c.workspace_id = ${w} and c.journey_id = h.journey_id and c.started_at <= ${asOf} and ${isTalk}
          and not exists (select from interaction_versions v where v.workspace_id = ${w} and v.interaction_id = c.id and v.known_until > ${knownAt})) as at,
        true as is_there from there h
      union all
      select k.journey_id, null, null, null, null, extract(epoch from k.started_at)::float8, false from corrected k
        join interactions c on c.workspace_id = ${w} and c.id = k.interaction_id where k.started_at <= ${asOf} and ${isTalk}),
    spoken as (select *, max(at) over (partition by journey_id) as said_at from heard),
    limits (template, stage, days) as (select * from unnest(${limits.map(({ template }) => template)}::text[],
      ${limits.map(({ stage }) => stage)}::text[], ${limits.map(({ silenceDays }) => silenceDays)}::float8[])),
    standing as materialized (
      select h.journey_id, t.key as template, s.key as stage, p.key as spoke, h.entered, floor(greatest(0, ${end} - h.since) / 86400)::int as day,
        ${end} - coalesce(h.said_at, h.since) >= l.days * 86400 as is_silent, coalesce(h.said_at, h.since) as quiet_since
      from spoken h join stages s on s.workspace_id = ${w} and s.id = h.stage_id
      join journey_templates t on t.workspace_id = ${w} and t.id = s.template_id
      join spokes p on p.workspace_id = ${w} and p.id = h.spoke_id
      left join limits l on l.template = t.key and l.stage = s.key where h.is_there)`;
}

/** Stays that made the curves and who stands there now, counted in the database. */
export async function readStanding(
  ctx: Context,
  frame: PassageFrame,
  limits: readonly Silence[],
): Promise<Pick<LapsesInput, "stays" | "standing">> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  type Row = StandingCount & { ended: LapsesInput["stays"][number]["ended"] | null };
  const rows = await ctx.db.$queryRaw<Row[]>`
    with ${standing(ctx, frame, limits)},
    ended as (select stage_id, day, ended, sum(n) as n from stays where ended <> 'unordered' group by 1, 2, 3)
    select t.key as template, s.key as stage, '' as spoke, c.day, c.ended, null::boolean as "isSilent", sum(c.n)::int as n
    from ended c join stages s on s.workspace_id = ${w} and s.id = c.stage_id
    join journey_templates t on t.workspace_id = ${w} and t.id = s.template_id group by 1, 2, 4, 5
    union all
    select template, stage, spoke, day, null, is_silent, count(*)::int from standing group by 1, 2, 3, 4, 6
    order by 1, 2, 3, 4, 5, 6`;
  return {
    stays: rows.flatMap(({ template, stage, day: at, ended, n }) =>
      ended === null ? [] : [{ template, stage, day: at, ended, n }],
    ),
    standing: rows.flatMap(({ ended, ...row }) => (ended === null ? [row] : [])),
  };
}

/**
 * The CTE `proposals`: every time a handoff was proposed in the window, from which department to which, and what came of it as
 * the audit log tells: rejected, late (accepted, rejected or run out after its due time), or not due yet. One that was taken
 * back before it was due is left out; a handoff to several departments counts once for each of them.
 */
export function proposals(ctx: Context, frame: PassageFrame, windowDays: number): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const { asOf, knownAt } = frame;
  const since = new Date(asOf.getTime() - windowDays * day);
  const happened = Prisma.sql`coalesce((l.detail->>'at')::timestamptz, l.at)`;
  const steps = ["proposed", "accepted", "rejected", "expired", "cancelled"].map((step) => `handoff.${step}`);
  return Prisma.sql`
    told as (
      select h.id, h.journey_id, a.key || '>' || b.key as pair, l.seq, ${happened} as at, l.action, (l.detail->>'dueAccept')::timestamptz as due
      from handoffs h join spokes a on a.workspace_id = ${w} and a.id = h.from_spoke_id join spokes b on b.workspace_id = ${w} and b.id = h.to_spoke_id
      join audit_log l on l.workspace_id = ${w} and l.subject = 'handoff:' || h.id and l.at <= ${knownAt} and ${happened} <= ${asOf} and l.action in (${Prisma.join(steps)})
      where h.workspace_id = ${w} and h.proposed_at > ${since} and not h.is_parent and ${ofAgents(ctx, frame, Prisma.sql`h.journey_id`)}),
    followed as (select *, lead(action) over after as answer, lead(at) over after as answered_at from told window after as (partition by id order by seq)),
    proposals as (
      select journey_id, pair, at, answer is null and due >= ${asOf} as is_pending, coalesce(answer = 'handoff.rejected', false) as is_rejected,
        coalesce(answer = 'handoff.expired' or coalesce(answered_at, ${asOf}) > due, false) as is_late
      from followed where action = 'handoff.proposed' and at > ${since}
        and (answer is null or answer in ('handoff.accepted', 'handoff.rejected', 'handoff.expired') or answered_at > due))`;
}

export function readProposals(ctx: Context, frame: PassageFrame, windowDays: number): Promise<ProposalCount[]> {
  return ctx.db.$queryRaw<ProposalCount[]>`
    with ${proposals(ctx, frame, windowDays)}
    select pair, is_pending as "isPending", is_rejected as "isRejected", is_late as "isLate", count(*)::int as n
    from proposals group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
}

/**
 * The CTE `answered`: the first contact of the window in which a customer came to us by a medium and a person answered, at least
 * a day old, with whether it left a telephone number or an e-mail address, and a next step within a day; who was won, lost or
 * paused by then needs none. Contacts that were imported are left out: no next step was ever kept for them (DOMAIN 6F).
 */
export function answered(ctx: Context, frame: PassageFrame, windowDays: number): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const { asOf, knownAt } = frame;
  const [since, until] = [new Date(asOf.getTime() - windowDays * day), new Date(asOf.getTime() - day)];
  const later = Prisma.sql`f.started_at + interval '1 day'`;
  return Prisma.sql`
    first as materialized (
      select distinct on (k.customer_id, k.medium) k.customer_id, k.journey_id, k.medium, k.started_at
      from ${interactionsKnownAt(ctx, frame)} k join interactions i on i.workspace_id = ${w} and i.id = k.id
      where k.started_at > ${since} and k.started_at <= ${until} and k.journey_id is not null and i.direction = 'inbound' and i.is_two_way
        and not i.is_automated and i.import_id is null and ${ofAgents(ctx, frame, Prisma.sql`k.journey_id`)}
      order by k.customer_id, k.medium, k.started_at, k.id),
    answered as (
      select f.journey_id, f.medium, f.started_at as at,
        exists (select from contact_points c where c.workspace_id = ${w} and c.kind in ('phone', 'email') and c.created_at <= ${knownAt}
          and c.customer_id in (f.customer_id, (select merged_into_id from customers m where m.workspace_id = ${w} and m.id = f.customer_id))) as has_contact,
        exists (select from touchpoints t where t.workspace_id = ${w} and t.journey_id = f.journey_id and t.created_at <= ${knownAt} and t.started_at <= ${later}
          and (t.started_at > f.started_at or t.closed_at is null or t.closed_at > ${later}))
        or exists (select from stage_transitions e where e.workspace_id = ${w} and e.journey_id = f.journey_id and e.at <= ${later} and e.at >= f.started_at
          and e.recorded_at <= ${knownAt} and e.status in ('won', 'lost', 'completed', 'merged', 'on_hold')) as has_next
      from first f)`;
}

export function readAnswered(ctx: Context, frame: PassageFrame, windowDays: number): Promise<AnsweredCount[]> {
  return ctx.db.$queryRaw<AnsweredCount[]>`
    with ${answered(ctx, frame, windowDays)}
    select medium, has_contact as "hasContact", has_next as "hasNext", count(*)::int as n from answered group by 1, 2, 3 order by 1, 2, 3`;
}
