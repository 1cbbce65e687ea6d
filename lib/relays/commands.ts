import { canAs, requirePermission } from "../auth/permissions";
import { addStaffedMinutes, staffedMinutesBetween } from "../calendar/staffed-time";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import type { Relay } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { loadForCommand } from "../journeys/commands";
import { type LoadedJourney, loadJourney } from "../journeys/loaded";
import { notify } from "../notifications";
import { enqueue, record, transaction } from "../transaction";
import { escalationRatios, planRelay, type RelayState } from "./rules";
import type { AnswerRelay, DeclineRelay, RelayKey, SendRelay } from "./schema";

const asSystem = (ctx: Context): Context => ({ ...ctx, actor: { kind: "system" } });

/** Steps of the ladder become jobs, measured in the staffed time between asking and needing. */
function clockEscalation(
  ctx: Context,
  { calendar, journey }: LoadedJourney,
  relayId: string,
  sentAt: Date,
  needBy: Date,
): void {
  const allowed = Math.max(1, staffedMinutesBetween(calendar, sentAt, needBy));
  escalationRatios.forEach((ratio, level) => {
    const runAt = ratio === 1 ? needBy : addStaffedMinutes(calendar, sentAt, Math.ceil(allowed * ratio));
    enqueue(
      ctx,
      "relay.escalate",
      { relayId, journeyId: journey.id, level: level + 1 },
      { runAt, key: `relay:${relayId}:${level + 1}` },
    );
  });
}

/** Members of a department who are there to be told, at most fifty. */
async function membersOf(ctx: Context, spokeId: string): Promise<string[]> {
  const members = await ctx.db.member.findMany({
    where: { workspaceId: ctx.workspaceId, spokeId, status: "active" },
    select: { id: true },
    take: 50,
  });
  return members.map(({ id }) => id);
}

/**
 * Asks a department, or one of its people, about a customer; the clock runs in staffed time. The OSC and managers ask anybody,
 * everybody else asks the hub. Throws `refused` `hub_only`.
 */
