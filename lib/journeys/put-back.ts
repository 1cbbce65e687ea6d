import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { enforce } from "../decision";
import { AppError } from "../errors";
import { Prisma } from "../generated/prisma/client";
import { record, transaction } from "../transaction";
import { enterStage, saveJourney } from "./commands";
import { type LoadedJourney, loadJourney } from "./loaded";
import { openOffTrack } from "./off-track";
import { isClocked, planReopen } from "./rules";

/** Nobody has spoken with her for too long: the play that takes somebody up again who dropped out (DOMAIN 6B). */
const trigger = "T4";

/** How the journey stood before it was put back, with what says whether anybody has worked on it since. */
export type BegunPlay = {
  oscId: string;
  /** The journey's version once the play had begun. */
  version: number;
  eventId: string;
  transitionId: string | null;
  touchpointId: string | null;
  before: Stood;
};

type Stood = Pick<
  LoadedJourney["journey"],
  "status" | "accountableId" | "heldMinutes" | "lostReason" | "lostByCustomer"
> & { enteredStageAt: string } & Record<"nextStartedAt" | "nextDueAt" | "offTrackSince", string | null>;

const stoodOf = ({ journey }: LoadedJourney): Stood => ({
  status: journey.status,
  accountableId: journey.accountableId,
  heldMinutes: journey.heldMinutes,
  lostReason: journey.lostReason,
  lostByCustomer: journey.lostByCustomer,
  enteredStageAt: new Date(journey.enteredStageAt).toISOString(),
  nextStartedAt: textOf(journey.nextStartedAt),
  nextDueAt: textOf(journey.nextDueAt),
  offTrackSince: textOf(journey.offTrackSince),
});

const textOf = (at: Date | null) => (at ? new Date(at).toISOString() : null);

/**
 * Takes a lost journey up again where it was lost and begins its recovery play; one that is open has its play begun. Answers what
 * taking it back needs. Throws `refused`: `plays_already`, `on_hold`, `ended_otherwise`.
 */
export async function putBack(
  ctx: Context,
  { journeyId, leakId, reason }: { journeyId: string; leakId: string; reason: string },
): Promise<BegunPlay> {
  requirePermission(ctx, "recovery.play", "yes");
  requirePermission(ctx, "customers.edit");
  return transaction(ctx, async (ctx) => {
    const loaded = await loadJourney(ctx, { journeyId });
    const { journey, stage } = loaded;
    const before = stoodOf(loaded);
    if (journey.status === "lost") {
      const { status } = enforce(planReopen(journey, stage));
      const change = { stageId: stage.id, spokeId: journey.accountableSpokeId, status, cause: "reopen" } as const;
      await enterStage(ctx, loaded, stage, change, { reason, accountableId: journey.accountableId });
    } else if (!isClocked(journey.status))
      throw new AppError("refused", journey.status === "on_hold" ? "on_hold" : "ended_otherwise");
    if (!(await openOffTrack(ctx, loaded, trigger, { leakId, reason }, true)))
      throw new AppError("refused", "plays_already");
    record(ctx, "journey.put_back", {
      subject: `journey:${journeyId}`,
      customerId: journey.customerId,
      journeyId,
      detail: { leakId, reason, before: before.status },
    });
    return begunOf(ctx, journeyId, before);
  });
}

/** What this transaction has made of the journey. */
async function begunOf(ctx: Context, journeyId: string, before: Stood): Promise<BegunPlay> {
  const { workspaceId: w } = ctx;
  const wasLost = before.status === "lost";
  const [made] = await ctx.db.$queryRaw<
    Pick<BegunPlay, "oscId" | "version" | "eventId" | "transitionId" | "touchpointId">[]
  >`
    select j.osc_id as "oscId", j.version, e.id as "eventId",
      case when ${wasLost} then (select t.id from stage_transitions t where t.workspace_id = ${w}::uuid and t.journey_id = j.id order by t.seq desc limit 1) end as "transitionId",
      case when ${wasLost} then (select p.id from touchpoints p where p.workspace_id = ${w}::uuid and p.journey_id = j.id and p.state in ('planned', 'due') and p.started_at = ${ctx.now} limit 1) end as "touchpointId"
    from journeys j join off_track_events e on e.workspace_id = ${w}::uuid and e.journey_id = j.id and e.trigger = ${trigger} and e.state = 'playing'
    where j.workspace_id = ${w}::uuid and j.id = ${journeyId}::uuid`;
  if (!made) throw new Error("a play that began is open");
  return { ...made, before };
}

/**
 * Takes a play back as if it had not begun: the journey is as it was, lost again where it was lost. Throws `refused`
 * `worked_on_since` when anybody did anything on it since.
 */
export async function takePlayBack(ctx: Context, { journeyId, begun }: { journeyId: string; begun: BegunPlay }) {
  requirePermission(ctx, "recovery.play", "yes");
  await transaction(ctx, async (ctx) => {
    const { workspaceId } = ctx;
    const loaded = await loadJourney(ctx, { journeyId });
    const { journey } = loaded;
    if (journey.version !== begun.version || (await isWorkedOn(ctx, loaded, begun)))
      throw new AppError("refused", "worked_on_since");
    const { eventId, transitionId, touchpointId } = begun;
    await ctx.db.recoveryStep.deleteMany({ where: { workspaceId, eventId } });
    await ctx.db.offTrackEvent.deleteMany({ where: { workspaceId, id: eventId } });
    if (touchpointId) await ctx.db.touchpoint.deleteMany({ where: { workspaceId, id: touchpointId } });
    if (transitionId) await ctx.db.stageTransition.deleteMany({ where: { workspaceId, id: transitionId } });
    await saveJourney(ctx, loaded, begun.before);
    record(ctx, "journey.put_back_undone", {
      subject: `journey:${journeyId}`,
      customerId: journey.customerId,
      journeyId,
      detail: { before: journey.status, after: begun.before.status },
    });
  });
}

/** What is written down beside a journey when somebody works on its customer. */
const work = [
  Prisma.sql`interactions`,
  Prisma.sql`tasks`,
  Prisma.sql`relays`,
  Prisma.sql`promises`,
  Prisma.sql`appointments`,
  Prisma.sql`touchpoints`,
];

/** Whether a step was taken, or a contact, a task, a relay, a promise or a date written down since the play began; ids grow with time. */
async function isWorkedOn(
  ctx: Context,
  { journey }: LoadedJourney,
  { eventId, touchpointId }: BegunPlay,
): Promise<boolean> {
  const w = Prisma.sql`${ctx.workspaceId}::uuid`;
  const written = work.map(
    (table) => Prisma.sql`exists (select from ${table} x
      where x.workspace_id = ${w} and x.customer_id = ${journey.customerId}::uuid and x.id > ${eventId}::uuid
        and x.id is distinct from ${touchpointId}::uuid)`,
  );
  const [found] = await ctx.db.$queryRaw<{ isWorkedOn: boolean }[]>`
    select ${Prisma.join(written, " or ")}
      or not exists (select from off_track_events o where o.workspace_id = ${w} and o.id = ${eventId}::uuid and o.state = 'playing' and o.version = 1)
      or exists (select from recovery_steps r where r.workspace_id = ${w} and r.event_id = ${eventId}::uuid and r.done_at is not null) as "isWorkedOn"`;
  return found?.isWorkedOn ?? true;
}
