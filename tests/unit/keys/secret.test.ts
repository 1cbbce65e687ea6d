import { describe, expect, test } from "vitest";
import { grantableRoles, planGrant } from "@/lib/keys/rules";
import { hashKey, makeKey, parseKey } from "@/lib/keys/secret";

describe("keys", () => {
  test("name their workspace, differ, and are found again by their hash", () => {
    const made = Array.from({ length: 200 }, () => makeKey("north-wind"));
    expect(new Set(made.map(({ text }) => text)).size).toBe(200);
    for (const { text, secretHash, tail } of made) {
      expect(text).toMatch(/^wh_north-wind_[0-9A-Za-z]{46}$/);
      expect(parseKey(text)).toEqual({ slug: "north-wind", secretHash });
      expect(hashKey(text)).toBe(secretHash);
      expect(text.endsWith(tail)).toBe(true);
    }
  });

  test("that were mistyped in one place are refused without looking", () => {
    const { text } = makeKey("north-wind");
    for (let at = 3; at < text.length; at++) {
      const other = text[at] === "a" ? "b" : "a";
      expect(parseKey(text.slice(0, at) + other + text.slice(at + 1))).toBeNull();
    }
    for (const wrong of ["", "wh__", text.slice(1), `${text} `, text.replace("north-wind", "north_wind")])
      expect(parseKey(wrong)).toBeNull();
  });
});

describe("planGrant", () => {
  test("lets an owner hand out every role, an admin all but owner, the others none", () => {
    expect(grantableRoles(["owner"])).toHaveLength(14);
    expect(grantableRoles(["admin"])).toHaveLength(13);
    expect(planGrant(["admin"], "owner")).toEqual({ ok: false, reason: "role_above_own" });
    expect(grantableRoles(["manager", "osc"])).toEqual([]);
  });
});
