import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Journey, Touchpoint } from "../generated/prisma/client";
import { fromJsonRow } from "../rows";
import { visibleJourneys } from "./visibility";

/** A touchpoint as an integrator gets it. */
export type TouchpointView = {
  id: string;
  name: string;
  type: string;
  medium: string | null;
  spokeId: string;
  ownerId: string | null;
  state: string;
  startedAt: string;
  dueAt: string | null;
};

/** Where one journey stands, with its current and its expected next touchpoint. */
export type JourneyView = {
  id: string;
  customerId: string;
  isPrimary: boolean;
  status: string;
  need: string | null;
  templateId: string;
  stageId: string;
  stageName: string;
  oscId: string;
  oscName: string;
  accountableSpokeId: string;
  accountableId: string | null;
  enteredStageAt: string;
  arrivedAt: string;
  firstResponseAt: string | null;
  unansweredSince: string | null;
  unansweredDueAt: string | null;
  offTrackSince: string | null;
  holdUntil: string | null;
  lostReason: string | null;
  fields: Record<string, unknown>;
  current: TouchpointView | null;
  next: TouchpointView | null;
  version: number;
};

type Row = { journey: unknown; stage_name: string; osc_name: string; current: unknown; next: unknown };

/** A row of touchpoints, as JSON, as it leaves the server; null for none. */
export function touchpointView(row: unknown): TouchpointView | null {
  if (!row) return null;
  const touchpoint = fromJsonRow<Touchpoint>(row);
  const { id, name, type, medium, spokeId, ownerId, state, startedAt, dueAt } = touchpoint;
  return { id, name, type, medium, spokeId, ownerId, state, startedAt: startedAt.toISOString(), dueAt: iso(dueAt) };
}

const iso = (at: Date | null) => at?.toISOString() ?? null;

function toView(row: Row): JourneyView {
  const journey = fromJsonRow<Omit<Journey, "fields"> & { fields: Record<string, unknown> }>(row.journey);
  return {
    id: journey.id,
    customerId: journey.customerId,
    isPrimary: journey.isPrimary,
    status: journey.status,
    need: journey.need,
    templateId: journey.templateId,
    stageId: journey.stageId,
    stageName: row.stage_name,
    oscId: journey.oscId,
    oscName: row.osc_name,
    accountableSpokeId: journey.accountableSpokeId,
    accountableId: journey.accountableId,
    enteredStageAt: journey.enteredStageAt.toISOString(),
    arrivedAt: journey.arrivedAt.toISOString(),
    firstResponseAt: iso(journey.firstResponseAt),
    unansweredSince: iso(journey.unansweredSince),
    unansweredDueAt: iso(journey.unansweredDueAt),
    offTrackSince: iso(journey.offTrackSince),
    holdUntil: iso(journey.holdUntil),
    lostReason: journey.lostReason,
    fields: journey.fields,
    current: touchpointView(row.current),
    next: touchpointView(row.next),
    version: journey.version,
  };
}

/** Every journey of the customer that one may see, the primary one first; `not_found` when there is none. */
export async function listJourneysOf(ctx: Context, customerId: string): Promise<JourneyView[]> {
  requirePermission(ctx, "journeys.read");
  const rows = await ctx.db.$queryRaw<Row[]>`
    select to_jsonb(j) as journey, s.name as stage_name, m.name as osc_name,
      (select to_jsonb(t) from touchpoints t where t.workspace_id = ${ctx.workspaceId}::uuid
        and t.journey_id = j.id and t.state = 'in_progress') as current,
      (select to_jsonb(t) from touchpoints t where t.workspace_id = ${ctx.workspaceId}::uuid
        and t.journey_id = j.id and t.state in ('planned', 'due')) as next
    from journeys j
    join stages s on s.workspace_id = ${ctx.workspaceId}::uuid and s.id = j.stage_id
    join members m on m.workspace_id = ${ctx.workspaceId}::uuid and m.id = j.osc_id
    where j.workspace_id = ${ctx.workspaceId}::uuid and j.customer_id = ${customerId}::uuid and ${visibleJourneys(ctx)}
    order by j.is_primary desc, j.created_at desc limit 50`;
  if (rows.length === 0) throw new AppError("not_found", "customer");
  return rows.map(toView);
}
