import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isId, newId } from "@/lib/identifiers";

describe("newId", () => {
  test("is a UUID version 7 that carries its time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (at) => {
        const id = newId(at);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(at);
        expect(isId(id)).toBe(true);
      }),
    );
  });

  test("sorts by time and never comes twice", () => {
    const early = newId(Date.UTC(2025, 0, 1));
    const late = newId(Date.UTC(2025, 0, 2));
    expect(early < late).toBe(true);
    expect(new Set(Array.from({ length: 20_000 }, () => newId(0))).size).toBe(20_000);
  });

  test("lets all 74 bits beside time, version and variant vary", () => {
    let ones = 0n;
    let zeros = 0n;
    for (let count = 0; count < 200; count += 1) {
      const bits = BigInt(`0x${newId(0).replaceAll("-", "")}`);
      ones |= bits;
      zeros |= ~bits & ((1n << 128n) - 1n);
    }
    expect((ones & zeros).toString(2).replaceAll("0", "")).toHaveLength(74);
  });
});

describe("isId", () => {
  test.each([
    "",
    "7",
    "019a-",
    "019aab3c-0000-7000-8000-00000000000g",
    " 019aab3c-0000-7000-8000-000000000000",
    7,
    null,
  ])("refuses %j", (value) => {
    expect(isId(value)).toBe(false);
  });

  test("takes either case, and no line end behind", () => {
    expect(isId("019AAB3C-0000-7000-8000-00000000000A")).toBe(true);
    expect(isId("019aab3c-0000-7000-8000-00000000000a\n")).toBe(false);
  });
});
