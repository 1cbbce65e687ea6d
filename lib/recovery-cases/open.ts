import type { Context } from "../context";
import { Prisma } from "../generated/prisma/client";
import { newId } from "../identifiers";
import { insertRows } from "../insert-rows";
import { type LoadedJourney, loadJourney } from "../journeys/loaded";
import { notify } from "../notifications/notify";
import { escalationTimes } from "../relays/rules";
import { enqueue, record } from "../transaction";
import { ownerOf, stepsDue } from "./rules";
import { type CaseOrigin, caseSteps } from "./schema";

/** What makes an interaction a bad one for its customer. */
export type Ground = {
  interactionId: string;
  origin: CaseOrigin;
  responseId?: string;
  momentId?: string | null;
  /** When the customer said so, or it happened; the case is as old as that. */
  at?: Date;
};

type Row = {
  customer_id: string;
  journey_id: string | null;
  agent_id: string | null;
  spoke_id: string | null;
  responsible_id: string | null;
  responsible_role: string | null;
  people: { id: string; isActive: boolean; roles: string[] }[];
};

async function readInteraction(ctx: Context, { interactionId, momentId }: Ground): Promise<Row | undefined> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select i.customer_id, i.journey_id, i.agent_id, i.spoke_id, d.responsible_id, d.responsible_role,
      (select coalesce(json_agg(json_build_object('id', m.id, 'isActive', m.status not in ('deactivated', 'suspended'), 'roles', m.roles)), '[]') from members m
        where m.workspace_id = ${w} and m.id in (i.agent_id, d.responsible_id)) as people
    from interactions i left join defining_moments d on d.workspace_id = ${w} and d.id = ${momentId ?? null}::uuid
    where i.workspace_id = ${w} and i.id = ${interactionId}::uuid`;
  return row;
}

type Draft = {
  id: string;
  ground: Ground;
  ownerId: string;
  spokeId: string;
  dueAt: Date;
};

/** Inserts the case; one that was a false alarm opens again, one that stands stays. Answers its id when it is open from now on. */
async function insertCase(ctx: Context, { id, ground, ownerId, spokeId, dueAt }: Draft): Promise<string | undefined> {
  const at = ground.at && ground.at < ctx.now ? ground.at : ctx.now;
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into recovery_cases as c (workspace_id, id, interaction_id, origin, response_id, moment_id, owner_id, spoke_id, opened_at, known_at, due_at)
    values (${ctx.workspaceId}::uuid, ${id}::uuid, ${ground.interactionId}::uuid, ${ground.origin}, ${ground.responseId ?? null}::uuid, ${ground.momentId ?? null}::uuid,
      ${ownerId}::uuid, ${spokeId}::uuid, ${at}, ${ctx.now}, ${dueAt})
    on conflict (workspace_id, interaction_id) do update set state = 'open', origin = excluded.origin, response_id = excluded.response_id,
      moment_id = excluded.moment_id, owner_id = excluded.owner_id, known_at = excluded.known_at, due_at = excluded.due_at, escalation = 0, outcome = '',
      closed_at = null, closed_by_id = null, version = c.version + 1
      where c.state = 'false_alarm'
    returning id`;
  return row?.id;
}

async function insertSteps(ctx: Context, draft: Draft, loaded: LoadedJourney, agentId: string | null): Promise<void> {
  const due = stepsDue(loaded.calendar, ctx.now);
  const owners = {
    call_and_apologise: { ownerId: loaded.journey.oscId, spokeId: loaded.hubSpokeId },
    put_right: { ownerId: agentId ?? loaded.journey.accountableId ?? draft.ownerId, spokeId: draft.spokeId },
    customer_told: {
      ownerId: draft.ownerId,
      spokeId: draft.ownerId === loaded.journey.oscId ? loaded.hubSpokeId : draft.spokeId,
    },
  };
  const { workspaceId } = ctx;
  await insertRows(
    ctx,
    "recovery_case_steps",
    caseSteps.map((name, position) => {
      return { workspaceId, id: newId(), caseId: draft.id, position, name, ...owners[name], dueAt: due[name] };
    }),
  );
}

