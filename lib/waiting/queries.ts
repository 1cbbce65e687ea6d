import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { requireVisibleCustomer, visibleJourneys } from "../journeys/visibility";
import { originOf } from "../passages/known";
import { instantOf } from "../reports/analyses";
import { ofMyTeam } from "../reports/queries";
import { readStretches, type Told, type ToldStretch } from "./read";
import { sumWaits } from "./rules";
import type {
  CustomerWaiting,
  WaitingBehind,
  WaitingChoices,
  WaitingInput,
  WaitingReport,
  WaitingRow,
  WaitingRows,
} from "./schema";

const mostRows = 100;
const mostStretches = 200;
const day = 86_400_000;

type Segment = Told & { since: Date; asOf: Date; knownAt: Date };

async function requireMember(ctx: Context, id: string): Promise<void> {
  const { db, workspaceId } = ctx;
  if (!(await db.member.findFirst({ where: { workspaceId, id }, select: { id: true } })))
    throw new AppError("not_found", "member");
}

/** Who was imported is left out, as with speed to lead: nobody's clock ran for her. */
async function readSegment(
  ctx: Context,
  { days, stage, origin, osc, asOf: asked, knownAt: known }: WaitingInput,
): Promise<Segment> {
  const asOf = asked === undefined ? ctx.now : await instantOf(ctx, asked);
  const knownAt = known === undefined ? null : new Date(known);
  if (asOf > ctx.now || (knownAt && knownAt > ctx.now)) throw new AppError("refused", "in_the_future");
  if (osc !== undefined) await requireMember(ctx, osc);
  const since = new Date(asOf.getTime() - Number(days) * day);
  const which = Prisma.sql`j.arrived_at > ${since} and j.arrived_at <= ${asOf} and j.import_id is null and j.status not in ('pre_lead', 'merged')
    and ${ofMyTeam(ctx, Prisma.sql`j.osc_id`)}
    and ${origin === undefined ? Prisma.sql`true` : Prisma.sql`${originOf(ctx, Prisma.sql`j.id`)} = ${origin}`}
    and ${osc === undefined ? Prisma.sql`true` : Prisma.sql`j.osc_id = ${osc}::uuid`}`;
  const told = await readStretches(ctx, which, { asOf, knownAt });
  const stretches = stage === undefined ? told.stretches : told.stretches.filter((each) => each.stage === stage);
  return { ...told, stretches, since, asOf, knownAt: knownAt ?? ctx.now };
}

function reportOf({ stretches, spokes, isTruncated, since, asOf, knownAt }: Segment): WaitingReport {
  const sums = sumWaits(stretches);
  const place = new Map(spokes.map(({ id, position }) => [id, position]));
  const inOrder = (a: { id: string }, b: { id: string }) => (place.get(a.id) ?? -1) - (place.get(b.id) ?? -1);
  return {
    ...{ since: since.toISOString(), asOf: asOf.toISOString(), knownAt: knownAt.toISOString() },
    ...{ spokes, isTruncated },
    customers: new Set(stretches.map(({ customerId }) => customerId)).size,
    ...sums,
    byBaton: sums.byBaton.toSorted(inOrder),
    byWhom: sums.byWhom.toSorted(inOrder),
  };
}

function rowsOf(stretches: readonly ToldStretch[], { baton, whom, cause }: WaitingRows): WaitingBehind {
  const found = new Map<string, WaitingRow>();
  for (const { customerId, name, isVisible, from, to, staffed, ...stretch } of stretches) {
    if (baton !== undefined && stretch.batonId !== baton) continue;
    if (whom !== undefined && stretch.whom !== whom) continue;
    if (cause !== undefined && stretch.cause !== cause) continue;
    const row = found.get(customerId) ?? { ...whoIs({ customerId, name, isVisible }), elapsed: 0, staffed: 0 };
    found.set(customerId, { ...row, elapsed: row.elapsed + to - from, staffed: row.staffed + staffed });
  }
  const rows = [...found.values()].sort((a, b) => b.elapsed - a.elapsed);
  return { rows: rows.slice(0, mostRows), total: rows.length };
}

