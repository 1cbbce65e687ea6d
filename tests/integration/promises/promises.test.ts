import { beforeAll, describe, expect, test } from "vitest";
import { loseJourney } from "@/lib/journeys/endings";
import { reassignOsc } from "@/lib/journeys/osc";
import { holdJourney } from "@/lib/journeys/pauses";
import { breakPromise, keepPromise, makePromise, renegotiatePromise } from "@/lib/promises/commands";
import { listPromises } from "@/lib/promises/queries";
import { MakePromise } from "@/lib/promises/schema";
import { promiseTasks } from "@/lib/promises/tasks";
import { makeMember } from "../../support/factories";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let other: Team;

beforeAll(async () => {
  team = await Team.make();
  other = await Team.make();
});

async function promise(dueInMinutes = 120, customer?: { customerId: string; journeyId: string }) {
  const { customerId, journeyId } = customer ?? (await team.customer());
  const ctx = await team.as(team.osc);
  const dueAt = later(dueInMinutes).toISOString();
  const input = MakePromise.parse({ customerId, text: "The HOA rules", dueAt });
  const { id } = await team.run(() => makePromise(ctx, input));
  return { id, customerId, journeyId };
}

const promiseOf = async (id: string) => {
  const ctx = await team.worker(monday);
  return team.run(() => ctx.db.customerPromise.findFirstOrThrow({ where: { workspaceId: team.workspace.id, id } }));
};

async function comeDue({ id, journeyId }: { id: string; journeyId: string }, now: Date) {
  const ctx = await team.worker(now);
  await team.run(() => promiseTasks["promise.overdue"]?.(ctx, { promiseId: id, journeyId }) ?? Promise.resolve());
}

