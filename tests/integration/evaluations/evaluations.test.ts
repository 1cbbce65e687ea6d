import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getFacts } from "@/lib/consistency/facts";
import type { Context } from "@/lib/context";
import { mergeCustomers } from "@/lib/customers/merge";
import { inWorkspace } from "@/lib/db";
import { judgeInteraction, observeMoments } from "@/lib/evaluations/commands";
import { evaluationOnLog } from "@/lib/evaluations/on-log";
import { getScorecard, listEvaluations, listScorecards } from "@/lib/evaluations/queries";
import { type Facts, findingsByRule, scoreOf } from "@/lib/evaluations/rules";
import { loadStanding } from "@/lib/evaluations/standing";
import { evaluationTasks } from "@/lib/evaluations/tasks";
import { getTimeline } from "@/lib/hub/timeline";
import { newId } from "@/lib/identifiers";
import { editInteraction, logInteraction } from "@/lib/interactions/commands";
import { LogInteraction, type LogInteractionInput } from "@/lib/interactions/schema";
import { keepPromise, makePromise } from "@/lib/promises/commands";
import { giveResponse } from "@/lib/responses/commands";
import { GiveResponse } from "@/lib/responses/schema";
import { discardStandardDraft, draftStandard, publishStandard, saveStandardDraft } from "@/lib/standards/commands";
import { getStandardVersion, listStandards } from "@/lib/standards/queries";
import { CriterionInput, operationalRules, SaveDraft } from "@/lib/standards/schema";
import { record, transaction } from "@/lib/transaction";
import { makeMember, makeWorkspace, type TestMember, type TestWorkspace } from "../../support/factories";
import { contextOf, makeCustomer, workerContext } from "../../support/story";
import { contactWith } from "../../support/voices";

const monday = new Date("2026-03-02T10:00:00Z");
const later = (minutes: number) => new Date(monday.getTime() + minutes * 60_000);

let workspace: TestWorkspace;
let dana: TestMember;
let manager: Context;
let osc: Context;
let customerId: string;
const run = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);

beforeEach(async () => {
  workspace = await makeWorkspace();
  dana = await makeMember(workspace, { name: "Dana Whitlock" });
  manager = await contextOf(workspace, workspace.owner, later(30));
  osc = await contextOf(workspace, dana, monday);
  ({ customerId } = await makeCustomer(osc, dana));
});

const log = async (input: Partial<LogInteractionInput>, ctx = osc) =>
  (
    await run(() =>
      logInteraction(
        ctx,
        LogInteraction.parse({ customerId, medium: "phone", direction: "outbound", isTwoWay: true, ...input }),
      ),
    )
  ).id;

const evaluationsOf = (interactionId: string) =>
  run(() =>
    osc.db.evaluation.findMany({ where: { workspaceId: workspace.id, interactionId }, orderBy: { number: "asc" } }),
  );
const itemsOf = (evaluationId: string) =>
  run(() => osc.db.evaluationItem.findMany({ where: { workspaceId: workspace.id, evaluationId } }));
const standard = async (medium: string, interactionType: string | null = null) => {
  const found = (await run(() => listStandards(manager))).find(
    (each) => each.medium === medium && each.interactionType === interactionType,
  );
  const version = await run(() => getStandardVersion(manager, found?.inForceId ?? ""));
  return {
    id: found?.id ?? "",
    version,
    named: (name: string) => version.criterionList.find((each) => each.name === name)?.id ?? "",
  };
};

