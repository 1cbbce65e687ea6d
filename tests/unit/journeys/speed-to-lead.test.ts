import { describe, expect, test } from "vitest";
import { continuity, type ResponseRow, slaCompliance, speedToLead } from "@/lib/journeys/speed-to-lead";
import { newYork } from "../calendar/calendars";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

const friday = new Date("2025-03-07T17:50:00-05:00");
const monday = new Date("2025-03-10T09:05:00-04:00");

function rowsOf(responses: (number | null)[], ages: number[]): ResponseRow[] {
  return ages.map((ageMinutes, index) => ({ responseMinutes: responses[index] ?? null, ageMinutes }));
}

const rows = rowsOf([2, 4, 5, 9, 61, null, null, 3], [500, 480, 300, 200, 100, 40, 3, 90]);

describe("speedToLead", () => {
  test("tells the minutes on the clock from the staffed ones", () => {
    expect(speedToLead(newYork, friday, monday)).toEqual({ elapsedMinutes: 3735, staffedMinutes: 15 });
  });

  test("is 0 for a response dated before the lead", () => {
    expect(speedToLead(newYork, monday, friday)).toEqual({ elapsedMinutes: 0, staffedMinutes: 0 });
  });

  fixtureTest<unknown, { elapsed_min: number; staffed_min: number }>("F01_speed_to_lead", (_given, expected) => {
    expect(speedToLead(newYork, friday, monday)).toEqual({
      elapsedMinutes: expected.elapsed_min,
      staffedMinutes: expected.staffed_min,
    });
  });
});

describe("slaCompliance", () => {
  test("counts what was answered or is past the promise, and leaves out what may still be answered", () => {
    const { met, pending } = slaCompliance(rows, 5);
    expect(met).toMatchObject({ k: 4, n: 7 });
    expect(met.lo).toBeCloseTo(0.2505, 4);
    expect(met.hi).toBeCloseTo(0.8418, 4);
    expect(pending).toBe(1);
  });

  test("has no rate while everything is pending", () => {
    expect(slaCompliance(rowsOf([null], [5]), 5)).toMatchObject({ met: { rate: null }, pending: 1 });
  });

  type Given = { response_min: (number | null)[]; age_min: number[]; sla_min: number };
  type Expected = { met: number; due: number; pending_excluded: number; rate: number; lo: number; hi: number };
  fixtureTest<Given, Expected>("F02_sla_compliance", (given, expected) => {
    const { met, pending } = slaCompliance(rowsOf(given.response_min, given.age_min), given.sla_min);
    const [rate, lo, hi] = [met.rate, met.lo, met.hi].map((value) => toFourDecimals(value ?? Number.NaN));
    expect({ met: met.k, due: met.n, pending_excluded: pending, rate, lo, hi }).toEqual(expected);
  });
});

describe("continuity", () => {
  test("shows how many customers were touched and how many handoffs introduced", () => {
    const counts = { activeJourneys: 40, touchedJourneys: 31, handoffs: 20, introducedHandoffs: 17 };
    expect(continuity(counts)).toMatchObject({ coverage: { rate: 0.775 }, introductions: { rate: 0.85 } });
  });

  test("has no rate without handoffs", () => {
    const counts = { activeJourneys: 1, touchedJourneys: 0, handoffs: 0, introducedHandoffs: 0 };
    expect(continuity(counts)).toMatchObject({ coverage: { rate: 0 }, introductions: { rate: null } });
  });

  fixtureTest<Record<string, number>, { coverage: number; intro_rate: number }>(
    "F05_osc_continuity",
    (given, expected) => {
      const { coverage, introductions } = continuity({
        activeJourneys: given.active ?? Number.NaN,
        touchedJourneys: given.osc_touch_within_14d ?? Number.NaN,
        handoffs: given.handoffs ?? Number.NaN,
        introducedHandoffs: given.handoffs_with_osc_intro ?? Number.NaN,
      });
      expect({ coverage: coverage.rate, intro_rate: introductions.rate }).toEqual(expected);
    },
  );
});