describe("a promise", () => {
  test("is kept by its author's department and leaves its trace", async () => {
    const { id, customerId } = await promise();
    const ctx = await team.as(team.osc, later(60));
    await team.run(() => keepPromise(ctx, { id }));
    expect(await promiseOf(id)).toMatchObject({ state: "kept", closedAt: later(60), byId: team.osc.memberId });
    expect(await team.happened(customerId)).toEqual(expect.arrayContaining(["promise.made", "promise.kept"]));
    const [view] = await team.run(() => listPromises(ctx, { customerId }));
    expect(view).toMatchObject({ byName: "Dana Whitlock", state: "kept" });
    await expect(team.run(() => breakPromise(ctx, { id }))).rejects.toMatchObject({ reason: "promise_closed" });
  });

  test("goes with the customer to her next OSC; what was kept stays with who kept it", async () => {
    const kept = await promise();
    const open = await promise(120, kept);
    await team.run(async () => keepPromise(await team.as(team.osc, later(30)), { id: kept.id }));
    const next = await makeMember(team.workspace, { name: "Mara Lind" });
    const manager = await team.as(team.manager, later(60));
    const { customerId } = kept;
    await team.run(() => reassignOsc(manager, { customerId, memberId: next.memberId, reason: "moves away" }));
    expect(await promiseOf(open.id)).toMatchObject({ state: "open", byId: next.memberId });
    expect(await promiseOf(kept.id)).toMatchObject({ state: "kept", byId: team.osc.memberId });
  });

  test("overdue opens T11 once, for whichever worker; keeping it puts the journey back on track", async () => {
    const made = await promise();
    await comeDue(made, later(60));
    expect(await team.offTrack(made.customerId)).toEqual([]);
    await Promise.all([comeDue(made, later(121)), comeDue(made, later(121))]);
    expect(await team.offTrack(made.customerId)).toEqual(["T11"]);
    const ctx = await team.as(team.osc, later(180));
    await team.run(() => keepPromise(ctx, { id: made.id }));
    expect(await team.offTrack(made.customerId)).toEqual([]);
    expect((await team.happened(made.customerId)).filter((type) => type === "journey.off_track")).toHaveLength(1);
  });

  test("kept while another one is late leaves the journey off track", async () => {
    const first = await promise(60);
    const second = await promise(90, first);
    await comeDue(first, later(61));
    await comeDue(second, later(91));
    const ctx = await team.as(team.osc, later(100));
    await team.run(() => keepPromise(ctx, { id: first.id }));
    expect(await team.offTrack(first.customerId)).toEqual(["T11"]);
    await team.run(() => renegotiatePromise(ctx, { id: second.id, dueAt: later(400) }));
    expect(await team.offTrack(first.customerId)).toEqual([]);
  });

  test("renegotiated before it is due stays unbroken and is counted", async () => {
    const made = await promise();
    const ctx = await team.as(team.osc, later(30));
    const { id } = await team.run(() => renegotiatePromise(ctx, { id: made.id, dueAt: later(600) }));
    expect(id).toBe(made.id);
    expect(await promiseOf(id)).toMatchObject({ state: "open", renegotiated: 1, dueAt: later(600) });
    await comeDue(made, later(121));
    expect(await team.offTrack(made.customerId)).toEqual([]);
  });

  test("renegotiated after it was due was broken; a new promise stands", async () => {
    const made = await promise();
    await comeDue(made, later(121));
    const ctx = await team.as(team.osc, later(150));
    const { id } = await team.run(() => renegotiatePromise(ctx, { id: made.id, dueAt: later(600) }));
    expect(await promiseOf(made.id)).toMatchObject({ state: "broken" });
    expect(await promiseOf(id)).toMatchObject({ state: "open", renegotiated: 1, text: "The HOA rules" });
    expect(await team.offTrack(made.customerId)).toEqual([]);
  });

  test("is owed during a pause too, and a promise of a lost customer is not", async () => {
    const made = await promise();
    const ctx = await team.as(team.osc, later(10));
    await team.run(() => holdJourney(ctx, { customerId: made.customerId, until: later(5000) }));
    await comeDue(made, later(121));
    expect(await team.offTrack(made.customerId)).toEqual(["T11"]);
    const gone = await promise();
    await team.run(() => loseJourney(ctx, { customerId: gone.customerId, lostReason: "timing", byCustomer: true }));
    await comeDue(gone, later(121));
    expect(await team.offTrack(gone.customerId)).toEqual([]);
  });

  test("in the past is refused, and nothing is written", async () => {
    const { customerId } = await team.customer();
    const ctx = await team.as(team.osc);
    const input = MakePromise.parse({ customerId, text: "Yesterday", dueAt: later(-1).toISOString() });
    await expect(team.run(() => makePromise(ctx, input))).rejects.toMatchObject({ reason: "in_the_past" });
    expect(await team.run(() => listPromises(ctx, { customerId }))).toEqual([]);
  });

  test("is not made by a role that may not write, and not found by a department that has nothing to do with it", async () => {
    const made = await promise();
    const auditor = await team.as(team.osc, monday, ["auditor"]);
    const dueAt = later(5).toISOString();
    const input = MakePromise.parse({ customerId: made.customerId, text: "Hm", dueAt });
    await expect(team.run(() => makePromise(auditor, input))).rejects.toMatchObject({ code: "forbidden" });
    const designer = await team.as(team.designer);
    await expect(team.run(() => keepPromise(designer, { id: made.id }))).rejects.toMatchObject({ code: "not_found" });
  });

  test("given for a colleague is hers to keep", async () => {
    const { customerId } = await team.customer();
    const ctx = await team.as(team.osc);
    const dueAt = later(300).toISOString();
    const byId = team.designer.memberId;
    const { id } = await team.run(() =>
      makePromise(ctx, MakePromise.parse({ customerId, text: "Quartz samples", dueAt, byId })),
    );
    expect(await team.told(team.designer)).toContain("promise");
    const designer = await team.as(team.designer, later(10));
    await team.run(() => keepPromise(designer, { id }));
    expect(await promiseOf(id)).toMatchObject({ state: "kept", spokeId: await team.spokeId("design") });
  });

  test("is not found from another workspace", async () => {
    const made = await promise();
    const stranger = await other.as(other.manager);
    const end = { id: made.id };
    await expect(other.run(() => keepPromise(stranger, end))).rejects.toMatchObject({ code: "not_found" });
    await expect(other.run(() => renegotiatePromise(stranger, { ...end, dueAt: later(900) }))).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(other.run(() => listPromises(stranger, made))).rejects.toMatchObject({ code: "not_found" });
  });

  test("ended by two people at once ends once", async () => {
    const { id, customerId } = await promise();
    const ctx = await team.as(team.osc, later(10));
    const results = await Promise.allSettled([
      team.run(() => keepPromise(ctx, { id })),
      team.run(() => breakPromise(ctx, { id })),
    ]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const ends = (await team.happened(customerId)).filter((type) => /^promise\.(kept|broken)$/.test(type));
    expect(ends).toHaveLength(1);
  });
});
