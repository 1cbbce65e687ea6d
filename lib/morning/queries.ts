import { requirePermission } from "../auth/permissions";
import { dayKey } from "../calendar/day";
import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { readDecisions } from "./decisions";
import { changeOf, type DayRange, daysOf, knownWeeks } from "./rules";
import { type ChangeKind, changeKinds, type Morning, type MorningRow, type MorningRows } from "./schema";
import { rowsOfKind } from "./sources";

const mostRows = 100;

type Counted = { kind: ChangeKind; ago: number; count: number };

/** Every kind on each of the ten days, each found by its own index: the cost is that of ten days, whatever the history. */
function readCounts(ctx: Context, days: readonly DayRange[]): Promise<Counted[]> {
  const counted = changeKinds.map((kind) => {
    const rows = rowsOfKind(ctx, kind, (column) => Prisma.sql`${column} >= d.from_at and ${column} < d.to_at`);
    return Prisma.sql`select ${kind}::text as kind, d.ago, (select count(*)::int from (${rows}) x) as count from days d`;
  });
  return ctx.db.$queryRaw<Counted[]>`
    with days as (select * from unnest(${days.map(({ ago }) => ago)}::int[], ${days.map(({ from }) => from)}::timestamptz[],
      ${days.map(({ to }) => to)}::timestamptz[]) as d(ago, from_at, to_at))
    ${Prisma.join(counted, " union all ")}`;
}

async function beganAt(ctx: Context): Promise<Date | null> {
  const first = await ctx.db.stageTransition.findFirst({
    where: { workspaceId: ctx.workspaceId },
    orderBy: { at: "asc" },
    select: { at: true },
  });
  return first?.at ?? null;
}

/**
 * The manager's morning: what happened yesterday and today beside what is usual on that weekday, and what waits for a decision.
 * Days are those of the workspace's time zone. A manager of a team sees her team's. Throws `forbidden`.
 */
export async function getMorning(ctx: Context): Promise<Morning> {
  requirePermission(ctx, "journeys.read", "scope");
  const days = daysOf(ctx.timeZone, ctx.now);
  const [counted, began, waiting] = await Promise.all([readCounts(ctx, days), beganAt(ctx), readDecisions(ctx)]);
  const weeks = knownWeeks(days, began);
  const countsOf = (kind: ChangeKind) =>
    new Map(counted.flatMap((row) => (row.kind === kind ? [[row.ago, row.count] as const] : [])));
  return {
    asOf: ctx.now.toISOString(),
    yesterday: dayKey(ctx.timeZone, days.find(({ ago }) => ago === 1)?.from ?? ctx.now),
    weeks,
    isTeam: ctx.teamId !== null,
    changes: changeKinds.map((kind) => changeOf(kind, countsOf(kind), weeks)),
    ...waiting,
  };
}

/** What is behind one number of the morning, the newest first: at most a hundred, with how many there are. */
export async function listMorningRows(
  ctx: Context,
  { kind, day }: MorningRows,
): Promise<{ rows: MorningRow[]; total: number }> {
  requirePermission(ctx, "journeys.read", "scope");
  const range = daysOf(ctx.timeZone, ctx.now).find(({ ago }) => ago === (day === "today" ? 0 : 1));
  if (!range) return { rows: [], total: 0 };
  const source = rowsOfKind(ctx, kind, (column) => Prisma.sql`${column} >= ${range.from} and ${column} < ${range.to}`);
  const rows = await ctx.db.$queryRaw<(MorningRow & { total: number })[]>`
    select x.id, x.customer_id as "customerId", cu.name, app.iso(x.at) as at, x.detail, (count(*) over ())::int as total
    from (${source}) x left join customers cu on cu.workspace_id = ${ctx.workspaceId}::uuid and cu.id = x.customer_id
    order by x.at desc, x.id limit ${mostRows}`;
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}

/** The whole screen: the morning, and what is behind the number that was asked for. */
export async function getMorningPage(ctx: Context, asked: MorningRows | null) {
  const [morning, behind] = await Promise.all([getMorning(ctx), asked ? listMorningRows(ctx, asked) : null]);
  return { morning, behind: asked && behind ? { input: asked, ...behind } : null, zone: ctx.timeZone };
}