/** Each step of the ladder is a job, on the owner's staffed time (DOMAIN 12b). */
export function clockCase(
  ctx: Context,
  { calendar }: Pick<LoadedJourney, "calendar">,
  caseId: string,
  dueAt: Date,
): void {
  escalationTimes(calendar, ctx.now, dueAt).forEach((runAt, index) => {
    const level = index + 1;
    enqueue(ctx, "recovery.escalate", { caseId, level }, { runAt, key: `recovery:${caseId}:${level}` });
  });
}

/**
 * Opens the one recovery case of an interaction in the caller's transaction: owner, three steps and a clock in working time
 * (DOMAIN T7). Null when it has a case that stands or is closed already, so that a second ground opens nothing.
 */
export async function openRecoveryCase(ctx: Context, ground: Ground, known?: LoadedJourney): Promise<string | null> {
  const found = await readInteraction(ctx, ground);
  if (!found) return null;
  const reader: Context = { ...ctx, actor: { kind: "system" } };
  const key = found.journey_id ? { journeyId: found.journey_id } : { customerId: found.customer_id };
  const loaded = known ?? (await loadJourney(reader, key));
  const { journey } = loaded;
  const moment = { responsibleId: found.responsible_id, responsibleRole: found.responsible_role };
  const ownerId = ownerOf(journey.oscId, moment, found.people, found.agent_id);
  const spokeId = found.spoke_id ?? journey.accountableSpokeId;
  const dueAt = stepsDue(loaded.calendar, ctx.now).customer_told;
  const draft = { id: newId(), ground, ownerId, spokeId, dueAt };
  const id = await insertCase(ctx, draft);
  if (!id) return null;
  const agentId = found.people.find((person) => person.id === found.agent_id && person.isActive)?.id ?? null;
  if (id === draft.id) await insertSteps(ctx, draft, loaded, agentId);
  clockCase(ctx, loaded, id, dueAt);
  await notify(ctx, [ownerId, agentId], "recovery_case", found.customer_id, { customer: loaded.customerName });
  record(ctx, "recovery_case.opened", {
    subject: `recovery_case:${id}`,
    customerId: found.customer_id,
    journeyId: journey.id,
    detail: { interactionId: ground.interactionId, origin: ground.origin, ownerId, dueAt, isAgain: id !== draft.id },
    data: { interactionId: ground.interactionId, origin: ground.origin },
  });
  return id;
}

/**
 * Withdraws the case of an interaction that turned out well: what had judged it was corrected, and the customer herself never
 * said that it was bad. What was done stays written down. Does nothing where no such case is open.
 */
export async function withdrawRecoveryCase(ctx: Context, interactionId: string): Promise<void> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const [row] = await ctx.db.$queryRaw<
    { id: string; owner_id: string | null; customer_id: string; journey_id: string | null }[]
  >`
    update recovery_cases c set state = 'false_alarm', closed_at = ${ctx.now}, closed_by_id = ${ctx.memberId}::uuid, version = c.version + 1
    from interactions i
    where c.workspace_id = ${w} and c.interaction_id = ${interactionId}::uuid and c.state in ('open', 'playing') and c.origin <> 'response'
      and i.workspace_id = ${w} and i.id = c.interaction_id and i.experience_class is distinct from 'negative'
      and not exists (select from moment_observations o where o.workspace_id = ${w} and o.interaction_id = i.id and o.observer_kind = 'customer' and o.state = 'missed')
    returning c.id, c.owner_id, i.customer_id, i.journey_id`;
  if (!row) return;
  await notify(ctx, [row.owner_id], "recovery_withdrawn", row.customer_id, {});
  record(ctx, "recovery_case.withdrawn", {
    subject: `recovery_case:${row.id}`,
    customerId: row.customer_id,
    journeyId: row.journey_id,
    detail: { interactionId, reason: "corrected" },
  });
}
