import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { getQueue } from "@/lib/home/queries";
import { getHub } from "@/lib/hub/queries";
import { timelineKinds } from "@/lib/hub/schema";
import { getTimeline } from "@/lib/hub/timeline";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction, type LogInteractionInput } from "@/lib/interactions/schema";
import { moveJourney, setNextTouchpoint } from "@/lib/journeys/commands";
import { loseJourney, reopenJourney } from "@/lib/journeys/endings";
import { reassignOsc } from "@/lib/journeys/osc";
import { holdJourney, resumeJourney } from "@/lib/journeys/pauses";
import { journeyTasks } from "@/lib/journeys/tasks";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer, stageIdOf, workerContext } from "../../support/story";

const monday = new Date("2026-03-02T10:00:00Z");
const later = (minutes: number) => new Date(monday.getTime() + minutes * 60_000);

let workspace: TestWorkspace;
let osc: TestMember;
let ctx: Context;
const run = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);
const log = (at: Context, input: LogInteractionInput) => run(() => logInteraction(at, LogInteraction.parse(input)));

beforeAll(async () => {
  workspace = await makeWorkspace();
  osc = await makeMember(workspace, { name: "Dana Whitlock" });
  ctx = await contextOf(workspace, osc, monday);
});

const journeyOf = (customerId: string) =>
  run(() => ctx.db.journey.findFirstOrThrow({ where: { workspaceId: workspace.id, customerId } }));
const eventsOf = (customerId: string) =>
  run(() =>
    ctx.db.offTrackEvent.findMany({ where: { workspaceId: workspace.id, customerId }, orderBy: { openedAt: "asc" } }),
  );
const actionsOf = async (customerId: string) =>
  (
    await run(() =>
      ctx.db.event.findMany({ where: { workspaceId: workspace.id, customerId }, orderBy: { seq: "asc" } }),
    )
  ).map(({ type }) => type);

describe("a new lead", () => {
  test("arrives with one OSC, the hub accountable, and a first response due in five staffed minutes", async () => {
    const { customerId } = await makeCustomer(ctx, osc);
    const journey = await journeyOf(customerId);
    expect(journey).toMatchObject({
      oscId: osc.memberId,
      accountableId: osc.memberId,
      status: "active",
      nextDueAt: later(5),
    });
    expect(await actionsOf(customerId)).toEqual(["lead.created", "customer.created"]);
  });

  test("answered by a person stops the clock, by a machine does not", async () => {
    const { customerId } = await makeCustomer(ctx, osc);
    await log(ctx, { customerId, medium: "portal", direction: "inbound", summary: "Is the Juniper still available?" });
    expect((await journeyOf(customerId)).unansweredDueAt).toEqual(later(5));
    await log(
      { ...ctx, now: later(1) },
      { customerId, medium: "email", direction: "outbound", isAutomated: true, summary: "We got your message" },
    );
    expect(await journeyOf(customerId)).toMatchObject({ unansweredSince: monday, firstResponseAt: null });
    await log({ ...ctx, now: later(2) }, { customerId, medium: "note", direction: "internal", summary: "looks nice" });
    expect(await journeyOf(customerId)).toMatchObject({ unansweredSince: monday, firstResponseAt: null });
    await log(
      { ...ctx, now: later(3) },
      { customerId, medium: "phone", direction: "outbound", isTwoWay: true, completesNext: true, next: "none" },
    );
    expect(await journeyOf(customerId)).toMatchObject({
      unansweredSince: null,
      firstResponseAt: later(3),
      firstResponseById: osc.memberId,
    });
  });

  test("left unanswered is off track once, recovers when answered", async () => {
    const { customerId, journeyId } = await makeCustomer(ctx, osc);
    await log(ctx, { customerId, medium: "chat", direction: "inbound", summary: "Hello?" });
    const worker = await workerContext(workspace, later(5));
    await run(() => journeyTasks["journey.unanswered"]?.(worker, { journeyId }) ?? Promise.resolve());
    await run(() => journeyTasks["journey.unanswered"]?.(worker, { journeyId }) ?? Promise.resolve());
    expect(await eventsOf(customerId)).toMatchObject([{ trigger: "T10", state: "playing" }]);
    const queue = await run(() => getQueue({ ...ctx, now: later(6) }));
    expect(queue.items[0]).toMatchObject({ group: "unanswered" });
    await log({ ...ctx, now: later(7) }, { customerId, medium: "chat", direction: "outbound", summary: "Here I am" });
    expect(await eventsOf(customerId)).toMatchObject([{ trigger: "T10", state: "recovered" }]);
    expect((await journeyOf(customerId)).offTrackSince).toBeNull();
  });
});

