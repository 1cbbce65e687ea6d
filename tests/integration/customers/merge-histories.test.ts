import fc from "fast-check";
import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { recordConsent } from "@/lib/consents/commands";
import { RecordConsent } from "@/lib/consents/schema";
import type { Context } from "@/lib/context";
import { addContactPoint } from "@/lib/customers/contact-commands";
import { mergeCustomers } from "@/lib/customers/merge";
import { getCustomer } from "@/lib/customers/queries";
import { MergeCustomers } from "@/lib/customers/schema";
import { unmergeCustomers } from "@/lib/customers/unmerge";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { moveJourney, setNextTouchpoint } from "@/lib/journeys/commands";
import { loseJourney, reopenJourney } from "@/lib/journeys/endings";
import { reassignOsc } from "@/lib/journeys/osc";
import { holdJourney, resumeJourney } from "@/lib/journeys/pauses";
import { differences, dumpWorkspace } from "../../support/dump";
import { type Crew, makeCrew, takeIn } from "../../support/hubs";
import { wrongLeads } from "../../support/leads";
import { expectSummed } from "../../support/summed";

/** What may happen to a customer; `pick` chooses among possibilities. */
const steps = [
  "inbound",
  "call",
  "complete",
  "move",
  "hold",
  "resume",
  "lose",
  "reopen",
  "next",
  "reassign",
  "contact",
  "consent",
] as const;
type Step = { kind: (typeof steps)[number]; pick: number };
const histories = fc.array(fc.record({ kind: fc.constantFrom(...steps), pick: fc.nat(100) }), { maxLength: 10 });

const hour = 3_600_000;

