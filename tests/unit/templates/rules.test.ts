import { describe, expect, test } from "vitest";
import { defaultTemplates } from "@/lib/journeys/default-templates";
import {
  firstStage,
  impactOf,
  keyFor,
  lintTemplate,
  planDefault,
  planEdit,
  planPublish,
  withStageMoved,
} from "@/lib/templates/rules";
import type { StageInput, TemplateSpoke } from "@/lib/templates/schema";
import { defaultSpokes } from "@/lib/workspaces/defaults";

const spokes: TemplateSpoke[] = defaultSpokes.map((spoke) => ({ ...spoke, id: `id-${spoke.key}` }));

const stage = (key: string, more: Partial<StageInput> = {}): StageInput => ({
  key,
  name: key,
  spokeId: "id-osc",
  phase: "before",
  entryStatus: "active",
  dwellP50Days: 3,
  dwellP80Days: 7,
  silenceDays: 5,
  allowedNext: [],
  requiredFields: [],
  touchpoints: [],
  ...more,
});

const good = [stage("lead"), stage("working", { spokeId: "id-sales" }), stage("closed", { entryStatus: "won" })];
const lint = (stages: StageInput[], name = "Ours") =>
  lintTemplate({ name, stages }, spokes).map(({ path, reason }) => `${path}: ${reason}`);

describe("what keeps a draft from being published", () => {
  test.each(defaultTemplates.map((template) => [template.name, template] as const))(
    "nothing in the default template %s",
    (_name, template) => {
      const stages = template.stages.map(({ spoke, ...rest }) => ({ ...rest, spokeId: `id-${spoke}` }));
      expect(lint(stages as StageInput[], template.name)).toEqual([]);
    },
  );

  test("a key twice, or one that is no key", () => {
    expect(lint([stage("lead"), stage("lead"), stage("No Good"), ...good.slice(2)])).toEqual([
      "stages.1.key: key_taken",
      "stages.2.key: bad_key",
    ]);
  });

  test("a stage nobody can reach", () => {
    const stages = [
      stage("lead", { allowedNext: ["closed"] }),
      stage("island"),
      stage("closed", { entryStatus: "won" }),
    ];
    expect(lint(stages)).toEqual(["stages.1: unreachable"]);
  });

  test("a way to a stage that is not there or not later", () => {
    const stages = [
      stage("lead", { allowedNext: ["working", "moon"] }),
      stage("working", { allowedNext: ["lead", "closed"] }),
    ];
    expect(lint([...stages, stage("closed", { entryStatus: "won" })])).toEqual([
      "stages.0.allowedNext: no_such_stage",
      "stages.1.allowedNext: next_not_later",
    ]);
  });

  test("no stage in which a lead starts, and none that is won", () => {
    expect(lint([stage("engage", { entryStatus: "pre_lead" })])).toEqual(["stages: no_first", "stages: no_won"]);
  });

  test("a stage before the lead that stands in the middle, and one that takes a win back", () => {
    const stages = [...good, stage("late", { entryStatus: "pre_lead" })];
    expect(lint(stages)).toEqual(["stages.3.entryStatus: pre_lead_not_first", "stages.3.entryStatus: won_goes_back"]);
  });

  test("clocks without time, a p80 below the p50, an unknown department, type or field", () => {
    const broken = stage("lead", {
      spokeId: "id-moon",
      dwellP50Days: 9,
      silenceDays: 0,
      requiredFields: ["budget", "budget", "Not a key"],
      touchpoints: [
        { name: "", type: "seance", medium: null, spokeKey: "moon", due: { unit: "business_days", amount: 0 } },
      ],
    });
    expect(lint([broken, ...good.slice(1)])).toEqual([
      "stages.0.spokeId: no_such_spoke",
      "stages.0.dwellP80Days: p80_below_p50",
      "stages.0.silenceDays: not_positive",
      "stages.0.requiredFields.1: key_taken",
      "stages.0.requiredFields.2: bad_key",
      "stages.0.touchpoints.0.name: required",
      "stages.0.touchpoints.0.type: no_such_type",
      "stages.0.touchpoints.0.due.amount: not_positive",
      "stages.0.touchpoints.0.spokeKey: no_such_spoke",
    ]);
  });
});

