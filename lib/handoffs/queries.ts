import { can, requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { decodeCursor, encodeCursor } from "../cursor";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { visibleJourneys } from "../journeys/visibility";
import { readShortage } from "./capacity";
import { partyOf, visibleHandoffs } from "./load";
import { readPacket } from "./packet-read";
import { openStates, type PolicySays, planChoice, planIntroducer, planReceiver, planSender } from "./rules";
import { policySays } from "./scenario";
import type { HandoffMay, HandoffRow, HandoffState, HandoffsInput, HandoffView, PacketView } from "./schema";

const from = (w: Prisma.Sql) => Prisma.sql`handoffs h
  join journeys j on j.workspace_id = ${w} and j.id = h.journey_id
  join customers c on c.workspace_id = ${w} and c.id = j.customer_id`;

const nameOf = (w: Prisma.Sql, id: Prisma.Sql) =>
  Prisma.sql`(select m.name from members m where m.workspace_id = ${w} and m.id = ${id})`;

const columns = (
  w: Prisma.Sql,
) => Prisma.sql`h.id, h.version, h.state, h.type, j.customer_id as "customerId", c.name as "customerName", h.journey_id as "journeyId",
  h.from_spoke_id as "fromSpokeId", h.from_id as "fromId", ${nameOf(w, Prisma.sql`h.from_id`)} as "fromName",
  h.to_spoke_id as "toSpokeId", h.to_id as "toId", ${nameOf(w, Prisma.sql`h.to_id`)} as "toName",
  app.iso(h.drafted_at) as "draftedAt", app.iso(h.proposed_at) as "proposedAt", app.iso(h.due_accept) as "dueAccept", app.iso(h.expired_at) as "expiredAt",
  app.iso(h.accepted_at) as "acceptedAt", h.accepted_by_id as "acceptedById", ${nameOf(w, Prisma.sql`h.accepted_by_id`)} as "acceptedByName",
  app.iso(h.due_first_touch) as "dueFirstTouch", app.iso(h.completed_at) as "completedAt", app.iso(h.introduction_due) as "introductionDue",
  app.iso(h.introduced_at) as "introducedAt", h.reject_reason as "rejectReason", h.reject_note as "rejectNote",
  h.missing_items as "missingItems", h.rejections, h.escalation, h.completeness, h.rating, h.had_to_repeat as "hadToRepeat", h.quality,
  h.scenario, h.policy_answer as "policyAnswer", h.policy_number as "policyNumber", h.override_reason as "overrideReason"`;

/** Which end of a handoff the reader's department is at. */
function endOf({ spokeId, memberId }: Context, show: HandoffsInput["show"]): Prisma.Sql {
  if (show === "to_us") return Prisma.sql`(h.to_spoke_id = ${spokeId}::uuid or h.to_id = ${memberId}::uuid)`;
  if (show === "from_us") return Prisma.sql`(h.from_spoke_id = ${spokeId}::uuid or h.from_id = ${memberId}::uuid)`;
  return Prisma.sql`true`;
}

/** Handoffs that the reader may see, newest first, by cursor: those her department gets, gives, or all; the OSC sees every one. */
export async function listHandoffs(
  ctx: Context,
  { show, state, customerId, scenario, limit, cursor }: HandoffsInput,
): Promise<{ data: HandoffRow[]; nextCursor: string | null }> {
  requirePermission(ctx, "journeys.read");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const at = decodeCursor(cursor);
  const rows = await ctx.db.$queryRaw<HandoffRow[]>`
    select ${columns(w)} from ${from(w)}
    where h.workspace_id = ${w} and ${visibleHandoffs(ctx)} and ${endOf(ctx, show)}
      ${state ? Prisma.sql`and h.state = ${state}` : Prisma.empty} ${customerId ? Prisma.sql`and j.customer_id = ${customerId}::uuid` : Prisma.empty}
      ${scenario ? Prisma.sql`and h.scenario = ${scenario}` : Prisma.empty}
      ${at ? Prisma.sql`and (h.drafted_at, h.id) < (${at.at}, ${at.id}::uuid)` : Prisma.empty}
    order by h.drafted_at desc, h.id desc limit ${limit + 1}`;
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? encodeCursor({ at: new Date(last.draftedAt), id: last.id }) : null;
  return { data: page, nextCursor: next };
}

type Around = { oscId: string; isToCs: boolean };

function mayOf(ctx: Context, row: HandoffRow, { oscId, isToCs }: Around): HandoffMay {
  const party = partyOf(ctx);
  const isSender = planSender(party, row, "asked").ok;
  const isReceiver = planReceiver(party, row).ok;
  return {
    propose: isSender && ["draft", "rejected", "expired"].includes(row.state),
    cancel: isSender && (openStates as readonly string[]).includes(row.state),
    answer: isReceiver && row.state === "proposed",
    rate: isReceiver && row.state === "completed",
    chooseScenario: isSender && row.type === "sales_to_cs" && planChoice(row.state).ok,
    logHours: isToCs && party.mayAct && ctx.spokeId === row.toSpokeId,
    reask: isReceiver && ["accepted", "completed", "rated"].includes(row.state),
    introduce: row.introductionDue !== null && row.introducedAt === null && planIntroducer(party, row, oscId).ok,
    needsReason: isSender && !planSender(party, row, "").ok,
  };
}

type ViewRow = Omit<HandoffView, "may" | "csmMinutes" | "shortage"> & {
  csmMinutes: { presale: number; after: number };
  oscId: string;
  isToCs: boolean;
};

/** One handoff with the packet as it was proposed. Throws `not_found` also for who may not see it. */
export async function getHandoff(ctx: Context, { id }: { id: string }): Promise<HandoffView> {
  requirePermission(ctx, "journeys.read");
  if (!isId(id)) throw new AppError("not_found", "handoff");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<ViewRow[]>`
    select ${columns(w)}, j.osc_id as "oscId", h.note, h.interaction_id as "interactionId", h.cancel_reason as "cancelReason", h.packet, h.capacity_reason as "capacityReason",
      (select coalesce(json_agg(json_build_object('id', r.id, 'key', r.key, 'question', r.question, 'askedAt', app.iso(r.asked_at), 'byName', r.name)
        order by r.asked_at desc, r.id), '[]') from (select r.*, m.name from packet_reasks r join members m on m.workspace_id = ${w} and m.id = r.marked_by_id
        where r.workspace_id = ${w} and r.handoff_id = h.id order by r.asked_at desc limit 100) r) as reasks,
      (select jsonb_build_object('presale', coalesce(sum(t.minutes) filter (where t.presale), 0), 'after', coalesce(sum(t.minutes) filter (where not t.presale), 0))
        from csm_hours t where t.workspace_id = ${w} and t.journey_id = j.id) as "csmMinutes",
      exists (select from spokes s where s.workspace_id = ${w} and s.id = h.to_spoke_id and s.key = 'cs') as "isToCs"
    from ${from(w)} where h.workspace_id = ${w} and h.id = ${id}::uuid and ${visibleHandoffs(ctx)}`;
  if (!row) throw new AppError("not_found", "handoff");
  const { oscId, isToCs, csmMinutes, ...handoff } = row;
  const isTold = isToCs || csmMinutes.presale + csmMinutes.after > 0;
  const may = mayOf(ctx, handoff, { oscId, isToCs });
  const isOpen = (openStates as readonly string[]).includes(row.state);
  const shortage = isToCs && isOpen ? await readShortage(ctx, row, may.answer ? ctx.memberId : row.toId) : null;
  return { ...handoff, csmMinutes: isTold ? csmMinutes : null, shortage, may };
}

/** A customer's journey with its packet as it stands, and the handoff that is open on it or was the last one. */
export type PacketOfJourney = {
  packet: PacketView;
  handoff: HandoffView | null;
  mayFill: boolean;
  mayDraft: boolean;
  needsReason: boolean;
  /** What the policy in force says of the deal, while she may hand it over; null without a policy. */
  policy: PolicySays | null;
};

/**
 * The packet of a customer's journey, the primary one unless another is named. For whoever sees the journey or gives or gets
 * a handoff of it. Throws `not_found`.
 */
export async function getPacket(
  ctx: Context,
  { customerId, journeyId }: { customerId: string; journeyId?: string | undefined },
): Promise<PacketOfJourney> {
  requirePermission(ctx, "journeys.read");
  if (!isId(customerId) || (journeyId !== undefined && !isId(journeyId))) throw new AppError("not_found", "journey");
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<{ id: string; isSeen: boolean; handoffId: string | null }[]>`
    select j.id, ${visibleJourneys(ctx)} as "isSeen", (select h.id from handoffs h where h.workspace_id = ${w} and h.journey_id = j.id and ${visibleHandoffs(ctx)}
      order by h.drafted_at desc, h.id desc limit 1) as "handoffId"
    from journeys j where j.workspace_id = ${w} and j.customer_id = ${customerId}::uuid
      and ${journeyId ? Prisma.sql`j.id = ${journeyId}::uuid` : Prisma.sql`j.is_primary`}`;
  if (!row || (!row.isSeen && row.handoffId === null)) throw new AppError("not_found", "journey");
  const [packet, handoff] = await Promise.all([
    readPacket(ctx, row.id),
    row.handoffId ? getHandoff(ctx, { id: row.handoffId }) : null,
  ]);
  if (!packet) throw new AppError("not_found", "journey");
  const isOpen = handoff !== null && (openStates as readonly string[]).includes(handoff.state);
  const sending = (reason: string) => planSender(partyOf(ctx), { fromSpokeId: packet.accountableSpokeId }, reason).ok;
  const mayDraft = row.isSeen && !isOpen && sending("asked");
  return {
    ...{ packet, handoff, mayDraft },
    mayFill: row.isSeen && can(ctx.roles, "customers.edit"),
    needsReason: !sending(""),
    policy: mayDraft || handoff?.may.chooseScenario ? await policySays(ctx, row.id) : null,
  };
}

/** The handoff that stands on a customer's primary journey, for her Wheel; null when there is none. */
export async function standingHandoffOf(
  ctx: Context,
  customerId: string,
): Promise<{ state: HandoffState; dueAccept: string | null } | null> {
  if (!isId(customerId) || !can(ctx.roles, "journeys.read")) return null;
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<{ state: HandoffState; dueAccept: string | null }[]>`
    select h.state, app.iso(h.due_accept) as "dueAccept" from ${from(w)}
    where h.workspace_id = ${w} and j.customer_id = ${customerId}::uuid and h.state in ('proposed', 'rejected', 'expired', 'accepted') and ${visibleHandoffs(ctx)}
    order by h.drafted_at desc, h.id desc limit 1`;
  return row ?? null;
}