describe("a wrong turn", () => {
  test("opens T1 at the due second and closes when the meeting is held", async () => {
    const { customerId, journeyId } = await makeCustomer(ctx, osc);
    const { nextDueAt } = await journeyOf(customerId);
    const next = await run(() =>
      ctx.db.touchpoint.findFirstOrThrow({ where: { workspaceId: workspace.id, journeyId } }),
    );
    const fire = async (at: Date) => {
      const worker = await workerContext(workspace, at);
      await run(
        () => journeyTasks["touchpoint.overdue"]?.(worker, { journeyId, touchpointId: next.id }) ?? Promise.resolve(),
      );
    };
    await fire(new Date((nextDueAt?.getTime() ?? 0) - 1000));
    expect(await eventsOf(customerId)).toEqual([]);
    await fire(nextDueAt ?? monday);
    expect(await eventsOf(customerId)).toMatchObject([{ trigger: "T1", state: "playing" }]);
    await log(
      { ...ctx, now: later(30) },
      {
        customerId,
        medium: "phone",
        direction: "outbound",
        isTwoWay: true,
        completesNext: true,
        next: { name: "Call again", due: { unit: "business_days", amount: 1 } },
      },
    );
    expect(await eventsOf(customerId)).toMatchObject([{ trigger: "T1", state: "recovered" }]);
    const hub = await run(() => getHub(ctx, customerId));
    expect(hub.next).toMatchObject({ name: "Call again", dueAt: "2026-03-03T10:30:00.000Z" });
  });
});

