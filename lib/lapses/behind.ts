import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import type { PassageFrame } from "../passages/known";
import { answered, proposals, standing } from "./read";
import type { LapsedInput, LapsesResult } from "./schema";

/** Only journeys that were in the group's stage or department are read again. */
function onlyOf(ctx: Context, { by, key = "" }: Pick<LapsedInput, "by" | "key">): Prisma.Sql | undefined {
  if (by !== "stage" && by !== "spoke") return undefined;
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
export function lapsed(
  ctx: Context,
  frame: PassageFrame,
  result: LapsesResult,
  { measure, by, key }: Pick<LapsedInput, "measure" | "by" | "key">,
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
