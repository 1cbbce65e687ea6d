import type { Context } from "../context";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { loadJourney } from "../journeys/loaded";
import { openOffTrack } from "../journeys/off-track";
import type { TaskHandler } from "../journeys/tasks";
import { notify } from "../notifications/notify";
import { ladder } from "../relays/rules";
import { nothingChanged, record, transaction } from "../transaction";

type OpenCase = {
  id: string;
  escalation: number;
  owner_id: string | null;
  spoke_id: string | null;
  due_at: Date;
  interaction_id: string;
  customer_id: string;
  journey_id: string | null;
};

async function loadOpen(ctx: Context, id: string): Promise<OpenCase | undefined> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<OpenCase[]>`
    select c.id, c.escalation, c.owner_id, c.spoke_id, c.due_at, c.interaction_id, i.customer_id, i.journey_id
    from recovery_cases c join interactions i on i.workspace_id = ${w} and i.id = c.interaction_id
    where c.workspace_id = ${w} and c.id = ${id}::uuid and c.closed_at is null for update of c`;
  return row;
}

/** Who is told at a step of the ladder: the owner, then the hub, the department, the managers. */
async function audience(ctx: Context, level: number, found: OpenCase, oscId: string): Promise<(string | null)[]> {
  const step = ladder[level - 1];
  if (step === "owner") return [found.owner_id ?? oscId];
  if (step === "hub") return [found.owner_id, oscId];
  const members = await ctx.db.member.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      status: "active",
      ...(step === "manager" ? { roles: { has: "manager" } } : { spokeId: found.spoke_id }),
    },
    select: { id: true },
    orderBy: { id: "asc" },
    take: 50,
  });
  return members.map(({ id }) => id);
}

/** An open case climbs the ladder; at its due time the journey goes off track (T7). A step that was taken is not taken again. */
const escalate: TaskHandler = async (ctx, payload) => {
  await transaction(ctx, async (ctx) => {
    const level = Number(payload.level);
    const found = await loadOpen(ctx, String(payload.caseId));
    if (!found || found.escalation >= level || found.due_at > ctx.now) return nothingChanged(ctx);
    try {
      const key = found.journey_id ? { journeyId: found.journey_id } : { customerId: found.customer_id };
      const loaded = await loadJourney(ctx, key);
      const evidence = { caseId: found.id, interactionId: found.interaction_id, dueAt: found.due_at.toISOString() };
      await openOffTrack(ctx, loaded, "T7", evidence);
      await ctx.db.recoveryCase.updateMany({
        where: { workspaceId: ctx.workspaceId, id: found.id },
        data: { escalation: level },
      });
      const params = { customer: loaded.customerName, level };
      await notify(
        ctx,
        await audience(ctx, level, found, loaded.journey.oscId),
        "recovery_late",
        found.customer_id,
        params,
      );
      record(ctx, "recovery_case.escalated", {
        subject: `recovery_case:${found.id}`,
        customerId: found.customer_id,
        journeyId: loaded.journey.id,
        detail: { level, step: ladder[level - 1] },
        data: { level },
      });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "not_found") throw error;
      nothingChanged(ctx);
    }
  });
};

/** The jobs of this noun, by task name. */
export const recoveryCaseTasks: Record<string, TaskHandler> = { "recovery.escalate": escalate };
