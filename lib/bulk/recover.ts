import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { putBack } from "../journeys/put-back";
import { visibleJourneys } from "../journeys/visibility";
import { readLeakToLead } from "../leaks/queries";
import type { RowResult, WaitingRow } from "./batch";
import { bulkLimit } from "./schema";

/**
 * Writes down whom of a leak's customers the recovery play would begin for: those behind it, each once and the newest first. Whose
 * own word ended it, or who went on meanwhile, stands there with the reason and is left alone: somebody who dropped out is in
 * another stage, somebody who slipped away was spoken with or moved on since the run looked.
 */
export async function writeRecoveries(ctx: Context, run: { id: string; leakId: string }): Promise<number> {
  const { measure, stage, asOf } = await readLeakToLead(ctx, run.leakId);
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const wentOn =
    measure === "dropped"
      ? Prisma.sql`j.status <> 'lost' and (j.status = 'won' or s.key <> ${stage})`
      : Prisma.sql`j.status <> 'lost' and (j.status = 'won' or j.entered_stage_at > ${asOf} or exists (select from interactions i where i.workspace_id = ${w}
          and i.journey_id = j.id and i.started_at > ${asOf} and i.is_two_way and not i.is_automated and i.direction <> 'internal'))`;
  return ctx.db.$executeRaw`
    insert into bulk_rows (workspace_id, run_id, position, customer_id, journey_id, outcome, reason)
    with judged as (
      select d.entered, j.id, j.customer_id, case
        when j.status = 'lost' and (j.lost_by_customer or j.lost_reason in ('do not contact', 'duplicate', 'not a buyer', 'outside service area')) then 'said_no'
        when j.status in ('completed', 'merged') then 'ended_otherwise'
        when j.status = 'on_hold' then 'on_hold'
        when ${wentOn} then 'went_on'
        when exists (select from off_track_events e where e.workspace_id = ${w} and e.journey_id = j.id and e.trigger = 'T4' and e.state in ('open', 'playing')) then 'plays_already'
        end as reason
      from leak_drops d join journeys j on j.workspace_id = ${w} and j.id = d.journey_id
      join stages s on s.workspace_id = ${w} and s.id = j.stage_id where d.workspace_id = ${w} and d.leak_id = ${run.leakId}::uuid and ${visibleJourneys(ctx)})
    select ${w}, ${run.id}::uuid, row_number() over (order by entered desc, id), customer_id, id,
      case when reason is null then 'waiting' when reason = 'said_no' or reason = 'on_hold' then 'refused' else 'unchanged' end, reason
    from judged limit ${bulkLimit + 1}`;
}

/** Begins the play of one of them, under the rules of this moment. */
export async function recover(
  ctx: Context,
  about: { leakId: string; reason: string },
  row: WaitingRow,
): Promise<RowResult> {
  try {
    return { outcome: "changed", before: await putBack(ctx, { journeyId: row.journey_id, ...about }) };
  } catch (error) {
    const reason = error instanceof AppError && error.code === "refused" ? error.reason : null;
    if (reason === "plays_already" || reason === "ended_otherwise") return { outcome: "unchanged", reason };
    throw error;
  }
}
