import { beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/auth/context";
import type { Context } from "@/lib/context";
import { inWorkspace } from "@/lib/db";
import { tellThemes } from "@/lib/load/theme-examples";
import { getThemesReport, listComments } from "@/lib/themes/queries";
import { CommentsInput } from "@/lib/themes/schema";
import { Team } from "../../support/owed";

let boss: Context;
const run = <T>(work: () => Promise<T>) => inWorkspace(boss.workspaceId, work);

beforeAll(async () => {
  const team = await Team.make();
  const { customerId } = await team.customer();
  const ctx = await systemContext(team.workspace.id);
  boss = await team.as(team.manager, new Date());
  await run(() => tellThemes(ctx, { customerIds: [customerId], ownerId: team.workspace.owner.memberId }));
}, 120_000);

const to4 = (value: number | null | undefined) => (typeof value === "number" ? Number(value.toFixed(4)) : value);

test("F40: 24 of 200 comments, 18 of 24 after bad contacts, 50 of 200 among all, lift 3", async () => {
  const report = await run(() => getThemesReport(boss, { type: "Example F40", weeks: 0 }));
  const line = report.themes.find(({ key }) => key === "price_clarity");
  expect([report.comments, report.negative]).toEqual([200, 50]);
  expect(line?.prevalence).toMatchObject({ k: 24, n: 200 });
  expect(
    [line?.prevalence.rate, line?.negative.rate, line?.negative.lo, line?.negative.hi, line?.lift].map(to4),
  ).toEqual([0.12, 0.75, 0.551, 0.88, 3]);
  const rows = await run(() =>
    listComments(
      boss,
      CommentsInput.parse({ type: "Example F40", weeks: 0, themeId: line?.themeId, class: "negative", limit: 200 }),
    ),
  );
  expect(rows.data).toHaveLength(18);
});

test("F40b: 40, 5, 10 and 45 of a hundred make .85 observed, .5 by chance, kappa 0.7", async () => {
  const { agreement } = await run(() => getThemesReport(boss, { type: "Example F40b", weeks: 0 }));
  const line = agreement?.themes.find(({ name }) => name === "Price clarity");
  expect(line).toMatchObject({ bothYes: 40, firstOnly: 5, secondOnly: 10, bothNo: 45, isSound: true });
  expect([line?.kappa?.n, line?.kappa?.observed, line?.kappa?.expected, line?.kappa?.kappa].map(to4)).toEqual([
    100, 0.85, 0.5, 0.7,
  ]);
  expect(to4(agreement?.all?.kappa)).toBe(0.7);
});
