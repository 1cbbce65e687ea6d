import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { inWorkspace } from "@/lib/db";
import type { OriginsResult } from "@/lib/origins/schema";
import { makeAnalysis, readAnalysis } from "@/lib/reports/analyses";
import { canonicalJson } from "@/lib/runs/canonical";
import { makeCrew } from "../../support/hubs";
import { importFiles } from "../../support/imports";

const folder = resolve(import.meta.dirname, "../../../../shared/data/olist");
const real = existsSync(folder) ? test : test.skip;

/** The files read with nothing of the product: rows by column name, no cell of them is quoted around a comma. */
function rowsOf(name: string): Record<string, string>[] {
  const [head = "", ...lines] = readFileSync(resolve(folder, name), "utf8").trim().split("\n");
  const columns = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, at) => [columns[at], cell.trim()])));
}

const dayOf = (written: string) => Date.parse(`${written.slice(0, 10)}T00:00:00Z`) / 86_400_000;

type Lead = { id: string; origin: string; from: number; won: number | null };

/** Leads as they stood at the end of a day; who had not come yet is not there. */
function leadsAt(asOf: number): Lead[] {
  const wins = new Map(rowsOf("olist_closed_deals_dataset.csv").map((row) => [row.mql_id, dayOf(row.won_date ?? "")]));
  return rowsOf("olist_marketing_qualified_leads_dataset.csv").flatMap((row) => {
    const from = dayOf(row.first_contact_date ?? "");
    const won = wins.get(row.mql_id ?? "") ?? null;
    if (from > asOf) return [];
    return [
      { id: row.mql_id ?? "", origin: row.origin || "unknown", from, won: won !== null && won <= asOf ? won : null },
    ];
  });
}

const z = 1.959963984540054;
function wilson(k: number, n: number): [number, number] {
  const p = k / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [k === 0 ? 0 : centre - half, k === n ? 1 : centre + half];
}

/** Days and whether it was a win, for one list of leads; the one won before her first contact is in no curve. */
const spans = (leads: readonly Lead[], asOf: number): [number, boolean][] =>
  leads.flatMap(({ from, won }) => (won !== null && won < from ? [] : [[(won ?? asOf) - from, won !== null]]));

/** The share won by a day, lead by lead: Kaplan and Meier as it is written in a textbook. */
function wonBy(all: readonly [number, boolean][], day: number): number {
  let still = 1;
  for (const time of [...new Set(all.filter(([at, won]) => won && at <= day).map(([at]) => at))].sort(
    (a, b) => a - b,
  )) {
    const atRisk = all.filter(([at]) => at >= time).length;
    still *= 1 - all.filter(([at, won]) => won && at === time).length / atRisk;
  }
  return 1 - still;
}

function chiSquare(own: readonly [number, boolean][], rest: readonly [number, boolean][]): number {
  let [observed, expected, variance] = [0, 0, 0];
  for (const time of new Set([...own, ...rest].filter(([, won]) => won).map(([at]) => at))) {
    const [n1, n2] = [own.filter(([at]) => at >= time).length, rest.filter(([at]) => at >= time).length];
    const at = (all: readonly [number, boolean][]) => all.filter(([each, won]) => won && each === time).length;
    const [d, n] = [at(own) + at(rest), n1 + n2];
    observed += at(own);
    expected += (d * n1) / n;
    if (n > 1) variance += (d * (n1 / n) * (1 - n1 / n) * (n - d)) / (n - 1);
  }
  return (observed - expected) ** 2 / variance;
}

