"use client";

import { useRef, useState } from "react";
import type { CustomerRow } from "@/lib/customers/list-schema";
import { type CellField, type CellKey, type CellProblem, cellKey, writtenIn } from "./cells";
import { useCellWriter } from "./use-cell-writer";

export type CellEdits = {
  /** What a cell shows: what was just written before what the server said. */
  shown: (row: CustomerRow, field: CellField) => string | null;
  isSaving: (row: CustomerRow, field: CellField) => boolean;
  problem: (row: CustomerRow, field: CellField) => CellProblem | undefined;
  /** Writes a cell; `base` is what stood there when the writer began. */
  save: (row: CustomerRow, field: CellField, typed: string, base: string | null) => void;
  /** Gives up what could not be kept. */
  forget: (row: CustomerRow, field: CellField) => void;
};

type Cells<Value> = Readonly<Partial<Record<CellKey, Value>>>;

function without<Value>(cells: Cells<Value>, key: CellKey): Cells<Value> {
  const { [key]: _gone, ...rest } = cells as Record<string, Value>;
  return rest as Cells<Value>;
}

/** Cells that show at once what was typed; the writes of one customer follow each other. */
export function useCellEdits(workspace: string): CellEdits {
  const write = useCellWriter(workspace);
  const [saving, setSaving] = useState<Cells<{ value: string | null }>>({});
  const [problems, setProblems] = useState<Cells<CellProblem>>({});
  const queues = useRef(new Map<string, Promise<void>>());

  const shown = (row: CustomerRow, field: CellField) => {
    const written = saving[cellKey(row.id, field)];
    return written ? written.value : row[field];
  };

  const save = (row: CustomerRow, field: CellField, typed: string, base: string | null) => {
    const key = cellKey(row.id, field);
    const value = writtenIn(field, typed);
    const standing = shown(row, field);
    setProblems((known) => without(known, key));
    if (value === standing || value === base) return;
    // The list read itself again while one was typing: what came is somebody else's.
    if (standing !== base)
      return setProblems((known) => ({ ...known, [key]: { kind: "conflict", typed, base, theirs: standing } }));
    setSaving((known) => ({ ...known, [key]: { value } }));
    const before = queues.current.get(row.id) ?? Promise.resolve();
    const after = before.then(async () => {
      const problem = await write(row, field, typed, base);
      setSaving((known) => without(known, key));
      if (problem) setProblems((known) => ({ ...known, [key]: problem }));
    });
    queues.current.set(row.id, after);
  };

  return {
    shown,
    isSaving: (row, field) => saving[cellKey(row.id, field)] !== undefined,
    problem: (row, field) => problems[cellKey(row.id, field)],
    save,
    forget: (row, field) => setProblems((known) => without(known, cellKey(row.id, field))),
  };
}
