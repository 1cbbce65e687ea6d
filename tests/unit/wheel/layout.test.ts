import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { layoutOf } from "@/components/wheel/layout";
import { cut, nameLines } from "@/components/wheel/name-lines";
import type { WheelView } from "@/components/wheel/wheel-view";

type Shape = { spokes: number; baton: number | null; owner: number | null; stations: number; standing: number };

/** A journey of equal sectors; the first sector closes the circle with its last station. */
function viewOf({ spokes, baton, owner, stations, standing }: Shape, ratio: number | null = 0.5): WheelView {
  let place = -1;
  return {
    customerName: "Maya Halloran",
    oscName: "Dana",
    oscSince: "",
    oscPhoto: null,
    spokes: Array.from({ length: spokes }, (_spoke, index) => ({
      id: `s${index}`,
      code: "Xx",
      name: `Spoke ${index}`,
      position: Math.min(8, index + 1),
      person: null,
      state: "idle",
      stateText: "",
      touches: [],
      promises: [],
      stations: Array.from({ length: stations }, (_station, each) => {
        place += 1;
        return {
          id: `${index}-${each}`,
          name: "",
          state: place < standing ? "done" : place === standing ? "current" : "ahead",
          isClosing: index === 0 && stations > 1 && each === stations - 1,
        };
      }),
    })),
    batonSpokeId: baton === null ? null : `s${baton}`,
    current: { label: "", name: "", detail: "" },
    next: {
      label: "",
      name: "",
      detail: "",
      spokeId: owner === null ? null : `s${owner}`,
      ratio,
      lateText: null,
      stepText: null,
    },
    brief: { large: "", small: "" },
    statement: "",
  };
}

const anyShape = fc
  .record({
    spokes: fc.integer({ min: 3, max: 10 }),
    stations: fc.integer({ min: 1, max: 4 }),
    baton: fc.option(fc.nat(9)),
    owner: fc.option(fc.nat(9)),
    standing: fc.nat(40),
  })
  .map(({ spokes, stations, baton, owner, standing }) => ({
    spokes,
    stations,
    baton: baton === null ? null : baton % spokes,
    owner: owner === null ? null : owner % spokes,
    standing: standing % (spokes * stations),
  }));

describe("layoutOf", () => {
  test("puts now before and next behind the handle of the baton", () => {
    const layout = layoutOf(viewOf({ spokes: 7, baton: 3, owner: 3, stations: 2, standing: 6 }));
    const sector = 360 / 7;
    expect(layout.here).toBeCloseTo(2.75 * sector, 6);
    expect(layout.gate).toBeCloseTo(3.25 * sector, 6);
    expect(layout.nowGap).toBeCloseTo(2.5 * sector, 6);
    expect(layout.nextGap).toBeCloseTo(3.5 * sector, 6);
  });

  test("leads the way to another department that owns what comes next", () => {
    const layout = layoutOf(viewOf({ spokes: 7, baton: 3, owner: 4, stations: 2, standing: 6 }));
    expect(layout.gate).toBeCloseTo(3.75 * (360 / 7), 6);
  });

  test("lets the first department open the circle, and close it at the end of the journey", () => {
    const opening = layoutOf(viewOf({ spokes: 7, baton: 0, owner: 0, stations: 4, standing: 1 }));
    const closing = layoutOf(viewOf({ spokes: 7, baton: 0, owner: 0, stations: 4, standing: 3 }));
    expect(opening.here).toBeLessThan(90);
    expect(closing.here).toBeGreaterThan(300);
  });

  test("shows no gate when nothing is expected", () => {
    const view = viewOf({ spokes: 7, baton: 3, owner: null, stations: 2, standing: 6 });
    expect(layoutOf({ ...view, next: null }).gate).toBeNull();
  });

  test("is late only after the due time", () => {
    const shape = { spokes: 7, baton: 3, owner: 3, stations: 2, standing: 6 };
    expect(layoutOf(viewOf(shape, 1)).isLate).toBe(false);
    expect(layoutOf(viewOf(shape, 1.01)).isLate).toBe(true);
    expect(layoutOf(viewOf(shape, null)).isLate).toBe(false);
  });

  test("keeps every wheel in order, whoever has the baton", () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const layout = layoutOf(viewOf(shape));
        expect(layout.here).toBeGreaterThanOrEqual(0);
        expect(layout.here).toBeLessThan(360);
        expect(layout.gate).not.toBeNull();
        const gate = layout.gate ?? 0;
        expect(gate).toBeGreaterThan(layout.here);
        expect(gate - layout.here).toBeLessThanOrEqual(181);
        for (const { angle } of layout.stations) {
          expect(angle <= layout.here - 5 || angle >= gate + 5).toBe(true);
        }
        const gaps = [layout.nowGap, layout.nextGap];
        expect(Math.abs((gaps[0] ?? 0) - (gaps[1] ?? 0))).toBeGreaterThan(1);
        if (shape.spokes > 2) expect(gaps.every((gap) => Math.abs(gap - layout.ringGap) > 1)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("names in the hub", () => {
  test("stay on one line when short and break evenly when long", () => {
    expect(nameLines("Luis Ferreira")).toEqual(["Luis Ferreira"]);
    expect(nameLines("Maya & Tom Halloran")).toEqual(["Maya & Tom", "Halloran"]);
  });

  test("never run out of the hub", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80 }), (name) => {
        for (const line of nameLines(name)) expect(line.length).toBeLessThanOrEqual(17);
      }),
    );
  });

  test("are cut with an ellipsis", () => {
    expect(cut("Bartholomew-Montgomery", 17)).toBe("Bartholomew-Mont…");
  });
});
