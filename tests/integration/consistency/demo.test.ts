import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { getNextSteps } from "@/lib/consistency/next-steps";
import { getConsistencyBoard } from "@/lib/consistency/queries";
import { BoardInput } from "@/lib/consistency/schema";
import { getVoiceReport } from "@/lib/consistency/voice";
import { inWorkspace } from "@/lib/db";
import { getDrivers } from "@/lib/drivers/queries";
import { getImprovement, listImprovements } from "@/lib/improvements/queries";
import { ImprovementsInput } from "@/lib/improvements/schema";
import { getCaseSummary } from "@/lib/recovery-cases/queries";
import { getThemesReport } from "@/lib/themes/queries";
import { seeMoments } from "@/prisma/demo/moments";
import { putRight } from "@/prisma/demo/recovery";
import { hearCustomers } from "@/prisma/demo/voices";
import { makeMember, makeWorkspace } from "../../support/factories";

/** The last Sunday evening: which cases are still open depends on where in the week the demo is told. */
function lastSunday(): Date {
  const now = new Date();
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  return new Date(midnight - (now.getUTCDay() || 7) * 86_400_000 + 20 * 3_600_000);
}

test("in the demo a manager sees that e-mail breaks the promise, and in which week it broke", async () => {
  const workspace = await makeWorkspace();
  const ids = new Map([["owner", workspace.owner.memberId]]);
  for (const key of ["dana", "mara", "marcus", "ines", "ruth", "amir"])
    ids.set(key, (await makeMember(workspace, { name: `The ${key}` })).memberId);
  const now = lastSunday();
  await hearCustomers(workspace.id, ids, now);
  const ctx = await systemContext(workspace.id, { now });
  const board = await inWorkspace(workspace.id, () => getConsistencyBoard(ctx, BoardInput.parse({})));
  expect(board.report).toMatchObject({ verdict: "inconsistent", worst: "email" });
  expect(board.report.channels.every(({ isJudged }) => isJudged)).toBe(true);
  expect(board.cells.find(({ medium, route }) => medium === "email" && route === "territory")?.isBelow).toBe(true);
  expect(board.cells.filter(({ medium, route, isBelow }) => medium === "phone" && route === "" && isBelow)).toEqual([]);
  expect(board.weekly.find(({ key }) => key === "email")?.weeks).toHaveLength(18);
  expect(board.people.units.map(({ unit }) => unit.name)).toContain("The marcus");

  const voice = await inWorkspace(workspace.id, () => getVoiceReport(ctx, { weeks: 26 }));
  expect(voice.relationship).toMatchObject({ nps: { n: 9 }, coverage: { response: { k: 9, n: 12 }, isLow: true } });
  expect(voice.csat.n).toBe(36);

  await putRight(workspace.id, ids, now);
  const run = <T>(work: () => Promise<T>) => inWorkspace(workspace.id, work);
  const { themes } = await run(() => getThemesReport(ctx, { weeks: 0 }));
  expect(themes[0]?.key).toBe("price_clarity");
  expect(themes[0]?.lift).toBeGreaterThan(1);
  const { open, late, toldInTime } = await run(() => getCaseSummary(ctx));
  expect([open, late, (toldInTime.rate ?? 0) > 0.5, (toldInTime.rate ?? 1) < 1]).toEqual([2, 2, true, true]);
  const rows = await run(() => listImprovements(ctx, ImprovementsInput.parse({ show: "all" })));
  const price = rows.find(({ cause, state }) => cause === "price_clarity" && state === "done");
  expect(price?.ownerName).toBe("The ines");
  const { measure } = await run(() => getImprovement(ctx, { id: price?.id ?? "" }));
  expect([measure.before.n > 20, ["proven", "not_proven"].includes(measure.verdict)]).toEqual([true, true]);
}, 90_000);

test("in the demo a manager sees which moment to mend first, and who answers for it", async () => {
  const workspace = await makeWorkspace();
  const ids = new Map([["owner", workspace.owner.memberId]]);
  for (const key of ["dana", "mara", "marcus", "ines", "ruth", "amir"])
    ids.set(key, (await makeMember(workspace, { name: `The ${key}` })).memberId);
  await hearCustomers(workspace.id, ids, new Date());
  await seeMoments(workspace.id, ids, new Date());
  const ctx = await systemContext(workspace.id);
  const { moments, voice, run } = await inWorkspace(workspace.id, () => getDrivers(ctx, {}));
  expect([voice, run === null]).toEqual([null, false]);
  expect(moments[0]).toMatchObject({ name: "Price explanation", place: 1, responsibleName: "The ines" });
  const { mend, isRanked, worked } = await inWorkspace(workspace.id, () => getNextSteps(ctx, {}));
  expect([mend?.momentId, isRanked, worked]).toEqual([moments[0]?.momentId, true, null]);
  const { voice: mails } = await inWorkspace(workspace.id, () => getDrivers(ctx, { type: "proposal/price talk" }));
  expect(mails).toMatchObject({ status: "estimated", method: "shapley", n: 36 });
  const rerun = await inWorkspace(workspace.id, () => getDrivers(ctx, { type: "design meeting", target: 0.7 }));
  expect(rerun.target).toBe(0.7);
}, 60_000);
