import { describe, expect, test } from "vitest";
import { planMergedTree } from "@/lib/accounts/rules";

describe("where the records of two accounts go when one turns out to be the other", () => {
  const ids = { from: "from", to: "to" };
  test("children follow, to the survivor or to the account that she belongs to", () => {
    expect(planMergedTree(ids, null, null, 2)).toEqual({ head: "to", parentId: null });
    expect(planMergedTree(ids, null, { parentId: "group" }, 2)).toEqual({ head: "group", parentId: "group" });
  });

  test("a survivor without children or parent gets the parent of the other", () => {
    expect(planMergedTree(ids, { parentId: "group" }, null, 0)).toEqual({ head: "group", parentId: "group" });
    expect(planMergedTree(ids, { parentId: "group" }, { parentId: "own" }, 0).parentId).toBe("own");
    expect(planMergedTree(ids, { parentId: "group" }, null, 1)).toEqual({ head: "to", parentId: null });
  });

  test("nobody ends as part of herself", () => {
    expect(planMergedTree(ids, null, { parentId: "from" }, 3)).toEqual({ head: "to", parentId: null });
    expect(planMergedTree(ids, { parentId: "to" }, null, 1)).toEqual({ head: "to", parentId: null });
  });
});
