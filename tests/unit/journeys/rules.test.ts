import { describe, expect, test } from "vitest";
import {
  isForwardEdge,
  planComplete,
  planHold,
  planLose,
  planMove,
  planReopen,
  planResume,
  type RuleJourney,
  type RuleStage,
} from "@/lib/journeys/rules";

const stage = (position: number, part: Partial<RuleStage> = {}): RuleStage => ({
  id: `stage-${position}`,
  templateId: "template",
  key: `key_${position}`,
  position,
  spokeId: `spoke-${position}`,
  entryStatus: "active",
  allowedNext: [],
  requiredFields: [],
  ...part,
});
const journey = (part: Partial<RuleJourney> = {}): RuleJourney => ({
  status: "active",
  stageId: "stage-1",
  templateId: "template",
  need: "a home",
  fields: {},
  statusBeforeHold: null,
  ...part,
});
const now = new Date("2026-03-02T10:00:00Z");

describe("planMove", () => {
  test("advances to the next stage and hands the baton to its spoke", () => {
    expect(planMove(journey(), stage(1), stage(2), undefined)).toEqual({
      ok: true,
      change: { stageId: "stage-2", spokeId: "spoke-2", status: "active", cause: "advance" },
    });
  });
  test("skips only along an edge of the template", () => {
    expect(planMove(journey(), stage(1), stage(3), undefined)).toMatchObject({ ok: false, reason: "no_edge" });
    expect(planMove(journey(), stage(1, { allowedNext: ["key_3"] }), stage(3), undefined)).toMatchObject({
      change: { cause: "skip" },
    });
    expect(isForwardEdge(stage(1, { allowedNext: ["key_3"] }), stage(2))).toBe(false);
  });
  test("keeps a stage until its required fields are filled, and names them", () => {
    const from = stage(1, { requiredFields: ["price_range", "timing"] });
    expect(planMove(journey({ fields: { timing: "now" } }), from, stage(2), undefined)).toMatchObject({
      reason: "fields_missing",
      details: { fields: { "fields.price_range": "required" } },
    });
    expect(planMove(journey({ fields: { timing: "now", price_range: "600k" } }), from, stage(2), undefined).ok).toBe(
      true,
    );
  });
  test("goes back only with a reason, fields or not", () => {
    const from = stage(3, { requiredFields: ["timing"] });
    expect(planMove(journey(), from, stage(2), undefined)).toMatchObject({ reason: "reason_required" });
    expect(planMove(journey(), from, stage(2), "wrong lot")).toMatchObject({ change: { cause: "back" } });
  });
  test("makes a lead of a pre-lead only with a need", () => {
    const engage = stage(0, { entryStatus: "pre_lead" });
    expect(planMove(journey({ status: "pre_lead", need: null }), engage, stage(1), undefined)).toMatchObject({
      reason: "need_required",
    });
    expect(planMove(journey({ status: "pre_lead" }), engage, stage(1), undefined)).toMatchObject({
      change: { status: "active" },
    });
  });
  test("winning does not end a journey, and a won one stays won", () => {
    expect(planMove(journey(), stage(1), stage(2, { entryStatus: "won" }), undefined)).toMatchObject({
      change: { status: "won" },
    });
    expect(planMove(journey({ status: "won" }), stage(2), stage(3), undefined)).toMatchObject({
      change: { status: "won" },
    });
  });
  test.each([
    ["on_hold", "on_hold"],
    ["lost", "journey_closed"],
    ["completed", "journey_closed"],
    ["merged", "journey_closed"],
  ])("refuses a journey that is %s", (status, reason) => {
    expect(planMove(journey({ status }), stage(1), stage(2), undefined)).toMatchObject({ ok: false, reason });
  });
  test("refuses the same stage and another template", () => {
    expect(planMove(journey(), stage(1), stage(1), undefined)).toMatchObject({ reason: "same_stage" });
    expect(planMove(journey(), stage(1), stage(2, { templateId: "other" }), undefined)).toMatchObject({
      reason: "other_template",
    });
  });
});

describe("the ends and the pauses", () => {
  test("a pause remembers what it interrupts and ends in it", () => {
    expect(planHold(journey({ status: "won" }), new Date("2026-04-01"), now)).toEqual({
      ok: true,
      change: { status: "on_hold", statusBeforeHold: "won" },
    });
    expect(planResume(journey({ status: "on_hold", statusBeforeHold: "won" }))).toEqual({
      ok: true,
      change: { status: "won" },
    });
    expect(planHold(journey(), now, now)).toMatchObject({ reason: "in_the_past" });
    expect(planResume(journey())).toMatchObject({ reason: "not_on_hold" });
  });
  test("only an open journey is lost, only a lost one comes back", () => {
    expect(planLose(journey({ status: "completed" }))).toMatchObject({ reason: "journey_closed" });
    expect(planReopen(journey(), stage(1))).toMatchObject({ reason: "not_lost" });
    expect(planReopen(journey({ status: "lost" }), stage(0, { entryStatus: "pre_lead" }))).toMatchObject({
      change: { status: "active" },
    });
  });
  test("the circle completes from the last stage of a won journey only", () => {
    expect(planComplete(journey(), stage(9), 9)).toMatchObject({ reason: "not_won" });
    expect(planComplete(journey({ status: "won" }), stage(8), 9)).toMatchObject({ reason: "not_last_stage" });
    expect(planComplete(journey({ status: "won" }), stage(9), 9)).toEqual({
      ok: true,
      change: { status: "completed" },
    });
  });
});
