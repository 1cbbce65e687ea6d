import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dwellTail, trackState } from "@/lib/journeys/track";
import { kaplanMeier } from "@/lib/statistics/survival";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const stays = (
  [
    [3, true],
    [5, true],
    [5, true],
    [7, false],
    [8, true],
    [10, true],
    [12, true],
    [12, false],
    [15, true],
    [20, false],
  ] as const
).map(([time, hasEnded]) => ({ time, hasEnded }));

describe("trackState", () => {
  test.each([
    [30, 0.625, "on_track"],
    [36, 0.75, "due_soon"],
    [40, 0.8333, "due_soon"],
    [48, 1, "due_soon"],
    [60, 1.25, "overdue"],
    [96, 2, "stalled"],
  ])("after %i of 48 hours the ratio is %f: %s", (elapsed, ratio, state) => {
    const track = trackState(elapsed, 48);
    expect(track.ratio).toBeCloseTo(ratio, 4);
    expect(track.state).toBe(state);
  });

  test("is overdue one second after the due time, also after most of a year", () => {
    const due = 335 * 86_400;
    expect([trackState(due, due).state, trackState(due + 1, due).state]).toEqual(["due_soon", "overdue"]);
  });

  test("forgives floating point error at the limits", () => {
    expect(trackState(0.1 + 0.2, 0.3).state).toBe("due_soon");
    expect(trackState(0.3, 0.1 + 0.2).state).toBe("due_soon");
  });

  test("leaves no room where no time was allowed, with a finite ratio", () => {
    expect(trackState(0, 0)).toEqual({ ratio: 1, state: "due_soon" });
    expect(trackState(1, 0)).toEqual({ ratio: 2, state: "stalled" });
    expect(trackState(-5, 10)).toEqual({ ratio: 0, state: "on_track" });
  });

  test("only ever worsens as time passes", () => {
    const order = ["on_track", "due_soon", "overdue", "stalled"];
    const amount = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(amount, amount, fc.double({ min: 0.001, max: 1e6, noNaN: true }), (a, b, due) => {
        const [early, late] = [trackState(Math.min(a, b), due), trackState(Math.max(a, b), due)];
        expect(order.indexOf(early.state)).toBeLessThanOrEqual(order.indexOf(late.state));
      }),
    );
  });

  fixtureTest<{ elapsed_h: number[]; due_h: number }, [number, string][]>("F11_track_state", (given, expected) => {
    const tracks = given.elapsed_h.map((elapsed) => trackState(elapsed, given.due_h));
    expect(tracks.map(({ ratio, state }) => [toFourDecimals(ratio), state])).toEqual(expected);
  });
});

describe("dwellTail", () => {
  test.each([
    [4, 0.9, false],
    [13, 0.35, false],
    [16, 0.175, true],
  ])("after %i days the share that stays longer is %f, a tail: %s", (days, survival, isTail) => {
    const tail = dwellTail(kaplanMeier(stays), days);
    expect(tail?.survival).toBeCloseTo(survival, 4);
    expect(tail?.isTail).toBe(isTail);
  });

  test("counts exactly 20 % as a tail", () => {
    const curve = kaplanMeier([1, 2, 3, 4, 5].map((time) => ({ time, hasEnded: time < 5 })));
    expect(dwellTail(curve, 4)).toEqual({ survival: expect.closeTo(0.2, 9), isTail: true });
  });

  test("says nothing of a stage that nobody has been in", () => {
    expect(dwellTail(kaplanMeier([]), 400)).toBeNull();
  });

  fixtureTest<{ days_in_stage: number[] }, [number, number, boolean][]>("F12_tail_probability", (given, expected) => {
    const tails = given.days_in_stage.map((days) => [days, dwellTail(kaplanMeier(stays), days)] as const);
    expect(tails.map(([days, tail]) => [days, toFourDecimals(tail?.survival ?? Number.NaN), tail?.isTail])).toEqual(
      expected,
    );
  });
});