/** Lets one thing happen to a customer an hour after the last; what the rules refuse does not happen. */
async function happen(crew: Crew, clock: { at: number }, customerId: string, { kind, pick }: Step): Promise<void> {
  clock.at += hour;
  const ctx = await crew.oscContext(new Date(clock.at));
  const manager = await crew.managerContext(new Date(clock.at));
  const { workspaceId } = ctx;
  const acts: Record<Step["kind"], () => Promise<unknown>> = {
    inbound: () =>
      logInteraction(
        ctx,
        LogInteraction.parse({ customerId, medium: "email", direction: "inbound", summary: `Question ${pick}` }),
      ),
    call: () =>
      logInteraction(
        ctx,
        LogInteraction.parse({
          customerId,
          medium: "phone",
          direction: "outbound",
          isTwoWay: pick % 2 === 0,
          hadToRepeat: pick % 5 === 0,
        }),
      ),
    complete: () =>
      logInteraction(
        ctx,
        LogInteraction.parse({
          customerId,
          medium: "phone",
          direction: "outbound",
          isTwoWay: true,
          completesNext: true,
          next: pick % 3 === 0 ? "none" : "template",
        }),
      ),
    move: async () => {
      const journey = await ctx.db.journey.findFirstOrThrow({ where: { workspaceId, customerId, isPrimary: true } });
      const stages = await ctx.db.stage.findMany({
        where: { workspaceId, templateId: journey.templateId },
        orderBy: { position: "asc" },
      });
      const at = stages.findIndex(({ id }) => id === journey.stageId);
      const to = stages[Math.max(0, at + (pick % 4 === 0 ? -1 : 1))];
      const fields = Object.fromEntries(
        stages.flatMap(({ requiredFields }) => requiredFields.map((key) => [key, "x"])),
      );
      await moveJourney(ctx, { customerId, toStageId: to?.id ?? "", fields, reason: "because", need: "home" });
    },
    hold: () => holdJourney(ctx, { customerId, until: new Date(clock.at + 240 * hour) }),
    resume: () => resumeJourney(ctx, { customerId }),
    lose: () => loseJourney(ctx, { customerId, lostReason: "timing", byCustomer: true }),
    reopen: () => reopenJourney(ctx, { customerId, reason: "called back" }),
    next: () =>
      setNextTouchpoint(ctx, { customerId, next: { name: `Next ${pick}`, due: { unit: "hours", amount: 5 + pick } } }),
    reassign: () =>
      reassignOsc(manager, {
        customerId,
        memberId: [crew.osc, crew.otherOsc][pick % 2]?.memberId ?? "",
        reason: "load",
      }),
    contact: async () => {
      const { persons } = await getCustomer(ctx, { id: customerId });
      await addContactPoint(ctx, {
        customerId,
        personId: persons[pick % persons.length]?.id ?? "",
        kind: "email",
        value: `mail${pick % 4}@example.com`,
      });
    },
    consent: async () => {
      const { persons } = await getCustomer(ctx, { id: customerId });
      await recordConsent(
        ctx,
        RecordConsent.parse({
          customerId,
          personId: persons[pick % persons.length]?.id,
          medium: "email",
          state: pick % 2 ? "granted" : "revoked",
        }),
      );
    },
  };
  await inWorkspace(workspaceId, async () => {
    try {
      await acts[kind]();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  });
}

/** One of the OSCs of the two, when a choice is needed. */
async function oscOf(ctx: Context, ids: string[], pick: number): Promise<string | undefined> {
  const journeys = await databaseTransaction(ctx.workspaceId, (db) =>
    db.journey.findMany({
      where: {
        workspaceId: ctx.workspaceId,
        customerId: { in: ids },
        status: { notIn: ["lost", "completed", "merged"] },
      },
      orderBy: { id: "asc" },
    }),
  );
  return journeys[pick % Math.max(1, journeys.length)]?.oscId;
}

/** Laws of DOMAIN 5 and 11 that hold whatever happened. */
async function expectWhole(workspaceId: string): Promise<void> {
  await databaseTransaction(workspaceId, async (db) => {
    const broken = await db.$queryRaw<{ law: string }[]>`
      select 'one primary journey' as law from customers c where c.merged_into_id is null
        and (select count(*) from journeys j where j.workspace_id = c.workspace_id and j.customer_id = c.id and j.is_primary) <> 1
      union all select 'one primary person' from customers c where c.merged_into_id is null
        and (select count(*) from persons p where p.workspace_id = c.workspace_id and p.customer_id = c.id and p.is_primary and p.merged_into_id is null) <> 1
      union all select 'a merged customer has nothing' from customers c join journeys j on j.workspace_id = c.workspace_id and j.customer_id = c.id where c.merged_into_id is not null
      union all select 'one open assignment, the OSC of the journey' from journeys j where j.status not in ('lost', 'completed', 'merged')
        and (select array_agg(a.member_id) from osc_assignments a where a.workspace_id = j.workspace_id and a.journey_id = j.id and a.to_at is null) is distinct from array[j.osc_id]
      union all select 'the clock is that of the next touchpoint' from journeys j where j.status not in ('lost', 'completed', 'merged', 'on_hold')
        and j.next_due_at is distinct from (select t.due_at from touchpoints t where t.workspace_id = j.workspace_id and t.journey_id = j.id and t.state in ('planned', 'due'))
      union all select 'a merged journey expects nothing' from journeys j join touchpoints t on t.workspace_id = j.workspace_id and t.journey_id = j.id
        where j.status = 'merged' and t.state in ('planned', 'due', 'in_progress')
      union all select 'off track exactly with an open event' from journeys j where (j.off_track_since is not null)
        <> exists (select 1 from off_track_events e where e.workspace_id = j.workspace_id and e.journey_id = j.id and e.state in ('open', 'playing'))
      union all select 'touchpoints belong to the customer of their journey' from touchpoints t join journeys j on j.workspace_id = t.workspace_id and j.id = t.journey_id where j.customer_id <> t.customer_id
      union all select 'contacts belong to the customer of their journey' from interactions t join journeys j on j.workspace_id = t.workspace_id and j.id = t.journey_id where j.customer_id <> t.customer_id
      union all select 'contacts are with a person of the customer' from interactions t join persons p on p.workspace_id = t.workspace_id and p.id = t.person_id where p.customer_id <> t.customer_id
      union all select 'contact points stand with their person' from contact_points t join persons p on p.workspace_id = t.workspace_id and p.id = t.person_id where p.customer_id <> t.customer_id
      union all select 'the last transition is where the journey stands' from journeys j join lateral (
          select to_stage_id, status from stage_transitions s where s.workspace_id = j.workspace_id and s.journey_id = j.id order by seq desc limit 1) s on true
        where s.to_stage_id <> j.stage_id or s.status <> j.status
      union all select 'counters count' from (
        select stage_id, osc_id, accountable_spoke_id, status, off_track_since is not null as off, count(*) as n from journeys group by 1, 2, 3, 4, 5) a
        full join journey_counts k on k.stage_id = a.stage_id and k.osc_id = a.osc_id and k.accountable_spoke_id = a.accountable_spoke_id and k.status = a.status and k.is_off_track = a.off
        where coalesce(a.n, 0) <> coalesce(k.count, 0)`;
    expect(broken).toEqual([]);
  });
  expect(await wrongLeads(workspaceId)).toEqual([]);
  await expectSummed(await systemContext(workspaceId));
}

test("whatever happened before, a merge that is taken back leaves every row as it was; whatever happens between, the laws hold", async () => {
  const crew = await makeCrew();
  const { id: workspaceId } = crew.workspace;
  const clock = { at: Date.now() - 5000 * hour };
  await fc.assert(
    fc.asyncProperty(
      histories,
      histories,
      fc.oneof(fc.constant([]), histories),
      fc.nat(100),
      fc.boolean(),
      async (first, second, between, pick, sameNeed) => {
        clock.at += hour;
        const ctx = await crew.oscContext(new Date(clock.at));
        const a = await takeIn(ctx, { person: `Ann ${clock.at}`, duplicates: "create", need: "home" });
        const b = await takeIn(ctx, {
          person: pick % 2 ? `Ann ${clock.at}` : `Bob ${clock.at}`,
          duplicates: "create",
          ...(sameNeed ? {} : { need: "roof" }),
        });
        for (const step of first) await happen(crew, clock, a.id, step);
        for (const step of second) await happen(crew, clock, b.id, step);
        await expectWhole(workspaceId);
        const before = await dumpWorkspace(workspaceId);
        clock.at += hour;
        const manager = await crew.managerContext(new Date(clock.at));
        const oscId = await oscOf(ctx, [a.id, b.id], pick);
        const input = MergeCustomers.parse({ survivorId: a.id, loserId: b.id, ...(oscId ? { oscId } : {}) });
        const { mergeId } = await inWorkspace(workspaceId, () => mergeCustomers(manager, input));
        await expectWhole(workspaceId);
        for (const step of between) await happen(crew, clock, a.id, step);
        await expectWhole(workspaceId);
        const undo = await crew.managerContext(new Date(clock.at + hour));
        await inWorkspace(workspaceId, () => unmergeCustomers(undo, { mergeId }));
        await expectWhole(workspaceId);
        if (between.length === 0) expect(differences(before, await dumpWorkspace(workspaceId))).toEqual({});
      },
    ),
    { numRuns: 25, seed: 20261122, examples: [[[], [], [], 1, true]] },
  );
}, 240_000);
