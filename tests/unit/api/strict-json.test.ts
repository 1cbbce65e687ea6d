import { describe, expect, test } from "vitest";
import { parseStrictJson } from "@/lib/api/strict-json";

describe("parseStrictJson", () => {
  test.each([
    ['{"a":{"b":1},"c":[{"b":1},{"b":2}]}', { a: { b: 1 }, c: [{ b: 1 }, { b: 2 }] }],
    ['{"a" : "b\\": \\"a", "b":":"}', { a: 'b": "a', b: ":" }],
    ['{"emoji":"\\ud83d\\ude00"}', { emoji: "😀" }],
    ["null", null],
    [`${"[".repeat(32)}${"]".repeat(32)}`, expect.anything()],
  ])("takes %s", (text, value) => {
    expect(parseStrictJson(text)).toEqual({ ok: true, value });
  });

  test.each([
    ["", "syntax"],
    ["{'a':1}", "syntax"],
    ["NaN", "syntax"],
    ['{"a":1,"a":2}', "duplicate_key"],
    ['{"a":{"b":1 , "b" :2}}', "duplicate_key"],
    ['{"a":1,"\\u0061":2}', "duplicate_key"],
    [`${"[".repeat(33)}${"]".repeat(33)}`, "too_deep"],
    ['["a\\u0000b"]', "text"],
    ['{"a\\u0000":1}', "text"],
    ['["\\udc00"]', "text"],
  ])("refuses %s", (text, reason) => {
    expect(parseStrictJson(text)).toEqual({ ok: false, reason });
  });
});
