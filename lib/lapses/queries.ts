import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import type { PassageFrame } from "../passages/known";
import { latestRun, readRun, runFrameOf } from "../runs/queries";
import type { RunWithResult } from "../runs/schema";
import { usualLapses } from "./kind";
import { answered, proposals, standing } from "./read";
import { type LapsedInput, type LapsedRow, type LapsesResult, lapsedPerPage } from "./schema";

export type FoundLapses = {
  run: Omit<RunWithResult, "result">;
  result: LapsesResult;
  spokes: { key: string; name: string; nameHe: string }[];
};

/** What the newest run about the usual question found, with what the departments are called; null before the first. */
export async function latestLapses(ctx: Context): Promise<FoundLapses | null> {
  const found = await latestRun(ctx, "lapses", usualLapses);
  if (!found) return null;
  const { result, ...run } = found;
  const spokes = await ctx.db.spoke.findMany({
    where: { workspaceId: ctx.workspaceId },
    select: { key: true, name: true, nameHe: true },
    orderBy: { position: "asc" },
  });
  return { run, result: result as LapsesResult, spokes };
}

/** Only journeys that were in the group's stage or department are read again. */
function onlyOf(ctx: Context, { by, key = "" }: Pick<LapsedInput, "by" | "key">): Prisma.Sql {
  if (by !== "stage" && by !== "spoke") return Prisma.sql`true`;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [template = "", stage = ""] = key.split("/");
  const place =
    by === "stage"
      ? Prisma.sql`x.to_stage_id in (select s.id from stages s join journey_templates g on g.workspace_id = ${w} and g.id = s.template_id
          where s.workspace_id = ${w} and s.key = ${stage} and g.key = ${template})`
      : Prisma.sql`x.spoke_id in (select s.id from spokes s where s.workspace_id = ${w} and s.key = ${key})`;
  return Prisma.sql`t.journey_id = any(array(select x.journey_id from stage_transitions x where x.workspace_id = ${w} and ${place}))`;
}

/** The CTEs that end in `lapsed`: journey, instant and seconds of everybody behind the number. */
function lapsed(
  ctx: Context,
  frame: PassageFrame,
  result: LapsesResult,
  { measure, by, key }: LapsedInput,
): Prisma.Sql {
  const [template = "", stage = ""] = (key ?? "").split("/");
  const end = Prisma.sql`${frame.asOf.getTime() / 1000}::float8`;
  const of = {
    stage: Prisma.sql`x.template = ${template} and x.stage = ${stage}`,
    spoke: Prisma.sql`x.spoke = ${key ?? ""}`,
    pair: Prisma.sql`x.pair = ${key ?? ""}`,
    channel: Prisma.sql`x.medium = ${key ?? ""}`,
  };
  const own = by === undefined ? Prisma.sql`true` : of[by];
  const age = Prisma.sql`${end} - extract(epoch from x.at)::float8`;
  if (measure === "handoff")
    return Prisma.sql`${proposals(ctx, frame, result.windowDays)},
      lapsed as (select x.journey_id, x.at, ${age} as seconds from proposals x where not x.is_pending and (x.is_rejected or x.is_late) and ${own})`;
  if (measure === "capture")
    return Prisma.sql`${answered(ctx, frame, result.windowDays)},
      lapsed as (select x.journey_id, x.at, ${age} as seconds from answered x where not (x.has_contact and x.has_next) and ${own})`;
  const there = standing(ctx, frame, result.limits, onlyOf(ctx, { by, key }));
  if (measure === "silent")
    return Prisma.sql`${there}, lapsed as (
      select x.journey_id, to_timestamp(x.quiet_since) as at, ${end} - x.quiet_since as seconds from standing x where x.is_silent and ${own})`;
  const slow = result.limits.filter(({ slowFromDay }) => slowFromDay !== null);
  return Prisma.sql`${there}, lapsed as (
    select x.journey_id, to_timestamp(x.entered) as at, x.day * 86400::float8 as seconds from standing x
    join unnest(${slow.map((each) => each.template)}::text[], ${slow.map((each) => each.stage)}::text[],
      ${slow.map(({ slowFromDay }) => slowFromDay)}::float8[]) as l (template, stage, day)
      on l.template = x.template and l.stage = x.stage and x.day >= l.day where ${own})`;
}

/** Which groupings a measure has. */
const groupingsOf = {
  silent: ["stage", "spoke"],
  slow: ["stage", "spoke"],
  handoff: ["pair"],
  capture: ["channel"],
} as const satisfies Record<LapsedInput["measure"], readonly LapsedInput["by"][]>;

/**
 * The customers behind a number of a run, the longest first, a page at a time, as the run knew them; names only of those the
 * reader may see. Throws `not_found` for a run or a group that is not there.
 */
export async function listLapsed(ctx: Context, input: LapsedInput): Promise<{ rows: LapsedRow[]; total: number }> {
  const { kind, ...frame } = await runFrameOf(ctx, { id: input.run });
  const result = (await readRun(ctx, { id: input.run })).result as LapsesResult | null;
  const isGrouping = input.by === undefined || groupingsOf[input.measure].some((by) => by === input.by);
  if (kind !== "lapses" || result === null || !isGrouping) throw new AppError("not_found", "run");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const rows = await ctx.db.$queryRaw<(LapsedRow & { total: number })[]>`
    with ${lapsed(ctx, frame, result, input)}
    select l.journey_id as "journeyId", case when ${visibleJourneys(ctx)} then cu.id end as "customerId",
      case when ${visibleJourneys(ctx)} then cu.name end as name, app.iso(l.at) as at, floor(l.seconds / 86400)::int as days, (count(*) over ())::int as total
    from lapsed l join journeys j on j.workspace_id = ${w} and j.id = l.journey_id join customers cu on cu.workspace_id = ${w} and cu.id = j.customer_id
    order by l.seconds desc, l.journey_id, l.at limit ${lapsedPerPage} offset ${(input.page - 1) * lapsedPerPage}`;
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
}