describe("by rule, with the log itself", () => {
  test("a call that names what comes next passes, one that does not misses, and nothing else is claimed", async () => {
    const next = { name: "Visit", due: { unit: "business_days" as const, amount: 2 } };
    const good = await evaluationsOf(await log({ next, completesNext: true }));
    const bad = await evaluationsOf(await log({ next: "none" }));
    const phone = await standard("phone");
    expect([good, bad].map(([each]) => [each?.number, each?.raw, each?.meets, each?.judged, each?.total])).toEqual([
      [1, 1, null, 2, 6],
      [1, 0, null, 2, 6],
    ]);
    expect(good[0]).toMatchObject({ versionId: phone.version.id, scorerKind: "rule" });
    const items = await itemsOf(good[0]?.id ?? "");
    const named = (name: string) => items.find(({ criterionId }) => criterionId === phone.named(name))?.result;
    expect([named("Names the next step and its date"), named("Answered within 20 seconds")]).toEqual([
      "passed",
      "not_applicable",
    ]);
    // Beside what customers say the board counts what the facts say, of a team its own.
    const facts = (ctx: Context, type?: string) => run(() => getFacts(ctx, { weeks: 26, type }));
    const seen = await facts(manager);
    expect(seen.facts.map(({ medium, name, k, n }) => [medium, name, k, n])).toEqual([
      ["phone", "Names the next step and its date", 1, 2],
    ]);
    expect(await facts(manager, "repair")).toEqual({ facts: [] });
    expect(await facts({ ...manager, teamId: workspace.id })).toEqual({ facts: [] });
    await expect(facts(osc)).rejects.toMatchObject({ code: "forbidden" });
  });

  test("notes, machines and messages that wait are evaluated by nothing", async () => {
    const ids = [
      await log({ medium: "note", direction: "internal", isTwoWay: false }),
      await log({ medium: "email", isTwoWay: false, isAutomated: true }),
      await log({ medium: "email", direction: "inbound", isTwoWay: false }),
    ];
    for (const id of ids) expect(await evaluationsOf(id)).toEqual([]);
  });

  test("a visit in which they had to repeat, greeted late, misses both", async () => {
    const [evaluation] = await evaluationsOf(
      await log({ medium: "onsite", direction: "inbound", answerSeconds: 121, hadToRepeat: true, type: "appointment" }),
    );
    const items = await itemsOf(evaluation?.id ?? "");
    const onsite = await standard("onsite");
    const named = (name: string) => items.find(({ criterionId }) => criterionId === onsite.named(name));
    expect([named("Greeted within two minutes"), named("Nothing asked twice")]).toMatchObject([
      { result: "missed", measure: 121 },
      { result: "missed", measure: 1 },
    ]);
  });

  test("the standard of the type goes before that of the medium", async () => {
    const [evaluation] = await evaluationsOf(await log({ type: "handover" }));
    expect(evaluation).toMatchObject({ versionId: (await standard("phone", "handover")).version.id, total: 2 });
  });

  test("says exactly what the rules say, for any criteria and any facts", async () => {
    const { id, version } = await standard("chat");
    const criteria = operationalRules.flatMap((rule, index) => [
      {
        name: rule,
        rule,
        threshold: index * 10,
        weight: index + 1,
        critical: index === 2 ? ("business" as const) : null,
      },
      { name: `${rule} too`, rule, threshold: 5, weight: index % 2 ? 0 : 7, critical: null },
    ]);
    await run(async () => {
      const draft = await draftStandard(manager, { id });
      const list = criteria.map((each) => CriterionInput.parse({ ...each, kind: "operational" }));
      await saveStandardDraft(manager, SaveDraft.parse({ id: draft.id, version: 1, passMark: 0.55, criteria: list }));
      await publishStandard(manager, { id: draft.id, version: 2 });
    });
    expect(version.number).toBe(1);
    const at = later(60);
    const measure = fc.option(fc.integer({ min: 0, max: 40 }), { nil: null });
    const anyFacts = fc.record(Object.fromEntries(operationalRules.map((rule) => [rule, measure])), {
      requiredKeys: [],
    });
    await fc.assert(
      fc.asyncProperty(anyFacts as fc.Arbitrary<Facts>, async (facts) => {
        const interactionId = await log({ medium: "note", direction: "internal", isTwoWay: false });
        const [evaluated] = await run(() =>
          transaction({ ...osc, now: at }, async (ctx) => {
            await ctx.db
              .$executeRaw`update interactions set medium = 'chat', started_at = ${at}::timestamptz where workspace_id = ${workspace.id}::uuid and id = ${interactionId}::uuid`;
            const parts = evaluationOnLog(ctx, {
              id: interactionId,
              medium: "chat",
              type: "follow-up",
              startedAt: at,
              facts,
              observations: [],
            });
            await ctx.db.$queryRaw`with ${parts} select 1`;
            record(ctx, "test.evaluated", { subject: `interaction:${interactionId}` });
            return ctx.db.evaluation.findMany({ where: { workspaceId: workspace.id, interactionId } });
          }),
        );
        const standing = await run(() =>
          transaction(osc, async (ctx) => {
            record(ctx, "test.read", { subject: `interaction:${interactionId}` });
            return loadStanding(ctx, interactionId);
          }),
        );
        const found = findingsByRule(standing.criteria, facts);
        if (found.length === 0) return expect(evaluated).toBeUndefined();
        const { raw, ...rest } = scoreOf(standing.criteria, found, 0.55);
        expect(evaluated).toMatchObject(rest);
        if (raw === null) expect(evaluated?.raw).toBeNull();
        else expect(evaluated?.raw).toBeCloseTo(raw, 12);
        const plain = (each: { criterionId: string; result: string }) => `${each.criterionId} ${each.result}`;
        expect((await itemsOf(evaluated?.id ?? "")).map(plain).sort()).toEqual(found.map(plain).sort());
      }),
      { numRuns: 25 },
    );
  });
});

