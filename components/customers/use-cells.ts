"use client";

import { type RefObject, useEffect, useRef, useState } from "react";
import type { CustomerRow } from "@/lib/customers/list-schema";
import { type CellField, type CellKey, cellKey, fieldOf } from "./cells";
import { type CellEdits, useCellEdits } from "./use-cell-edits";

export type Cells = CellEdits & {
  isEditing: (row: CustomerRow, field: CellField) => boolean;
  open: (row: CustomerRow, field: CellField) => void;
  /** Leaves the cell: to its neighbour with 1 or -1; with 0 it keeps the focus, with null that is elsewhere already. */
  leave: (row: CustomerRow, field: CellField, by: -1 | 0 | 1 | null) => void;
};

function cellAt(table: HTMLElement, key: CellKey, by: number): CellKey {
  const cells = [...table.querySelectorAll<HTMLElement>("[data-cell]")].filter((each) => each.offsetParent !== null);
  const keys = [...new Set(cells.map((each) => each.dataset.cell ?? ""))];
  const place = keys.indexOf(key) + by;
  const next = keys[Math.min(Math.max(place, 0), keys.length - 1)] ?? key;
  return cellKey(next.slice(0, next.indexOf(" ")), fieldOf(next));
}

/** Which cell is being written, and where the keyboard goes from it; only cells in sight take part. */
export function useCells(workspace: string, table: RefObject<HTMLElement | null>): Cells {
  const edits = useCellEdits(workspace);
  const [editing, setEditing] = useState<CellKey | null>(null);
  const focusNext = useRef<CellKey | null>(null);
  useEffect(() => {
    if (editing !== null || focusNext.current === null) return;
    table.current?.querySelector<HTMLElement>(`[data-cell="${focusNext.current}"]`)?.focus();
    focusNext.current = null;
  }, [editing, table]);
  return {
    ...edits,
    isEditing: (row, field) => editing === cellKey(row.id, field),
    open: (row, field) => setEditing(cellKey(row.id, field)),
    leave: (row, field, by) => {
      const key = cellKey(row.id, field);
      if (by === null) return setEditing((known) => (known === key ? null : known));
      const next = by === 0 || !table.current ? key : cellAt(table.current, key, by);
      if (next === key) focusNext.current = key;
      setEditing(next === key ? null : next);
    },
  };
}
