import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/context";
import { mergeCustomers } from "@/lib/customers/merge";
import { MergeCustomers } from "@/lib/customers/schema";
import { judgeInteraction, observeMoments } from "@/lib/evaluations/commands";
import { linkCase, moveImprovement, proposeImprovement } from "@/lib/improvements/commands";
import { getImprovement, listImprovements } from "@/lib/improvements/queries";
import { logInteraction } from "@/lib/interactions/commands";
import { LogInteraction } from "@/lib/interactions/schema";
import { deactivateMember } from "@/lib/members/leaving";
import { assignCase, closeCase, setRecovery, takeCaseStep } from "@/lib/recovery-cases/commands";
import { getCase, getCaseSummary, listCases, listCasesOf, listMyCases } from "@/lib/recovery-cases/queries";
import { CasesInput, type CaseView } from "@/lib/recovery-cases/schema";
import { recoveryCaseTasks } from "@/lib/recovery-cases/tasks";
import { draftStandard, publishStandard, saveStandardDraft } from "@/lib/standards/commands";
import { getStandardVersion, listStandards } from "@/lib/standards/queries";
import { CriterionInput } from "@/lib/standards/schema";
import { makeMember, type TestMember } from "../../support/factories";
import { later, monday, Team } from "../../support/owed";
import { contactWith, say } from "../../support/voices";

let team: Team;
let other: Team;
let qa: TestMember;

beforeAll(async () => {
  team = await Team.make();
  other = await Team.make();
  qa = await makeMember(team.workspace, { name: "Quinn Quality", roles: ["qa"] });
});

const bad = { expectation: 4, outcome: 1, comment: "Nobody called back about the price." };
const open = CasesInput.parse({});

/** A contact of the seller with a customer of Dana, at which the customer was served badly. */
async function badContact(said: Record<string, unknown> = bad, rest: Record<string, unknown> = {}) {
  const { customerId } = await team.customer();
  const interactionId = await contactWith(await team.worker(monday), {
    customerId,
    agentId: team.seller.memberId,
    spokeId: await team.spokeId("sales"),
    ...rest,
  });
  await say(await team.worker(later(30)), interactionId, said);
  return { customerId, interactionId };
}

async function caseOf(interactionId: string) {
  const ctx = await team.worker(monday);
  const where = { workspaceId: ctx.workspaceId, interactionId };
  return team.run(() => ctx.db.recoveryCase.findFirst({ where }));
}
const view = async (interactionId: string, as: TestMember = team.manager): Promise<CaseView> => {
  const found = await caseOf(interactionId);
  const ctx = await team.as(as, later(40));
  return team.run(() => getCase(ctx, { id: found?.id ?? "" }));
};

/** Takes every step and closes with that cause. */
async function closeWith(interactionId: string, cause: string, at = later(90), roles: TestMember = team.osc) {
  const ctx = await team.as(roles, at);
  let found = await view(interactionId, roles);
  for (const step of found.steps.filter(({ doneAt }) => doneAt === null)) {
    const input = { id: found.id, version: found.version, stepId: step.id, note: "Said what we change." };
    await team.run(() => takeCaseStep(ctx, input));
    found = await view(interactionId, roles);
  }
  const input = { id: found.id, version: found.version, state: "recovered" as const, outcome: "Back on track.", cause };
  return team.run(() => closeCase(ctx, input));
}

