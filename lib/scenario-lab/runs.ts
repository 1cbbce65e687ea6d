import { z } from "zod";
import { requirePermission } from "../auth/permissions";
import type { Context } from "../context";
import { latestRun, movingRun } from "../runs/queries";
import type { LabReport } from "./report-schema";

export const LabInput = z.strictObject({ weeks: z.coerce.number().int().min(0).max(520).default(0) });
export type LabInput = z.output<typeof LabInput>;

const unknown = { n: 0, mean: null, lo: null, hi: null };

/** A report as it is shown; one from before hours or crossings were counted knows none. */
const withEverything = (report: LabReport): LabReport => ({
  ...report,
  outcomes: report.outcomes.map((outcome) => ({
    ...outcome,
    hours: outcome.hours ?? unknown,
    handedOver: outcome.handedOver ?? null,
    crossed: outcome.crossed ?? null,
  })),
});

/** The newest finished run of the lab with what it found, and whether one is being made. */
export async function getLab(
  ctx: Context,
  { weeks }: LabInput,
): Promise<{
  run: { id: string; asOf: string; knownAt: string; seed: number; configVersion: number; resultSha256: string } | null;
  report: LabReport | null;
  isMoving: boolean;
}> {
  requirePermission(ctx, "scores.read", "scope");
  const [run, moving] = await Promise.all([
    latestRun(ctx, "handoff-lab", { weeks }),
    movingRun(ctx, "handoff-lab", { weeks }),
  ]);
  if (!run) return { run: null, report: null, isMoving: moving !== null };
  const { id, asOf, knownAt, seed, configVersion, resultSha256 } = run;
  return {
    run: { id, asOf, knownAt, seed, configVersion, resultSha256: resultSha256 ?? "" },
    report: withEverything(run.result as LabReport),
    isMoving: moving !== null,
  };
}
