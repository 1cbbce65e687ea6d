import { permit, refuse } from "../decision";
import type { RunComparison } from "./schema";

const mostDifferences = 100;

type Asked = { asOf?: Date | undefined; knownAt?: Date | undefined };

/** Of which time and knowing what: now unless given, and never later than now. */
export function planFrame({ asOf, knownAt }: Asked, now: Date) {
  if ((asOf && asOf > now) || (knownAt && knownAt > now)) return refuse("in_the_future");
  return permit({ asOf: asOf ?? now, knownAt: knownAt ?? now });
}

/** Where two results part, path by path in one order, at most a hundred. */
export function compareResults(first: unknown, second: unknown): RunComparison {
  const differences: RunComparison["differences"] = [];
  walk("", first, second, differences);
  return {
    isSame: differences.length === 0,
    differences: differences.slice(0, mostDifferences),
    isTruncated: differences.length > mostDifferences,
  };
}

const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function walk(path: string, first: unknown, second: unknown, found: RunComparison["differences"]): void {
  if (found.length > mostDifferences) return;
  if (isBranch(first) && isBranch(second) && Array.isArray(first) === Array.isArray(second)) {
    for (const key of [...new Set([...Object.keys(first), ...Object.keys(second)])].sort())
      walk(path === "" ? key : `${path}.${key}`, first[key] ?? null, second[key] ?? null, found);
  } else if (first !== second) found.push({ path, first, second });
}
