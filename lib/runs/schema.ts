import { z } from "zod";

export const runKindNames = [
  "consistency",
  "drivers",
  "enablement",
  "handoff-lab",
  "lapses",
  "leaks",
  "origins",
  "osc-programme",
  "recovery-effect",
  "survival",
  "themes",
] as const;
export type RunKindName = (typeof runKindNames)[number];

export const runStatuses = ["queued", "running", "done", "failed"] as const;
export type RunStatus = (typeof runStatuses)[number];

export const RequestRun = z.strictObject({
  kind: z.enum(runKindNames),
  parameters: z.record(z.string().max(40), z.unknown()).default({}),
  /** What happened later does not count; now unless given. */
  asOf: z.coerce.date().optional(),
  /** What was written down later does not count; now unless given. */
  knownAt: z.coerce.date().optional(),
  seed: z.number().int().min(0).max(2_147_483_647).optional(),
});
export type RequestRun = z.output<typeof RequestRun>;

export const RunKey = z.strictObject({ id: z.uuid() });
export type RunKey = z.output<typeof RunKey>;

export const ListRuns = z.strictObject({
  kind: z.enum(runKindNames).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type ListRuns = z.output<typeof ListRuns>;

export const CompareRuns = z.strictObject({ id: z.uuid(), otherId: z.uuid() });
export type CompareRuns = z.output<typeof CompareRuns>;

/** A run without what it found. */
export type RunView = {
  id: string;
  kind: string;
  parameters: Record<string, unknown>;
  asOf: string;
  knownAt: string;
  configVersion: number;
  seed: number;
  status: RunStatus;
  /** Null when the night asked for it. */
  requestedByName: string | null;
  requestedAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  resultSha256: string | null;
  error: string | null;
};

/** A run with what it found; `result` is null until it is done. */
export type RunWithResult = RunView & { result: unknown };

/** Two runs side by side: the same bytes, or where they part. */
export type RunComparison = {
  isSame: boolean;
  differences: { path: string; first: unknown; second: unknown }[];
  isTruncated: boolean;
};
