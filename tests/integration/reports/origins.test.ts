import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { databaseTransaction, inWorkspace } from "@/lib/db";
import { moveJourney } from "@/lib/journeys/commands";
import { completeJourney, loseJourney, reopenJourney } from "@/lib/journeys/endings";
import { getOriginsReport } from "@/lib/reports/queries";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer } from "../../support/story";

const monday = new Date("2026-03-02T10:00:00Z");

let workspace: TestWorkspace;
let dana: TestMember;
let ctx: Context;
let sequence = 0;
const run = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);
const origins = () => run(() => getOriginsReport(ctx));
const lineOf = async (origin: string) => (await origins()).find((line) => line.origin === origin);

beforeAll(async () => {
  workspace = await makeWorkspace();
  dana = await makeMember(workspace, { name: "Dana Whitlock" });
  ctx = { ...(await contextOf(workspace, dana, monday)), roles: ["osc", "manager"] };
});

async function arrive(origin: string | null, stageKey = "first"): Promise<string> {
  sequence += 1;
  const { customerId } = await makeCustomer(ctx, dana, { name: `Person ${sequence}`, stageKey });
  await run(() =>
    ctx.db.customer.update({
      where: { workspaceId_id: { workspaceId: workspace.id, id: customerId } },
      data: { origin },
    }),
  );
  return customerId;
}

async function counted(): Promise<unknown> {
  return run(
    () => ctx.db.$queryRaw`
      select coalesce(nullif(btrim(c.origin), ''), 'unknown') as origin, count(*)::int as leads,
        (count(*) filter (where j.status in ('won', 'completed') or exists (select 1 from stage_transitions t
          where t.workspace_id = j.workspace_id and t.journey_id = j.id and t.status in ('won', 'completed'))))::int as won
      from customers c join journeys j on j.workspace_id = c.workspace_id and j.customer_id = c.id and j.is_primary
      where c.workspace_id = ${workspace.id}::uuid and c.merged_into_id is null and c.deleted_at is null
      group by 1 order by 2 desc, 1`,
  );
}

const stageId = (key: string) =>
  run(async () => {
    const { id } = await ctx.db.journeyTemplate.findFirstOrThrow({
      where: { workspaceId: workspace.id, isDefault: true },
    });
    return (await ctx.db.stage.findFirstOrThrow({ where: { workspaceId: workspace.id, templateId: id, key } })).id;
  });

describe("leads and wins by origin", () => {
  test("put blank together with those written unknown, the largest origin first", async () => {
    for (const origin of ["organic search", "organic search", "organic search", "unknown", null, " "])
      await arrive(origin);
    await arrive("paid search", "won");
    expect(await origins()).toEqual([
      { origin: "organic search", leads: 3, won: 0 },
      { origin: "unknown", leads: 3, won: 0 },
      { origin: "paid search", leads: 1, won: 1 },
    ]);
    expect(await origins()).toEqual(await counted());
  });

  test("count a win once and for ever: moved back, lost and taken up again it stays one", async () => {
    const customerId = await arrive("fair", "contract");
    expect(await lineOf("fair")).toEqual({ origin: "fair", leads: 1, won: 0 });
    await run(async () => moveJourney(ctx, { customerId, toStageId: await stageId("design") }));
    expect(await lineOf("fair")).toEqual({ origin: "fair", leads: 1, won: 1 });
    await run(async () => moveJourney(ctx, { customerId, toStageId: await stageId("contract"), reason: "reopened" }));
    await run(() => loseJourney(ctx, { customerId, lostReason: "price", byCustomer: true }));
    await run(() => reopenJourney(ctx, { customerId, reason: "back again" }));
    expect(await lineOf("fair")).toEqual({ origin: "fair", leads: 1, won: 1 });
    expect(await origins()).toEqual(await counted());
  });

  test("follow a customer whose origin is corrected, and forget one who is merged or gone", async () => {
    const [first, second] = [await arrive("radio"), await arrive("radio", "won")];
    await run(() =>
      ctx.db.customer.update({
        where: { workspaceId_id: { workspaceId: workspace.id, id: first } },
        data: { origin: "podcast" },
      }),
    );
    expect([await lineOf("radio"), await lineOf("podcast")]).toEqual([
      { origin: "radio", leads: 1, won: 1 },
      { origin: "podcast", leads: 1, won: 0 },
    ]);
    const place = { workspaceId_id: { workspaceId: workspace.id, id: first } };
    await run(() => ctx.db.customer.update({ where: place, data: { mergedIntoId: second } }));
    expect(await lineOf("podcast")).toBeUndefined();
    await run(() => ctx.db.customer.update({ where: place, data: { mergedIntoId: null } }));
    expect(await lineOf("podcast")).toEqual({ origin: "podcast", leads: 1, won: 0 });
    await databaseTransaction(workspace.id, (db) => db.customer.delete({ where: place }));
    expect(await lineOf("podcast")).toBeUndefined();
    expect(await origins()).toEqual(await counted());
  });

  test("count a completed circle as a win", async () => {
    const customerId = await arrive("referral", "advocate");
    await run(() => completeJourney(ctx, { customerId }));
    expect(await lineOf("referral")).toEqual({ origin: "referral", leads: 1, won: 1 });
  });

  test("are nothing of another workspace's, and not for a role without reports", async () => {
    const other = await makeWorkspace();
    const foreign = await contextOf(other, other.owner, monday);
    expect(await inWorkspace(other.id, () => getOriginsReport(foreign))).toEqual([]);
    await expect(run(() => getOriginsReport({ ...ctx, roles: ["admin"] }))).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
