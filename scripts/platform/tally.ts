import { existsSync, readFileSync } from "node:fs";

/** How many checks passed, failed and were left out. */
export type Tally = { passed: number; failed: number; skipped: number };

/** The sum of several tallies. */
export function sumOf(tallies: Tally[]): Tally {
  const total = (pick: (tally: Tally) => number) => tallies.reduce((sum, tally) => sum + pick(tally), 0);
  return { passed: total((t) => t.passed), failed: total((t) => t.failed), skipped: total((t) => t.skipped) };
}

/** The line that closes a run: `N passed, N failed`, and `N skipped` when there are any. */
export function wordsOf({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

type VitestReport = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number };

/** The tests of a Vitest run by its JSON report; a run that failed without a failed test counts as one. */
export function tallyOfVitest(report: string, hasSucceeded: boolean): Tally {
  const read = readReport<VitestReport>(report);
  const skipped = (read?.numPendingTests ?? 0) + (read?.numTodoTests ?? 0);
  return withOutcome({ passed: read?.numPassedTests ?? 0, failed: read?.numFailedTests ?? 0, skipped }, hasSucceeded);
}

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

/** The tests of a Playwright run by its JSON report; a run that failed without a failed test counts as one. */
export function tallyOfPlaywright(report: string, hasSucceeded: boolean): Tally {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = readReport<PlaywrightReport>(report)?.stats ?? {};
  return withOutcome({ passed: expected + flaky, failed: unexpected, skipped }, hasSucceeded);
}

/** A single check as a tally. */
export function tallyOf(hasSucceeded: boolean): Tally {
  return { passed: hasSucceeded ? 1 : 0, failed: hasSucceeded ? 0 : 1, skipped: 0 };
}

function withOutcome(tally: Tally, hasSucceeded: boolean): Tally {
  return !hasSucceeded && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function readReport<Report>(path: string): Report | null {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}