describe("what becomes known later", () => {
  const handle = async (task: string, payload: object, at: Date) => {
    const ctx = await workerContext(workspace, at);
    await run(async () => evaluationTasks[task]?.(ctx, payload as Record<string, unknown>));
  };
  const wrote = () => log({ medium: "email", direction: "inbound", isTwoWay: false });

  test("an e-mail that was answered within four staffed hours passes, with the minutes", async () => {
    const id = await wrote();
    await handle("evaluation.late", { interactionId: id }, later(1));
    expect(await evaluationsOf(id)).toEqual([]);
    await log({ medium: "email", isTwoWay: false }, { ...osc, now: later(90) });
    await handle("evaluation.answered", { journeyId: await journeyId(), since: monday.toISOString() }, later(91));
    const [evaluation] = await evaluationsOf(id);
    expect(await itemsOf(evaluation?.id ?? "")).toMatchObject([{ result: "passed", measure: 90, judgedBy: "rule" }]);
    await handle("evaluation.answered", { journeyId: await journeyId(), since: monday.toISOString() }, later(92));
    expect(await evaluationsOf(id)).toHaveLength(1);
  });

  test("one that nobody answered is missed once the limit has passed, and stays missed when somebody does", async () => {
    const id = await wrote();
    await handle("evaluation.late", { interactionId: id }, later(241));
    await log({ medium: "email", isTwoWay: false }, { ...osc, now: later(300) });
    await handle("evaluation.answered", { journeyId: await journeyId(), since: monday.toISOString() }, later(301));
    const evaluations = await evaluationsOf(id);
    expect(evaluations).toHaveLength(1);
    expect(await itemsOf(evaluations[0]?.id ?? "")).toMatchObject([{ result: "missed", measure: 241 }]);
  });

  test("another type is judged by its own standard, from the same facts", async () => {
    const id = await log({ next: "none" });
    await run(() => editInteraction(osc, { id, version: 1, type: "handover" }));
    await handle("evaluation.late", { interactionId: id }, later(1));
    const evaluations = await evaluationsOf(id);
    expect(evaluations.map(({ number, total, judged, raw }) => [number, total, judged, raw])).toEqual([
      [1, 6, 2, 0],
      [2, 2, 1, 0],
    ]);
  });

  test("a promise of the contact is kept or not", async () => {
    const { id: standardId } = await standard("phone");
    await run(async () => {
      const { id } = await draftStandard(manager, { id: standardId });
      const criteria = [{ name: "Promise kept", weight: 1, kind: "operational", rule: "promise_kept" }];
      await saveStandardDraft(manager, SaveDraft.parse({ id, version: 1, passMark: 1, criteria }));
      await publishStandard(manager, { id, version: 2 });
    });
    const ctx = { ...osc, now: later(31) };
    const id = await log({}, ctx);
    const promise = await run(() =>
      makePromise(ctx, { customerId, text: "Samples", dueAt: later(300), interactionId: id }),
    );
    await handle("evaluation.late", { interactionId: id }, later(32));
    expect(await evaluationsOf(id)).toEqual([]);
    await run(() => keepPromise(ctx, { id: promise.id }));
    await handle("evaluation.late", { interactionId: id }, later(33));
    expect(await evaluationsOf(id)).toMatchObject([{ raw: 1, meets: true, judged: 1, total: 1 }]);
  });

  const journeyId = async () =>
    (await run(() => osc.db.journey.findFirstOrThrow({ where: { workspaceId: workspace.id, customerId } }))).id;
});