describe("moving on", () => {
  test("needs the fields of the stage, then hands the baton to the stage's spoke and keeps the OSC", async () => {
    const { customerId, journeyId } = await makeCustomer(ctx, osc);
    await run(async () => moveJourney(ctx, { customerId, toStageId: await stageIdOf(ctx, "qualified") }));
    const toStageId = await stageIdOf(ctx, "appointment");
    await expect(run(() => moveJourney(ctx, { customerId, toStageId }))).rejects.toMatchObject({
      code: "refused",
      reason: "fields_missing",
    });
    await run(() => moveJourney(ctx, { customerId, toStageId, fields: { price_range: "600k", timing: "spring" } }));
    const journey = await journeyOf(customerId);
    const sales = await run(() =>
      ctx.db.spoke.findFirstOrThrow({ where: { workspaceId: workspace.id, key: "sales" } }),
    );
    expect(journey).toMatchObject({
      accountableSpokeId: sales.id,
      accountableId: null,
      oscId: osc.memberId,
      stageId: toStageId,
    });
    const transitions = await run(() =>
      ctx.db.stageTransition.findMany({ where: { workspaceId: workspace.id, journeyId }, orderBy: { seq: "asc" } }),
    );
    expect(transitions.map(({ cause, seq }) => [seq, cause])).toEqual([
      [1, "enter"],
      [2, "advance"],
      [3, "advance"],
    ]);
    const timeline = await run(() => getTimeline(ctx, { customerId, kind: "all" }));
    expect(timeline.items.filter(({ kind }) => kind === "stage")).toHaveLength(3);
    for (const kind of timelineKinds.filter((each) => each !== "all")) {
      const { items } = await run(() => getTimeline(ctx, { customerId, kind }));
      expect(items, kind).toEqual(timeline.items.filter((item) => item.kind === kind.replace(/s$/, "")));
    }
  });

  test("refuses a stale version with what stands now", async () => {
    const { customerId } = await makeCustomer(ctx, osc);
    const toStageId = await stageIdOf(ctx, "qualified");
    const { version } = await journeyOf(customerId);
    await run(() => setNextTouchpoint(ctx, { customerId, next: { name: "Think" } }));
    await expect(run(() => moveJourney(ctx, { customerId, toStageId, version }))).rejects.toMatchObject({
      code: "conflict",
      details: { current: { version: version + 1 } },
    });
  });

  test("is refused to a role that may not, and is not found from another workspace", async () => {
    const { customerId } = await makeCustomer(ctx, osc);
    const toStageId = await stageIdOf(ctx, "qualified");
    await expect(run(() => moveJourney({ ...ctx, roles: ["qa"] }, { customerId, toStageId }))).rejects.toMatchObject({
      code: "forbidden",
    });
    const other = await makeWorkspace();
    const stranger = await contextOf(other, other.owner, monday);
    await expect(inWorkspace(other.id, () => moveJourney(stranger, { customerId, toStageId }))).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(inWorkspace(other.id, () => getHub(stranger, customerId))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("pauses, losses and returns", () => {
  test("a pause stops the clocks and gives back what was left of them", async () => {
    const { customerId, journeyId } = await makeCustomer(ctx, osc);
    await run(() => holdJourney({ ...ctx, now: later(2) }, { customerId, until: later(60) }));
    const worker = await workerContext(workspace, later(60));
    await run(
      () => journeyTasks["touchpoint.overdue"]?.(worker, { journeyId, touchpointId: "x" }) ?? Promise.resolve(),
    );
    await run(() => resumeJourney({ ...ctx, now: later(62) }, { customerId }));
    expect(await journeyOf(customerId)).toMatchObject({ status: "active", nextDueAt: later(65), heldMinutes: 60 });
  });

  test("a lost journey keeps why, and comes back under its own id", async () => {
    const { customerId, journeyId } = await makeCustomer(ctx, osc);
    await run(() => loseJourney(ctx, { customerId, lostReason: "price", byCustomer: true }));
    expect(await journeyOf(customerId)).toMatchObject({ status: "lost", lostReason: "price", nextDueAt: null });
    await expect(
      run(() => loseJourney(ctx, { customerId, lostReason: "price", byCustomer: true })),
    ).rejects.toMatchObject({ reason: "journey_closed" });
    await run(() => reopenJourney(ctx, { customerId, reason: "she called back" }));
    expect(await journeyOf(customerId)).toMatchObject({ id: journeyId, status: "active", lostReason: null });
  });
});

describe("one OSC", () => {
  test("a manager reassigns, the history stays whole and the introduction is due", async () => {
    const { customerId, journeyId } = await makeCustomer(ctx, osc);
    const mara = await makeMember(workspace, { name: "Mara Lind" });
    const manager = await contextOf(workspace, workspace.owner, later(10), ["manager"]);
    await run(() => reassignOsc(manager, { customerId, memberId: mara.memberId, reason: "leave" }));
    const assignments = await run(() =>
      ctx.db.oscAssignment.findMany({ where: { workspaceId: workspace.id, journeyId }, orderBy: { fromAt: "asc" } }),
    );
    expect(assignments.map(({ memberId, toAt }) => [memberId, toAt])).toEqual([
      [osc.memberId, later(10)],
      [mara.memberId, null],
    ]);
    expect(await journeyOf(customerId)).toMatchObject({ oscId: mara.memberId });
  });

  test("an OSC can only ask for it", async () => {
    const { customerId } = await makeCustomer(ctx, osc);
    const mara = await makeMember(workspace, { name: "Mara Two" });
    expect(await run(() => reassignOsc(ctx, { customerId, memberId: mara.memberId, reason: "leave" }))).toEqual({
      requested: true,
    });
    expect(await journeyOf(customerId)).toMatchObject({ oscId: osc.memberId });
  });
});
