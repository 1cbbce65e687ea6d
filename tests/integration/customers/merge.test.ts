import { describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { updateCustomer } from "@/lib/customers/commands";
import { mergeCustomers } from "@/lib/customers/merge";
import { getCustomer, survivorOf } from "@/lib/customers/queries";
import { type CreateCustomerInput, MergeCustomers } from "@/lib/customers/schema";
import { unmergeCustomers } from "@/lib/customers/unmerge";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { newId } from "@/lib/identifiers";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { moveJourney } from "@/lib/journeys/commands";
import { reassignOsc } from "@/lib/journeys/osc";
import { holdJourney } from "@/lib/journeys/pauses";
import { differences, dumpWorkspace } from "../../support/dump";
import { type Crew, makeCrew, takeIn } from "../../support/hubs";

const within = <T>(ctx: Context, work: () => Promise<T>) => inWorkspace(ctx.workspaceId, work);
const merge = (ctx: Context, survivorId: string, loserId: string, rest: Partial<MergeCustomers> = {}) =>
  within(ctx, () => mergeCustomers(ctx, MergeCustomers.parse({ survivorId, loserId, ...rest })));
const unmerge = (ctx: Context, mergeId: string) => within(ctx, () => unmergeCustomers(ctx, { mergeId }));
const log = (ctx: Context, customerId: string, rest: Record<string, unknown> = {}) =>
  within(ctx, () =>
    logInteraction(
      ctx,
      LogInteraction.parse({ customerId, medium: "phone", direction: "outbound", isTwoWay: true, ...rest }),
    ),
  );

/** Two records that are to become one, with everything a record may have, and somebody to decide. */
async function makePair(first: Partial<CreateCustomerInput> = {}, second: Partial<CreateCustomerInput> = {}) {
  const crew = await makeCrew();
  const osc = await crew.oscContext();
  const manager = await crew.managerContext();
  const survivor = await takeIn(osc, { persons: [{ name: "Maya Halloran", emails: ["maya@example.com"] }], ...first });
  const loser = await takeIn(osc, {
    persons: [{ name: "M. Halloran", phones: ["+12125552368"] }],
    duplicates: "create",
    ...second,
  });
  await furnish(crew, osc, loser.id);
  await sameOsc(crew);
  return { crew, osc, manager, survivor, loser, workspaceId: osc.workspaceId };
}

/** One OSC for all, so that only the tests about two have two. */
async function sameOsc({ workspace, osc }: Crew) {
  const { id: workspaceId } = workspace;
  await databaseTransaction(workspaceId, async (db) => {
    await db.journey.updateMany({ where: { workspaceId }, data: { oscId: osc.memberId, accountableId: osc.memberId } });
    await db.oscAssignment.updateMany({ where: { workspaceId }, data: { memberId: osc.memberId } });
  });
}

async function furnish({ workspace, osc }: Crew, ctx: Context, customerId: string) {
  const { id: workspaceId } = workspace;
  await databaseTransaction(workspaceId, async (db) => {
    const journey = await db.journey.findFirstOrThrow({ where: { workspaceId, customerId } });
    const base = { workspaceId, customerId, journeyId: journey.id };
    const spokeId = journey.accountableSpokeId;
    const memberId = osc.memberId;
    const soon = new Date(Date.now() + 86_400_000);
    for (let index = 0; index < 3; index += 1)
      await db.task.create({ data: { ...base, id: newId(), title: `Task ${index}`, spokeId, ownerId: memberId } });
    await db.relay.create({
      data: {
        ...base,
        id: newId(),
        fromId: memberId,
        toSpokeId: spokeId,
        question: "Cut-off date?",
        needBy: soon,
        sentAt: new Date(),
      },
    });
    await db.customerPromise.create({
      data: { ...base, id: newId(), text: "Send the plan", byId: memberId, spokeId, dueAt: soon, madeAt: new Date() },
    });
    await db.appointment.create({
      data: {
        ...base,
        id: newId(),
        hostId: memberId,
        setById: memberId,
        startAt: soon,
        timeZone: "UTC",
        setAt: new Date(),
      },
    });
    await db.customerLink.create({ data: { ...base, id: newId() } });
    await db.notification.create({ data: { workspaceId, id: newId(), memberId, kind: "inbound", customerId } });
    const eventId = newId();
    await db.offTrackEvent.create({
      data: { ...base, id: eventId, trigger: "T9", openedAt: new Date(), state: "playing" },
    });
    await db.recoveryStep.create({
      data: { ...base, id: newId(), eventId, position: 0, name: "call", spokeId, ownerId: memberId },
    });
    await db.journey.update({
      where: { workspaceId_id: { workspaceId, id: journey.id } },
      data: { offTrackSince: new Date() },
    });
  });
  await log(ctx, customerId, { summary: "We spoke", next: { name: "Call back", due: { unit: "hours", amount: 30 } } });
}

/** Rows that still name the customer, by table; merges and the row itself aside. */
async function leftBehind(workspaceId: string, customerId: string) {
  const dump = await dumpWorkspace(workspaceId);
  return Object.entries(dump).flatMap(([table, rows]) =>
    rows
      .filter((row) => row.includes(customerId) && table !== "customers" && table !== "duplicate_pairs")
      .map((row) => `${table} ${row}`),
  );
}

describe("merging two records of one customer", () => {
  test("moves everything to the survivor and leaves nothing behind", async () => {
    const { manager, survivor, loser, workspaceId } = await makePair();
    const { mergeId } = await merge(manager, survivor.id, loser.id);

    expect(await leftBehind(workspaceId, loser.id)).toEqual([]);
    await databaseTransaction(workspaceId, async (db) => {
      const where = { workspaceId, customerId: survivor.id };
      const journeys = await db.journey.findMany({ where, orderBy: { status: "asc" } });
      expect(journeys.map(({ status, isPrimary }) => [status, isPrimary])).toEqual([
        ["active", true],
        ["merged", false],
      ]);
      const [kept, ended] = journeys;
      expect(ended).toMatchObject({
        mergedIntoId: kept?.id,
        nextDueAt: null,
        unansweredSince: null,
        offTrackSince: null,
      });
      expect(kept?.offTrackSince).not.toBeNull();
      expect(await db.task.count({ where: { ...where, journeyId: kept?.id ?? "" } })).toBe(3);
      expect(
        await db.touchpoint.count({
          where: { ...where, journeyId: ended?.id ?? "", state: { in: ["planned", "due"] } },
        }),
      ).toBe(0);
      const transitions = await db.stageTransition.findMany({
        where: { workspaceId, journeyId: ended?.id ?? "" },
        orderBy: { seq: "asc" },
      });
      expect(transitions.at(-1)).toMatchObject({ cause: "merge", status: "merged" });
      expect(await db.oscAssignment.count({ where: { workspaceId, journeyId: ended?.id ?? "", toAt: null } })).toBe(0);
      expect(await db.person.count({ where: { ...where, isPrimary: true } })).toBe(1);
      const actions = await db.auditEntry.findMany({ where: { workspaceId, action: "customer.merged" } });
      expect(actions.map(({ subject }) => subject).sort()).toEqual(
        [`customer:${survivor.id}`, `customer:${loser.id}`].sort(),
      );
      expect(await db.merge.findFirst({ where: { workspaceId, id: mergeId } })).toMatchObject({
        survivorId: survivor.id,
        loserId: loser.id,
      });
    });
    expect(await within(manager, () => survivorOf(manager, loser.id))).toBe(survivor.id);
  });

  test("undone at once, every row of every table is as it was", async () => {
    const { manager, survivor, loser, workspaceId } = await makePair(
      { place: "Cedar Ridge" },
      { segment: "first home", need: "kitchen" },
    );
    const before = await dumpWorkspace(workspaceId);
    const { mergeId } = await merge(manager, survivor.id, loser.id, { fields: { name: "loser" } });
    expect(Object.keys(differences(before, await dumpWorkspace(workspaceId))).length).toBeGreaterThan(8);
    const { stayed } = await unmerge(manager, mergeId);

    expect(stayed).toEqual([]);
    expect(differences(before, await dumpWorkspace(workspaceId))).toEqual({});
  });

  test("a merge into the record that has come less far is undone as exactly", async () => {
    const { manager, survivor, loser, osc, workspaceId } = await makePair();
    const stages = await databaseTransaction(workspaceId, async (db) => {
      const { templateId } = await db.journey.findFirstOrThrow({ where: { workspaceId, customerId: loser.id } });
      return db.stage.findMany({ where: { workspaceId, templateId }, orderBy: { position: "asc" } });
    });
    const qualified = stages.find(({ key }) => key === "qualified") ?? stages[2];
    await within(osc, () =>
      moveJourney(osc, {
        customerId: loser.id,
        toStageId: qualified?.id ?? "",
        fields: Object.fromEntries(stages.flatMap((stage) => stage.requiredFields.map((key) => [key, "x"]))),
      }),
    );
    const before = await dumpWorkspace(workspaceId);
    const { mergeId } = await merge(manager, survivor.id, loser.id);
    const journey = await databaseTransaction(workspaceId, (db) =>
      db.journey.findFirstOrThrow({ where: { workspaceId, customerId: survivor.id, isPrimary: true } }),
    );
    expect(journey.stageId).toBe(qualified?.id);
    await unmerge(manager, mergeId);

    expect(differences(before, await dumpWorkspace(workspaceId))).toEqual({});
  });

  test("undone after somebody worked on it, what is new stays with the survivor and the rest goes back", async () => {
    const { manager, survivor, loser, osc, workspaceId } = await makePair();
    const before = await dumpWorkspace(workspaceId);
    const { mergeId } = await merge(manager, survivor.id, loser.id);
    const { id } = await log(osc, survivor.id, {
      summary: "After the merge",
      completesNext: true,
      next: { name: "Visit", due: { unit: "hours", amount: 5 } },
    });
    const taskId = (
      await databaseTransaction(workspaceId, (db) =>
        db.task.findFirstOrThrow({ where: { workspaceId, customerId: survivor.id } }),
      )
    ).id;
    await databaseTransaction(workspaceId, (db) =>
      db.task.update({ where: { workspaceId_id: { workspaceId, id: taskId } }, data: { state: "done" } }),
    );
    await within(osc, async () =>
      updateCustomer(osc, {
        id: survivor.id,
        version: (await getCustomer(osc, survivor)).version,
        segment: "new words",
      }),
    );
    await unmerge(manager, mergeId);

    const after = await dumpWorkspace(workspaceId);
    const changed = differences(before, after);
    const ofLoser = Object.entries(changed).flatMap(([table, { gone }]) =>
      gone.filter((row) => row.includes(loser.id)).map((row) => `${table} ${row}`),
    );
    expect(ofLoser).toHaveLength(1); // the task that was done meanwhile
    await databaseTransaction(workspaceId, async (db) => {
      expect(await db.interaction.findFirst({ where: { workspaceId, id } })).toMatchObject({
        customerId: survivor.id,
        journeyId: survivor.journeyId,
      });
      expect(await db.task.findFirst({ where: { workspaceId, id: taskId } })).toMatchObject({
        customerId: loser.id,
        state: "done",
      });
      expect(await db.customer.findFirst({ where: { workspaceId, id: survivor.id } })).toMatchObject({
        segment: "new words",
      });
      expect(await db.journey.findFirst({ where: { workspaceId, id: loser.journeyId ?? "" } })).toMatchObject({
        customerId: loser.id,
        status: "active",
        isPrimary: true,
      });
      expect(
        await db.touchpoint.count({
          where: { workspaceId, journeyId: loser.journeyId ?? "", state: { in: ["planned", "due"] } },
        }),
      ).toBe(1);
    });
  });

  test("journeys of different needs both stay open, one of them primary", async () => {
    const { manager, survivor, loser, workspaceId } = await makePair({ need: "new home" }, { need: "kitchen" });
    const before = await dumpWorkspace(workspaceId);
    const { mergeId } = await merge(manager, survivor.id, loser.id);
    const journeys = await databaseTransaction(workspaceId, (db) =>
      db.journey.findMany({ where: { workspaceId, customerId: survivor.id } }),
    );
    expect(journeys.map(({ status }) => status)).toEqual(["active", "active"]);
    expect(journeys.filter(({ isPrimary }) => isPrimary)).toHaveLength(1);
    await unmerge(manager, mergeId);

    expect(differences(before, await dumpWorkspace(workspaceId))).toEqual({});
  });

  test("work on the second need goes to the survivor when the merge is undone, its journey goes home", async () => {
    const { manager, survivor, loser, osc, workspaceId } = await makePair({ need: "new home" }, { need: "kitchen" });
    const { mergeId } = await merge(manager, survivor.id, loser.id);
    const { id } = await log(osc, survivor.id, { journeyId: loser.journeyId, summary: "About the kitchen" });
    const done = await log(osc, survivor.id, {
      journeyId: loser.journeyId,
      completesNext: true,
      next: { name: "Measure", due: { unit: "hours", amount: 9 } },
    });
    await unmerge(manager, mergeId);

    await databaseTransaction(workspaceId, async (db) => {
      expect(await db.interaction.findFirst({ where: { workspaceId, id } })).toMatchObject({
        customerId: survivor.id,
        journeyId: survivor.journeyId,
      });
      expect(await db.interaction.findFirst({ where: { workspaceId, id: done.id } })).toMatchObject({
        customerId: loser.id,
      });
      const rows = await db.$queryRaw<
        unknown[]
      >`select 1 from touchpoints t join journeys j on j.workspace_id = t.workspace_id and j.id = t.journey_id where t.customer_id <> j.customer_id`;
      expect(rows).toEqual([]);
    });
  });

  test("two OSCs: the manager must name one, the other keeps her time in the history", async () => {
    const { crew, manager, survivor, loser, workspaceId } = await makePair();
    await within(manager, () =>
      reassignOsc(manager, { customerId: loser.id, memberId: crew.otherOsc.memberId, reason: "language" }),
    );
    await expect(merge(manager, survivor.id, loser.id)).rejects.toMatchObject({
      code: "refused",
      reason: "osc_required",
    });
    await expect(merge(manager, survivor.id, loser.id, { oscId: crew.manager.memberId })).rejects.toMatchObject({
      reason: "osc_not_theirs",
    });
    const before = await dumpWorkspace(workspaceId);
    const { mergeId } = await merge(manager, survivor.id, loser.id, { oscId: crew.otherOsc.memberId });

    const assignments = await databaseTransaction(workspaceId, (db) =>
      db.oscAssignment.findMany({
        where: { workspaceId, journeyId: survivor.journeyId ?? "" },
        orderBy: { fromAt: "asc" },
      }),
    );
    expect(assignments.map(({ memberId, toAt, reason }) => [memberId, toAt === null, reason])).toEqual([
      [crew.osc.memberId, false, expect.any(String)],
      [crew.otherOsc.memberId, true, "merge"],
    ]);
    await unmerge(manager, mergeId);
    expect(differences(before, await dumpWorkspace(workspaceId))).toEqual({});
  });

  test("12 interactions, 3 tasks and the stricter consent of two records of one person (scenario 9)", async () => {
    const crew = await makeCrew();
    const osc = await crew.oscContext();
    const manager = await crew.managerContext();
    const { workspaceId } = osc;
    const survivor = await takeIn(osc, { persons: [{ name: "Maya Halloran", emails: ["maya@example.com"] }] });
    const loser = await takeIn(osc, {
      persons: [{ name: "Maya Halloran", phones: ["+12125552368"] }],
      duplicates: "create",
    });
    await sameOsc(crew);
    for (let index = 0; index < 7; index += 1) await log(osc, survivor.id);
    for (let index = 0; index < 5; index += 1) await log(osc, loser.id);
    const personIds = await databaseTransaction(workspaceId, async (db) => {
      const spoke = await db.spoke.findFirstOrThrow({ where: { workspaceId } });
      for (let index = 0; index < 3; index += 1)
        await db.task.create({
          data: { workspaceId, id: newId(), customerId: loser.id, title: "Task", spokeId: spoke.id },
        });
      const persons = await db.person.findMany({ where: { workspaceId } });
      const of = (id: string) => persons.find(({ customerId }) => customerId === id)?.id ?? "";
      const base = { workspaceId, medium: "email", purpose: "marketing", at: new Date(Date.now() - 60_000) };
      await db.consent.create({ data: { ...base, id: newId(), personId: of(survivor.id), state: "granted" } });
      await db.consent.create({ data: { ...base, id: newId(), personId: of(loser.id), state: "revoked" } });
      return { survivor: of(survivor.id) };
    });
    const before = await dumpWorkspace(workspaceId);
    const { mergeId } = await merge(manager, survivor.id, loser.id);

    await databaseTransaction(workspaceId, async (db) => {
      const where = { workspaceId, customerId: survivor.id };
      expect(await db.interaction.count({ where })).toBe(12);
      expect(await db.task.count({ where })).toBe(3);
      expect(await db.person.count({ where: { ...where, mergedIntoId: null } })).toBe(1);
      const latest = await db.consent.findFirst({
        where: { workspaceId, personId: personIds.survivor },
        orderBy: { at: "desc" },
      });
      expect(latest).toMatchObject({ state: "revoked" });
      expect(await db.journey.count({ where: { ...where, status: "merged" } })).toBe(1);
    });
    await unmerge(manager, mergeId);
    expect(differences(before, await dumpWorkspace(workspaceId))).toEqual({});
  });

  test("a paused journey merges and comes back paused", async () => {
    const { manager, survivor, loser, osc, workspaceId } = await makePair();
    await within(osc, () => holdJourney(osc, { customerId: loser.id, until: new Date(Date.now() + 864_000_000) }));
    const before = await dumpWorkspace(workspaceId);
    const { mergeId } = await merge(manager, survivor.id, loser.id);
    await unmerge(manager, mergeId);
    expect(differences(before, await dumpWorkspace(workspaceId))).toEqual({});
  });
});

describe("a merge that must not be", () => {
  test("of two parallel merges of one record one wins, the other is a conflict", async () => {
    const { manager, survivor, loser } = await makePair();
    const results = await Promise.allSettled([
      merge(manager, survivor.id, loser.id),
      merge(manager, loser.id, survivor.id),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = results.find((result) => result.status === "rejected");
    expect(lost?.reason).toMatchObject({ code: "conflict", reason: "already_merged" });
  });

  test("is refused to an OSC, to a stale version, and for another workspace's customer", async () => {
    const { osc, manager, survivor, loser, workspaceId } = await makePair();
    const stranger = await (await makeCrew()).managerContext();
    const before = await dumpWorkspace(workspaceId);
    await expect(merge(osc, survivor.id, loser.id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(merge(manager, survivor.id, loser.id, { survivorVersion: 99 })).rejects.toMatchObject({
      code: "conflict",
      reason: "version",
    });
    await expect(merge(stranger, survivor.id, loser.id)).rejects.toMatchObject({ code: "not_found" });
    expect(differences(before, await dumpWorkspace(workspaceId))).toEqual({});
  });

  test("cannot be undone twice, after 30 days, or before a later one of the same survivor", async () => {
    const { crew, osc, manager, survivor, loser } = await makePair();
    const third = await takeIn(osc, { person: "Ruth Adeyemi" });
    await sameOsc(crew);
    const first = await merge(manager, survivor.id, loser.id);
    const second = await merge(manager, survivor.id, third.id);
    await expect(unmerge(manager, first.mergeId)).rejects.toMatchObject({ reason: "later_merge_first" });
    await unmerge(manager, second.mergeId);
    await expect(unmerge(manager, second.mergeId)).rejects.toMatchObject({
      code: "conflict",
      reason: "already_undone",
    });
    const late = { ...manager, now: new Date(manager.now.getTime() + 31 * 86_400_000) };
    await expect(unmerge(late, first.mergeId)).rejects.toMatchObject({ reason: "too_late_to_undo" });
    const stranger = await (await makeCrew()).managerContext();
    await expect(unmerge(stranger, first.mergeId)).rejects.toMatchObject({ code: "not_found" });
    await unmerge(manager, first.mergeId);
  });
});
