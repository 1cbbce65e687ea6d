import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { moveJourney } from "@/lib/journeys/commands";
import { holdJourney } from "@/lib/journeys/pauses";
import { getLoadPage, getMyLoad, listLoads } from "@/lib/members/load-queries";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer, stageIdOf } from "../../support/story";

const monday = new Date("2026-03-02T10:00:00Z");

let workspace: TestWorkspace;
let dana: TestMember;
let ctx: Context;
const run = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);

beforeAll(async () => {
  workspace = await makeWorkspace();
  dana = await makeMember(workspace, { name: "Dana Whitlock" });
  await makeMember(workspace, { name: "Mara Keller" });
  ctx = await contextOf(workspace, dana, monday);
  await databaseTransaction(workspace.id, (db) =>
    db.member.update({
      where: { workspaceId_id: { workspaceId: workspace.id, id: dana.memberId } },
      data: { capacity: 4 },
    }),
  );
  await makeCustomer(ctx, dana);
  await makeCustomer(ctx, dana);
  const withSales = await makeCustomer(ctx, dana);
  await run(async () =>
    moveJourney(ctx, { customerId: withSales.customerId, toStageId: await stageIdOf(ctx, "appointment") }),
  );
  const paused = await makeCustomer(ctx, dana);
  await run(() => holdJourney(ctx, { customerId: paused.customerId, until: new Date("2026-04-01T10:00:00Z") }));
  const late = await makeCustomer(ctx, dana);
  await databaseTransaction(workspace.id, (db) =>
    db.journey.update({
      where: { workspaceId_id: { workspaceId: workspace.id, id: late.journeyId } },
      data: { offTrackSince: monday },
    }),
  );
});

describe("load (F04)", () => {
  test("weighs new, off track, with a department and paused against the capacity", async () => {
    const load = await run(() => getMyLoad(ctx));
    expect(load?.counts).toEqual({ new: 2, offTrack: 1, withSpoke: 1, nurture: 1 });
    expect(load?.load).toBeCloseTo(2 + 1.5 + 0.25 + 0.15, 9);
    expect([load?.capacity, load?.utilisation.toFixed(4), load?.level]).toEqual([4, "0.9750", "amber"]);
  });

  test("shows a consultant herself and a manager everybody by name", async () => {
    expect((await run(() => listLoads(ctx))).map(({ name }) => name)).toEqual(["Dana Whitlock"]);
    const manager = await contextOf(workspace, workspace.owner, monday, ["manager"]);
    const page = await run(() => getLoadPage(manager));
    expect([page.isEverybody, page.loads.map(({ name, load }) => [name, load])]).toEqual([
      true,
      [
        ["Dana Whitlock", 3.9],
        ["Mara Keller", 0],
      ],
    ]);
  });

  test("is null for who is no consultant, and knows nobody of another workspace", async () => {
    const seller = await makeMember(workspace, { name: "Sam Sales", roles: ["sales"], spoke: "sales" });
    expect(await run(async () => getMyLoad(await contextOf(workspace, seller, monday)))).toBeNull();
    const other = await makeWorkspace();
    const foreign = await contextOf(other, other.owner, monday, ["manager"]);
    expect(await inWorkspace(other.id, () => listLoads(foreign))).toEqual([]);
  });
});
