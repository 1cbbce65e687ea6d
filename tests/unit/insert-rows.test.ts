import { expect, test } from "vitest";
import { columnOf } from "@/lib/insert-rows";

test("I01 a key becomes a column, and what can be none is refused before it reaches SQL", () => {
  expect(["id", "lastTwoWayAt", "nameHe", "p80Days"].map(columnOf)).toEqual([
    "id",
    "last_two_way_at",
    "name_he",
    "p80_days",
  ]);
  for (const key of ['x" = 1; drop table members; --', "", "a b", "Ab'c", "__proto__", "x\u0000", "a".repeat(80)])
    expect(() => columnOf(key)).toThrow("not a column");
});
