import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BusinessCalendar } from "@/lib/calendar/business-calendar";
import { staffedMinutesBetween } from "@/lib/calendar/staffed-time";
import { escalationRatios, escalationTimes, isRelayOpen, planRelay, relayStates } from "@/lib/relays/rules";

const weekdays = [[540, 1080]] as const;
const calendar: BusinessCalendar = {
  timeZone: "America/New_York",
  hours: { 0: [], 1: weekdays, 2: weekdays, 3: weekdays, 4: weekdays, 5: weekdays, 6: [] },
  holidays: [],
};

describe("planRelay", () => {
  test("a question is acknowledged, then answered", () => {
    expect(planRelay("sent", "acked")).toMatchObject({ ok: true, change: { state: "acked" } });
    expect(planRelay("acked", "done")).toMatchObject({ ok: true });
  });

  test("a question may be answered or declined without being acknowledged first", () => {
    expect(planRelay("sent", "done").ok).toBe(true);
    expect(planRelay("sent", "declined").ok).toBe(true);
  });

  test("whatever happens to it, a relay stays in a legal state and what ended stays ended", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...relayStates), { maxLength: 40 }), (wishes) => {
        let state: string = "sent";
        for (const wish of wishes) {
          const decision = planRelay(state, wish);
          if (!isRelayOpen(state)) expect(decision.ok).toBe(false);
          if (decision.ok) state = decision.change.state;
          expect(relayStates).toContain(state);
          expect(state === "sent" || wishes.includes(state as (typeof relayStates)[number])).toBe(true);
        }
      }),
    );
  });
});

describe("escalationTimes", () => {
  test("a question on Friday at five, needed in four staffed hours, climbs on Monday", () => {
    const sent = new Date("2026-03-06T22:00:00Z"); // Friday 17:00 in New York
    const needed = new Date("2026-03-09T16:00:00Z"); // Monday 12:00, one hour on Friday and three on Monday
    const [owner, hub, team, manager] = escalationTimes(calendar, sent, needed).map((at) => at.toISOString());
    expect(owner).toBe("2026-03-09T16:00:00.000Z");
    expect(hub).toBe("2026-03-09T17:00:00.000Z");
    expect(team).toBe("2026-03-09T18:00:00.000Z");
    expect(manager).toBe("2026-03-09T20:00:00.000Z");
  });

  test("the steps stand in order and at their shares of staffed time", () => {
    const start = Date.UTC(2026, 0, 1);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 * 24 * 60 }),
        fc.integer({ min: 1, max: 20 * 24 * 60 }),
        (from, span) => {
          const sent = new Date(start + from * 60_000);
          const needed = new Date(sent.getTime() + span * 60_000);
          const times = escalationTimes(calendar, sent, needed);
          const allowed = staffedMinutesBetween(calendar, sent, needed);
          for (const [index, at] of times.entries()) {
            expect(at.getTime()).toBeGreaterThanOrEqual((times[index - 1] ?? needed).getTime());
            if (allowed >= 1) {
              const ratio = staffedMinutesBetween(calendar, sent, at) / allowed;
              expect(ratio).toBeCloseTo(escalationRatios[index] ?? 0, 3);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
