import { describe, expect, test } from "vitest";
import { canonicalJson, sha256Of } from "@/lib/runs/canonical";
import { compareResults, planFrame } from "@/lib/runs/rules";

describe("canonical JSON", () => {
  test("spells equal values alike, whatever order their keys came in", () => {
    const first = canonicalJson({ b: [1, { d: null, c: -0 }], a: "x", gone: undefined });
    expect(first).toBe('{"a":"x","b":[1,{"c":0,"d":null}]}');
    expect(canonicalJson({ a: "x", b: [1, { c: 0, d: null }] })).toBe(first);
    expect(sha256Of(first)).toHaveLength(64);
  });

  test("refuses what JSON cannot say", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1])
      expect(() => canonicalJson({ value })).toThrow(TypeError);
  });
});

describe("a run", () => {
  const now = new Date("2026-03-02T10:00:00Z");
  const later = new Date("2026-03-02T10:00:01Z");

  test("is of now unless another time is named, and never of one to come", () => {
    expect(planFrame({}, now)).toEqual({ ok: true, change: { asOf: now, knownAt: now } });
    expect(planFrame({ asOf: later }, now)).toMatchObject({ ok: false, reason: "in_the_future" });
    expect(planFrame({ knownAt: later }, now)).toMatchObject({ ok: false, reason: "in_the_future" });
  });

  test("says where it parts from another, path by path", () => {
    expect(compareResults({ a: [1, 2], b: { c: "x" } }, { a: [1, 3], b: { c: "x", d: 1 } })).toEqual({
      isSame: false,
      differences: [
        { path: "a.1", first: 2, second: 3 },
        { path: "b.d", first: null, second: 1 },
      ],
      isTruncated: false,
    });
  });
});
