import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decompose, type Pass, sumWaits, type Turn, type Wait } from "@/lib/waiting/rules";

const turn = (at: number, spokeId: string, state: Partial<Turn> = {}): Turn => ({
  ...{ at, spokeId, stage: "one", isRunning: true, isPaused: false },
  ...state,
});
const wait = (cause: Wait["cause"], from: number, to: number | null, spokeId: string | null = "design"): Wait => ({
  ...{ cause, from, to, spokeId },
});
const told = (turns: Turn[], passes: Pass[], waits: Wait[], end: number) =>
  decompose(turns, passes, waits, end).map(({ from, to, batonId, cause, whom }) => [from, to, batonId, cause, whom]);

describe("taking a journey apart", () => {
  test("the whole time is the holder's own work where nothing is owed", () => {
    expect(told([turn(0, "osc"), turn(10, "sales")], [], [], 30)).toEqual([
      [0, 10, "osc", "work", "osc"],
      [10, 30, "sales", "work", "sales"],
    ]);
  });

  test("an unanswered relay is waited for with the department that was asked, while the baton stays", () => {
    expect(told([turn(0, "sales")], [], [wait("relay", 5, 12)], 20)).toEqual([
      [0, 5, "sales", "work", "sales"],
      [5, 12, "sales", "relay", "design"],
      [12, 20, "sales", "work", "sales"],
    ]);
  });

  test("an answer that is owed is waited for with whoever has the baton, before relays and promises", () => {
    const waits = [wait("promise", 0, null, "cs"), wait("relay", 2, 9), wait("answer", 4, 6, null)];
    expect(told([turn(0, "sales")], [], waits, 10)).toEqual([
      [0, 2, "sales", "promise", "cs"],
      [2, 4, "sales", "relay", "design"],
      [4, 6, "sales", "answer", "sales"],
      [6, 9, "sales", "relay", "design"],
      [9, 10, "sales", "promise", "cs"],
    ]);
  });

  test("a pause is the customer's time, whatever else is open, and nothing runs after the end or between loss and reopening", () => {
    const turns = [
      turn(0, "osc"),
      turn(4, "osc", { isPaused: true }),
      turn(8, "osc"),
      turn(10, "osc", { isRunning: false }),
      turn(15, "osc"),
    ];
    expect(told(turns, [], [wait("relay", 3, 20)], 17)).toEqual([
      [0, 3, "osc", "work", "osc"],
      [3, 4, "osc", "relay", "design"],
      [4, 8, "osc", "paused", "customer"],
      [8, 10, "osc", "relay", "design"],
      [15, 17, "osc", "relay", "design"],
    ]);
  });

  test("a handoff within the stage passes the baton when it is accepted, and until then the receiver is waited for", () => {
    const passes = [{ at: 6, spokeId: "design" }];
    expect(told([turn(0, "sales"), turn(9, "cs")], passes, [wait("handoff", 2, 6)], 12)).toEqual([
      [0, 2, "sales", "work", "sales"],
      [2, 6, "sales", "handoff", "design"],
      [6, 9, "design", "work", "design"],
      [9, 12, "cs", "work", "cs"],
    ]);
  });

  test("of two relays at once the one asked first is waited for", () => {
    expect(told([turn(0, "osc")], [], [wait("relay", 3, 9, "cs"), wait("relay", 1, 5)], 9)).toEqual([
      [0, 1, "osc", "work", "osc"],
      [1, 5, "osc", "relay", "design"],
      [5, 9, "osc", "relay", "cs"],
    ]);
  });

  test("who was never there has no time", () => {
    expect(decompose([], [], [wait("relay", 0, null)], 10)).toEqual([]);
    expect(sumWaits([])).toEqual({ elapsed: 0, staffed: 0, byBaton: [], byWhom: [] });
  });
});

const spokes = fc.constantFrom("osc", "sales", "design", "cs");
const at = fc.integer({ min: 0, max: 60 });
const turns = fc
  .array(
    fc.record({
      at,
      spokeId: spokes,
      stage: fc.constantFrom("one", "two"),
      isRunning: fc.boolean(),
      isPaused: fc.boolean(),
    }),
    {
      maxLength: 8,
    },
  )
  .map((all) => all.sort((a, b) => a.at - b.at));
const passes = fc
  .array(fc.record({ at, spokeId: spokes }), { maxLength: 3 })
  .map((all) => all.sort((a, b) => a.at - b.at));
const waits = fc.array(
  fc.record({
    cause: fc.constantFrom("answer", "handoff", "relay", "promise"),
    spokeId: fc.option(spokes),
    from: at,
    to: fc.option(at),
  }),
  { maxLength: 8 },
);

describe("the sum of the parts", () => {
  test("stretches never overlap and add up to the time under way, whatever happened", () => {
    fc.assert(
      fc.property(turns, passes, waits, fc.integer({ min: 0, max: 80 }), (turns, passes, waits, end) => {
        const stretches = decompose(turns, passes, waits as Wait[], end);
        for (const [place, { from, to }] of stretches.entries()) {
          expect(to).toBeGreaterThan(from);
          expect(from).toBeGreaterThanOrEqual(stretches[place - 1]?.to ?? 0);
        }
        const running = turns.reduce((sum, { at, isRunning }, place) => {
          const until = Math.min(end, turns[place + 1]?.at ?? end);
          return sum + (isRunning ? Math.max(0, until - at) : 0);
        }, 0);
        expect(stretches.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(running);
      }),
    );
  });

  test("lines by baton and lines by who was waited for both add up to the whole, and shares to one", () => {
    fc.assert(
      fc.property(turns, waits, (turns, waits) => {
        const stretches = decompose(turns, [], waits as Wait[], 70);
        const owned = stretches.map((stretch, place) => ({ ...stretch, customerId: `${place % 3}`, staffed: place }));
        const sums = sumWaits(owned);
        for (const lines of [sums.byBaton, sums.byWhom]) {
          expect(lines.reduce((sum, { elapsed }) => sum + elapsed, 0)).toBe(sums.elapsed);
          expect(lines.reduce((sum, { staffed }) => sum + staffed, 0)).toBe(sums.staffed);
          if (sums.elapsed > 0) expect(lines.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(1, 9);
          for (const { elapsed, causes } of lines)
            expect(Object.values(causes).reduce((sum, each) => sum + each, 0)).toBe(elapsed);
        }
      }),
    );
  });

  test("the median is of the customers who had any of it", () => {
    const owned = [6, 2, 10].map((to, place) => ({
      ...{ from: 0, to, batonId: "osc", stage: "one", cause: "work" as const, whom: "osc", staffed: 0 },
      customerId: `${place}`,
    }));
    expect(sumWaits(owned).byBaton[0]).toMatchObject({ customers: 3, elapsed: 18, median: 6, share: 1 });
  });
});
