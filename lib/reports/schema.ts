import { z } from "zod";
import type { Rate } from "../statistics/rate";

/** Leads and wins of one origin, as it was written; `unknown` when nothing was. */
export type OriginLine = { origin: string; leads: number; won: number };

export const SpeedInput = z.object({
  /** From when on arrivals count; ninety days ago when left out. */
  since: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
});
export type SpeedInput = z.output<typeof SpeedInput>;

/** How fast leads were answered; minutes are staffed ones unless called elapsed. */
export type SpeedLine = {
  met: Rate;
  pending: number;
  medianStaffedMinutes: number | null;
  medianElapsedMinutes: number | null;
  /** How many more it takes to be judged; 0 when there are enough. */
  needsMore: number;
};

export type SpeedReport = {
  since: string;
  until: string;
  /** The promise, in staffed minutes. */
  slaMinutes: number;
  /** Leads that arrived in the window, at most 5,000 of the newest. */
  leads: number;
  isTruncated: boolean;
  overall: SpeedLine;
  byOsc: (SpeedLine & { memberId: string; name: string })[];
  byOrigin: (SpeedLine & { origin: string })[];
};

export const OverviewRows = z.object({
  kind: z.enum(["speed", "off_track", "relays", "continuity"]),
  /** Of speed: answered in time, not, or still open. Of continuity: touched or not. */
  state: z.enum(["met", "missed", "pending", "due", "touched", "untouched"]).optional(),
  osc: z.uuid().optional(),
  origin: z.string().max(100).optional(),
  trigger: z.string().max(10).optional(),
  spoke: z.uuid().optional(),
});
export type OverviewRows = z.output<typeof OverviewRows>;

export type OverviewRow = {
  /** Of the journey, the event or the relay. */
  id: string;
  customerId: string;
  name: string;
  place: string | null;
  stageName: string;
  oscName: string;
  /** When it happened or is due. */
  at: string;
  /** What it is about: a question, a name of a trigger, minutes. */
  detail: string | null;
  minutes: number | null;
};

export type MatrixCell = { stageId: string; spokeId: string; count: number; offTrack: number };

export type Continuity = {
  memberId: string;
  name: string;
  coverage: Rate;
  /** Of the handoffs that others took, those that she introduced. */
  introductions: Rate;
  needsMore: number;
};

/** What the manager's overview shows of one moment. */
export type Overview = {
  asOf: string;
  isTeam: boolean;
  spokes: { id: string; key: string; code: string; name: string; nameHe: string; position: number }[];
  stages: { id: string; name: string; templateName: string; number: number; position: number }[];
  matrix: MatrixCell[];
  total: number;
  offTrack: { trigger: string; spokeId: string; count: number }[];
  offTrackTotal: number;
  isOffTrackTruncated: boolean;
  relays: { spokeId: string; count: number; oldestNeedBy: string }[];
  continuity: Continuity[];
  continuityAll: Rate;
  introductionsAll: Rate;
};

/** The whole screen; `origins` is empty for the manager of one team, because origins are counted for the workspace. */
export type OverviewPage = { overview: Overview; speed: SpeedReport; origins: OriginLine[] };

export const analysisNames = ["leaks", "lapses", "survival", "origins", "osc-programme", "recovery-effect"] as const;
export type AnalysisName = (typeof analysisNames)[number];

/** A day of the workspace's calendar, or an instant. */
export const AsOf = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

export const AnalysisInput = z.strictObject({ asOf: AsOf.optional() });
export type AnalysisInput = z.output<typeof AnalysisInput>;

/** What a report found and what it rests on; the command and the API answer it alike. `id` is null when no run was kept. */
export type Analysis = {
  report: AnalysisName;
  run: { id: string | null; asOf: string; knownAt: string; configVersion: number; seed: number };
  result: Record<string, unknown>;
};
