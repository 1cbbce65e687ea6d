import { canAs, requirePermission } from "../auth/permissions";
import type { BusinessCalendar } from "../calendar/business-calendar";
import { addStaffedMinutes } from "../calendar/staffed-time";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { Relay } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { loadForCommand } from "../journeys/commands";
import { calendarOf } from "../journeys/loaded";
import { notify } from "../notifications/notify";
import { fromJsonRow } from "../rows";
import { enqueue, record, transaction } from "../transaction";
import { escalationTimes, planRelay, type RelayState } from "./rules";
import type { AnswerRelay, DeclineRelay, RelayKey, SendRelay } from "./schema";

type CalendarRow = { time_zone: string; hours: unknown; holidays: unknown };

/** Who is asked: the department, its people who are there (the named one alone when one is named), their working time. */
export type Receiver = { spokeId: string; isHub: boolean; memberIds: string[]; calendar: BusinessCalendar };

/** One statement; `not_found` for a department or a person that is not there. */
export async function getReceiver(ctx: Context, spokeId: string, memberId: string | null): Promise<Receiver> {
  const rows = await ctx.db.$queryRaw<{ key: string; member_ids: string[]; calendar: CalendarRow }[]>`
    select s.key,
      (select coalesce(array_agg(m.id::text), '{}') from (select id from members where workspace_id = s.workspace_id and spoke_id = s.id
        and status = 'active' and (${memberId}::uuid is null or id = ${memberId}::uuid) order by name limit 50) m) as member_ids,
      (select to_jsonb(c) from calendars c where c.workspace_id = s.workspace_id and c.id = coalesce(
        (select calendar_id from members where workspace_id = s.workspace_id and id = ${memberId}::uuid), ws.calendar_id)) as calendar
    from spokes s join workspace_settings ws on ws.workspace_id = s.workspace_id
    where s.workspace_id = ${ctx.workspaceId}::uuid and s.id = ${spokeId}::uuid and s.archived_at is null`;
  const row = rows[0];
  if (!row) throw new AppError("not_found", "spoke");
  if (memberId && row.member_ids.length === 0) throw new AppError("not_found", "member");
  return { spokeId, isHub: row.key === "osc", memberIds: row.member_ids, calendar: calendarOf(row.calendar) };
}

/** Each step of the ladder becomes a job, measured in the receiver's staffed time between asking and needing. */
function clockEscalation(ctx: Context, calendar: BusinessCalendar, relay: { id: string; needBy: Date }): void {
  escalationTimes(calendar, ctx.now, relay.needBy).forEach((runAt, index) => {
    const level = index + 1;
    enqueue(ctx, "relay.escalate", { relayId: relay.id, level }, { runAt, key: `relay:${relay.id}:${level}` });
  });
}

/**
 * Asks a department, or one of its people, about a customer; the clock runs in the receiver's staffed time. The OSC and
 * managers ask anybody, everybody else asks the hub. Throws `refused` `hub_only`.
 */
