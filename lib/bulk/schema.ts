import { z } from "zod";

/** How many customers one run may touch. */
export const bulkLimit = 100_000;

/** How many customers somebody who may only ask can ask for at once: a manager reads each. */
export const requestLimit = 50;

/** How long a finished run can be taken back, in minutes. */
export const undoMinutes = 10;

/** What is done to each: another OSC, or the recovery play of whom a leak lost. */
export const bulkKinds = ["assign_osc", "recover"] as const;
export type BulkKind = (typeof bulkKinds)[number];

export const bulkStatuses = [
  "counting",
  "ready",
  "queued",
  "running",
  "done",
  "failed",
  "cancelled",
  "undoing",
  "undone",
] as const;
export type BulkStatus = (typeof bulkStatuses)[number];

/** What became of one row; `unchanged` is hers already, `kept` was changed since and undo left it. */
export const bulkOutcomes = ["waiting", "changed", "requested", "unchanged", "refused", "restored", "kept"] as const;
export type BulkOutcome = (typeof bulkOutcomes)[number];
export type BulkCounts = Record<BulkOutcome, number>;

/** Customers by name, or everybody a list's search string finds but a few. */
export const BulkSelection = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ids"), ids: z.array(z.uuid()).min(1).max(1000) }),
  z.strictObject({ kind: z.literal("query"), query: z.string().max(4000), except: z.array(z.uuid()).max(1000) }),
]);
export type BulkSelection = z.output<typeof BulkSelection>;

export const AssignMany = z.strictObject({
  selection: BulkSelection,
  memberId: z.uuid(),
  reason: z.string().trim().min(1).max(1000),
});
export type AssignMany = z.output<typeof AssignMany>;

export const RecoverMany = z.strictObject({
  /** The leak whose customers are put back on track. */
  id: z.uuid(),
  reason: z.string().trim().min(1).max(1000),
});
export type RecoverMany = z.output<typeof RecoverMany>;

export const BulkKey = z.strictObject({ id: z.uuid() });
export type BulkKey = z.output<typeof BulkKey>;

/** A run as it leaves the server; `undoUntil` is null when there is nothing to take back. */
export type BulkRunView = {
  id: string;
  kind: BulkKind;
  status: BulkStatus;
  /** Who becomes the OSC; empty where nobody does. */
  memberName: string;
  /** Whose customers are put back on track. */
  leakId: string | null;
  isRequest: boolean;
  counts: BulkCounts;
  total: number;
  error: string | null;
  createdAt: string;
  finishedAt: string | null;
  undoUntil: string | null;
};

export type BulkRowView = { position: number; customerId: string | null; name: string | null; reason: string };

/** A run with the rows that need a word: whom it refused, whom its undo left. At most 200 of each. */
export type BulkReport = BulkRunView & { refused: BulkRowView[]; kept: BulkRowView[] };
