import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { isOpen } from "../journeys/rules";
import type { TaskHandler } from "../journeys/tasks";
import { notify } from "../notifications/notify";
import { nothingChanged, record, transaction } from "../transaction";
import { ladder } from "./rules";

type OpenRelay = {
  id: string;
  customer_id: string;
  journey_id: string;
  to_spoke_id: string;
  to_id: string | null;
  from_id: string;
  escalation: number;
  status: string;
  osc_id: string;
  customer_name: string;
};

/** Open relays, locked together with their journeys so that an answer and a step of the ladder follow each other. */
function loadOpen(ctx: Context, which: Prisma.Sql): Promise<OpenRelay[]> {
  return ctx.db.$queryRaw<OpenRelay[]>`
    select r.id, r.customer_id, r.journey_id, r.to_spoke_id, r.to_id, r.from_id, r.escalation, j.status, j.osc_id, c.name as customer_name
    from relays r
    join journeys j on j.workspace_id = r.workspace_id and j.id = r.journey_id
    join customers c on c.workspace_id = r.workspace_id and c.id = r.customer_id
    where r.workspace_id = ${ctx.workspaceId}::uuid and r.state in ('sent', 'acked') and ${which}
    order by r.id for update of j, r`;
}

/** Who is told at a step of the ladder: the owner, then the hub, the team around the owner, the managers. */
async function audience(ctx: Context, level: number, relay: OpenRelay): Promise<(string | null)[]> {
  const { workspaceId } = ctx;
  const step = ladder[level - 1];
  if (step === "hub") return [relay.from_id, relay.osc_id];
  if (step === "owner" && relay.to_id) return [relay.to_id];
  const members = await ctx.db.member.findMany({
    where: {
      workspaceId,
      status: "active",
      ...(step === "manager" ? { roles: { has: "manager" } } : { spokeId: relay.to_spoke_id }),
    },
    select: { id: true },
    orderBy: { id: "asc" },
    take: 50,
  });
  return members.map(({ id }) => id);
}

async function expire(ctx: Context, relays: OpenRelay[]): Promise<void> {
  await ctx.db.relay.updateMany({
    where: { workspaceId: ctx.workspaceId, id: { in: relays.map(({ id }) => id) } },
    data: { state: "expired", closedAt: ctx.now, version: { increment: 1 } },
  });
  for (const relay of relays) {
    record(ctx, "relay.expired", {
      subject: `relay:${relay.id}`,
      customerId: relay.customer_id,
      journeyId: relay.journey_id,
      detail: { reason: "journey_closed" },
      data: { toSpokeId: relay.to_spoke_id },
    });
  }
}

/** An open question climbs the ladder; a step that was taken is not taken again, by whichever worker. */
const escalate: TaskHandler = async (ctx, payload) => {
  await transaction(ctx, async (ctx) => {
    const id = String(payload.relayId);
    const level = Number(payload.level);
    const [relay] = await loadOpen(ctx, Prisma.sql`r.id = ${id}::uuid`);
    if (!relay || relay.escalation >= level) return nothingChanged(ctx);
    if (!isOpen(relay.status)) return expire(ctx, [relay]);
    await ctx.db.relay.updateMany({
      where: { workspaceId: ctx.workspaceId, id },
      data: { escalation: level, version: { increment: 1 } },
    });
    const params = { customer: relay.customer_name, level };
    await notify(ctx, await audience(ctx, level, relay), "relay_late", relay.customer_id, params);
    record(ctx, "relay.escalated", {
      subject: `relay:${id}`,
      customerId: relay.customer_id,
      journeyId: relay.journey_id,
      detail: { level, step: ladder[level - 1] },
      data: { level },
    });
  });
};

/** The circle closed: nobody needs these answers any more. */
const expireOf: TaskHandler = async (ctx, payload) => {
  await transaction(ctx, async (ctx) => {
    const open = await loadOpen(ctx, Prisma.sql`r.journey_id = ${String(payload.journeyId)}::uuid`);
    const ended = open.filter(({ status }) => !isOpen(status));
    if (ended.length === 0) return nothingChanged(ctx);
    await expire(ctx, ended);
  });
};

/** The jobs of this noun, by task name. */
export const relayTasks: Record<string, TaskHandler> = { "relay.escalate": escalate, "relay.expire": expireOf };
