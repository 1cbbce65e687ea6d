import type { ImportCounts } from "@/lib/imports/schema";

/** Before the first row. */
export const noCounts: ImportCounts = { rows: 0, created: 0, matched: 0, rejected: 0, flagged: 0 };

/** Both together. */
export function addCounts(a: ImportCounts, b: ImportCounts): ImportCounts {
  return {
    rows: a.rows + b.rows,
    created: a.created + b.created,
    matched: a.matched + b.matched,
    rejected: a.rejected + b.rejected,
    flagged: a.flagged + b.flagged,
  };
}
