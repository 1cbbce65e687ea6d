import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareQueuePlaces, queueScore } from "@/lib/journeys/queue-order";
import { fixtureTest, toFourDecimals } from "../domain-fixtures";

type Row = [overdueRatio: number, valuePercentile: number, dropHazard: number, sentiment: number];

function scoreOf([overdueRatio, valuePercentile, dropHazard, sentiment]: Row): number {
  return queueScore({ overdueRatio, valuePercentile, dropHazard, sentiment });
}

describe("queueScore", () => {
  test.each<[Row, number]>([
    [[1.25, 0.7, 0.4, 1], 64.375],
    [[2.6, 0.2, 0.1, 0.5], 50],
    [[0.5, 0.95, 0, 0], 32.5],
  ])("weighs %j to %f", (row, expected) => {
    expect(scoreOf(row)).toBeCloseTo(expected, 9);
  });

  test("counts no lateness where no clock runs", () => {
    expect(queueScore({ overdueRatio: null, valuePercentile: 0, dropHazard: 0, sentiment: 0.5 })).toBeCloseTo(7.5, 9);
  });

  test("stays within 0 and 100 whatever comes in", () => {
    const number = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(number, number, number, number, (...row) => {
        expect(scoreOf(row)).toBeGreaterThanOrEqual(0);
        expect(scoreOf(row)).toBeLessThanOrEqual(100 + 1e-9);
      }),
    );
  });

  fixtureTest<Record<string, Row[]>, number[]>("F21_queue_priority", (given, expected) => {
    const rows = Object.values(given).flat();
    expect(rows.map((row) => toFourDecimals(scoreOf(row)))).toEqual(expected);
  });
});

describe("compareQueuePlaces", () => {
  test("puts unanswered inbound first and what has no clock last, each by score", () => {
    const places = [
      { name: "first review", hasUnansweredInbound: false, hasClock: false, score: 90 },
      { name: "late", hasUnansweredInbound: false, hasClock: true, score: 60 },
      { name: "waiting caller", hasUnansweredInbound: true, hasClock: false, score: 5 },
      { name: "later", hasUnansweredInbound: false, hasClock: true, score: 80 },
      { name: "angry caller", hasUnansweredInbound: true, hasClock: true, score: 70 },
    ];
    expect(places.sort(compareQueuePlaces).map(({ name }) => name)).toEqual([
      "angry caller",
      "waiting caller",
      "later",
      "late",
      "first review",
    ]);
  });
});
