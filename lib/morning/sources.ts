import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { ofMyTeam } from "../reports/queries";
import { teamOfRuns } from "../runs/queries";
import type { ChangeKind } from "./schema";

/** Narrows a column to a day. */
export type Between = (column: Prisma.Sql) => Prisma.Sql;

type Source = (w: Prisma.Sql, team: Prisma.Sql, between: Between) => Prisma.Sql;

const none = Prisma.sql`null::text`;

const journeyOf = (w: Prisma.Sql, journeyId: Prisma.Sql) =>
  Prisma.sql`join journeys j on j.workspace_id = ${w} and j.id = ${journeyId}`;

/** The journey of a contact, or the customer's primary one for a contact that belongs to none. */
export const journeyOfContact = (
  w: Prisma.Sql,
) => Prisma.sql`join lateral (select jj.* from journeys jj where jj.workspace_id = ${w}
  and jj.customer_id = i.customer_id and (jj.id = i.journey_id or (i.journey_id is null and jj.is_primary)) limit 1) j on true`;

/** A transition that ended a journey one way: by its own small index. */
const ended =
  (which: Prisma.Sql): Source =>
  (w, team, between) =>
    Prisma.sql`
    select t.id, j.customer_id, t.at, ${none} as detail from stage_transitions t ${journeyOf(w, Prisma.sql`t.journey_id`)}
    where t.workspace_id = ${w} and ${which} and ${between(Prisma.sql`t.at`)} and ${team}`;

const offTrack =
  (column: Prisma.Sql, which: Prisma.Sql): Source =>
  (w, team, between) =>
    Prisma.sql`
    select e.id, j.customer_id, ${column} as at, e.trigger as detail from off_track_events e ${journeyOf(w, Prisma.sql`e.journey_id`)}
    where e.workspace_id = ${w} and ${which} and ${between(column)} and ${team}`;

const handoff =
  (column: Prisma.Sql): Source =>
  (w, team, between) =>
    Prisma.sql`
    select h.id, j.customer_id, ${column} as at, ${none} as detail from handoffs h ${journeyOf(w, Prisma.sql`h.journey_id`)}
    where h.workspace_id = ${w} and ${between(column)} and ${team}`;

/** Something of a proposal; whose it is follows from the customer's primary journey. */
const offer =
  (from: Prisma.Sql, column: Prisma.Sql, detail: Prisma.Sql): Source =>
  (w, team, between) =>
    Prisma.sql`
    select p.id, p.customer_id, ${column} as at, ${detail} as detail from ${from} p.workspace_id = ${w} and p.id = x.proposal_id
    join journeys j on j.workspace_id = ${w} and j.customer_id = p.customer_id and j.is_primary
    where x.workspace_id = ${w} and ${between(column)} and ${team}`;

const leak =
  (column: Prisma.Sql, which: Prisma.Sql): Source =>
  (w, _team, between) =>
    Prisma.sql`
    select l.id, null::uuid as customer_id, ${column} as at, l.finding->>'stageName' as detail from leaks l
    where l.workspace_id = ${w} and ${which} and ${between(column)}`;

const sources: Record<ChangeKind, Source> = {
  new_leads: (w, team, between) => Prisma.sql`
    select j.id, j.customer_id, j.arrived_at as at, ${none} as detail from journeys j
    where j.workspace_id = ${w} and ${between(Prisma.sql`j.arrived_at`)} and j.import_id is null
      and j.status not in ('pre_lead', 'merged') and ${team}`,
  won: ended(Prisma.sql`t.status = 'won' and not exists (select from stage_transitions e where e.workspace_id = t.workspace_id
    and e.journey_id = t.journey_id and e.seq < t.seq and e.status in ('won', 'completed'))`),
  lost: ended(Prisma.sql`t.status = 'lost' and t.cause = 'drop'`),
  off_track: offTrack(Prisma.sql`e.opened_at`, Prisma.sql`true`),
  recovered: offTrack(Prisma.sql`e.closed_at`, Prisma.sql`e.state = 'recovered'`),
  promises_broken: (w, team, between) => Prisma.sql`
    select p.id, j.customer_id, p.closed_at as at, left(p.text, 200) as detail from promises p ${journeyOf(w, Prisma.sql`p.journey_id`)}
    where p.workspace_id = ${w} and p.state = 'broken' and ${between(Prisma.sql`p.closed_at`)} and ${team}`,
  handoffs_proposed: handoff(Prisma.sql`h.proposed_at`),
  handoffs_accepted: handoff(Prisma.sql`h.accepted_at`),
  handoffs_rejected: handoff(Prisma.sql`h.rejected_at`),
  handoffs_expired: handoff(Prisma.sql`h.expired_at`),
  negative: (w, team, between) => Prisma.sql`
    select i.id, i.customer_id, i.started_at as at, i.medium as detail from interactions i ${journeyOfContact(w)}
    where i.workspace_id = ${w} and i.experience_class = 'negative' and ${between(Prisma.sql`i.started_at`)} and ${team}`,
  cases: (w, team, between) => Prisma.sql`
    select c.id, i.customer_id, c.opened_at as at, i.medium as detail from recovery_cases c
    join interactions i on i.workspace_id = ${w} and i.id = c.interaction_id ${journeyOfContact(w)}
    where c.workspace_id = ${w} and ${between(Prisma.sql`c.opened_at`)} and ${team}`,
  conflicts: offer(Prisma.sql`conflict_cases x join proposals p on`, Prisma.sql`x.opened_at`, Prisma.sql`p.need`),
  approvals: offer(Prisma.sql`approval_requests x join proposals p on`, Prisma.sql`x.requested_at`, Prisma.sql`p.need`),
  leaks_confirmed: leak(Prisma.sql`l.confirmed_at`, Prisma.sql`true`),
  leaks_closed: leak(Prisma.sql`l.ended_at`, Prisma.sql`l.state = 'closed'`),
};

/** Leaks of one consultant are told to the manager of her team alone. */
export function leaksOfTeam(ctx: Context): Prisma.Sql {
  const teamId = teamOfRuns(ctx);
  if (!teamId) return Prisma.sql`true`;
  return Prisma.sql`(l.dimension <> 'osc' or l.value in (select id::text from members where workspace_id = ${ctx.workspaceId}::uuid and team_id = ${teamId}::uuid))`;
}

/** The rows of one kind within a day: id, customer_id, at, detail. */
export function rowsOfKind(ctx: Context, kind: ChangeKind, between: Between): Prisma.Sql {
  const rows = sources[kind](Prisma.sql`${ctx.workspaceId}::uuid`, ofMyTeam(ctx, Prisma.sql`j.osc_id`), between);
  return kind.startsWith("leaks") ? Prisma.sql`${rows} and ${leaksOfTeam(ctx)}` : rows;
}
