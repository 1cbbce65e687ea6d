import { beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { archiveMoment, changeMoment, createMoment } from "@/lib/moments/commands";
import { listMoments } from "@/lib/moments/queries";
import { CreateMoment } from "@/lib/moments/schema";
import {
  createStandard,
  discardStandardDraft,
  draftStandard,
  publishStandard,
  retireStandard,
  saveStandardDraft,
} from "@/lib/standards/commands";
import { getStandard, getStandardVersion, listStandards } from "@/lib/standards/queries";
import { SaveDraft } from "@/lib/standards/schema";
import { makeMember, makeWorkspace, type TestWorkspace } from "../../support/factories";
import { contextOf } from "../../support/story";

const monday = new Date("2026-03-02T10:00:00Z");
const nextMonday = new Date("2026-03-09T10:00:00Z");

let workspace: TestWorkspace;
let manager: Context;
const run = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);

beforeEach(async () => {
  workspace = await makeWorkspace();
  manager = await contextOf(workspace, workspace.owner, monday);
});

const phone = async (ctx = manager) => {
  const found = (await run(() => listStandards(ctx))).find((each) => each.medium === "phone" && !each.interactionType);
  if (!found) throw new Error("no standard for calls");
  return found;
};
const criterion = { name: "Says the name", weight: 10, kind: "operational" as const };

