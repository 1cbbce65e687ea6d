import { beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { moveJourney } from "@/lib/journeys/commands";
import { createDraft, discardDraft, makeDefaultTemplate, publishTemplate, updateDraft } from "@/lib/templates/commands";
import { getTemplate, listTemplates } from "@/lib/templates/queries";
import { type StageInput, UpdateDraft } from "@/lib/templates/schema";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer } from "../../support/story";

const monday = new Date("2026-03-02T10:00:00Z");

let workspace: TestWorkspace;
let dana: TestMember;
let ctx: Context;
let osc: Context;
let homeBuilder: string;
const run = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);

beforeEach(async () => {
  workspace = await makeWorkspace();
  dana = await makeMember(workspace, { name: "Dana Whitlock" });
  ctx = await contextOf(workspace, workspace.owner, monday);
  osc = await contextOf(workspace, dana, monday);
  homeBuilder = (await run(() => listTemplates(ctx)))[0]?.id ?? "";
});

async function editable(id: string): Promise<UpdateDraft> {
  const { version, name, stageList } = await run(() => getTemplate(ctx, id));
  return UpdateDraft.parse({ id, version, name, stages: stageList.map(({ id: _, position: __, ...stage }) => stage) });
}

const auditOf = async (subject: string) =>
  (
    await run(() =>
      ctx.db.auditEntry.findMany({
        where: { workspaceId: workspace.id, subject: `journey_template:${subject}` },
        orderBy: { seq: "asc" },
      }),
    )
  ).map(({ action }) => action);
const draft = () => run(() => createDraft(ctx, { fromId: homeBuilder }));

describe("a draft", () => {
  test("begins as a copy with the next number and leaves an audit row", async () => {
    const { id } = await draft();
    const view = await run(() => getTemplate(ctx, id));
    expect([view.status, view.number, view.stageList.length, view.isDefault]).toEqual(["draft", 2, 13, false]);
    expect([view.issues, view.impact?.changed, view.impact?.becomesDefault]).toEqual([[], [], true]);
    expect(await auditOf(id)).toEqual(["template.drafted"]);
  });

  test("is one at a time per template; a copy under another key is another template", async () => {
    const { id } = await draft();
    await expect(draft()).rejects.toMatchObject({
      code: "conflict",
      reason: "draft_exists",
      details: { current: { id } },
    });
    const copy = await run(() => createDraft(ctx, { fromId: homeBuilder, key: "kitchens", name: "Kitchens" }));
    expect(await run(() => getTemplate(ctx, copy.id))).toMatchObject({
      key: "kitchens",
      name: "Kitchens",
      number: 1,
      impact: { replaces: null },
    });
    await expect(run(() => createDraft(ctx, { fromId: homeBuilder, key: "saas" }))).rejects.toMatchObject({
      reason: "key_taken",
    });
  });

  test("is saved as a whole, incomplete too, and says what it lacks", async () => {
    const { id } = await draft();
    const input = await editable(id);
    const stages = input.stages.filter(({ entryStatus }) => entryStatus !== "won");
    expect(await run(() => updateDraft(ctx, { ...input, name: "Ours", stages }))).toEqual({ id, version: 2 });
    const view = await run(() => getTemplate(ctx, id));
    expect([view.name, view.stageList.length, view.issues.map(({ reason }) => reason)]).toEqual([
      "Ours",
      6,
      ["no_won"],
    ]);
    expect(view.impact?.removed).toHaveLength(7);
    expect(await auditOf(id)).toEqual(["template.drafted", "template.saved"]);
  });

  test("saved from an old version is a conflict that shows the new one, and changes nothing", async () => {
    const { id } = await draft();
    const input = await editable(id);
    await run(() => updateDraft(ctx, { ...input, name: "First" }));
    await expect(
      run(() => updateDraft(ctx, { ...input, name: "Second", stages: input.stages.slice(0, 1) })),
    ).rejects.toMatchObject({
      code: "conflict",
      details: { current: { version: 2, name: "First" } },
    });
    expect((await run(() => getTemplate(ctx, id))).stageList).toHaveLength(13);
  });

  test("with a key twice is refused field by field", async () => {
    const input = await editable((await draft()).id);
    const stages = [...input.stages, input.stages[0] as StageInput];
    await expect(run(() => updateDraft(ctx, { ...input, stages }))).rejects.toMatchObject({
      code: "invalid",
      details: { fields: { "stages.13.key": "key_taken" } },
    });
  });

  test("may be thrown away, a published version may not", async () => {
    const { id } = await draft();
    await run(() => discardDraft(ctx, { id }));
    await expect(run(() => getTemplate(ctx, id))).rejects.toMatchObject({ code: "not_found" });
    expect(await auditOf(id)).toEqual(["template.drafted", "template.discarded"]);
    await expect(run(() => discardDraft(ctx, { id: homeBuilder }))).rejects.toMatchObject({ reason: "not_a_draft" });
    await expect(run(async () => updateDraft(ctx, await editable(homeBuilder)))).rejects.toMatchObject({
      reason: "not_a_draft",
    });
  });
});

