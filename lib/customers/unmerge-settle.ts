import type { Context } from "../context";

/** A journey that went home takes its own machinery along, also what was added to it since. */
async function followJourneys(ctx: Context, survivorId: string, loserId: string): Promise<void> {
  const { workspaceId: w, db } = ctx;
  await db.$executeRaw`update touchpoints t set customer_id = ${loserId}::uuid from journeys j
    where t.workspace_id = ${w}::uuid and j.workspace_id = ${w}::uuid and j.id = t.journey_id and j.customer_id = ${loserId}::uuid and t.customer_id = ${survivorId}::uuid`;
  await db.$executeRaw`update off_track_events t set customer_id = ${loserId}::uuid from journeys j
    where t.workspace_id = ${w}::uuid and j.workspace_id = ${w}::uuid and j.id = t.journey_id and j.customer_id = ${loserId}::uuid and t.customer_id = ${survivorId}::uuid`;
  await db.$executeRaw`update recovery_steps t set customer_id = ${loserId}::uuid from journeys j
    where t.workspace_id = ${w}::uuid and j.workspace_id = ${w}::uuid and j.id = t.journey_id and j.customer_id = ${loserId}::uuid and t.customer_id = ${survivorId}::uuid`;
  await db.$executeRaw`update interactions i set customer_id = ${loserId}::uuid from touchpoints t
    where i.workspace_id = ${w}::uuid and t.workspace_id = ${w}::uuid and t.interaction_id = i.id and t.customer_id = ${loserId}::uuid and i.customer_id = ${survivorId}::uuid`;
}

/** What people did since the merge stays with the survivor, on the journey that her lists show. */
async function keepWork(ctx: Context, survivorId: string, loserId: string): Promise<void> {
  const { workspaceId: w, db } = ctx;
  const primary = await db.journey.findFirst({
    where: { workspaceId: w, customerId: survivorId, isPrimary: true },
    select: { id: true },
  });
  if (!primary) return;
  const gone = await db.journey.findMany({ where: { workspaceId: w, customerId: loserId }, select: { id: true } });
  const where = { workspaceId: w, customerId: survivorId, journeyId: { in: gone.map(({ id }) => id) } };
  const data = { journeyId: primary.id };
  await db.interaction.updateMany({ where, data });
  await db.relay.updateMany({ where, data });
  await db.customerPromise.updateMany({ where, data });
  await db.task.updateMany({ where, data });
  await db.appointment.updateMany({ where, data });
  await db.customerLink.updateMany({ where, data });
}

/** Each of the two keeps its people: nothing of one names a person of the other. */
async function partPeople(ctx: Context, survivorId: string, loserId: string): Promise<void> {
  const { workspaceId: w, db } = ctx;
  await db.$executeRaw`update contact_points c set customer_id = p.customer_id from persons p
    where c.workspace_id = ${w}::uuid and p.workspace_id = ${w}::uuid and p.id = c.person_id and p.customer_id <> c.customer_id
      and p.customer_id in (${survivorId}::uuid, ${loserId}::uuid)`;
  for (const [mine, theirs] of [
    [survivorId, loserId],
    [loserId, survivorId],
  ]) {
    await db.$executeRaw`update interactions i set person_id = (select p.id from persons p where p.workspace_id = ${w}::uuid and p.customer_id = ${mine}::uuid and p.is_primary)
      from persons o where i.workspace_id = ${w}::uuid and i.customer_id = ${mine}::uuid and o.workspace_id = ${w}::uuid and o.id = i.person_id and o.customer_id = ${theirs}::uuid`;
    await db.$executeRaw`update journeys j set primary_person_id = (select p.id from persons p where p.workspace_id = ${w}::uuid and p.customer_id = ${mine}::uuid and p.is_primary)
      from persons o where j.workspace_id = ${w}::uuid and j.customer_id = ${mine}::uuid and o.workspace_id = ${w}::uuid and o.id = j.primary_person_id and o.customer_id = ${theirs}::uuid`;
  }
}

/** Exactly one primary person and journey each, and the off-track mark where an event is open. */
async function settleMarks(ctx: Context, customerId: string): Promise<void> {
  const { workspaceId: w, db } = ctx;
  await db.$executeRaw`update persons set is_primary = true where workspace_id = ${w}::uuid and id = (
      select id from persons where workspace_id = ${w}::uuid and customer_id = ${customerId}::uuid and merged_into_id is null order by created_at, id limit 1)
    and not exists (select 1 from persons where workspace_id = ${w}::uuid and customer_id = ${customerId}::uuid and is_primary)`;
  await db.$executeRaw`update journeys set is_primary = true where workspace_id = ${w}::uuid and id = (
      select id from journeys where workspace_id = ${w}::uuid and customer_id = ${customerId}::uuid and status <> 'merged'
      order by status in ('lost', 'completed'), last_activity_at desc, id limit 1)
    and not exists (select 1 from journeys where workspace_id = ${w}::uuid and customer_id = ${customerId}::uuid and is_primary)`;
  await db.$executeRaw`update journeys j set off_track_since = e.since
    from (select o.id, (select min(v.opened_at) from off_track_events v where v.workspace_id = o.workspace_id and v.journey_id = o.id and v.state in ('open', 'playing')) as since
      from journeys o where o.workspace_id = ${w}::uuid and o.customer_id = ${customerId}::uuid) e
    where j.workspace_id = ${w}::uuid and j.id = e.id and (j.off_track_since is null) <> (e.since is null)`;
}

/** After the moved rows went home: parts what was done since from what returned, and leaves both records whole. */
export async function settleAfterUnmerge(ctx: Context, survivorId: string, loserId: string): Promise<void> {
  await followJourneys(ctx, survivorId, loserId);
  await settleMarks(ctx, survivorId);
  await settleMarks(ctx, loserId);
  await keepWork(ctx, survivorId, loserId);
  await partPeople(ctx, survivorId, loserId);
}