const whoIs = ({ customerId, name, isVisible }: Pick<ToldStretch, "customerId" | "name" | "isVisible">) =>
  isVisible ? { customerId, name } : { customerId: null, name: null };

/**
 * Which departments had the baton and who was waited for, of the customers who came in within so many days: stretches that do
 * not overlap and add up to all the time there was. A manager of a team sees her team's. Throws `forbidden`,
 * `not_found` for an unknown consultant, `refused` `in_the_future`.
 */
export async function getWaitingReport(ctx: Context, input: WaitingInput): Promise<WaitingReport> {
  requirePermission(ctx, "journeys.read", "scope");
  return reportOf(await readSegment(ctx, input));
}

/** The report together with the hundred customers behind one of its numbers, who waited longest first. */
export async function getWaitingPage(
  ctx: Context,
  input: WaitingRows,
): Promise<{ report: WaitingReport; behind: WaitingBehind | null; choices: WaitingChoices; zone: string }> {
  requirePermission(ctx, "journeys.read", "scope");
  const [segment, choices] = await Promise.all([readSegment(ctx, input), readChoices(ctx)]);
  const isAsked = input.baton !== undefined || input.whom !== undefined;
  const behind = isAsked ? rowsOf(segment.stretches, input) : null;
  return { report: reportOf(segment), behind, choices, zone: ctx.timeZone };
}

async function readChoices(ctx: Context): Promise<WaitingChoices> {
  const { workspaceId } = ctx;
  const [stages, origins, oscs] = await Promise.all([
    ctx.db.$queryRaw<WaitingChoices["stages"]>`
      select s.key, s.name from stages s join journey_templates t on t.workspace_id = s.workspace_id and t.id = s.template_id and t.is_default
      where s.workspace_id = ${workspaceId}::uuid order by s.position limit 100`,
    ctx.db.originCount.findMany({
      where: { workspaceId, leads: { gt: 0 } },
      select: { origin: true },
      orderBy: { origin: "asc" },
      take: 200,
    }),
    ctx.db.$queryRaw<WaitingChoices["oscs"]>`
      select m.id, m.name from members m where m.workspace_id = ${workspaceId}::uuid and ${ofMyTeam(ctx, Prisma.sql`m.id`)}
        and exists (select from journey_counts jc where jc.workspace_id = m.workspace_id and jc.osc_id = m.id and jc.count > 0)
      order by m.name, m.id limit 200`,
  ]);
  return { stages, origins: origins.map(({ origin }) => origin), oscs };
}

/** One customer's own time, for everybody who may see her: all journeys of hers that the reader may see. Throws `not_found`. */
export async function getWaitingOf(ctx: Context, { id }: { id: string }): Promise<CustomerWaiting> {
  requirePermission(ctx, "journeys.read");
  if (!isId(id)) throw new AppError("not_found", "customer");
  await requireVisibleCustomer(ctx, id);
  const which = Prisma.sql`j.customer_id = ${id}::uuid and j.status <> 'merged' and ${visibleJourneys(ctx)}`;
  const [customer, { stretches, spokes }] = await Promise.all([
    ctx.db.customer.findFirst({ where: { workspaceId: ctx.workspaceId, id }, select: { name: true } }),
    readStretches(ctx, which, { asOf: ctx.now, knownAt: null }),
  ]);
  const newest = stretches.toSorted((a, b) => b.from - a.from);
  return {
    ...{ customerId: id, name: customer?.name ?? "", asOf: ctx.now.toISOString(), spokes },
    ...sumWaits(stretches),
    stretches: newest.slice(0, mostStretches).map(({ from, to, batonId, stage, cause, whom, staffed }) => ({
      ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      ...{ batonId, stage, cause, whom, elapsed: to - from, staffed },
    })),
    total: newest.length,
  };
}