describe("what publishing changes", () => {
  const facts = { replaces: { id: "old", number: 1, isDefault: true }, running: { lead: 4, working: 3 } };

  test("names what was added, removed, moved and changed, and who stays on the old version", () => {
    const after = [
      stage("lead", { requiredFields: ["budget"], dwellP80Days: 9 }),
      stage("visit", {
        touchpoints: [{ name: "Visit", type: "appointment", medium: "onsite", spokeKey: null, due: null }],
      }),
      stage("closed", { entryStatus: "won", name: "Signed" }),
    ];
    expect(impactOf(good, after, facts)).toEqual({
      replaces: { id: "old", number: 1 },
      keepOld: 7,
      added: [{ key: "visit", name: "visit" }],
      removed: [{ key: "working", name: "working", running: 3 }],
      changed: [
        { key: "lead", name: "lead", parts: ["dwell", "requiredFields"], newFields: ["budget"] },
        { key: "closed", name: "Signed", parts: ["name"], newFields: [] },
      ],
      becomesDefault: true,
      newStart: { name: "lead", touchpoint: null },
    });
  });

  test("is nothing for a copy, whatever order its stored parts have", () => {
    const touch = {
      name: "Call",
      type: "follow-up",
      medium: "phone",
      spokeKey: null,
      due: { unit: "hours", amount: 2 },
    } as const;
    const turned = {
      due: { amount: 2, unit: "hours" },
      spokeKey: null,
      medium: "phone",
      type: "follow-up",
      name: "Call",
    } as const;
    const copy = impactOf([stage("lead", { touchpoints: [touch] })], [stage("lead", { touchpoints: [turned] })], facts);
    expect([copy.added, copy.removed, copy.changed]).toEqual([[], [], []]);
  });

  test("says which stages stand elsewhere", () => {
    const [lead, working, closed] = good as [StageInput, StageInput, StageInput];
    expect(impactOf(good, [working, lead, closed], facts).changed.map(({ key, parts }) => [key, parts])).toEqual([
      ["working", ["position"]],
      ["lead", ["position"]],
    ]);
  });

  test("a new template replaces nothing", () => {
    expect(impactOf([], good, { replaces: null, running: {} })).toMatchObject({
      replaces: null,
      keepOld: 0,
      becomesDefault: false,
    });
  });
});

describe("decisions", () => {
  test("only a complete draft is published", () => {
    expect(planPublish("draft", []).ok).toBe(true);
    expect(planPublish("published", [])).toMatchObject({ ok: false, reason: "not_a_draft" });
    expect(planPublish("draft", [{ path: "stages", reason: "no_won" }])).toMatchObject({
      ok: false,
      reason: "template_incomplete",
      details: { fields: { stages: "no_won" } },
    });
  });

  test("only a draft is edited and only a published version is the default", () => {
    expect([planEdit("draft").ok, planEdit("archived").ok]).toEqual([true, false]);
    expect([planDefault("published").ok, planDefault("archived").ok]).toEqual([true, false]);
  });
});

test("a lead starts in the first stage that makes her one", () => {
  expect(firstStage([stage("engage", { entryStatus: "pre_lead" }), stage("lead")])?.key).toBe("lead");
});

test("moving a stage keeps the others in order, and never loses one", () => {
  expect(withStageMoved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(withStageMoved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  expect(withStageMoved(["a", "b"], 1, 2)).toEqual(["a", "b"]);
});

test("a name becomes a key that is not taken", () => {
  expect(keyFor("Pre-construction meeting", [])).toBe("pre_construction_meeting");
  expect(keyFor("Lead", ["lead", "lead_2"])).toBe("lead_3");
  expect(keyFor("פגישה", [])).toBe("stage");
});
