import { expect, test } from "vitest";
import { inWorkspace } from "@/lib/db";
import { runLab, tellLab } from "@/lib/load/lab-example";
import { listExperiments } from "@/lib/scenario-lab/experiments";
import { getLab } from "@/lib/scenario-lab/runs";
import { makeWorkspace } from "../../support/factories";
import { contextOf } from "../../support/story";

const round = (value: number | null | undefined) => (typeof value === "number" ? Number(value.toFixed(4)) : value);

test("from stored deals the lab finds F64, plainly worse and fairly better, and an experiment stands as in F65b", async () => {
  const workspace = await makeWorkspace();
  const manager = await contextOf(workspace, workspace.owner, new Date(), ["manager"]);
  await inWorkspace(workspace.id, async () => {
    await tellLab(manager, workspace.owner.memberId);
    await runLab(manager);
    const { report } = await getLab(manager, { weeks: 0 });
    const pair = report?.pairs.find(({ treated, control }) => treated === "C" && control === "A");
    const { difference, standardError, lo, hi } = pair?.fair ?? {};
    expect([pair?.crude?.difference, difference, standardError, lo, hi].map(round)).toEqual([
      -0.0217, 0.0794, 0.059, -0.0362, 0.1951,
    ]);
    expect([pair?.isTurned, pair?.isClear, pair?.n]).toEqual([true, false, { treated: 160, control: 305 }]);
    expect(report).toMatchObject({ deals: 585, drawn: 120 });
    const { experiments } = await listExperiments(manager);
    const [found] = experiments;
    expect([found?.first.mean, found?.second.mean, found?.chance].map(round)).toEqual([0.3065, 0.4516, 0.9539]);
    expect(found?.stopsWith).toBe("B");
  });
}, 60_000);
