import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { interactionsKnownAt, runFrameOf } from "../runs/queries";
import type { SeenInput, SeenRow } from "./schema";

type Row = Omit<SeenRow, "at"> & { at: Date };
type Frame = Awaited<ReturnType<typeof runFrameOf>>;

const when = (wanted: unknown, condition: Prisma.Sql) => (wanted ? condition : Prisma.empty);

/** Contacts of which something was seen, as the run knew them. */
function contactRows(ctx: Context, input: SeenInput, { asOf, knownAt, agentIds }: Frame): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return Prisma.sql`
    select k.id, k.customer_id as "customerId", c.name as "customerName", k.type, k.medium, m.name as "agentName", s.state, r.class,
      null::boolean as "isWon", k.started_at as at
    from ${interactionsKnownAt(ctx, { asOf, knownAt })} k join customers c on c.workspace_id = ${w} and c.id = k.customer_id
    cross join lateral (select o.state from moment_observations o where o.workspace_id = ${w} and o.interaction_id = k.id and o.recorded_at <= ${knownAt}
      ${when(input.momentId, Prisma.sql`and o.moment_id = ${input.momentId}::uuid`)}
      order by (o.observer_kind = 'agent'), o.recorded_at desc, o.id desc limit 1) s
    left join members m on m.workspace_id = ${w} and m.id = k.agent_id
    left join responses r on r.workspace_id = ${w} and r.interaction_id = k.id and r.counts_for_class and r.recorded_at <= ${knownAt} and r.answered_at <= ${asOf}
    where s.state <> 'not_applicable' ${when(input.type, Prisma.sql`and k.type = ${input.type}`)}
      ${when(agentIds, Prisma.sql`and k.agent_id = any(${[...(agentIds ?? [])]}::uuid[])`)}
      ${when(input.state === "missed", Prisma.sql`and s.state = 'missed'`)} ${when(input.state === "done", Prisma.sql`and s.state <> 'missed'`)}
      ${when(input.rated, Prisma.sql`and r.class is not null`)} ${when(input.rated === "positive", Prisma.sql`and r.class = 'positive'`)}`;
}

/** Journeys that were won or lost by then. */
function endedRows(ctx: Context, { ended }: SeenInput, { asOf, knownAt }: Frame): Prisma.Sql {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  return Prisma.sql`
    select j.id, j.customer_id as "customerId", c.name as "customerName", null::text as type, null::text as medium, null::text as "agentName",
      null::text as state, null::text as class, t.status <> 'lost' as "isWon", t.at
    from (select journey_id, (array_agg(status order by at desc, seq desc))[1] as status, max(at) as at from stage_transitions
      where workspace_id = ${w} and at <= ${asOf} and recorded_at <= ${knownAt} and status <> 'merged' group by journey_id) t
    join journeys j on j.workspace_id = ${w} and j.id = t.journey_id join customers c on c.workspace_id = ${w} and c.id = j.customer_id
    where t.status in ('won', 'completed', 'lost') ${when(ended === "won", Prisma.sql`and t.status <> 'lost'`)}
      ${when(ended === "lost", Prisma.sql`and t.status = 'lost'`)}`;
}

/** The contacts, or ends of journeys, behind a number of a run of drivers, newest first, by cursor. */
export async function listSeen(
  ctx: Context,
  input: SeenInput,
): Promise<{ data: SeenRow[]; nextCursor: string | null }> {
  const frame = await runFrameOf(ctx, { id: input.run });
  if (frame.kind !== "drivers") throw new AppError("not_found", "run");
  const from = decodeCursor(input.cursor);
  const rows = await ctx.db.$queryRaw<Row[]>`
    select * from (${input.ended ? endedRows(ctx, input, frame) : contactRows(ctx, input, frame)}) behind
    ${from ? Prisma.sql`where (at, id) < (${from.at}, ${from.id}::uuid)` : Prisma.empty} order by at desc, id desc limit ${input.limit + 1}`;
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: rows.length > input.limit && last ? encodeCursor(last) : null,
  };
}
