import { beforeAll, describe, expect, test } from "vitest";
import { reassignOsc } from "@/lib/journeys/osc";
import { cancelTask, completeTask, createTask, reassignTask } from "@/lib/tasks/commands";
import { listTasks } from "@/lib/tasks/queries";
import { CreateTask } from "@/lib/tasks/schema";
import { makeMember } from "../../support/factories";
import { later, monday, Team } from "../../support/owed";

let team: Team;
let other: Team;
let designId: string;

beforeAll(async () => {
  team = await Team.make();
  other = await Team.make();
  designId = await team.spokeId("design");
});

async function make(input: object = {}) {
  const { customerId } = await team.customer();
  const ctx = await team.as(team.osc);
  const parsed = CreateTask.parse({ customerId, title: "Order the samples", ...input });
  const { id } = await team.run(() => createTask(ctx, parsed));
  return { id, customerId };
}

const taskOf = async (id: string) => {
  const ctx = await team.worker(monday);
  return team.run(() => ctx.db.task.findFirstOrThrow({ where: { workspaceId: team.workspace.id, id } }));
};

describe("a task", () => {
  test("reaches the designer, who completes it", async () => {
    const { id, customerId } = await make({ ownerId: team.designer.memberId });
    expect(await taskOf(id)).toMatchObject({ spokeId: designId, ownerId: team.designer.memberId, state: "open" });
    expect(await team.told(team.designer)).toContain("task");
    const designer = await team.as(team.designer, later(60));
    await team.run(() => completeTask(designer, { id, version: 1 }));
    expect(await taskOf(id)).toMatchObject({ state: "done", closedAt: later(60) });
    expect(await team.told(team.osc)).toContain("task_done");
    expect(await team.happened(customerId)).toEqual(expect.arrayContaining(["task.created", "task.completed"]));
  });

  test("of a department never becomes the OSC's", async () => {
    const { customerId } = await team.customer();
    const ctx = await team.as(team.osc);
    const input = CreateTask.parse({ customerId, title: "Draw", spokeId: designId, ownerId: team.osc.memberId });
    await expect(team.run(() => createTask(ctx, input))).rejects.toMatchObject({ reason: "osc_coordinates" });
    expect(await team.run(() => listTasks(ctx, { customerId }))).toEqual([]);
    const { id } = await make({ spokeId: designId });
    await expect(team.run(() => reassignTask(ctx, { id, ownerId: team.osc.memberId }))).rejects.toMatchObject({
      reason: "osc_coordinates",
    });
    await team.run(() => reassignTask(ctx, { id, ownerId: team.designer.memberId }));
    expect(await taskOf(id)).toMatchObject({ ownerId: team.designer.memberId, version: 2 });
  });

  test("is not created by a role that may not, and not ended by a stranger", async () => {
    const { id, customerId } = await make({ spokeId: designId });
    const auditor = await team.as(team.osc, monday, ["auditor"]);
    const input = CreateTask.parse({ customerId, title: "Hm" });
    await expect(team.run(() => createTask(auditor, input))).rejects.toMatchObject({ code: "forbidden" });
    const seller = await team.as(team.seller);
    await expect(team.run(() => completeTask(seller, { id }))).rejects.toMatchObject({ code: "not_found" });
  });

  test("is not found from another workspace", async () => {
    const { id, customerId } = await make();
    const stranger = await other.as(other.manager);
    await expect(other.run(() => completeTask(stranger, { id }))).rejects.toMatchObject({ code: "not_found" });
    await expect(other.run(() => cancelTask(stranger, { id }))).rejects.toMatchObject({ code: "not_found" });
    const input = CreateTask.parse({ customerId, title: "Hm" });
    await expect(other.run(() => createTask(stranger, input))).rejects.toMatchObject({ code: "not_found" });
    const theirs = await other.customer();
    const foreign = CreateTask.parse({ customerId: theirs.customerId, title: "Hm", spokeId: designId });
    await expect(other.run(() => createTask(stranger, foreign))).rejects.toMatchObject({ code: "not_found" });
  });

  test("changed meanwhile is a conflict that shows what stands", async () => {
    const { id } = await make({ spokeId: designId });
    const ctx = await team.as(team.osc);
    await team.run(() => reassignTask(ctx, { id, version: 1, ownerId: team.designer.memberId }));
    await expect(team.run(() => cancelTask(ctx, { id, version: 1 }))).rejects.toMatchObject({
      code: "conflict",
      details: { current: { version: 2, ownerId: team.designer.memberId } },
    });
  });

  test("to introduce the new OSC, completed, makes the introduction", async () => {
    const next = await makeMember(team.workspace, { name: "Nina New" });
    const { customerId } = await team.customer();
    const manager = await team.as(team.manager, later(5));
    await team.run(() => reassignOsc(manager, { customerId, memberId: next.memberId, reason: "moves away" }));
    const ctx = await team.as(next, later(10));
    const [task] = await team.run(() => listTasks(ctx, { customerId }));
    expect(task).toMatchObject({ kind: "introduction", ownerName: "Nina New" });
    await team.run(() => completeTask(ctx, { id: task?.id ?? "" }));
    expect(await taskOf(task?.id ?? "")).toMatchObject({ state: "done" });
    expect(await team.happened(customerId)).toContain("osc.introduced");
  });
});
