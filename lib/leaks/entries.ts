import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { insertRows } from "../insert-rows";
import { consultantAt, customerOf, originOf, passages } from "../passages/known";
import { attributeDrops } from "../statistics/drop-attribution";
import { nextCohortOf, usualParameters } from "./rules";
import type { LeakFinding, LeakView, NextCohort } from "./schema";

export type LeakCohort = {
  finding: Pick<LeakFinding, "template" | "stage" | "dimension" | "value" | "drops">;
  horizonDays: number;
  asOf: Date;
  knownAt: Date;
};

const day = 86_400;

/**
 * The CTE `own`: entries into the leak's stage by its group, each with whether it is matured and whether it dropped in time.
 * `between` narrows the entries to those from the first second on and before the second one.
 */
export function ownEntries(
  ctx: Context,
  { finding, horizonDays, asOf, knownAt }: LeakCohort,
  [from, until]: readonly [number, number],
): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  // As a list, which costs next to nothing to look into and so is asked before where anybody came from.
  const stages = Prisma.sql`any(array(select s.id from stages s join journey_templates g on g.workspace_id = ${w} and g.id = s.template_id
    where s.workspace_id = ${w} and s.key = ${finding.stage} and g.key = ${finding.template}))`;
  // Only journeys that came into the stage in that time, of the group where it is the customer's: their histories alone are read.
  const ofGroup = {
    origin: Prisma.sql`${originOf(ctx, Prisma.sql`x.journey_id`)} = ${finding.value}`,
    osc: Prisma.sql`exists (select from osc_assignments a where a.workspace_id = ${w} and a.journey_id = x.journey_id and a.member_id::text = ${finding.value})`,
    recent: Prisma.sql`true`,
  }[finding.dimension];
  const there = Prisma.sql`t.journey_id = any(array(select x.journey_id from stage_transitions x where x.workspace_id = ${w} and x.to_stage_id = ${stages}
    and x.at >= to_timestamp(${from}::float8) - interval '1 second' and x.at < to_timestamp(${until}::float8) + interval '1 second' and ${ofGroup}))`;
  const group = {
    origin: Prisma.sql`${originOf(ctx, Prisma.sql`p.journey_id`)} = ${finding.value}`,
    osc: Prisma.sql`o.member_id::text = ${finding.value}`,
    recent: Prisma.sql`true`,
  }[finding.dimension];
  const horizon = Prisma.sql`${horizonDays * day}::float8`;
  return Prisma.sql`${passages(ctx, { asOf, knownAt, agentIds: null }, there)},
    own as materialized (
      select p.journey_id, ${customerOf(ctx, Prisma.sql`p.journey_id`)} as customer_id, p.entered, p.active, ${asOf.getTime() / 1000}::float8 - p.entered - p.held >= ${horizon} as is_matured,
        p.ended = 'dropped' and p.active <= ${horizon} as is_dropped
      from passages p ${finding.dimension === "osc" ? consultantAt(ctx) : Prisma.empty}
      where not p.is_backwards and p.stage_id = ${stages} and p.entered >= ${from}::float8 and p.entered < ${until}::float8 and ${group})`;
}

type DropRow = { spoke: string | null; handoff: string | null; medium: string | null; said: string | null };

/**
 * What was there when those kept behind a leak dropped: the department, a handoff of the fourteen days before, a bad last contact,
 * the customer's own word (DOMAIN F19b).
 */