export async function sendRelay(ctx: Context, input: SendRelay): Promise<{ id: string }> {
  requirePermission(ctx, "relays.send");
  return transaction(ctx, async (ctx) => {
    const { workspaceId, memberId } = ctx;
    if (!memberId) throw new AppError("forbidden", "relays.send");
    const loaded = await loadForCommand(ctx, input);
    const { journey, settings } = loaded;
    const receiver = await getReceiver(ctx, input.toSpokeId, input.toId ?? null);
    if (!receiver.isHub && !canAs(ctx.roles, "relays.send", "yes")) throw new AppError("refused", "hub_only");
    const needBy = input.needBy ?? addStaffedMinutes(receiver.calendar, ctx.now, settings.relayMinutes);
    if (needBy <= ctx.now) throw new AppError("invalid", "input", { fields: { needBy: "in_the_past" } });
    const id = input.id ?? newId();
    await ctx.db.$executeRaw`
      with sent as (insert into relays (workspace_id, id, customer_id, journey_id, from_id, to_spoke_id, to_id, question, need_by, sent_at)
        values (${workspaceId}::uuid, ${id}::uuid, ${journey.customerId}::uuid, ${journey.id}::uuid, ${memberId}::uuid,
          ${receiver.spokeId}::uuid, ${input.toId ?? null}::uuid, ${input.question}, ${needBy}, ${ctx.now}))
      insert into journey_spokes (workspace_id, journey_id, spoke_id, first_at)
      values (${workspaceId}::uuid, ${journey.id}::uuid, ${receiver.spokeId}::uuid, ${ctx.now}) on conflict do nothing`;
    clockEscalation(ctx, receiver.calendar, { id, needBy });
    const told = receiver.isHub && !input.toId ? [journey.oscId] : receiver.memberIds;
    await notify(ctx, told, "relay", journey.customerId, { customer: loaded.customerName });
    record(ctx, "relay.sent", {
      subject: `relay:${id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { toSpokeId: receiver.spokeId, toId: input.toId ?? null, needBy },
      data: { toSpokeId: receiver.spokeId },
    });
    return { id };
  });
}

type LoadedRelay = { relay: Relay; oscId: string; customerName: string };

/**
 * Loads a relay for its receiver and locks it: somebody of the asked department, the OSC when the hub was asked, or a
 * manager. To whoever asked it is `forbidden` to answer himself, to everybody else it is not there.
 */
async function loadRelay(ctx: Context, input: RelayKey): Promise<LoadedRelay> {
  const rows = await ctx.db.$queryRaw<
    { relay: Record<string, unknown>; osc_id: string; is_hub: boolean; customer_name: string }[]
  >`
    select to_jsonb(r) as relay, j.osc_id, s.key = 'osc' as is_hub, c.name as customer_name
    from relays r
    join journeys j on j.workspace_id = r.workspace_id and j.id = r.journey_id
    join customers c on c.workspace_id = r.workspace_id and c.id = r.customer_id
    join spokes s on s.workspace_id = r.workspace_id and s.id = r.to_spoke_id
    where r.workspace_id = ${ctx.workspaceId}::uuid and r.id = ${input.id}::uuid
    for update of j, r`;
  const row = rows[0];
  if (!row) throw new AppError("not_found", "relay");
  const relay = fromJsonRow<Relay>(row.relay);
  const isReceiver =
    (ctx.memberId !== null && relay.toId === ctx.memberId) ||
    (relay.toSpokeId === ctx.spokeId && !ctx.roles.includes("partner")) ||
    (row.is_hub && row.osc_id === ctx.memberId);
  if (!isReceiver && !ctx.roles.includes("manager"))
    throw new AppError(relay.fromId === ctx.memberId ? "forbidden" : "not_found", "relay");
  if (input.version !== undefined && input.version !== relay.version) {
    throw new AppError("conflict", "version", {
      current: { state: relay.state, answer: relay.answer, version: relay.version },
    });
  }
  return { relay, oscId: row.osc_id, customerName: row.customer_name };
}

const happened: Record<RelayState, string> = {
  sent: "relay.sent",
  acked: "relay.acked",
  done: "relay.answered",
  declined: "relay.declined",
  expired: "relay.expired",
};

async function changeRelay(
  ctx: Context,
  input: RelayKey,
  { to, answer, reason }: { to: RelayState; answer?: string; reason?: string },
): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const { relay, oscId, customerName } = await loadRelay(ctx, input);
    const { state } = enforce(planRelay(relay.state, to));
    const isEnd = state !== "acked";
    await ctx.db.relay.updateMany({
      where: { workspaceId, id: relay.id },
      data: {
        state,
        ...(relay.ackedAt ? {} : { ackedAt: ctx.now, ackedById: ctx.memberId }),
        ...(isEnd ? { closedAt: ctx.now, closedById: ctx.memberId } : {}),
        ...(answer ? { answer } : {}),
        ...(reason ? { declineReason: reason } : {}),
        version: { increment: 1 },
      },
    });
    if (isEnd) {
      await ctx.db.journey.updateMany({
        where: { workspaceId, id: relay.journeyId },
        data: { lastActivityAt: ctx.now, version: { increment: 1 } },
      });
    }
    await notify(ctx, [relay.fromId, isEnd ? oscId : null], `relay_${state}`, relay.customerId, {
      customer: customerName,
    });
    record(ctx, happened[state], {
      subject: `relay:${relay.id}`,
      customerId: relay.customerId,
      journeyId: relay.journeyId,
      detail: { before: relay.state, after: state, reason: reason ?? null },
      data: { toSpokeId: relay.toSpokeId },
    });
  });
}

/** Says that the question arrived and somebody is on it; the clock keeps running until the answer. */
export function acknowledgeRelay(ctx: Context, input: RelayKey): Promise<void> {
  return changeRelay(ctx, input, { to: "acked" });
}

/** Answers: the words land on the customer's timeline, and whoever asked and the OSC are told. */
export function answerRelay(ctx: Context, { answer, ...key }: AnswerRelay): Promise<void> {
  return changeRelay(ctx, key, { to: "done", answer });
}

/** Sends the question back with the reason why. */
export function declineRelay(ctx: Context, { reason, ...key }: DeclineRelay): Promise<void> {
  return changeRelay(ctx, key, { to: "declined", reason });
}
