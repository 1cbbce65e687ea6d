import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { requireVisibleCustomer } from "../journeys/visibility";
import type { AppointmentView } from "./schema";

type Row = Omit<AppointmentView, "startAt" | "setAt" | "decidedAt"> & {
  startAt: Date;
  setAt: Date;
  decidedAt: Date | null;
};

/** A customer's appointments, newest first, at most 200; `not_found` when she may not be seen. */
export async function listAppointments(
  ctx: Context,
  { customerId }: { customerId: string },
): Promise<AppointmentView[]> {
  requirePermission(ctx, "journeys.read");
  await requireVisibleCustomer(ctx, customerId);
  const rows = await ctx.db.$queryRaw<Row[]>`
    select a.id, a.customer_id as "customerId", a.journey_id as "journeyId", a.host_id as "hostId", m.name as "hostName",
      a.set_by_id as "setById", a.start_at as "startAt", a.time_zone as "timeZone", a.place, a.state, a.set_at as "setAt",
      a.decided_at as "decidedAt", a.kept_evidence as "keptEvidence", a.successor_id as "successorId",
      a.lead_age_days as "leadAgeDays", a.version
    from appointments a join members m on m.workspace_id = a.workspace_id and m.id = a.host_id
    where a.workspace_id = ${ctx.workspaceId}::uuid and a.customer_id = ${customerId}::uuid
    order by a.start_at desc, a.id limit 200`;
  return rows.map((row) => ({
    ...row,
    startAt: row.startAt.toISOString(),
    setAt: row.setAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  }));
}
