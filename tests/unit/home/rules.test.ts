import { describe, expect, test } from "vitest";
import { dwellHazard, placeInQueue, type QueueFacts, reasonOf } from "@/lib/home/rules";

const now = new Date("2026-03-02T10:00:00Z");
const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const today = at(14);
const tomorrow = at(38);
const facts = (part: Partial<QueueFacts> = {}): QueueFacts => ({
  unansweredSince: null,
  unansweredDueAt: null,
  offTrackSince: null,
  nextStartedAt: at(-24),
  nextDueAt: at(100),
  enteredStageAt: at(-24),
  dwellP80Days: 10,
  valuePercentile: 0,
  sentiment: 0.5,
  relayNeedBy: null,
  relaySentAt: null,
  promiseDueAt: null,
  promiseMadeAt: null,
  isPaused: false,
  ...part,
});
const groupOf = (part: Partial<QueueFacts>) => placeInQueue(facts(part), now, today, tomorrow)?.group ?? null;

describe("placeInQueue", () => {
  test("an unanswered inbound stands above everything", () => {
    expect(
      groupOf({ unansweredSince: at(-1), unansweredDueAt: at(-0.9), offTrackSince: at(-3), nextDueAt: at(-2) }),
    ).toBe("unanswered");
  });
  test("off the wheel, due today, waiting, tomorrow, without a clock, in that order", () => {
    expect(groupOf({ offTrackSince: at(-3) })).toBe("off_track");
    expect(groupOf({ nextDueAt: at(3) })).toBe("due_today");
    expect(groupOf({ promiseDueAt: at(2), promiseMadeAt: at(-2) })).toBe("due_today");
    expect(groupOf({ relayNeedBy: at(3), relaySentAt: at(-1) })).toBe("waiting");
    expect(groupOf({ nextDueAt: at(20) })).toBe("tomorrow");
    expect(groupOf({ nextDueAt: null })).toBe("no_clock");
  });
  test("somebody paused shows for what she asked or was promised, not for what was planned with her", () => {
    expect(groupOf({ isPaused: true, nextDueAt: at(-3) })).toBeNull();
    expect(groupOf({ isPaused: true, nextDueAt: null })).toBeNull();
    expect(groupOf({ isPaused: true, unansweredSince: at(-1), unansweredDueAt: at(-0.9) })).toBe("unanswered");
    expect(groupOf({ isPaused: true, offTrackSince: at(-1), promiseDueAt: at(-1) })).toBe("off_track");
    expect(groupOf({ isPaused: true, promiseDueAt: at(2), promiseMadeAt: at(-2) })).toBe("due_today");
  });
  test("on track is silent", () => expect(groupOf({})).toBeNull());
  test("the score is F21 of its factors", () => {
    const placed = placeInQueue(
      facts({
        offTrackSince: at(-3),
        nextStartedAt: at(-50),
        nextDueAt: at(-10),
        valuePercentile: 0.7,
        sentiment: 1,
        enteredStageAt: at(-96),
      }),
      now,
      today,
      tomorrow,
    );
    expect(placed?.factors).toEqual({ overdueRatio: 1.25, valuePercentile: 0.7, dropHazard: 0.4, sentiment: 1 });
    expect(placed?.score).toBeCloseTo(64.375, 4);
  });
});

test("risk grows with the share of p80 that has passed, to one", () => {
  expect(dwellHazard(at(-120), 10, now)).toBeCloseTo(0.5, 4);
  expect(dwellHazard(at(-1000), 10, now)).toBe(1);
  expect(dwellHazard(at(-1000), null, now)).toBe(0);
});

test("the reason of an unanswered one is what she said, cut to a line", () => {
  const reason = reasonOf({
    group: "unanswered",
    lastWords: "x".repeat(200),
    lastMedium: "chat",
    triggers: [],
    nextName: null,
    relayQuestion: null,
    promiseText: null,
    promiseIsFirst: false,
  });
  expect(reason.quote).toHaveLength(140);
});
