import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { filterOfQuery } from "../customers/filter";
import { conditionsOf } from "../customers/list";
import { visibleScores } from "../evaluations/visibility";
import { Prisma } from "../generated/prisma/client";
import { visibleHandoffs } from "../handoffs/load";
import { visibleJourneys } from "../journeys/visibility";
import type { Definition } from "./schema";
import type { Dimension, Measure, Subject } from "./vocabulary";

type Share = { of: Prisma.Sql; is: Prisma.Sql };

/** Where a subject's rows stand in the database. Every one has its journey `j` and its customer `c` beside it. */
type Source = {
  from: Prisma.Sql;
  alias: Prisma.Sql;
  at: Prisma.Sql;
  where: Prisma.Sql;
  dimensions: Partial<Record<Dimension, Prisma.Sql>>;
  shares: Partial<Record<Measure, Share>>;
  medians: Partial<Record<Measure, Prisma.Sql>>;
};

const every = Prisma.sql`true`;
const minutes = (from: Prisma.Sql, to: Prisma.Sql) => Prisma.sql`(extract(epoch from ${to} - ${from}) / 60)::float8`;
const withCustomer = Prisma.sql`join customers c on c.workspace_id = j.workspace_id and c.id = j.customer_id`;
const ofHub = { osc: Prisma.sql`j.osc_id`, origin: Prisma.sql`c.origin` };
const ofInteraction = {
  ...ofHub,
  stage: Prisma.sql`i.stage_id`,
  department: Prisma.sql`i.spoke_id`,
  medium: Prisma.sql`i.medium`,
  route: Prisma.sql`i.route`,
  type: Prisma.sql`i.type`,
};

// What is of no journey belongs to the one that the lists show for its customer.
const interactionJourney = Prisma.sql`join journeys j on j.workspace_id = i.workspace_id and j.id = coalesce(i.journey_id,
  (select p.id from journeys p where p.workspace_id = i.workspace_id and p.customer_id = i.customer_id and p.is_primary))`;

const sources: Record<Subject, Source> = {
  customers: {
    from: Prisma.sql`journeys j ${withCustomer}`,
    alias: Prisma.sql`j`,
    at: Prisma.sql`j.arrived_at`,
    where: Prisma.sql`j.is_primary and j.status <> 'merged'`,
    dimensions: {
      ...ofHub,
      stage: Prisma.sql`j.stage_id`,
      department: Prisma.sql`j.accountable_spoke_id`,
      state: Prisma.sql`j.status`,
    },
    shares: {
      won: { of: every, is: Prisma.sql`j.status in ('won', 'completed')` },
      off_track: { of: every, is: Prisma.sql`j.off_track_since is not null` },
      answered: { of: every, is: Prisma.sql`j.first_response_at is not null` },
    },
    medians: { first_response: minutes(Prisma.sql`j.arrived_at`, Prisma.sql`j.first_response_at`) },
  },
  interactions: {
    from: Prisma.sql`interactions i ${interactionJourney} ${withCustomer}`,
    alias: Prisma.sql`i`,
    at: Prisma.sql`i.started_at`,
    where: every,
    dimensions: { ...ofInteraction, direction: Prisma.sql`i.direction` },
    shares: {
      two_way: { of: every, is: Prisma.sql`i.is_two_way` },
      automated: { of: every, is: Prisma.sql`i.is_automated` },
    },
    medians: { duration: minutes(Prisma.sql`i.started_at`, Prisma.sql`i.ended_at`) },
  },
  touchpoints: {
    from: Prisma.sql`touchpoints t join journeys j on j.workspace_id = t.workspace_id and j.id = t.journey_id ${withCustomer}`,
    alias: Prisma.sql`t`,
    at: Prisma.sql`t.started_at`,
    where: every,
    dimensions: {
      ...ofHub,
      stage: Prisma.sql`t.stage_id`,
      department: Prisma.sql`t.spoke_id`,
      medium: Prisma.sql`t.medium`,
      route: Prisma.sql`t.route`,
      type: Prisma.sql`t.type`,
      state: Prisma.sql`t.state`,
    },
    shares: { kept: { of: Prisma.sql`t.state in ('completed', 'missed')`, is: Prisma.sql`t.state = 'completed'` } },
    medians: { time_to_close: minutes(Prisma.sql`t.started_at`, Prisma.sql`t.closed_at`) },
  },
  handoffs: {
    from: Prisma.sql`handoffs h join journeys j on j.workspace_id = h.workspace_id and j.id = h.journey_id ${withCustomer}`,
    alias: Prisma.sql`h`,
    at: Prisma.sql`h.drafted_at`,
    where: every,
    dimensions: {
      ...ofHub,
      stage: Prisma.sql`j.stage_id`,
      department: Prisma.sql`h.to_spoke_id`,
      from_department: Prisma.sql`h.from_spoke_id`,
      type: Prisma.sql`h.type`,
      state: Prisma.sql`h.state`,
    },
    shares: {
      accepted: { of: Prisma.sql`h.proposed_at is not null`, is: Prisma.sql`h.accepted_at is not null` },
      rejected: { of: Prisma.sql`h.proposed_at is not null`, is: Prisma.sql`h.rejections > 0` },
    },
    medians: { time_to_accept: minutes(Prisma.sql`h.proposed_at`, Prisma.sql`h.accepted_at`) },
  },
  responses: {
    from: Prisma.sql`responses r join interactions i on i.workspace_id = r.workspace_id and i.id = r.interaction_id ${interactionJourney} ${withCustomer}`,
    alias: Prisma.sql`r`,
    at: Prisma.sql`r.answered_at`,
    where: Prisma.sql`r.source <> 'staff'`,
    dimensions: { ...ofInteraction, class: Prisma.sql`r.class` },
    shares: {
      positive: { of: Prisma.sql`r.counts_for_class`, is: Prisma.sql`r.class = 'positive'` },
      negative: { of: Prisma.sql`r.counts_for_class`, is: Prisma.sql`r.class = 'negative'` },
    },
    medians: { time_to_answer: minutes(Prisma.sql`i.started_at`, Prisma.sql`r.answered_at`) },
  },
};