/** Every printed figure of a result against the files. */
function recompute(result: OriginsResult, asOf: number): void {
  const leads = leadsAt(asOf);
  expect(result.leads).toBe(leads.length);
  expect(result.won).toBe(leads.filter(({ won }) => won !== null).length);
  const all = spans(leads, asOf);
  expect(result.followed).toBe(all.length);
  expect(result.wonOnFirstDay).toBe(all.filter(([at, won]) => won && at === 0).length);
  expect(result.origins.map(({ origin }) => origin).sort()).toEqual(
    [...new Set(leads.map(({ origin }) => origin))].sort(),
  );
  for (const found of result.origins) {
    const own = leads.filter(({ origin }) => origin === found.origin);
    const won = own.filter((lead) => lead.won !== null).length;
    expect([found.leads, found.won]).toEqual([own.length, won]);
    const [lo, hi] = wilson(won, own.length);
    expect(found.wins.rate).toBeCloseTo(won / own.length, 12);
    expect(found.wins.lo).toBeCloseTo(lo, 12);
    expect(found.wins.hi).toBeCloseTo(hi, 12);
    const followed = spans(own, asOf);
    for (const { day, share } of found.wonBy) expect(share).toBeCloseTo(wonBy(followed, day), 9);
    const matured = own.filter(({ from, won }) => asOf - from >= result.horizonDays && !(won !== null && won < from));
    const inTime = matured.filter(({ from, won }) => won !== null && won - from <= result.horizonDays);
    expect([found.matured.k, found.matured.n]).toEqual([inTime.length, matured.length]);
    expect(found.verdict === "not_enough").toBe(matured.length < 30);
    const rest = spans(
      leads.filter(({ origin }) => origin !== found.origin),
      asOf,
    );
    if (found.chiSquare !== null) expect(found.chiSquare).toBeCloseTo(chiSquare(followed, rest), 6);
  }
  const tested = result.origins.filter(({ p }) => p !== null).sort((a, b) => (a.p ?? 1) - (b.p ?? 1));
  tested.forEach((each, at) => {
    const own = Math.min(...tested.slice(at).map(({ p }, step) => ((p ?? 1) * tested.length) / (at + step + 1)));
    expect(each.adjusted).toBeCloseTo(Math.min(1, own), 12);
  });
}

real(
  "what is printed of the real leads can be recomputed from the two files, on any day (skipped: no ../shared)",
  async () => {
    const crew = await makeCrew();
    const ctx = await crew.managerContext();
    const file = (name: string) => readFileSync(resolve(folder, name));
    const files = [file("olist_marketing_qualified_leads_dataset.csv"), file("olist_closed_deals_dataset.csv")];
    await importFiles(ctx, files, { preset: "olist" });
    const now = { ...ctx, now: new Date() };
    const made = (asOf: string) => inWorkspace(ctx.workspaceId, () => makeAnalysis(now, "origins", asOf));

    const late = (await made("2018-12-31")).result as unknown as OriginsResult;
    recompute(late, dayOf("2018-12-31"));
    expect(late).toMatchObject({ leads: 8000, won: 842, followed: 7999, wonOnFirstDay: 33, leftOutCount: 1 });
    expect(late.leftOut[0]?.days).toBeLessThan(0);
    expect(late.leftOut[0]?.name).toMatch(/^Lead /);
    expect(late.origins.map(({ origin, leads, won }) => [origin, leads, won]).slice(0, 4)).toEqual([
      ["organic search", 2296, 271],
      ["paid search", 1586, 195],
      ["social", 1350, 75],
      ["unknown", 1159, 193],
    ]);

    const early = await made("2018-02-28");
    recompute(early.result as unknown as OriginsResult, dayOf("2018-02-28"));
    expect((early.result as unknown as OriginsResult).origins.some(({ verdict }) => verdict === "not_enough")).toBe(
      true,
    );

    // The address answers what the command printed, and what it works out itself is spelled alike.
    const read = (asOf: string) => inWorkspace(ctx.workspaceId, () => readAnalysis(now, "origins", asOf));
    expect(canonicalJson(await read("2018-02-28"))).toBe(canonicalJson(early));
    recompute((await read("2018-04-30")).result as unknown as OriginsResult, dayOf("2018-04-30"));
  },
  180_000,
);
