import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  failuresOfPlaywright,
  failuresOfVitest,
  sumOf,
  tallyOf,
  tallyOfPlaywright,
  tallyOfVitest,
  wordsOf,
} from "@/scripts/platform/tally";

function reportOf(content: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), "wheelhouse-report-")), "report.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

test("the closing line names what passed and failed, and what was left out only when something was", () => {
  expect(wordsOf({ passed: 3, failed: 0, skipped: 0 })).toBe("3 passed, 0 failed");
  expect(wordsOf({ passed: 3, failed: 1, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped");
});

test("a run sums its checks and its tests", () => {
  const vitest = reportOf({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0 });
  const playwright = reportOf({ stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 } });
  const tallies = [tallyOf(true), tallyOf(false), tallyOfVitest(vitest, false), tallyOfPlaywright(playwright, true)];

  expect(sumOf(tallies)).toEqual({ passed: 10, failed: 2, skipped: 2 });
});

test("a run that breaks without a failed test still counts as one failure", () => {
  expect(tallyOfVitest("/there/is/none", false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(
    tallyOfPlaywright(reportOf({ stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0 } }), false).failed,
  ).toBe(1);
});

test("what failed is named with its reason: tests, and files that could not be run", () => {
  const passed = { status: "passed", fullName: "adds", failureMessages: [] };
  const failed = { status: "failed", fullName: "subtracts", failureMessages: ["\u001b[31mexpected 1\u001b[39m"] };
  const vitest = reportOf({
    testResults: [
      { status: "failed", name: "sums.ts", message: "", assertionResults: [passed, failed] },
      { status: "failed", name: "broken.ts", message: "no such module", assertionResults: [] },
      { status: "passed", name: "fine.ts", message: "", assertionResults: [passed] },
    ],
  });
  const tests = [{ results: [{ errors: [{ message: "Timeout" }] }] }];
  const specs = [
    { ok: false, file: "home.spec.ts", title: "opens", tests },
    { ok: true, file: "home.spec.ts", title: "closes", tests: [] },
  ];
  const playwright = reportOf({ suites: [{ suites: [{ specs }] }] });

  expect(failuresOfVitest(vitest)).toEqual(["sums.ts: subtracts\n    expected 1", "broken.ts\n    no such module"]);
  expect(failuresOfPlaywright(playwright)).toEqual(["home.spec.ts: opens\n    Timeout"]);
  expect(failuresOfPlaywright("/there/is/none")).toEqual([]);
});