describe("a bad contact", () => {
  test("opens exactly one case with the answer, with owner, three steps and a clock in working time", async () => {
    const { customerId, interactionId } = await badContact();
    const found = await view(interactionId);
    expect(found).toMatchObject({
      state: "open",
      origin: "response",
      ownerName: "Dana Whitlock",
      total: 3,
      done: 0,
      nextStep: "call_and_apologise",
    });
    expect(found.openedAt).toBe(later(30).toISOString());
    expect(found.dueAt).toBe(new Date(later(30).getTime() + 24 * 3_600_000).toISOString());
    expect(found.steps.map(({ name, ownerName }) => [name, ownerName])).toEqual([
      ["call_and_apologise", "Dana Whitlock"],
      ["put_right", "Marcus Bell"],
      ["customer_told", "Dana Whitlock"],
    ]);
    expect(found.steps[0]?.dueAt).toBe(later(150).toISOString());
    expect(await team.happened(customerId)).toContain("recovery_case.opened");
    expect(await team.told(team.osc)).toContain("recovery_case");
    await say(await team.worker(later(50)), interactionId, { outcome: 1, ces: 1 });
    expect(
      await team.happened(customerId).then((all) => all.filter((type) => type === "recovery_case.opened")),
    ).toHaveLength(1);
  });

  test("a good, a late and a member's own word open nothing; a hard one opens a case", async () => {
    const good = await badContact({ expectation: 4, outcome: 5 });
    const staff = await contactWith(await team.worker(monday), { customerId: good.customerId });
    const seller = await team.as(team.osc, later(20));
    const { giveResponse } = await import("@/lib/responses/commands");
    const { GiveResponse } = await import("@/lib/responses/schema");
    await team.run(() =>
      giveResponse(seller, { ...GiveResponse.parse({ source: "staff", outcome: 1 }), interactionId: staff }),
    );
    const late = await contactWith(await team.worker(monday), { customerId: good.customerId });
    await say(await team.worker(later(16 * 24 * 60)), late, bad);
    const hard = await badContact({ ces: 2 });
    expect(
      await Promise.all(
        [good.interactionId, staff, late, hard.interactionId].map(async (id) => (await caseOf(id))?.origin),
      ),
    ).toEqual([undefined, undefined, undefined, "response"]);
  });

  test("two answers at the same moment open one case", async () => {
    const { customerId } = await team.customer();
    const id = await contactWith(await team.worker(monday), { customerId });
    const ctx = await team.worker(later(10));
    await Promise.allSettled([say(ctx, id, bad), say(ctx, id, { ...bad, outcome: 2 })]);
    const rows = await team.run(() =>
      ctx.db.recoveryCase.count({ where: { workspaceId: ctx.workspaceId, interactionId: id } }),
    );
    expect(rows).toBe(1);
  });

  test("what quality finds critical opens a case by its moment, and a corrected judgement withdraws it", async () => {
    const { customerId } = await team.customer();
    const interactionId = await contactWith(await team.worker(monday), { customerId, agentId: team.seller.memberId });
    const judge = await team.as(qa, later(60));
    const standards = await team.run(() => listStandards(judge));
    const phone = standards.find(({ medium, interactionType }) => medium === "phone" && interactionType === null);
    const version = await team.run(() => getStandardVersion(judge, phone?.inForceId ?? ""));
    const critical = version.criterionList.find((each) => each.critical !== null);
    const judgeAs = (result: "missed" | "passed", ctx: Context) =>
      team.run(() =>
        judgeInteraction(ctx, {
          id: interactionId,
          results: [{ criterionId: critical?.id ?? "", result }],
          comment: "",
        }),
      );
    await judgeAs("missed", judge);
    expect(await caseOf(interactionId)).toMatchObject({
      origin: "moment",
      state: "open",
      momentId: critical?.momentId,
    });
    await judgeAs("passed", judge);
    expect(await caseOf(interactionId)).toMatchObject({ state: "false_alarm" });
    expect(await team.happened(customerId)).toContain("recovery_case.withdrawn");
    await judgeAs("missed", judge);
    expect(await caseOf(interactionId)).toMatchObject({ state: "open" });
    await say(await team.worker(later(70)), interactionId, bad);
    await judgeAs("passed", judge);
    expect((await caseOf(interactionId))?.state).toBe("open");
  });

  test("what a rule finds critical with the log opens a case in the log's own transaction", async () => {
    const boss = await team.as(team.manager, monday);
    const chat = (await team.run(() => listStandards(boss))).find(({ medium }) => medium === "chat");
    const draft = await team.run(() => draftStandard(boss, { id: chat?.id ?? "" }));
    const version = await team.run(() => getStandardVersion(boss, draft.id));
    const criteria = version.criterionList.map(({ id: _, momentName: __, momentNameHe: ___, ...criterion }) =>
      CriterionInput.parse({ ...criterion, critical: criterion.rule === "next_step" ? "customer" : null }),
    );
    await team.run(() => saveStandardDraft(boss, { id: draft.id, version: 1, passMark: version.passMark, criteria }));
    await team.run(() => publishStandard(boss, { id: draft.id, version: 2 }));
    const { customerId } = await team.customer();
    const seller = await team.as(team.osc, later(30));
    const chatted = { customerId, medium: "chat", direction: "outbound", isTwoWay: true };
    const log = (next: unknown) =>
      team.run(() => logInteraction(seller, LogInteraction.parse({ ...chatted, next, completesNext: true })));
    const good = await log({ name: "Visit", due: { unit: "business_days", amount: 2 } });
    const poor = await log("none");
    expect([await caseOf(good.id), (await caseOf(poor.id))?.origin]).toEqual([null, "rule"]);
  });

  test("a moment that the customer herself saw missed opens a case of whoever answers for it", async () => {
    const { customerId } = await team.customer();
    const interactionId = await contactWith(await team.worker(monday), {
      customerId,
      type: "appointment",
      medium: "onsite",
      agentId: team.seller.memberId,
    });
    const system = await team.worker(later(5));
    const customer: Context = { ...system, actor: { kind: "customer", id: customerId } };
    const moment = await team.run(() =>
      system.db.definingMoment.findFirst({ where: { workspaceId: system.workspaceId, name: "Price conversation" } }),
    );
    await team.run(() =>
      observeMoments(customer, {
        id: interactionId,
        observations: [{ momentId: moment?.id ?? "", state: "missed", evidence: "" }],
      }),
    );
    expect(await view(interactionId)).toMatchObject({
      origin: "moment",
      momentName: "Price conversation",
      ownerName: "Marcus Bell",
    });
  });
});

