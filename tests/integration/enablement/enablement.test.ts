import { beforeAll, describe, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import type { Context } from "@/lib/context";
import { database, inWorkspace } from "@/lib/db";
import {
  archiveItem,
  assignItem,
  beginAssignment,
  changeItem,
  completeAssignment,
  createItem,
  verifyAssignment,
  waiveAssignment,
} from "@/lib/enablement/commands";
import { getEnablement, getEnablementScreen, listAssignments, listItems } from "@/lib/enablement/queries";
import { AssignItem, AssignmentsInput, CreateItem } from "@/lib/enablement/schema";
import { enablementTasks } from "@/lib/enablement/tasks";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf } from "../../support/story";

let workspace: TestWorkspace;
let manager: Context;
let ruth: TestMember;
let momentId: string;

const now = new Date("2026-03-02T09:00:00Z");
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
const within = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);

beforeAll(async () => {
  workspace = await makeWorkspace();
  manager = await contextOf(workspace, workspace.owner, now, ["manager"]);
  ruth = await makeMember(workspace, { name: "Ruth Lindqvist", roles: ["cs"], spoke: "cs" });
  const { workspaceId, db } = manager;
  const moment = await within(() =>
    db.definingMoment.findFirstOrThrow({ where: { workspaceId, name: "Handover call" } }),
  );
  momentId = moment.id;
});

const item = (name: string) =>
  within(() => createItem(manager, CreateItem.parse({ momentId, kind: "training", name, content: "Say goals back." })));

const give = (id: string, memberIds: string[], rest: Partial<Context> = {}) =>
  within(() => assignItem({ ...manager, ...rest }, AssignItem.parse({ id, memberIds, dueAt: days(14).toISOString() })));

const as = (member: TestMember, at = now, roles?: Context["roles"]) =>
  contextOf(workspace, member, at, roles ? [...roles] : undefined);

async function auditOf(subject: string): Promise<string[]> {
  const rows = await within(
    () => database().$queryRaw<{ action: string }[]>`
      select action from audit_log where workspace_id = ${workspace.id}::uuid and subject = ${subject} order by seq`,
  );
  return rows.map(({ action }) => action);
}