async function readAssociated(ctx: Context, leakId: string): Promise<LeakView["associated"]> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<DropRow[]>`
    select s.key as spoke, h.key as handoff, i.medium, case when j.status = 'lost' and j.lost_by_customer then j.lost_reason end as said
    from leak_drops own join journeys j on j.workspace_id = ${w} and j.id = own.journey_id
    join lateral (select t.at, t.spoke_at_exit_id from stage_transitions t where t.workspace_id = ${w} and t.journey_id = own.journey_id and t.cause = 'drop'
      and t.at >= to_timestamp(own.entered) order by t.at limit 1) d on true
    left join spokes s on s.workspace_id = ${w} and s.id = d.spoke_at_exit_id
    left join lateral (select a.key || '>' || b.key as key from handoffs f join spokes a on a.workspace_id = ${w} and a.id = f.from_spoke_id
      join spokes b on b.workspace_id = ${w} and b.id = f.to_spoke_id where f.workspace_id = ${w} and f.journey_id = own.journey_id
      and f.proposed_at <= d.at and f.proposed_at > d.at - interval '14 days' order by f.proposed_at desc limit 1) h on true
    left join lateral (select n.medium, n.felt, n.direction from interactions n where n.workspace_id = ${w} and n.journey_id = own.journey_id and n.started_at <= d.at
      and n.direction <> 'internal' order by n.started_at desc limit 1) i on i.felt = 'negative' or i.direction = 'inbound'
    where own.workspace_id = ${w} and own.leak_id = ${leakId}::uuid order by own.entered desc, own.journey_id`;
  const told = rows.map(({ spoke, handoff, medium, said }) =>
    said
      ? [{ key: `said:${said}`, weight: 1 }]
      : [
          ...(spoke ? [{ key: `spoke:${spoke}`, weight: 0.5 }] : []),
          ...(handoff ? [{ key: `handoff:${handoff}`, weight: 0.3 }] : []),
          ...(medium ? [{ key: `channel:${medium}`, weight: 0.2 }] : []),
        ],
  );
  return attributeDrops(told).map(({ key, drops }) => {
    const [kind = "", ...rest] = key.split(":");
    return { kind: kind as LeakView["associated"][number]["kind"], key: rest.join(":"), drops };
  });
}

/**
 * Keeps who stands behind a leak: the page of the leak and putting them back read these rows and not the whole history again.
 * `entered` is when it began for her in seconds since 1970, `active` for how many seconds it went on. Those of an earlier run go.
 */
export async function keepBehind(
  ctx: Context,
  leakId: string,
  rows: readonly { journeyId: string; entered: number; active: number }[],
): Promise<void> {
  const { workspaceId } = ctx;
  await ctx.db.leakDrop.deleteMany({ where: { workspaceId, leakId } });
  await insertRows(
    ctx,
    "leak_drops",
    rows.map((row) => ({ workspaceId, leakId, ...row })),
  );
}

/** Keeps who dropped out in a leak as of a run, and what their drops are associated with. */
export async function keepDrops(ctx: Context, leakId: string, cohort: LeakCohort): Promise<void> {
  const { workspaceId } = ctx;
  const { horizonDays, recentDays, windowDays } = usualParameters;
  const end = cohort.asOf.getTime() / 1000;
  const from = end - (cohort.finding.dimension === "recent" ? horizonDays + recentDays : windowDays) * day;
  const drops = await ctx.db.$queryRaw<{ journeyId: string; entered: number; active: number }[]>`
    with ${ownEntries(ctx, cohort, [from, end])}
    select own.journey_id as "journeyId", own.entered, own.active from own where own.is_matured and own.is_dropped order by own.journey_id`;
  await keepBehind(ctx, leakId, drops);
  const associated = await readAssociated(ctx, leakId);
  await ctx.db.leak.updateMany({ where: { workspaceId, id: leakId }, data: { associated } });
}

/** Who entered since the mending began, and how many of those that are old enough dropped (DOMAIN F13). */
export async function readNextCohort(ctx: Context, cohort: LeakCohort, fixingSince: Date): Promise<NextCohort> {
  const [row] = await ctx.db.$queryRaw<{ k: number; n: number; immature: number }[]>`
    with ${ownEntries(ctx, cohort, [fixingSince.getTime() / 1000, cohort.asOf.getTime() / 1000])}
    select (count(*) filter (where is_matured and is_dropped))::int as k, (count(*) filter (where is_matured))::int as n,
      (count(*) filter (where not is_matured))::int as immature from own`;
  const { k, n, immature } = row ?? { k: 0, n: 0, immature: 0 };
  return nextCohortOf(cohort.finding.drops, { k, n }, immature);
}