describe("working a case", () => {
  test("the customer is told last, in words, and nothing closes before", async () => {
    const { interactionId } = await badContact();
    const ctx = await team.as(team.osc, later(60));
    const found = await view(interactionId);
    const take = (name: string, note: string, version: number) => {
      const stepId = found.steps.find((step) => step.name === name)?.id ?? "";
      return team.run(() => takeCaseStep(ctx, { id: found.id, version, stepId, note }));
    };
    const close = (version: number) =>
      team.run(() =>
        closeCase(ctx, { id: found.id, version, state: "recovered", outcome: "Mended", cause: "price_clarity" }),
      );
    await expect(take("customer_told", "Told", 1)).rejects.toMatchObject({ reason: "customer_told_last" });
    await take("call_and_apologise", "", 1);
    await take("put_right", "New quote sent", 2);
    await expect(close(3)).rejects.toMatchObject({ code: "refused", reason: "customer_not_told" });
    await expect(take("customer_told", "", 3)).rejects.toMatchObject({ reason: "note_needed" });
    await expect(take("put_right", "", 3)).rejects.toMatchObject({ reason: "step_done" });
    await take("customer_told", "Told her the price is fixed.", 3);
    await expect(close(3)).rejects.toMatchObject({ code: "conflict", reason: "version" });
    await close(4);
    expect(await view(interactionId)).toMatchObject({
      state: "recovered",
      cause: "price_clarity",
      outcome: "Mended",
      version: 5,
    });
    await expect(close(5)).rejects.toMatchObject({ reason: "case_closed" });
  });

  test("the database itself closes no case whose customer was not told", async () => {
    const { interactionId } = await badContact();
    const ctx = await team.worker(later(60));
    const data = { state: "recovered", outcome: "x", cause: "speed", closedAt: ctx.now };
    await expect(
      team.run(() => ctx.db.recoveryCase.updateMany({ where: { workspaceId: ctx.workspaceId, interactionId }, data })),
    ).rejects.toThrow(/not told/);
  });

  test("a step's department takes it, others not; strangers and other workspaces find nothing", async () => {
    const { interactionId } = await badContact();
    const found = await view(interactionId);
    const step = (name: string) => ({
      id: found.id,
      version: 1,
      stepId: found.steps.find((each) => each.name === name)?.id ?? "",
      note: "",
    });
    const designer = await team.as(team.designer, later(50));
    await expect(team.run(() => takeCaseStep(designer, step("put_right")))).rejects.toMatchObject({
      code: "not_found",
    });
    const seller = await team.as(team.seller, later(50));
    await expect(team.run(() => takeCaseStep(seller, step("call_and_apologise")))).rejects.toMatchObject({
      code: "forbidden",
    });
    await team.run(() => takeCaseStep(seller, step("put_right")));
    const stranger = await other.as(other.manager, later(50));
    await expect(other.run(() => takeCaseStep(stranger, step("call_and_apologise")))).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(other.run(() => getCase(stranger, { id: found.id }))).rejects.toMatchObject({ code: "not_found" });
    const judge = await team.as(qa, later(50));
    await expect(team.run(() => listCases(judge, open))).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      team.run(() => assignCase(seller, { id: found.id, version: 2, ownerId: team.designer.memberId })),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  test("it waits on Home of its owner, on the Wheel and in the manager's list, and moves to a new owner", async () => {
    const { customerId, interactionId } = await badContact();
    const osc = await team.as(team.osc, later(60));
    const boss = await team.as(team.manager, later(60));
    const has = (rows: readonly { interactionId: string }[]) => rows.some((row) => row.interactionId === interactionId);
    expect(has(await team.run(() => listMyCases(osc)))).toBe(true);
    expect(has(await team.run(() => listCasesOf(osc, customerId)))).toBe(true);
    expect(has((await team.run(() => listCases(boss, open))).data)).toBe(true);
    const found = await view(interactionId);
    await team.run(() => assignCase(boss, { id: found.id, version: 1, ownerId: team.designer.memberId }));
    const designer = await team.as(team.designer, later(61));
    expect(has(await team.run(() => listMyCases(designer)))).toBe(true);
    expect((await view(interactionId)).steps.map(({ ownerName }) => ownerName)).toEqual([
      "Noa Feldman",
      "Marcus Bell",
      "Noa Feldman",
    ]);
  });
});

describe("the clock", () => {
  const ring = async (id: string, level: number, at: Date) => {
    const ctx = await team.worker(at);
    await team.run(async () => recoveryCaseTasks["recovery.escalate"]?.(ctx, { caseId: id, level }));
  };
  test("at the due time the journey goes off track, later the managers hear, and a told customer puts it right", async () => {
    const { customerId, interactionId } = await badContact();
    const id = (await caseOf(interactionId))?.id ?? "";
    await ring(id, 1, later(60));
    expect(await team.offTrack(customerId)).toEqual([]);
    const due = later(30 + 24 * 60);
    await ring(id, 1, due);
    await ring(id, 1, due);
    expect(await team.offTrack(customerId)).toEqual(["T7"]);
    await ring(id, 4, later(3 * 24 * 60));
    expect(await team.told(team.manager)).toContain("recovery_late");
    expect((await team.happened(customerId)).filter((type) => type === "recovery_case.escalated")).toHaveLength(2);
    const late = CasesInput.parse({ show: "late" });
    const boss = await team.as(team.manager, later(3 * 24 * 60));
    expect((await team.run(() => listCases(boss, late))).data.map((row) => row.id)).toContain(id);
    await closeWith(interactionId, "reachability", later(3 * 24 * 60));
    expect(await team.offTrack(customerId)).toEqual([]);
    const summary = await team.run(() => getCaseSummary(boss));
    expect(summary.toldInTime.n).toBeGreaterThan(summary.toldInTime.k);
  });
});

describe("who comes and goes", () => {
  test("a merged customer's case is the survivor's", async () => {
    const { customerId, interactionId } = await badContact();
    const survivor = await team.customer("Survivor");
    const boss = await team.as(team.manager, later(70));
    await team.run(() =>
      mergeCustomers(boss, MergeCustomers.parse({ survivorId: survivor.customerId, loserId: customerId })),
    );
    expect((await view(interactionId)).customerId).toBe(survivor.customerId);
    expect(await team.run(() => listCasesOf(boss, survivor.customerId))).toHaveLength(1);
    await closeWith(interactionId, "paperwork");
  });

  test("the case of somebody who leaves is her successor's", async () => {
    const away = await makeMember(team.workspace, { name: "Ava Away" });
    const { interactionId } = await badContact();
    const boss = await team.as(team.manager, later(60));
    await team.run(() => assignCase(boss, { id: "", version: 1, ownerId: away.memberId }).catch(() => undefined));
    const found = await view(interactionId);
    await team.run(() => assignCase(boss, { id: found.id, version: found.version, ownerId: away.memberId }));
    const admin = await team.as(team.workspace.owner, later(70));
    await team.run(() =>
      deactivateMember(admin, { memberId: away.memberId, version: 1, successorId: team.osc.memberId }),
    );
    expect((await view(interactionId)).ownerName).toBe("Dana Whitlock");
  });
});

describe("a cause that comes back", () => {
  test("becomes one proposed improvement with owner, date and its cases; the next case joins it", async () => {
    const boss = await team.as(team.manager, later(100));
    const settings = await team.run(() => setRecovery(boss, { repeatThreshold: 2, repeatDays: 60, version: 0 }));
    await expect(
      team.run(() => setRecovery(boss, { repeatThreshold: 4, repeatDays: 60, version: 7 })),
    ).rejects.toMatchObject({ code: "conflict" });
    expect(settings.version).toBe(1);
    const first = await badContact();
    expect((await closeWith(first.interactionId, "schedule")).improvementId).toBeNull();
    const [second, third] = [await badContact(), await badContact()];
    const ids = await Promise.all([second, third].map(({ interactionId }) => closeWith(interactionId, "schedule")));
    const id = ids[0]?.improvementId ?? "";
    expect(ids[1]?.improvementId).toBe(id);
    const found = await team.run(() => getImprovement(boss, { id }));
    expect(found).toMatchObject({
      state: "proposed",
      cause: "schedule",
      cases: 3,
      windowDays: 60,
      interactionType: "follow-up",
      dueOn: "2026-04-01",
    });
    expect(found.ownerName).toBe("Max Manager");
    expect(found.linked.map(({ outcome }) => outcome)).toEqual(["Back on track.", "Back on track.", "Back on track."]);
    expect(found.measure.verdict).toBe("not_done");
  });

  test("it moves by its states, its owner finishes it, and only a manager decides", async () => {
    const boss = await team.as(team.manager, later(200));
    const { id } = await team.run(() =>
      proposeImprovement(boss, {
        cause: "quality",
        title: "Check before handing over",
        description: "",
        ownerId: team.seller.memberId,
      }),
    );
    await expect(
      team.run(() => proposeImprovement(boss, { cause: "quality", title: "Again", description: "" })),
    ).rejects.toMatchObject({ reason: "duplicate" });
    const seller = await team.as(team.seller, later(210));
    const move = (ctx: Context, state: "accepted" | "in_progress" | "done" | "rejected", version: number, note = "") =>
      team.run(() => moveImprovement(ctx, { id, version, state, note }));
    await expect(move(seller, "accepted", 1)).rejects.toMatchObject({ code: "forbidden" });
    await move(boss, "accepted", 1);
    await expect(move(boss, "done", 2)).rejects.toMatchObject({ reason: "no_such_move" });
    await move(seller, "in_progress", 2);
    await move(await team.as(team.seller, later(300)), "done", 3);
    await expect(move(boss, "rejected", 4, "no")).rejects.toMatchObject({ reason: "no_such_move" });
    const after = await team.run(() => getImprovement(boss, { id }));
    expect(after.state).toBe("done");
    expect(["too_few", "not_proven"]).toContain(after.measure.verdict);
    const osc = await team.as(team.designer, later(310));
    await expect(
      team.run(() => moveImprovement(osc, { id, version: 4, state: "rejected", note: "x" })),
    ).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await other.as(other.manager, later(310));
    await expect(other.run(() => getImprovement(stranger, { id }))).rejects.toMatchObject({ code: "not_found" });
    expect((await other.run(() => listImprovements(stranger, { show: "all", limit: 10 }))).length).toBe(0);
  });

  test("a case of another cause is not linked by hand", async () => {
    const boss = await team.as(team.manager, later(200));
    const { id } = await team.run(() =>
      proposeImprovement(boss, { cause: "digital_tool", title: "Mend the link", description: "" }),
    );
    const { interactionId } = await badContact();
    await closeWith(interactionId, "friendliness");
    const caseId = (await caseOf(interactionId))?.id ?? "";
    await expect(team.run(() => linkCase(boss, { id, caseId }))).rejects.toMatchObject({ reason: "other_cause" });
  });
});
