import { existsSync, readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

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

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults?: {
    status: string;
    name: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
};

/** The tests of a Vitest run by its JSON report; a run that failed without a failed test counts as one. */
export function tallyOfVitest(report: string, hasSucceeded: boolean): Tally {
  const read = readReport<VitestReport>(report);
  const skipped = (read?.numPendingTests ?? 0) + (read?.numTodoTests ?? 0);
  return withOutcome({ passed: read?.numPassedTests ?? 0, failed: read?.numFailedTests ?? 0, skipped }, hasSucceeded);
}

type Suite = {
  suites?: Suite[];
  specs?: { ok: boolean; file: string; title: string; tests: { results: { errors: { message?: string }[] }[] }[] }[];
};

type PlaywrightReport = Suite & { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

/** The tests of a Playwright run by its JSON report; a run that failed without a failed test counts as one. */
export function tallyOfPlaywright(report: string, hasSucceeded: boolean): Tally {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = readReport<PlaywrightReport>(report)?.stats ?? {};
  return withOutcome({ passed: expected + flaky, failed: unexpected, skipped }, hasSucceeded);
}

const linesOfReason = 25;

const reasonOf = (name: string, messages: readonly string[]) =>
  [name, ...stripVTControlCharacters(messages.join("\n")).split("\n").slice(0, linesOfReason)].join("\n    ");

/** Each failed test of a Vitest run with its reason; of a file that could not be run, the file. */
export function failuresOfVitest(report: string): string[] {
  const files = readReport<VitestReport>(report)?.testResults ?? [];
  return files.flatMap(({ status, name, message, assertionResults }) => {
    const failed = assertionResults.filter((each) => each.status === "failed");
    if (failed.length === 0) return status === "failed" ? [reasonOf(name, [message])] : [];
    return failed.map(({ fullName, failureMessages }) => reasonOf(`${name}: ${fullName}`, failureMessages));
  });
}

/** Each failed test of a Playwright run with its reason. */
export function failuresOfPlaywright(report: string): string[] {
  const within = ({ suites = [], specs = [] }: Suite): string[] => [
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ file, title, tests }) => {
        const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
        return reasonOf(
          `${file}: ${title}`,
          errors.map(({ message }) => message ?? ""),
        );
      }),
    ...suites.flatMap(within),
  ];
  return within(readReport<PlaywrightReport>(report) ?? {});
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
