import type { Context } from "../context";
import { createCustomers } from "../customers/bulk";
import { Prisma } from "../generated/prisma/client";
import { startJourneys } from "../journeys/start";
import { usualRecovery } from "../recovery-effect/kind";
import { requestRun } from "../runs/commands";
import { performRun } from "../runs/tasks";
import { record, transaction } from "../transaction";
import { workingHour } from "./example-frame";

/** Who came back on track of all, with the play and in the share left without one (DOMAIN F20). */
const arms = { play: { k: 28, n: 80 }, holdout: { k: 14, n: 80 } };

const told = Object.entries(arms).flatMap(([arm, { k, n }]) =>
  Array.from({ length: n }, (_, each) => ({ arm, isBack: each < k, name: `Example F20 ${arm} ${each + 1}` })),
);

/** Customers who went silent, eighty with a play and eighty without, and those of them who were spoken with a week later. */
export async function tellRecovery(ctx: Context, oscId: string): Promise<void> {
  const { workspaceId } = ctx;
  const w = Prisma.sql`${workspaceId}::uuid`;
  const [since, began, opened, back] = [9, 8, 6, 5].map((weeks) => workingHour(ctx.now, weeks)) as [
    Date,
    Date,
    Date,
    Date,
  ];
  await transaction(ctx, async (ctx) => {
    await ctx.db
      .$executeRaw`insert into recovery_settings (workspace_id, holdout_percent, holdout_since) values (${w}, 20, ${since})
      on conflict (workspace_id) do update set holdout_percent = excluded.holdout_percent, holdout_since = excluded.holdout_since`;
    const made = await createCustomers(
      ctx,
      told.map(({ name }) => ({ name, persons: [{ name }], provenance: "typed" as const })),
    );
    const started = await startJourneys(
      ctx,
      made.map(({ customerId, name, primaryPersonId: personId }) => ({
        ...{ customerId, customerName: name, personId, need: "a home", next: { name: "Yearly greeting" } },
        osc: { memberId: oscId, reason: "round_robin" as const },
        history: [{ stageKey: "first", at: began }],
      })),
    );
    const ids = started.map(({ journeyId }) => journeyId);
    await ctx.db.$executeRaw`
      with told as (select * from unnest(${ids}::uuid[], ${told.map(({ arm }) => arm)}::text[], ${told.map(({ isBack }) => isBack)}::boolean[]) as t (id, arm, is_back)),
      of as (select j.*, told.arm, told.is_back, gen_random_uuid() as call_id from told join journeys j on j.workspace_id = ${w} and j.id = told.id),
      events as (
        insert into off_track_events (workspace_id, id, journey_id, customer_id, trigger, opened_at, state, closed_at, closed_by, arm)
        select ${w}, gen_random_uuid(), id, customer_id, 'T4', ${opened}, case when is_back then 'recovered' else 'lost' end, ${back}, 'system', arm from of),
      calls as (
        insert into interactions (workspace_id, id, customer_id, journey_id, medium, type, direction, is_two_way, agent_id, spoke_id, stage_id, started_at)
        select ${w}, call_id, customer_id, id, 'phone', 'follow-up', 'outbound', true, osc_id, accountable_spoke_id, stage_id, ${back} from of where is_back)
      insert into touchpoints (workspace_id, id, journey_id, customer_id, name, type, spoke_id, stage_id, state, started_at, closed_at, interaction_id)
      select ${w}, gen_random_uuid(), id, customer_id, 'Call back', 'follow-up', accountable_spoke_id, stage_id, 'completed', ${opened}, ${back}, call_id
      from of where is_back`;
    record(ctx, "customer.created", { subject: `workspace:${workspaceId}`, detail: { recovered: told.length } });
  });
}

/** What the plays added, as the screens show it. */
export async function runRecovery(before: Context): Promise<void> {
  const ctx = { ...before, now: new Date() };
  const { id } = await requestRun(ctx, { kind: "recovery-effect", parameters: usualRecovery });
  await performRun(ctx, id);
}
