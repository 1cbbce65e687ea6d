import { canAs } from "../auth/permissions";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Handoff } from "../generated/prisma/client";
import { Prisma } from "../generated/prisma/client";
import { isId } from "../identifiers";
import { type LoadedJourney, type LoadedStage, loadJourney } from "../journeys/loaded";
import { isForwardEdge } from "../journeys/rules";
import { visibleJourneys } from "../journeys/visibility";
import { notify } from "../notifications/notify";
import { getReceiver } from "../relays/commands";
import { record } from "../transaction";
import { updateRow } from "../update-row";
import type { Party } from "./rules";
import type { HandoffState } from "./schema";

/** A handoff with its journey, both locked. */
export type LoadedHandoff = { handoff: Handoff; loaded: LoadedJourney };

/** Who acts, as the rules see her. */
export function partyOf(ctx: Context): Party {
  return {
    memberId: ctx.memberId,
    spokeId: ctx.spokeId,
    mayAct: canAs(ctx.roles, "handoffs.accept", "yes"),
    mayOverride: canAs(ctx.roles, "handoffs.accept", "override"),
  };
}

/** Handoffs of journeys that the reader may see, and those that her department or she herself gives or gets. Over `h` and `j`. */
export function visibleHandoffs(ctx: Context): Prisma.Sql {
  const seen = visibleJourneys(ctx);
  if (ctx.memberId === null) return seen;
  const ours =
    ctx.roles.includes("partner") || ctx.spokeId === null
      ? Prisma.empty
      : Prisma.sql`or h.to_spoke_id = ${ctx.spokeId}::uuid or h.from_spoke_id = ${ctx.spokeId}::uuid`;
  return Prisma.sql`(${seen} ${ours} or h.from_id = ${ctx.memberId}::uuid or h.to_id = ${ctx.memberId}::uuid or h.accepted_by_id = ${ctx.memberId}::uuid)`;
}

/**
 * Loads a handoff, locked behind its journey as every write on a journey is. Throws `not_found`, also for who may not see
 * it, and `conflict` when the caller saw an older version.
 */
export async function loadHandoff(
  ctx: Context,
  input: { id: string; version?: number | undefined },
): Promise<LoadedHandoff> {
  const { workspaceId } = ctx;
  if (!isId(input.id)) throw new AppError("not_found", "handoff");
  const [seen] = await ctx.db.$queryRaw<{ journey_id: string }[]>`
    select h.journey_id from handoffs h join journeys j on j.workspace_id = h.workspace_id and j.id = h.journey_id
    where h.workspace_id = ${workspaceId}::uuid and h.id = ${input.id}::uuid and ${ctx.actor.kind === "system" ? Prisma.sql`true` : visibleHandoffs(ctx)}`;
  if (!seen) throw new AppError("not_found", "handoff");
  const loaded = await loadJourney({ ...ctx, actor: { kind: "system" } }, { journeyId: seen.journey_id });
  await ctx.db
    .$queryRaw`select 1 from handoffs where workspace_id = ${workspaceId}::uuid and id = ${input.id}::uuid for update`;
  const handoff = await ctx.db.handoff.findFirst({ where: { workspaceId, id: input.id } });
  if (!handoff) throw new AppError("not_found", "handoff");
  if (input.version !== undefined && input.version !== handoff.version)
    throw new AppError("conflict", "version", { current: { state: handoff.state, version: handoff.version } });
  return { handoff, loaded };
}

/** Writes the handoff, which is locked. */
export async function changeHandoff(
  ctx: Context,
  { handoff }: LoadedHandoff,
  data: Partial<Omit<Handoff, "packet">> & { packet?: unknown },
): Promise<void> {
  await updateRow(ctx, "handoffs", handoff.id, data);
}

/** Leaves what became of a handoff: audit, event, and the word to whom it concerns; the OSC always hears (INV H4). */
export async function tell(
  ctx: Context,
  { handoff, loaded }: LoadedHandoff,
  step: Exclude<HandoffState, "draft"> | "drafted",
  told: readonly (string | null)[],
  detail: object = {},
): Promise<void> {
  const { journey, customerName } = loaded;
  const params = { customer: customerName };
  await notify(ctx, [journey.oscId, ...told], `handoff_${step}`, journey.customerId, params);
  record(ctx, `handoff.${step}`, {
    subject: `handoff:${handoff.id}`,
    customerId: journey.customerId,
    journeyId: journey.id,
    detail: { at: ctx.now, before: handoff.state, ...detail },
    data: { fromSpokeId: handoff.fromSpokeId, toSpokeId: handoff.toSpokeId },
  });
}

/** Ids of the workspace's managers who are there, at most fifty. */
export async function managersOf({ db, workspaceId }: Context): Promise<string[]> {
  const members = await db.member.findMany({
    where: { workspaceId, status: "active", roles: { has: "manager" } },
    select: { id: true },
    orderBy: { id: "asc" },
    take: 50,
  });
  return members.map(({ id }) => id);
}

/** The stage to which the template leads from here and which is the receiver's own; undefined when there is none. */
export async function nextStageOf(
  ctx: Context,
  { journey, stage }: LoadedJourney,
  toSpokeId: string,
): Promise<LoadedStage | undefined> {
  const stages = await ctx.db.stage.findMany({
    where: { workspaceId: ctx.workspaceId, templateId: journey.templateId, spokeId: toSpokeId },
    orderBy: { position: "asc" },
  });
  return stages.find((each) => each.position > stage.position && isForwardEdge(stage, each)) as LoadedStage | undefined;
}

/**
 * Who receives: the people of that department, or the one who is named. Throws `refused` `receiver_gone` for whoever works here
 * no more: it goes to the department or to somebody else.
 */
export async function requireReceiver(ctx: Context, spokeId: string, memberId: string | null) {
  const { workspaceId } = ctx;
  if (memberId !== null) {
    const member = await ctx.db.member.findFirst({ where: { workspaceId, id: memberId }, select: { status: true } });
    if (member && member.status !== "active")
      throw new AppError("refused", "receiver_gone", { fields: { toId: "receiver_gone" } });
  }
  return getReceiver(ctx, spokeId, memberId);
}
