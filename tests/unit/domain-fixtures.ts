import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "vitest";

type Fixtures = Record<string, { in: unknown; out: unknown }>;

const path = resolve(import.meta.dirname, "../../../shared/domain/fixtures.json");
const fixtures: Fixtures | null = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;

/** Registers a test against one worked example of the domain's fixture file, skipped where that file is not there. */
export function fixtureTest<In, Out>(key: string, check: (given: In, expected: Out) => void): void {
  const name = `agrees with the domain fixture ${key}`;
  if (!fixtures) {
    test.skip(`${name} (skipped: no ../shared)`);
    return;
  }
  test(name, () => {
    const fixture = fixtures[key];
    if (!fixture) throw new Error(`The fixture file has no ${key}.`);
    check(fixture.in as In, fixture.out as Out);
  });
}

/** A number as the fixtures write it: four decimals. */
export function toFourDecimals(value: number): number {
  return Number(value.toFixed(4));
}