describe("a judgement", () => {
  test("completes what the rules decided, supersedes it, and both stay, with an audit row", async () => {
    const id = await log({ type: "handover", next: { name: "Kickoff", due: { unit: "business_days", amount: 1 } } });
    const { named } = await standard("phone", "handover");
    const results = [{ criterionId: named("Says the goals back"), result: "missed" as const }];
    expect(await run(() => judgeInteraction(manager, { id, results, comment: "She read a list." }))).toMatchObject({
      ...{ number: 2, raw: 0.3, meets: false },
    });
    await run(() =>
      judgeInteraction(manager, {
        id,
        results: [{ criterionId: results[0]?.criterionId ?? "", result: "passed" }],
        comment: "",
      }),
    );
    const evaluations = await evaluationsOf(id);
    expect(evaluations.map(({ number, raw, meets, scorerKind }) => [number, raw, meets, scorerKind])).toEqual([
      [1, 1, null, "rule"],
      [2, 0.3, false, "qa"],
      [3, 1, true, "qa"],
    ]);
    const audit = await run(() =>
      osc.db.auditEntry.findMany({ where: { workspaceId: workspace.id, action: "evaluation.judged" } }),
    );
    expect(audit).toHaveLength(2);
  });

  test("P4 is refused for one's own contact; a role that may not judge is forbidden; another workspace finds nothing", async () => {
    const { named } = await standard("phone");
    const results = [{ criterionId: named("Says who is speaking"), result: "passed" as const }];
    const own = await log({}, manager);
    await expect(run(() => judgeInteraction(manager, { id: own, results, comment: "" }))).rejects.toMatchObject({
      reason: "own_interaction",
    });
    const id = await log({});
    await expect(run(() => judgeInteraction(osc, { id, results, comment: "" }))).rejects.toMatchObject({
      code: "forbidden",
    });
    const other = await makeWorkspace();
    const stranger = await contextOf(other, other.owner, monday);
    await expect(
      inWorkspace(other.id, () => judgeInteraction(stranger, { id, results, comment: "" })),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await evaluationsOf(id)).toHaveLength(1);
  });

  test("says nothing against what a rule decided, and nothing about a criterion of another standard", async () => {
    const id = await log({ next: "none" });
    const phone = await standard("phone");
    const results = [{ criterionId: phone.named("Names the next step and its date"), result: "passed" as const }];
    await expect(run(() => judgeInteraction(manager, { id, results, comment: "" }))).rejects.toMatchObject({
      reason: "decided_by_rule",
    });
    const foreign = [
      { criterionId: (await standard("email")).named("Answers every question"), result: "passed" as const },
    ];
    await expect(run(() => judgeInteraction(manager, { id, results: foreign, comment: "" }))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("by the customer's answer decides her own criteria alone", async () => {
    const { id: standardId } = await standard("sms");
    await run(async () => {
      const { id } = await draftStandard(manager, { id: standardId });
      const criteria = [{ name: "She says 4 or more", weight: 1, kind: "customer", threshold: 4 }];
      await saveStandardDraft(manager, SaveDraft.parse({ id, version: 1, passMark: 1, criteria }));
      await publishStandard(manager, { id, version: 2 });
    });
    const id = await log({ medium: "sms", isTwoWay: false }, { ...osc, now: later(40) });
    const said = GiveResponse.parse({ outcome: 3, disconfirmation: 0 });
    await run(() => giveResponse({ ...manager, now: later(90) }, { ...said, interactionId: id }));
    expect(await evaluationsOf(id)).toMatchObject([{ scorerKind: "customer", raw: 0, meets: false }]);
  });
});

describe("moments", () => {
  const momentOf = async (name: string) =>
    (await run(() => osc.db.definingMoment.findFirstOrThrow({ where: { workspaceId: workspace.id, name } }))).id;

  test("are ticked with the log; the agent's own view decides no criterion", async () => {
    const momentId = await momentOf("Handover call");
    const id = await log({
      type: "handover",
      observations: [{ momentId, state: "done_well", evidence: "Both goals." }],
    });
    expect(
      await run(() => osc.db.momentObservation.findMany({ where: { workspaceId: workspace.id, interactionId: id } })),
    ).toMatchObject([
      { momentId, state: "done_well", evidence: "Both goals.", observerKind: "agent", observerId: dana.memberId },
    ]);
    expect(await evaluationsOf(id)).toMatchObject([{ number: 1, judged: 1 }]);
  });

  test("that do not exist are not found, and nothing is logged", async () => {
    const count = () => run(() => osc.db.interaction.count({ where: { workspaceId: workspace.id } }));
    const before = await count();
    await expect(log({ observations: [{ momentId: newId(), state: "done" }] })).rejects.toMatchObject({
      code: "not_found",
      reason: "moment",
    });
    expect(await count()).toBe(before);
  });

  test("seen by quality decide the one criterion that stands for them", async () => {
    const id = await log({ type: "handover" });
    const momentId = await momentOf("Handover call");
    await run(() => observeMoments(osc, { id, observations: [{ momentId, state: "missed", evidence: "" }] }));
    expect(await evaluationsOf(id)).toHaveLength(1);
    const qa = await contextOf(workspace, await makeMember(workspace, { name: "Quinn", roles: ["qa"] }), monday);
    await run(() => observeMoments(qa, { id, observations: [{ momentId, state: "done", evidence: "Heard it." }] }));
    expect((await evaluationsOf(id)).map(({ number, scorerKind, judged }) => [number, scorerKind, judged])).toEqual([
      [1, "rule", 1],
      [2, "qa", 2],
    ]);
  });
});

describe("who sees what", () => {
  test("the score: a manager and quality all, the OSC hers and her journeys', others their own, marketing none", async () => {
    const sales = await makeMember(workspace, { name: "Marcus Bell", roles: ["sales"], spoke: "sales" });
    const id = await log({ agentId: sales.memberId, next: "none" });
    const as = async (member: TestMember) => contextOf(workspace, member, monday);
    const other = await makeMember(workspace, { name: "Ines Cordero", roles: ["sales"], spoke: "sales" });
    const quality = await as(await makeMember(workspace, { name: "Quinn", roles: ["qa"] }));
    for (const ctx of [manager, osc, quality, await as(sales)])
      expect((await run(() => listEvaluations(ctx, id))).map(({ number }) => number)).toEqual([1]);
    const secondOsc = await as(await makeMember(workspace, { name: "Otto" }));
    const marketing = await as(await makeMember(workspace, { name: "Jo", roles: ["marketing"], spoke: "marketing" }));
    for (const ctx of [await as(other), secondOsc, marketing])
      await expect(run(() => listEvaluations(ctx, id))).rejects.toMatchObject({ code: "not_found" });
    const standardIn = async (ctx: Context) =>
      (await run(() => getTimeline(ctx, { customerId, kind: "interactions" }))).items.find((item) => item.id === id)
        ?.params.standard;
    expect(await standardIn(osc)).toMatchObject({ raw: 0, meets: null, judged: 2, total: 6 });
    expect(await standardIn(osc)).toMatchObject({
      missed: [{ name: "Names the next step and its date", isCritical: false }],
    });
    expect(await standardIn(secondOsc)).toBeNull();
  });

  test("a contact without a journey has its scorecard for who sees its customer, and for nobody else", async () => {
    const sales = await makeMember(workspace, { name: "Marcus Bell", roles: ["sales"], spoke: "sales" });
    const other = await makeMember(workspace, { name: "Ines Cordero", roles: ["sales"], spoke: "sales" });
    const id = await contactWith(await workerContext(workspace, monday), { customerId, agentId: sales.memberId });
    const quality = await contextOf(
      workspace,
      await makeMember(workspace, { name: "Quinn", roles: ["qa"] }),
      later(60),
    );
    for (const ctx of [manager, quality]) {
      const card = await run(() => getScorecard(ctx, id));
      expect(card).toMatchObject({ refusal: null, interaction: { id, agentName: "Marcus Bell" } });
    }
    expect((await run(() => listScorecards(quality))).map(({ interactionId }) => interactionId)).toContain(id);
    const card = await run(() => getScorecard(manager, id));
    const results = card.criteria
      .slice(0, 1)
      .map(({ id: criterionId }) => ({ criterionId, result: "passed" as const }));
    await run(() => judgeInteraction(manager, { id, results, comment: "" }));
    expect((await run(() => listEvaluations(manager, id)))[0]).toMatchObject({ scorerKind: "qa" });
    await expect(run(async () => listEvaluations(await contextOf(workspace, other, monday), id))).rejects.toMatchObject(
      { code: "not_found" },
    );
    const foreign = await makeWorkspace();
    const stranger = await contextOf(foreign, foreign.owner, monday);
    await expect(inWorkspace(foreign.id, () => getScorecard(stranger, id))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("quality judges what was drawn: at most five of each colleague, none of her own, none that is complete", async () => {
    for (let index = 0; index < 7; index += 1) await log({});
    await log({}, manager);
    const ctx = await contextOf(workspace, await makeMember(workspace, { name: "Quinn", roles: ["qa"] }), later(60));
    const drawn = await run(() => listScorecards(ctx));
    expect(drawn.map(({ agentName }) => agentName).filter((name) => name === "Dana Whitlock")).toHaveLength(5);
    expect(await run(() => listScorecards(ctx))).toEqual(drawn);
    expect((await run(() => listScorecards(manager))).every(({ agentName }) => agentName === "Dana Whitlock")).toBe(
      true,
    );
    const [first] = drawn;
    const card = await run(() => getScorecard(ctx, first?.interactionId ?? ""));
    expect(card.refusal).toBeNull();
    const results = card.criteria
      .filter(({ judgedBy }) => judgedBy !== "rule")
      .map(({ id: criterionId }) => ({ criterionId, result: "passed" as const }));
    await run(() => judgeInteraction(ctx, { id: first?.interactionId ?? "", results, comment: "" }));
    expect((await run(() => listScorecards(ctx))).map(({ interactionId }) => interactionId)).not.toContain(
      first?.interactionId,
    );
  });
});

describe("what was evaluated", () => {
  let owner: pg.Client;
  beforeAll(async () => {
    owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
    await owner.connect();
  });
  afterAll(() => owner.end());

  test("never changes, whatever is edited, published and thrown away afterwards", async () => {
    const ids = [await log({}), await log({ medium: "chat" }), await log({ medium: "onsite", type: "design meeting" })];
    const { named } = await standard("onsite", "design meeting");
    const results = [
      { criterionId: named("Agenda sent") || named("Agenda 48 hours before"), result: "missed" as const },
    ];
    await run(() => judgeInteraction(manager, { id: ids[2] ?? "", results, comment: "" }));
    const dump = async () =>
      (
        await owner.query(
          `select to_jsonb(e) as e, to_jsonb(t) as t, to_jsonb(c) as c, to_jsonb(v) as v from evaluations e join evaluation_items t on t.evaluation_id = e.id
           join standard_criteria c on c.id = t.criterion_id join standard_versions v on v.id = e.version_id where e.workspace_id = $1 order by e.id, t.criterion_id`,
          [workspace.id],
        )
      ).rows;
    const before = await dump();
    expect(before.length).toBeGreaterThan(4);
    const step = fc.record({
      medium: fc.constantFrom("phone", "chat", "onsite"),
      weight: fc.integer({ min: 1, max: 100 }),
      keep: fc.integer({ min: 0, max: 3 }),
      end: fc.constantFrom("publish", "discard"),
    });
    let minutes = 100;
    await fc.assert(
      fc.asyncProperty(step, async ({ medium, weight, keep, end }) => {
        minutes += 1;
        const ctx = { ...manager, now: later(minutes) };
        await run(async () => {
          const found = (await listStandards(ctx)).find((each) => each.medium === medium);
          const { id } = await draftStandard(ctx, { id: found?.id ?? "" });
          const { criterionList } = await getStandardVersion(ctx, id);
          const kept = criterionList
            .slice(0, keep)
            .map(({ id: _, momentName: __, momentNameHe: ___, ...each }) => ({ ...each, weight }));
          const criteria = [
            ...kept,
            { name: `New ${minutes}`, weight, kind: "operational" as const, rule: "next_step" as const },
          ];
          await saveStandardDraft(ctx, SaveDraft.parse({ id, version: 1, passMark: 0.5, criteria }));
          await (end === "publish" ? publishStandard(ctx, { id, version: 2 }) : discardStandardDraft(ctx, { id }));
        });
        expect(await dump()).toEqual(before);
      }),
      { numRuns: 20 },
    );
  });

  test("goes with the contact that it is about, and stays with it through a merge", async () => {
    const twin = await makeCustomer(osc, dana, { name: "Maya H" });
    const id = await log({ customerId: twin.customerId, observations: [] });
    await run(() => mergeCustomers(manager, { survivorId: customerId, loserId: twin.customerId, fields: {} }));
    expect((await run(() => listEvaluations(manager, id))).map(({ number }) => number)).toEqual([1]);
    await run(() => osc.db.interaction.deleteMany({ where: { workspaceId: workspace.id, id } }));
    expect(await evaluationsOf(id)).toEqual([]);
  });

  test("cannot be written over or removed by the application", async () => {
    const id = await log({});
    const [evaluation] = await evaluationsOf(id);
    const attempts = [
      () =>
        run(() =>
          osc.db.evaluation.updateMany({
            where: { workspaceId: workspace.id, id: evaluation?.id ?? "" },
            data: { raw: 1 },
          }),
        ),
      () => run(() => osc.db.evaluation.deleteMany({ where: { workspaceId: workspace.id } })),
      () =>
        run(() =>
          osc.db.evaluationItem.updateMany({ where: { workspaceId: workspace.id }, data: { result: "passed" } }),
        ),
      () => run(() => osc.db.momentObservation.deleteMany({ where: { workspaceId: workspace.id } })),
      () => run(() => osc.db.standardCriterion.deleteMany({ where: { workspaceId: workspace.id } })),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow();
  });
});
