import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { visibleJourneys } from "../journeys/visibility";
import { latestRun, readRun, runFrameOf } from "../runs/queries";
import type { RunWithResult } from "../runs/schema";
import { lapsed } from "./behind";
import { type LapsedInput, type LapsedRow, type LapsesResult, lapsedPerPage, usualLapses } from "./schema";

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
