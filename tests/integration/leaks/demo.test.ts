import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { inWorkspace } from "@/lib/db";
import { getLeak, latestLeaks, listLeaks } from "@/lib/leaks/queries";
import { ListLeaks } from "@/lib/leaks/schema";
import { makeAnalysis } from "@/lib/reports/analyses";
import { leakPeople } from "@/prisma/demo/leaks";
import { makeMember, makeWorkspace } from "../../support/factories";

test("in the demo a real leak, a change of mix and one too small to tell are told apart", async () => {
  const workspace = await makeWorkspace();
  const ids = new Map<string, string>([["owner", workspace.owner.memberId]]);
  for (const key of ["dana", "mara"]) ids.set(key, (await makeMember(workspace, { name: `The ${key}` })).memberId);
  await leakPeople(workspace.id, ids, new Date());
  const ctx = await systemContext(workspace.id);
  const read = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);

  const found = await read(() => latestLeaks(ctx));
  const finding = (stage: string, value: string) =>
    found?.result.findings.find((each) => each.stage === stage && each.value === value);
  expect(found?.result.findings.filter(({ verdict }) => verdict === "leak")).toHaveLength(1);
  const real = finding("new_lead", "paid search");
  expect(real).toMatchObject({ dimension: "origin", verdict: "leak", missing: [] });
  expect(real?.size?.lo).toBeGreaterThan(0);
  expect(real?.adjusted).toBeLessThan(0.001);
  expect(Math.abs(real?.mix?.mixShare ?? 1)).toBeLessThan(0.2);
  expect(real?.valueAtLeastMinor).toBeGreaterThan(0);
  expect(real?.valueAtLeastMinor).toBeLessThan(real?.valueMinor ?? 0);

  const mix = finding("new_lead", "last");
  expect(mix).toMatchObject({ dimension: "recent", verdict: "mix", missing: ["mix"] });
  expect(mix?.size?.lo).toBeGreaterThan(0);
  expect(mix?.mix?.mixShare).toBeGreaterThan(0.5);

  const small = finding("appointment", "email");
  expect(small).toMatchObject({ verdict: "too_few", adjusted: null });
  expect(small?.missing).toContain("a");
  expect(small?.drops.n).toBeLessThan(30);

  const [leak, ...others] = await read(() => listLeaks(ctx, ListLeaks.parse({})));
  expect(others).toEqual([]);
  expect(leak).toMatchObject({ stage: "new_lead", value: "paid search", state: "confirmed" });
  expect(leak?.ownerName).not.toBeNull();
  const view = await read(() => getLeak(ctx, { id: leak?.id ?? "" }));
  expect(view.customersTotal).toBe(real?.drops.k);
  expect(view.associated.reduce((sum, { drops }) => sum + drops, 0)).toBeCloseTo(view.customersTotal, 9);

  const again = await read(() => makeAnalysis(ctx, "leaks", new Date(found?.run.asOf ?? "").toISOString()));
  expect(again.result).toEqual(found?.result);
}, 120_000);
