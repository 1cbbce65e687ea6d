import { beforeAll, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { assignItem, completeAssignment, createItem } from "@/lib/enablement/commands";
import { getEnablement } from "@/lib/enablement/queries";
import { AssignItem, CreateItem } from "@/lib/enablement/schema";
import { newId } from "@/lib/identifiers";
import { insertInteractions } from "@/lib/interactions/commands";
import { writeResponse } from "@/lib/responses/commands";
import { GiveResponse } from "@/lib/responses/schema";
import { requestRun } from "@/lib/runs/commands";
import { readRun } from "@/lib/runs/queries";
import { performRun } from "@/lib/runs/tasks";
import { record, transaction } from "@/lib/transaction";
import { makeMember, makeWorkspace, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer } from "../../support/story";

let workspace: TestWorkspace;
let customerId: string;
const now = new Date();
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);
const within = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);
const boss = (at = now) => contextOf(workspace, workspace.owner, at, ["manager"]);

beforeAll(async () => {
  workspace = await makeWorkspace();
  customerId = (await makeCustomer(await boss(ago(60)), workspace.owner)).customerId;
});

/** So many rated contacts of a person, `good` of them positive. */
async function rate(ctx: Context, agentId: string, type: string, good: number, all: number): Promise<void> {
  await within(() =>
    transaction(ctx, async (ctx) => {
      const plain = { customerId, type, medium: "phone", direction: "outbound", isTwoWay: true, moments: [] };
      const rows = Array.from({ length: all }, () => ({ ...plain, id: newId(), agentId, startedAt: ctx.now }));
      await insertInteractions(ctx, rows);
      for (const [each, { id }] of rows.entries())
        await writeResponse(ctx, {
          ...GiveResponse.parse({ outcome: each < good ? 5 : 3, expectation: 4 }),
          interactionId: id,
        });
      record(ctx, "test.rated", { subject: `member:${agentId}` });
    }),
  );
}

type Cells = { before: [number, number]; after: [number, number] };

/** An item whose one enabled person and one other were rated so before and after. */
async function story(type: string, enabled: Cells, other: Cells): Promise<string> {
  const { workspaceId, db } = await boss();
  const [ann, ben] = [
    await makeMember(workspace, { name: "Ann", roles: ["cs"], spoke: "cs" }),
    await makeMember(workspace, { name: "Ben", roles: ["cs"], spoke: "cs" }),
  ];
  const momentId = newId();
  await within(() =>
    db.definingMoment.create({
      data: { workspaceId, id: momentId, interactionType: type, name: type, responsibleRole: "cs" },
    }),
  );
  const then = await boss(ago(31));
  const itemId = await within(async () => {
    const { id } = await createItem(then, CreateItem.parse({ momentId, kind: "training", name: type }));
    const wish = { id, memberIds: [ann.memberId], dueAt: now.toISOString() };
    const { ids } = await assignItem(then, AssignItem.parse(wish));
    await completeAssignment({ ...then, now: ago(30) }, { id: ids[0] ?? "" });
    return id;
  });
  for (const [member, cells] of [
    [ann, enabled],
    [ben, other],
  ] as const) {
    await rate(await boss(ago(40)), member.memberId, type, ...cells.before);
    await rate(await boss(ago(10)), member.memberId, type, ...cells.after);
  }
  return itemId;
}

async function measure() {
  const at = new Date();
  const ctx = await boss(at);
  const { id } = await within(() => requestRun(ctx, { kind: "enablement", parameters: {}, asOf: at, knownAt: at }));
  await within(() => performRun(ctx, id));
  return within(async () => readRun(await boss(new Date()), { id }));
}

test("F41 from rows: not proven with the worked example, proven with a larger change, too early with few; byte-identical when run again", async () => {
  const unproven = await story(
    "Example F41",
    { before: [60, 100], after: [78, 100] },
    { before: [62, 100], after: [66, 100] },
  );
  const proven = await story("handover", { before: [40, 80], after: [74, 80] }, { before: [42, 80], after: [43, 80] });
  const early = await story("kickoff", { before: [20, 40], after: [9, 10] }, { before: [20, 40], after: [20, 40] });
  const run = await measure();
  const { effects } = await within(async () => getEnablement(await boss(new Date()), {}));
  expect(effects?.runId).toBe(run.id);
  const found = new Map(effects?.items.map((each) => [each.itemId, each.effect]));
  const example = found.get(unproven);
  if (example?.status !== "estimated") throw new Error("not estimated");
  const { effect, standardError, lo, hi, p } = example;
  expect([effect, standardError, lo, hi, p].map((value) => Number(value.toFixed(4)))).toEqual([
    0.14, 0.0934, -0.043, 0.323, 0.1337,
  ]);
  expect(example.verdict).toBe("not_proven");
  expect(found.get(proven)).toMatchObject({ verdict: "proven", reason: "interval_excludes_zero", ratingsNeeded: null });
  expect(found.get(early)).toEqual({ status: "cannot_estimate", reason: "too_few_ratings", fewestRatings: 10 });

  const cs = await makeMember(workspace, { name: "Cal", roles: ["cs"], spoke: "cs" });
  await rate(await boss(new Date()), cs.memberId, "handover", 0, 30);
  const ctx = await boss(new Date());
  const [asOf, knownAt] = [new Date(run.asOf), new Date(run.knownAt)];
  const { id } = await within(() => requestRun(ctx, { kind: "enablement", parameters: {}, asOf, knownAt }));
  await within(() => performRun(ctx, id));
  const again = await within(() => readRun(ctx, { id }));
  expect(again.resultSha256).toBe(run.resultSha256);

  const shown = await within(() => getEnablement(ctx, { type: "Example F41" }));
  expect(shown.items.map((each) => each.id)).toEqual([unproven]);
  expect(shown.effects?.items.map(({ itemId }) => itemId)).toEqual([unproven]);
});
