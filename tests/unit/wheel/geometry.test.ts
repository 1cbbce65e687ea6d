import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anchorAt,
  arc,
  beadRadii,
  centre,
  drift,
  hub,
  pointAt,
  promiseAngle,
  recency,
  rim,
  spokeWidth,
  stationAngles,
} from "@/components/wheel/geometry";

const distance = ({ x, y }: { x: number; y: number }) => Math.hypot(x - centre.x, y - centre.y);

/** Degrees clockwise from twelve of a point in the left-to-right wheel. */
const angleOf = ({ x, y }: { x: number; y: number }) =>
  ((Math.atan2(x - centre.x, centre.y - y) * 180) / Math.PI + 360) % 360;

describe("recency", () => {
  test("puts a contact of today at the inner ring, of 90 days and more at the outer", () => {
    expect(recency(0)).toBe(hub + 20);
    expect(recency(90)).toBeCloseTo(rim - 16, 6);
    expect(recency(400)).toBe(recency(90));
  });

  test("draws the rings of a day, a week and a month where the drawing has them", () => {
    expect([1, 7, 30].map((days) => Number(recency(days).toFixed(1)))).toEqual([122.1, 150.4, 178]);
  });

  test("never puts an older contact nearer than a newer one", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 400, noNaN: true }),
        fc.double({ min: 0, max: 400, noNaN: true }),
        (a, b) => {
          expect(recency(Math.max(a, b))).toBeGreaterThanOrEqual(recency(Math.min(a, b)));
        },
      ),
    );
  });
});

describe("points and arcs", () => {
  test("start at twelve and go clockwise, counter-clockwise in right-to-left", () => {
    expect(pointAt(rim, 0, 1)).toEqual({ x: centre.x, y: centre.y - rim });
    expect(pointAt(rim, 90, 1).x).toBeCloseTo(centre.x + rim, 6);
    expect(pointAt(rim, 90, -1).x).toBeCloseTo(centre.x - rim, 6);
  });

  test("mirror through the vertical axis and keep their height", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 360, noNaN: true }), (angle) => {
        const [one, other] = [pointAt(rim, angle, 1), pointAt(rim, angle, -1)];
        expect(one.x + other.x).toBeCloseTo(2 * centre.x, 6);
        expect(one.y).toBeCloseTo(other.y, 6);
      }),
    );
  });

  test("draw the travelled part as the drawing has it, and nothing where there is no way", () => {
    expect(arc(rim, 0, (3 - 0.25) * (360 / 7), 1)).toBe("M410.0 110.0A216 216 0 0 1 544.7 494.9");
    expect(arc(rim, 10, 10, 1)).toBe("");
    expect(arc(rim, 20, 10, 1)).toBe("");
  });
});

describe("spokes", () => {
  test("are thin without contact and at most seven wide", () => {
    expect(spokeWidth([])).toBe(1);
    expect(spokeWidth([{ ageDays: 0, twoWay: true }])).toBeCloseTo(1 + 6 * (1 - Math.exp(-0.5)), 6);
    expect(spokeWidth(Array.from({ length: 50 }, () => ({ ageDays: 0, twoWay: true })))).toBeLessThanOrEqual(7);
  });

  test("count a one-way contact half and let it fade by half in 14 days", () => {
    expect(spokeWidth([{ ageDays: 0, twoWay: false }])).toBeCloseTo(spokeWidth([{ ageDays: 14, twoWay: true }]), 6);
  });

  test("show at most six beads, newest nearest the hub, none covering another", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 20 }), (ages) => {
        const radii = beadRadii(ages);
        expect(radii).toHaveLength(Math.min(6, ages.length));
        for (const [index, radius] of radii.entries()) {
          expect(radius).toBeGreaterThan(hub + 9);
          expect(radius).toBeLessThanOrEqual(rim - 8);
          if (index > 0) expect(radius - (radii[index - 1] ?? 0)).toBeGreaterThanOrEqual(10.4);
        }
      }),
    );
  });
});

describe("stations", () => {
  test("lie inside their sector", () => {
    for (const angle of stationAngles(2, 7, 3, 0)) {
      expect(angle).toBeGreaterThan(1.5 * (360 / 7));
      expect(angle).toBeLessThan(2.5 * (360 / 7));
    }
  });

  test("of the first spoke open the circle after twelve and close it before", () => {
    const angles = stationAngles(0, 7, 3, 1);
    expect(angles.slice(0, 3).every((angle) => angle > 0 && angle < 180 / 7)).toBe(true);
    expect(angles[3]).toBeGreaterThan(360 - 180 / 7);
  });
});

describe("drift", () => {
  test("is absent until the touchpoint is late", () => {
    expect(drift(180, 0.99, 7, 1)).toBeNull();
    expect(drift(180, 1, 7, 1)).toBeNull();
  });

  test("leads outwards, farther the later, and never as far as the next handle", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 10 }),
        fc.double({ min: 1.001, max: 9, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (spokes, ratio, more) => {
          const sector = 360 / spokes;
          const gate = 0.25 * sector;
          const off = drift(gate, ratio, spokes, 1);
          const later = drift(gate, ratio + more, spokes, 1);
          expect(off).not.toBeNull();
          if (!off || !later) return;
          expect(distance(off.end)).toBeGreaterThan(rim + 33);
          expect(distance(off.end)).toBeLessThanOrEqual(rim + 84.001);
          expect(distance(later.end)).toBeGreaterThanOrEqual(distance(off.end) - 1e-6);
          expect(angleOf(off.end)).toBeLessThan(0.7 * sector);
        },
      ),
    );
  });

  test("ends where the drawing of a touchpoint three days late has it", () => {
    const off = drift((3 + 0.25) * (360 / 7), 1.61, 7, 1);
    expect(off?.end.x).toBeCloseTo(390.3, 0);
    expect(off?.end.y).toBeCloseTo(605.6, 0);
  });
});

test("promises of a spoke dock evenly on both sides of it", () => {
  expect([0, 1, 2].map((j) => promiseAngle(90, j, 3))).toEqual([79.5, 90, 100.5]);
  expect(promiseAngle(90, 0, 1)).toBe(90);
});

test("labels grow away from the wheel and are centred at twelve and six", () => {
  expect(anchorAt(0)).toBe("middle");
  expect(anchorAt(90)).toBe("start");
  expect(anchorAt(180)).toBe("middle");
  expect(anchorAt(270)).toBe("end");
});
