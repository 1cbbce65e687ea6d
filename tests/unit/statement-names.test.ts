import { expect, test } from "vitest";
import { makeStatementNames } from "@/lib/statement-names";

test("a statement is named when it comes for the third time, always the same, another one differently", () => {
  const nameOf = makeStatementNames();
  const names = Array.from({ length: 5 }, () => nameOf({ sql: "select 1" }));
  expect(names.slice(0, 2)).toEqual(["", ""]);
  expect(new Set(names.slice(2)).size).toBe(1);
  for (let time = 0; time < 2; time += 1) nameOf({ sql: "select 2" });
  expect(nameOf({ sql: "select 2" })).not.toBe(names[4]);
});

test("no more than two hundred are named, so that no connection grows without end", () => {
  const nameOf = makeStatementNames();
  const named = Array.from({ length: 300 }, (_, index) =>
    [1, 2, 3].map(() => nameOf({ sql: `select ${index}` })).at(-1),
  ).filter(Boolean);
  expect(named).toHaveLength(200);
});