function visibleOf(ctx: Context, subject: Subject): Prisma.Sql {
  if (subject === "handoffs") return visibleHandoffs(ctx);
  if (subject === "responses") return Prisma.sql`${visibleScores(ctx)} and ${visibleJourneys(ctx)}`;
  return visibleJourneys(ctx);
}

/** Throws `forbidden` unless one may read reports, and the subject itself. */
export function requireReadable(ctx: Context, subject: Subject): void {
  requirePermission(ctx, "reports.read");
  requirePermission(ctx, subject === "responses" ? "scores.read" : "journeys.read");
}

/** The part of a report's statement that is made of its definition; every value of it travels as a parameter. */
export type Compiled = {
  from: Prisma.Sql;
  where: Prisma.Sql;
  id: Prisma.Sql;
  at: Prisma.Sql;
  keyOf(dimension: Dimension): Prisma.Sql;
  measureOf(measure: Measure): { share: Share } | { median: Prisma.Sql };
};

function periodOf({ period }: Definition, at: Prisma.Sql, zone: string, now: Date): Prisma.Sql[] {
  const local = Prisma.sql`(${now}::timestamptz at time zone ${zone})::date`;
  const start = (day: Prisma.Sql) => Prisma.sql`((${day})::timestamp at time zone ${zone})`;
  if ("days" in period)
    return [
      Prisma.sql`${at} >= ${start(Prisma.sql`${local} - ${period.days - 1}::int`)}`,
      Prisma.sql`${at} <= ${now}::timestamptz`,
    ];
  const { from, to } = period;
  return [
    ...(from ? [Prisma.sql`${at} >= ${start(Prisma.sql`${from}::date`)}`] : []),
    ...(to ? [Prisma.sql`${at} < ${start(Prisma.sql`${to}::date + 1`)}`] : []),
  ];
}

/**
 * Turns a definition into the pieces of one statement over what this member may see; days, weeks (from Monday) and months are
 * those of `zone`. Throws `forbidden`.
 */
export function compile(ctx: Context, definition: Definition, zone: string): Compiled {
  const { subject, filters, customers } = definition;
  requireReadable(ctx, subject);
  const source = sources[subject];
  const { at, alias } = source;
  const keyOf = (dimension: Dimension): Prisma.Sql => {
    if (dimension === "week")
      return Prisma.sql`to_char(date_trunc('week', ${at} at time zone ${zone}::text), 'YYYY-MM-DD')`;
    if (dimension === "month") return Prisma.sql`to_char(${at} at time zone ${zone}::text, 'YYYY-MM')`;
    const column = source.dimensions[dimension];
    if (!column) throw new Error(`${subject} have no ${dimension}`);
    return Prisma.sql`coalesce(${column}::text, '')`;
  };
  const conditions = [
    Prisma.sql`${alias}.workspace_id = ${ctx.workspaceId}::uuid`,
    source.where,
    visibleOf(ctx, subject),
    ...periodOf(definition, at, zone, ctx.now),
    ...filters.map(({ dimension, values }) => Prisma.sql`${keyOf(dimension)} = any(${values}::text[])`),
    ...(customers === "" ? [] : conditionsOf(ctx, filterOfQuery(customers))),
  ];
  return {
    from: source.from,
    where: Prisma.join(conditions, " and "),
    id: Prisma.sql`${alias}.id`,
    at,
    keyOf,
    measureOf(measure) {
      const share = source.shares[measure];
      if (share) return { share };
      const median = source.medians[measure];
      if (!median) throw new Error(`${subject} have no ${measure}`);
      return { median };
    },
  };
}