describe("an item", () => {
  test("is for the role of its moment, changes by version, and goes out of use", async () => {
    const { id } = await item("Goals in their words");
    const [found] = (await within(() => listItems(manager))).filter((each) => each.id === id);
    expect(found).toMatchObject({
      role: "cs",
      interactionType: "handover",
      momentName: "Handover call",
      startedAt: null,
    });
    await within(() => changeItem(manager, { id, version: 1, name: "Goals first", weeks: 4 }));
    await expect(within(() => changeItem(manager, { id, version: 1, name: "Late" }))).rejects.toMatchObject({
      code: "conflict",
      reason: "version",
    });
    await within(() => archiveItem(manager, { id }));
    expect((await within(() => listItems(manager))).map((each) => each.id)).not.toContain(id);
    expect(await auditOf(`enablement_item:${id}`)).toEqual([
      "enablement.created",
      "enablement.changed",
      "enablement.archived",
    ]);
  });

  test("needs a moment that is here, and the right to assign", async () => {
    const other = await makeWorkspace();
    const theirs = await contextOf(other, other.owner, now, ["manager"]);
    const input = CreateItem.parse({ momentId, kind: "tool", name: "Sheet" });
    await expect(inWorkspace(other.id, () => createItem(theirs, input))).rejects.toMatchObject({ code: "not_found" });
    for (const roles of [["cs"], ["admin"], ["auditor"], ["qa"]] as const)
      await expect(within(() => createItem({ ...manager, roles }, input))).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("an assignment", () => {
  test("is given once, begun, done by its person and verified by somebody else", async () => {
    const { id } = await item("The first call");
    const { assigned, ids } = await give(id, [ruth.memberId, ruth.memberId]);
    expect(assigned).toBe(1);
    expect((await give(id, [ruth.memberId])).assigned).toBe(0);
    const [assignmentId = ""] = ids;
    const me = await as(ruth, days(1));
    await within(() => beginAssignment(me, { id: assignmentId }));
    const done = await as(ruth, days(2));
    await within(() => completeAssignment(done, { id: assignmentId, version: 2 }));
    await expect(within(() => completeAssignment(done, { id: assignmentId }))).rejects.toMatchObject({
      reason: "assignment_closed",
    });
    const herself = { ...done, roles: ["manager"] as const };
    await expect(within(() => verifyAssignment(herself, { id: assignmentId }))).rejects.toMatchObject({
      reason: "own_assignment",
    });
    await within(() => verifyAssignment(manager, { id: assignmentId }));
    const [found] = (await within(() => listItems(manager))).filter((each) => each.id === id);
    expect(found).toMatchObject({ assigned: 1, completed: 1, startedAt: days(2).toISOString() });
    expect(await auditOf(`enablement_assignment:${assignmentId}`)).toEqual([
      "enablement.assigned",
      "enablement.begun",
      "enablement.completed",
      "enablement.verified",
    ]);
  });

  test("becomes overdue at its second, once, and tells its person and her coach", async () => {
    const { id } = await item("Overdue");
    const [assignmentId = ""] = (await give(id, [ruth.memberId])).ids;
    const run = async (at: Date) => {
      const ctx = await systemContext(workspace.id, { now: at });
      await within(async () => enablementTasks["enablement.overdue"]?.(ctx, { assignmentId }));
    };
    const told = () =>
      within(() => database().notification.count({ where: { workspaceId: workspace.id, kind: "enablement_late" } }));
    await run(new Date(days(14).getTime() - 1000));
    expect(await told()).toBe(0);
    await run(days(14));
    await run(days(15));
    expect(await told()).toBe(2);
    const { data } = await within(() => listAssignments(manager, AssignmentsInput.parse({ memberId: ruth.memberId })));
    expect(data.find((each) => each.id === assignmentId)?.state).toBe("overdue");
  });

  test("is waived with a reason by who assigns; others neither waive nor do it for her", async () => {
    const { id } = await item("Waived");
    const [assignmentId = ""] = (await give(id, [ruth.memberId])).ids;
    const noa = await makeMember(workspace, { name: "Noa Feldman", roles: ["design"], spoke: "design" });
    const colleague = await as(noa);
    for (const act of [
      () => waiveAssignment(colleague, { id: assignmentId, reason: "no" }),
      () => completeAssignment(colleague, { id: assignmentId }),
    ])
      await expect(within(act)).rejects.toMatchObject({ code: "forbidden" });
    await within(() => waiveAssignment(manager, { id: assignmentId, reason: "She teaches it." }));
    const seen = await within(() => listAssignments(colleague, AssignmentsInput.parse({})));
    expect(seen.data).toEqual([]);
  });

  test("goes to active people of the manager's own team alone", async () => {
    const { id } = await item("Team");
    const team = await within(() =>
      database().team.create({ data: { workspaceId: workspace.id, id: ruth.userId, name: "North" } }),
    );
    await expect(give(id, [ruth.memberId], { teamId: team.id })).rejects.toMatchObject({ code: "not_found" });
    // What somebody of another team was given is not there for her either.
    const [assignmentId = ""] = (await give(id, [ruth.memberId])).ids;
    const ofNorth = { ...manager, teamId: team.id };
    const acts = (ctx: Context) => [
      () => beginAssignment(ctx, { id: assignmentId }),
      () => completeAssignment(ctx, { id: assignmentId }),
      () => verifyAssignment(ctx, { id: assignmentId }),
      () => waiveAssignment(ctx, { id: assignmentId, reason: "no" }),
    ];
    for (const act of acts(ofNorth)) await expect(within(act)).rejects.toMatchObject({ code: "not_found" });
    const { workspaceId } = manager;
    const join = (teamId: string | null) =>
      within(() => database().member.updateMany({ where: { workspaceId, id: ruth.memberId }, data: { teamId } }));
    await join(team.id);
    for (const act of acts(ofNorth).slice(0, 3)) await within(act);
    await join(null);
    const other = await makeWorkspace();
    await expect(give(id, [other.owner.memberId])).rejects.toMatchObject({ code: "not_found", reason: "member" });
  });
});

describe("the board", () => {
  test("says who is not enabled by role, that nothing can be ranked yet, and shows others only their own", async () => {
    const pete = await makeMember(workspace, { name: "Pete Okafor", roles: ["cs"], spoke: "cs" });
    const board = await within(() => getEnablement(manager, {}));
    const cs = board.coverage.find(({ role }) => role === "cs");
    expect(cs?.missing.map(({ name }) => name)).toContain("Pete Okafor");
    expect(board.coverage.find(({ role }) => role === "marketing")?.finding).toBe("nobody_holds_it");
    expect([board.ranking, board.proposals]).toEqual([null, []]);
    const screen = await within(async () => getEnablementScreen(await as(pete), {}));
    expect([screen.board, screen.own, screen.canAssign]).toEqual([null, [], false]);
    await expect(within(async () => getEnablement(await as(pete), {}))).rejects.toMatchObject({ code: "forbidden" });
  });
});