describe("publishing", () => {
  test("gives new journeys the new version while running ones keep theirs, which stays readable", async () => {
    const old = await makeCustomer(osc, dana, { name: "Old Journey" });
    const { id } = await draft();
    const input = await editable(id);
    const stages = input.stages.map((stage) =>
      stage.key === "new_lead" ? { ...stage, name: "Fresh lead", allowedNext: ["qualified"] } : stage,
    );
    await run(() => updateDraft(ctx, { ...input, stages }));
    expect((await run(() => getTemplate(ctx, id))).impact).toMatchObject({
      keepOld: 1,
      becomesDefault: true,
      changed: [{ key: "new_lead", parts: ["name", "next"] }],
      newStart: { name: "Fresh lead", touchpoint: "First response" },
    });
    expect(await run(() => publishTemplate(ctx, { id, version: 2 }))).toEqual({ id, number: 2 });
    expect(await auditOf(id)).toEqual(["template.drafted", "template.saved", "template.published"]);

    const fresh = await makeCustomer(osc, dana, { name: "New Journey" });
    const journeys = await run(() =>
      ctx.db.journey.findMany({ where: { workspaceId: workspace.id }, orderBy: { createdAt: "asc" } }),
    );
    const byId = new Map(journeys.map((journey) => [journey.id, journey.templateId]));
    expect([byId.get(old.journeyId), byId.get(fresh.journeyId)]).toEqual([homeBuilder, id]);

    const versions = (await run(() => listTemplates(ctx))).filter(({ key }) => key === "home_builder");
    expect(versions.map(({ number, status, isDefault, running }) => [number, status, isDefault, running])).toEqual([
      [2, "published", true, 1],
      [1, "archived", false, 1],
    ]);
    const archived = await run(() => getTemplate(ctx, homeBuilder));
    const appointment = archived.stageList.find(({ key }) => key === "appointment")?.id ?? "";
    await run(() => moveJourney(osc, { customerId: old.customerId, toStageId: appointment }));
    const newAppointment =
      (await run(() => getTemplate(ctx, id))).stageList.find(({ key }) => key === "appointment")?.id ?? "";
    await expect(
      run(() => moveJourney(osc, { customerId: fresh.customerId, toStageId: newAppointment })),
    ).rejects.toMatchObject({ reason: "no_edge" });
  });

  test("refuses a draft that is not complete, with where it is not, and changes nothing", async () => {
    const { id } = await draft();
    const input = await editable(id);
    await run(() => updateDraft(ctx, { ...input, stages: input.stages.slice(0, 3) }));
    await expect(run(() => publishTemplate(ctx, { id, version: 2 }))).rejects.toMatchObject({
      code: "refused",
      reason: "template_incomplete",
      details: { fields: { stages: "no_won" } },
    });
    expect((await run(() => getTemplate(ctx, homeBuilder))).isDefault).toBe(true);
  });

  test("refuses a version somebody else changed meanwhile, and publishing twice", async () => {
    const { id } = await draft();
    await expect(run(() => publishTemplate(ctx, { id, version: 7 }))).rejects.toMatchObject({ code: "conflict" });
    expect((await run(() => getTemplate(ctx, homeBuilder))).status).toBe("published");
    await run(() => publishTemplate(ctx, { id, version: 1 }));
    await expect(run(() => publishTemplate(ctx, { id, version: 2 }))).rejects.toMatchObject({ reason: "not_a_draft" });
  });

  test("leaves another default alone; a published version can be made the default, a draft cannot", async () => {
    const saas = (await run(() => listTemplates(ctx))).find(({ key }) => key === "saas")?.id ?? "";
    const { id } = await run(() => createDraft(ctx, { fromId: saas }));
    await expect(run(() => makeDefaultTemplate(ctx, { id }))).rejects.toMatchObject({ reason: "not_published" });
    await run(() => publishTemplate(ctx, { id, version: 1 }));
    expect((await run(() => getTemplate(ctx, homeBuilder))).isDefault).toBe(true);
    await run(() => makeDefaultTemplate(ctx, { id }));
    const defaults = (await run(() => listTemplates(ctx))).filter(({ isDefault }) => isDefault);
    expect(defaults.map((each) => each.id)).toEqual([id]);
    expect(await auditOf(id)).toContain("template.made_default");
  });
});

describe("who may", () => {
  test.each([
    ["createDraft", () => createDraft(osc, { fromId: homeBuilder })],
    ["publishTemplate", () => publishTemplate(osc, { id: homeBuilder, version: 1 })],
    ["discardDraft", () => discardDraft(osc, { id: homeBuilder })],
    ["makeDefaultTemplate", () => makeDefaultTemplate(osc, { id: homeBuilder })],
    ["updateDraft", async () => updateDraft(osc, await editable(homeBuilder))],
  ])("an OSC may not %s", async (_name, work) => {
    await expect(run(work as () => Promise<unknown>)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("another workspace's template is like one that never was", async () => {
    const other = await makeWorkspace();
    const foreign = await contextOf(other, other.owner, monday);
    const within = <T>(work: () => Promise<T>) => inWorkspace(other.id, work);
    const input = await editable(homeBuilder);
    const mine = await within(() => createDraft(foreign, { fromId: "00000000-0000-4000-8000-000000000000" })).catch(
      (error: unknown) => error,
    );
    expect(mine).toMatchObject({ code: "not_found" });
    for (const work of [
      () => getTemplate(foreign, homeBuilder),
      () => createDraft(foreign, { fromId: homeBuilder }),
      () => updateDraft(foreign, input),
      () => publishTemplate(foreign, { id: homeBuilder, version: 1 }),
      () => discardDraft(foreign, { id: homeBuilder }),
      () => makeDefaultTemplate(foreign, { id: homeBuilder }),
    ]) {
      await expect(within(work as () => Promise<unknown>)).rejects.toMatchObject({ code: "not_found" });
    }
    const own = (await within(() => listTemplates(foreign)))[0]?.id ?? "";
    const { id } = await within(() => createDraft(foreign, { fromId: own }));
    await expect(within(() => updateDraft(foreign, { ...input, id, version: 1 }))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