describe("standards", () => {
  test("a workspace begins with those of DOMAIN 6C, published, each criterion with its moment and role", async () => {
    const standards = await run(() => listStandards(manager));
    expect(standards.map(({ medium, interactionType }) => `${medium} ${interactionType ?? ""}`.trim())).toEqual([
      ...["chat", "email", "onsite", "onsite design meeting"],
      ...["phone", "phone handover", "sms"],
    ]);
    for (const { inForceId } of standards) {
      const { criterionList, status } = await run(() => getStandardVersion(manager, inForceId ?? ""));
      expect(status).toBe("published");
      expect(criterionList.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
      for (const each of criterionList) expect([each.name, each.momentName, each.responsibleRole]).not.toContain(null);
    }
  });

  test("are drafted as a copy, saved, compared and published from a date on; until then the old one is in force", async () => {
    const { id: standardId, inForceId } = await phone();
    const { id } = await run(() => draftStandard(manager, { id: standardId }));
    const copy = await run(() => getStandardVersion(manager, id));
    expect([copy.number, copy.status, copy.criteria, copy.issues, copy.diff]).toEqual([
      ...[2, "draft", 6, []],
      { passMark: null, added: [], removed: [], changed: [] },
    ]);
    await expect(run(() => draftStandard(manager, { id: standardId }))).rejects.toMatchObject({
      reason: "draft_exists",
      details: { current: { id } },
    });
    await run(() =>
      saveStandardDraft(manager, SaveDraft.parse({ id, version: 1, passMark: 0.8, criteria: [criterion] })),
    );
    const { diff } = await run(() => getStandardVersion(manager, id));
    expect([diff?.passMark, diff?.added, diff?.removed.length]).toEqual([
      { before: 0.7, after: 0.8 },
      ["Says the name"],
      6,
    ]);
    const published = await run(() => publishStandard(manager, { id, version: 2, effectiveFrom: nextMonday }));
    expect(published).toEqual({ id, number: 2, effectiveFrom: nextMonday.toISOString() });
    expect((await phone()).inForceId).toBe(inForceId);
    expect((await phone({ ...manager, now: nextMonday })).inForceId).toBe(id);
    const audit = await run(() =>
      manager.db.auditEntry.findMany({
        where: { workspaceId: workspace.id, subject: `standard_version:${id}` },
        orderBy: { seq: "asc" },
      }),
    );
    expect(audit.map(({ action }) => action)).toEqual(["standard.drafted", "standard.saved", "standard.published"]);
  });

  test("that were published are neither edited nor thrown away, and an incomplete draft is not published", async () => {
    const { id: standardId, inForceId } = await phone();
    const save = SaveDraft.parse({ id: inForceId, version: 1, passMark: 1, criteria: [criterion] });
    await expect(run(() => saveStandardDraft(manager, save))).rejects.toMatchObject({ reason: "not_a_draft" });
    await expect(run(() => discardStandardDraft(manager, { id: inForceId ?? "" }))).rejects.toMatchObject({
      reason: "not_a_draft",
    });
    const { id } = await run(() => draftStandard(manager, { id: standardId }));
    await run(() => saveStandardDraft(manager, SaveDraft.parse({ id, version: 1, passMark: 1, criteria: [] })));
    await expect(run(() => publishStandard(manager, { id, version: 2 }))).rejects.toMatchObject({
      reason: "standard_incomplete",
      details: { fields: { criteria: "no_criterion" } },
    });
    await run(() => discardStandardDraft(manager, { id }));
    expect((await phone()).draftId).toBeNull();
  });

  test("saved from an old version conflict, and name only moments of the workspace", async () => {
    const { id } = await run(async () => draftStandard(manager, { id: (await phone()).id }));
    const save = (version: number, momentId: string | null = null) =>
      run(() =>
        saveStandardDraft(
          manager,
          SaveDraft.parse({ id, version, passMark: 1, criteria: [{ ...criterion, momentId }] }),
        ),
      );
    await save(1);
    await expect(save(1)).rejects.toMatchObject({ code: "conflict", details: { current: { version: 2 } } });
    const other = await makeWorkspace();
    const stranger = await contextOf(other, other.owner, monday);
    const [foreign] = await inWorkspace(other.id, () => listMoments(stranger));
    await expect(save(2, foreign?.id)).rejects.toMatchObject({ code: "not_found", reason: "moment" });
  });

  test("are one per medium and type; a retired one makes place for another", async () => {
    await expect(run(() => createStandard(manager, { medium: "phone", interactionType: null }))).rejects.toMatchObject({
      reason: "duplicate",
    });
    await expect(run(() => createStandard(manager, { medium: "note", interactionType: null }))).rejects.toMatchObject({
      code: "invalid",
    });
    const { id } = await phone();
    await run(() => retireStandard(manager, { id }));
    await expect(run(() => draftStandard(manager, { id }))).rejects.toMatchObject({ reason: "standard_retired" });
    const fresh = await run(() => createStandard(manager, { medium: "phone", interactionType: null }));
    expect(await run(() => getStandard(manager, fresh.id))).toMatchObject({ inForceId: null, draftId: fresh.draftId });
    await run(() => discardStandardDraft(manager, { id: fresh.draftId }));
    await expect(run(() => getStandard(manager, fresh.id))).rejects.toMatchObject({ code: "not_found" });
  });

  test("are for managers to change, and another workspace's are not there", async () => {
    const osc = await contextOf(workspace, await makeMember(workspace), monday);
    const { id } = await phone(osc);
    await expect(run(() => draftStandard(osc, { id }))).rejects.toMatchObject({ code: "forbidden" });
    const other = await makeWorkspace();
    const stranger = await contextOf(other, other.owner, monday);
    for (const work of [
      () => draftStandard(stranger, { id }),
      () => getStandard(stranger, id),
      () => retireStandard(stranger, { id }),
    ])
      await expect(inWorkspace(other.id, work as () => Promise<unknown>)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("moments", () => {
  test("that nobody answers for are marked, until somebody does", async () => {
    const orphans = async () => (await run(() => listMoments(manager))).filter(({ isOrphaned }) => isOrphaned);
    const before = await orphans();
    expect(before.map(({ responsibleRole }) => responsibleRole)).toContain("design");
    const designer = await makeMember(workspace, { name: "Noa Feldman", roles: ["design"], spoke: "design" });
    expect((await orphans()).map(({ responsibleRole }) => responsibleRole)).not.toContain("design");
    const bill = before.find(({ name }) => name === "Bill explained");
    const change = { id: bill?.id ?? "", version: 1, responsibleId: designer.memberId };
    expect(await run(() => changeMoment(manager, change))).toEqual({ id: bill?.id, version: 2 });
    expect((await orphans()).map(({ name }) => name)).not.toContain("Bill explained");
    await expect(run(() => changeMoment(manager, change))).rejects.toMatchObject({ code: "conflict" });
  });

  test("are added behind the others of their type, once by name, and taken out of use", async () => {
    const input = CreateMoment.parse({ interactionType: "handover", name: "First bill foretold" });
    const { id } = await run(() => createMoment(manager, input));
    await expect(run(() => createMoment(manager, input))).rejects.toMatchObject({ reason: "duplicate" });
    const names = async () =>
      (await run(() => listMoments(manager)))
        .filter(({ interactionType }) => interactionType === "handover")
        .map(({ name }) => name);
    expect(await names()).toEqual(["Handover call", "First bill foretold"]);
    await run(() => archiveMoment(manager, { id }));
    expect(await names()).toEqual(["Handover call"]);
    await expect(run(() => archiveMoment(manager, { id }))).rejects.toMatchObject({ code: "not_found" });
  });

  test("are for managers to change, with people of the workspace", async () => {
    const osc = await contextOf(workspace, await makeMember(workspace), monday);
    const [moment] = await run(() => listMoments(osc));
    const change = { id: moment?.id ?? "", version: 1, name: "Other" };
    await expect(run(() => changeMoment(osc, change))).rejects.toMatchObject({ code: "forbidden" });
    const other = await makeWorkspace();
    const foreign = { ...change, responsibleId: other.owner.memberId };
    await expect(run(() => changeMoment(manager, foreign))).rejects.toMatchObject({ code: "not_found" });
    const stranger = await contextOf(other, other.owner, monday);
    await expect(inWorkspace(other.id, () => changeMoment(stranger, change))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
