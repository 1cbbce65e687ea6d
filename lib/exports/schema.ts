import { z } from "zod";

/** How long an approved file can be fetched, in hours. */
export const fetchableHours = 24;

/** How long a request stands in the lists after it was made, in days. */
export const shownDays = 7;

export const RequestExport = z.strictObject({
  query: z.string().max(4000),
  reason: z.string().trim().min(1).max(1000),
});
export type RequestExport = z.output<typeof RequestExport>;

export const DecideExport = z.strictObject({ id: z.uuid(), decision: z.enum(["approved", "refused"]) });
export type DecideExport = z.output<typeof DecideExport>;

export const ExportKey = z.strictObject({ id: z.uuid() });
export type ExportKey = z.output<typeof ExportKey>;

export const exportStates = ["requested", "approved", "refused"] as const;
export type ExportState = (typeof exportStates)[number];

/** A request as it leaves the server. */
export type ExportView = {
  id: string;
  query: string;
  reason: string;
  estimate: number;
  isAtLeast: boolean;
  state: ExportState;
  isMine: boolean;
  requestedBy: string;
  requestedAt: string;
  decidedBy: string | null;
  /** Until when the file can be fetched; null when it cannot. */
  fetchableUntil: string | null;
};