export async function sendRelay(ctx: Context, input: SendRelay): Promise<{ id: string }> {
  requirePermission(ctx, "relays.send");
  return transaction(ctx, async (ctx) => {
    const { workspaceId, memberId } = ctx;
    if (!memberId) throw new AppError("forbidden", "relays.send");
    const loaded = await loadForCommand(ctx, input);
    const { journey, calendar, settings } = loaded;
    const spoke = await ctx.db.spoke.findFirst({ where: { workspaceId, id: input.toSpokeId, archivedAt: null } });
    if (!spoke) throw new AppError("not_found", "spoke");
    if (spoke.key !== "osc" && !canAs(ctx.roles, "relays.send", "yes")) throw new AppError("refused", "hub_only");
    if (input.toId) {
      const receiver = await ctx.db.member.findFirst({
        where: { workspaceId, id: input.toId, status: "active", spokeId: spoke.id },
        select: { id: true },
      });
      if (!receiver) throw new AppError("not_found", "member");
    }
    const needBy = input.needBy ?? addStaffedMinutes(calendar, ctx.now, settings.relayMinutes);
    if (needBy <= ctx.now) throw new AppError("invalid", "input", { fields: { needBy: "in_the_past" } });
    const id = input.id ?? newId();
    await ctx.db.relay.create({
      data: {
        workspaceId,
        id,
        customerId: journey.customerId,
        journeyId: journey.id,
        fromId: memberId,
        toSpokeId: spoke.id,
        toId: input.toId ?? null,
        question: input.question,
        needBy,
        sentAt: ctx.now,
      },
    });
    await ctx.db.journeySpoke.createMany({
      data: [{ workspaceId, journeyId: journey.id, spokeId: spoke.id, firstAt: ctx.now }],
      skipDuplicates: true,
    });
    clockEscalation(ctx, loaded, id, ctx.now, needBy);
    const receivers = input.toId
      ? [input.toId]
      : spoke.key === "osc"
        ? [journey.oscId]
        : await membersOf(ctx, spoke.id);
    await notify(ctx, receivers, "relay", journey.customerId, { customer: loaded.customerName });
    record(ctx, "relay.sent", {
      subject: `relay:${id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { toSpokeId: spoke.id, toId: input.toId ?? null, needBy },
      data: { toSpokeId: spoke.id },
    });
    return { id };
  });
}

type Closing = { state: RelayState; answer?: string; reason?: string };

/** Loads a relay for its receiver: somebody of the asked department, the OSC when the hub was asked, or a manager. */
async function loadRelay(ctx: Context, input: RelayKey): Promise<{ relay: Relay; loaded: LoadedJourney }> {
  const { workspaceId } = ctx;
  const found = await ctx.db.relay.findFirst({ where: { workspaceId, id: input.id } });
  if (!found) throw new AppError("not_found", "relay");
  const loaded = await loadJourney(asSystem(ctx), { journeyId: found.journeyId });
  const relay = await ctx.db.relay.findFirstOrThrow({ where: { workspaceId, id: input.id } });
  const isReceiver =
    relay.toId === ctx.memberId ||
    relay.toSpokeId === ctx.spokeId ||
    (relay.toSpokeId === loaded.hubSpokeId && loaded.journey.oscId === ctx.memberId);
  if (!isReceiver && !ctx.roles.includes("manager"))
    throw new AppError(relay.fromId === ctx.memberId ? "forbidden" : "not_found", "relay");
  if (input.version !== undefined && input.version !== relay.version) {
    throw new AppError("conflict", "version", {
      current: { state: relay.state, answer: relay.answer, version: relay.version },
    });
  }
  return { relay, loaded };
}

async function changeRelay(ctx: Context, input: RelayKey, closing: Closing): Promise<void> {
  requirePermission(ctx, "customers.edit");
  await transaction(ctx, async (ctx) => {
    const { relay, loaded } = await loadRelay(ctx, input);
    const { state } = enforce(planRelay(relay.state, closing.state));
    const isEnd = state !== "acked";
    await ctx.db.relay.updateMany({
      where: { workspaceId: ctx.workspaceId, id: relay.id },
      data: {
        state,
        ...(relay.ackedAt ? {} : { ackedAt: ctx.now, ackedById: ctx.memberId }),
        ...(isEnd ? { closedAt: ctx.now, closedById: ctx.memberId } : {}),
        ...(closing.answer ? { answer: closing.answer } : {}),
        ...(closing.reason ? { declineReason: closing.reason } : {}),
        version: { increment: 1 },
      },
    });
    const { journey } = loaded;
    if (closing.answer) {
      await ctx.db.journey.updateMany({
        where: { workspaceId: ctx.workspaceId, id: journey.id },
        data: { lastActivityAt: ctx.now, version: { increment: 1 } },
      });
    }
    await notify(ctx, [relay.fromId, isEnd ? journey.oscId : null], `relay_${state}`, journey.customerId, {
      customer: loaded.customerName,
    });
    const names = {
      acked: "relay.acked",
      done: "relay.answered",
      declined: "relay.declined",
      expired: "relay.expired",
      sent: "relay.sent",
    } as const;
    record(ctx, names[state], {
      subject: `relay:${relay.id}`,
      customerId: journey.customerId,
      journeyId: journey.id,
      detail: { before: relay.state, after: state, reason: closing.reason ?? null },
      data: { toSpokeId: relay.toSpokeId },
    });
  });
}

/** Says that the question arrived and somebody is on it; the clock keeps running until the answer. */
export function acknowledgeRelay(ctx: Context, input: RelayKey): Promise<void> {
  return changeRelay(ctx, input, { state: "acked" });
}

/** Answers: the words land on the customer's timeline, and whoever asked and the OSC are told. */
export function answerRelay(ctx: Context, { answer, ...key }: AnswerRelay): Promise<void> {
  return changeRelay(ctx, key, { state: "done", answer });
}

/** Sends the question back with the reason why. */
export function declineRelay(ctx: Context, { reason, ...key }: DeclineRelay): Promise<void> {
  return changeRelay(ctx, key, { state: "declined", reason });
}
