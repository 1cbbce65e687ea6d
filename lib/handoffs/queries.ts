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
import { planDecline, planSingle, planWhole } from "./part-rules";
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
) => Prisma.sql`h.id, h.version, h.parent_id as "parentId", h.is_parent as "isParent", h.state, h.type, j.customer_id as "customerId", c.name as "customerName", h.journey_id as "journeyId",
  h.from_spoke_id as "fromSpokeId", h.from_id as "fromId", ${nameOf(w, Prisma.sql`h.from_id`)} as "fromName",
  h.to_spoke_id as "toSpokeId", h.to_id as "toId", ${nameOf(w, Prisma.sql`h.to_id`)} as "toName",
  app.iso(h.drafted_at) as "draftedAt", app.iso(h.proposed_at) as "proposedAt", app.iso(h.due_accept) as "dueAccept", app.iso(h.expired_at) as "expiredAt",
  app.iso(h.accepted_at) as "acceptedAt", h.accepted_by_id as "acceptedById", ${nameOf(w, Prisma.sql`h.accepted_by_id`)} as "acceptedByName",
  app.iso(h.due_first_touch) as "dueFirstTouch", app.iso(h.completed_at) as "completedAt", app.iso(h.introduction_due) as "introductionDue",
  app.iso(h.introduced_at) as "introducedAt", h.reject_reason as "rejectReason", h.reject_note as "rejectNote",
  h.missing_items as "missingItems", h.rejections, h.escalation, h.completeness, h.rating, h.had_to_repeat as "hadToRepeat", h.quality,
  h.scenario, h.given, h.policy_answer as "policyAnswer", h.policy_number as "policyNumber", h.override_reason as "overrideReason"`;

/** Which end of a handoff the reader's department is at. */
function endOf({ spokeId, memberId }: Context, show: HandoffsInput["show"]): Prisma.Sql {
  // Receivers answer their parts, senders see the whole.
  if (show === "to_us")
    return Prisma.sql`not h.is_parent and (h.to_spoke_id = ${spokeId}::uuid or h.to_id = ${memberId}::uuid)`;
  if (show === "from_us")
    return Prisma.sql`h.parent_id is null and (h.from_spoke_id = ${spokeId}::uuid or h.from_id = ${memberId}::uuid)`;
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
  const isReceiver = planReceiver(party, row).ok && planSingle(row).ok;
  const isWhole = planWhole(row).ok;
  return {
    propose: isSender && isWhole && ["draft", "rejected", "expired"].includes(row.state),
    cancel: isSender && isWhole && (openStates as readonly string[]).includes(row.state),
    answer: isReceiver && row.state === "proposed",
    rate: isReceiver && row.state === "completed",
    decline: planDecline(party, row, oscId, "asked").ok,
    chooseScenario: isSender && row.type === "sales_to_cs" && !row.isParent && planChoice(row.state).ok,
    logHours: isToCs && !row.isParent && party.mayAct && ctx.spokeId === row.toSpokeId,
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
    select ${columns(w)}, j.osc_id as "oscId", h.note, h.interaction_id as "interactionId", h.cancel_reason as "cancelReason", h.packet, h.capacity_reason as "capacityReason", h.is_declined as "isDeclined",
      (select coalesce(json_agg(json_build_object('id', p.id, 'toSpokeId', p.to_spoke_id, 'state', p.state,
        'toName', ${nameOf(w, Prisma.sql`coalesce(p.accepted_by_id, p.to_id)`)}) order by (p.to_spoke_id = h.to_spoke_id) desc, p.id), '[]')
        from handoffs p where p.workspace_id = ${w} and p.parent_id = coalesce(h.parent_id, h.id)) as parts,
      (select coalesce(json_agg(json_build_object('id', r.id, 'key', r.key, 'question', r.question, 'askedAt', app.iso(r.asked_at), 'byName', r.name)
        order by r.asked_at desc, r.id), '[]') from (select r.*, m.name from packet_reasks r join members m on m.workspace_id = ${w} and m.id = r.marked_by_id
        where r.workspace_id = ${w} and r.handoff_id = h.id order by r.asked_at desc limit 100) r) as reasks,
      (select jsonb_build_object('presale', coalesce(sum(t.minutes) filter (where t.presale), 0), 'after', coalesce(sum(t.minutes) filter (where not t.presale), 0))
        from csm_hours t where t.workspace_id = ${w} and t.journey_id = j.id and t.removed_at is null) as "csmMinutes",
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
      order by h.drafted_at desc, (not h.is_parent and h.to_spoke_id = ${ctx.spokeId}::uuid) desc nulls last, h.parent_id is null desc, h.id desc limit 1) as "handoffId"
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
    where h.workspace_id = ${w} and j.customer_id = ${customerId}::uuid and h.state in ('proposed', 'rejected', 'expired', 'accepted') and h.parent_id is null and ${visibleHandoffs(ctx)}
    order by h.drafted_at desc, h.id desc limit 1`;
  return row ?? null;
}

/** A handoff that waits for the reader, and for what: her answer, her proposing it again, the introduction she owes, or a look. */
export type WaitingHandoff = Pick<HandoffRow, "id" | "customerName" | "state" | "fromSpokeId" | "toSpokeId"> & {
  why: "answer" | "return" | "introduce" | "watch";
  /** When it runs out or is owed; null when it came back. */
  dueAt: string | null;
};

/**
 * What waits for the signed-in member, the first due first, at most twenty: of her department's own what she answers or
 * proposes again, of her customers as OSC the introductions she owes and the handoffs that nobody has answered yet.
 */
export async function listWaitingHandoffs(ctx: Context): Promise<WaitingHandoff[]> {
  if (ctx.memberId === null || !can(ctx.roles, "handoffs.accept")) return [];
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [mine, ours] = [Prisma.sql`${ctx.memberId}::uuid`, Prisma.sql`${ctx.spokeId}::uuid`];
  return ctx.db.$queryRaw<WaitingHandoff[]>`
    select x.id, c.name as "customerName", x.state, x.from_spoke_id as "fromSpokeId", x.to_spoke_id as "toSpokeId", x.why, app.iso(x.due_at) as "dueAt" from (
      (select h.*, 'answer' as why, h.due_accept as due_at from handoffs h where h.workspace_id = ${w} and h.to_spoke_id = ${ours} and h.state = 'proposed'
        and not h.is_parent and (h.to_id is null or h.to_id = ${mine}) and h.from_id <> ${mine} order by h.due_accept limit 20)
      union all (select h.*, 'return', null::timestamptz from handoffs h where h.workspace_id = ${w} and h.from_spoke_id = ${ours} and h.state in ('rejected', 'expired')
        and h.parent_id is null order by h.drafted_at desc limit 20)
      union all (select h.*, case when h.state = 'accepted' or h.state = 'completed' then 'introduce' else 'watch' end,
          case when h.state = 'proposed' then h.due_accept when h.introduction_id is not null then h.introduction_due end from handoffs h
        join journeys j on j.workspace_id = ${w} and j.id = h.journey_id and j.osc_id = ${mine}
        where h.workspace_id = ${w} and h.parent_id is null and h.from_spoke_id is distinct from ${ours} and (h.state in ('proposed', 'rejected', 'expired')
          or (h.state in ('accepted', 'completed') and h.introduction_id is not null and h.introduced_at is null)) order by h.drafted_at desc limit 20)
    ) x join journeys j on j.workspace_id = ${w} and j.id = x.journey_id join customers c on c.workspace_id = ${w} and c.id = j.customer_id
    order by x.due_at nulls first, x.id limit 20`;
}
