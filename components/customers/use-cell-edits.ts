"use client";

import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { updateCustomerAction } from "@/lib/customers/actions";
import type { CustomerPage, CustomerRow } from "@/lib/customers/list-schema";
import type { PublicError } from "@/lib/errors";
import { keys } from "@/lib/query-keys";
import { type CellField, type CellKey, type CellProblem, cellKey, isNews, standingOf, writtenIn } from "./cells";
import { useCustomerErrors } from "./customer-words";

export type CellEdits = {
  /** What a cell shows: what was just written before what the server said. */
  shown: (row: CustomerRow, field: CellField) => string | null;
  isSaving: (row: CustomerRow, field: CellField) => boolean;
  problem: (row: CustomerRow, field: CellField) => CellProblem | undefined;
  /** Writes a cell; `base` is what the writer saw before, when it is not what the row says. */
  save: (row: CustomerRow, field: CellField, typed: string, base?: string | null) => void;
  /** Gives up what could not be kept. */
  forget: (row: CustomerRow, field: CellField) => void;
};

const unreachable: PublicError = { code: "unavailable", reason: "unavailable" };

type Cells<Value> = Readonly<Partial<Record<CellKey, Value>>>;

function without<Value>(cells: Cells<Value>, key: CellKey): Cells<Value> {
  const { [key]: _gone, ...rest } = cells as Record<string, Value>;
  return rest as Cells<Value>;
}

/**
 * Cells that show at once what was typed. The writes of one customer follow each other; a version that only moved on in
 * another field is tried again, and somebody else's value in the same field is shown beside one's own.
 */
export function useCellEdits(workspace: string): CellEdits {
  const client = useQueryClient();
  const errors = useCustomerErrors();
  const [saving, setSaving] = useState<Cells<{ value: string | null }>>({});
  const [problems, setProblems] = useState<Cells<CellProblem>>({});
  const versions = useRef(new Map<string, number>());
  const queues = useRef(new Map<string, Promise<void>>());

  const patch = (id: string, changes: Partial<CustomerRow>) =>
    client.setQueriesData<InfiniteData<CustomerPage>>({ queryKey: keys.customers.all(workspace) }, (known) =>
      known && "pages" in known
        ? {
            ...known,
            pages: known.pages.map((page) => ({
              ...page,
              rows: page.rows.map((row) => (row.id === id ? { ...row, ...changes } : row)),
            })),
          }
        : known,
    );

  const write = async (row: CustomerRow, field: CellField, typed: string, base: string | null) => {
    const value = writtenIn(field, typed);
    let version = Math.max(row.version, versions.current.get(row.id) ?? 0);
    for (let attempt = 0; ; attempt++) {
      const result = await updateCustomerAction(workspace, { id: row.id, version, [field]: value }).catch(
        () => ({ ok: false, error: unreachable }) as const,
      );
      if (result.ok) {
        versions.current.set(row.id, result.data.version);
        patch(row.id, { [field]: value, version: result.data.version });
        return null;
      }
      const standing = result.error.code === "conflict" ? standingOf(result.error.current, field) : null;
      if (!standing)
        return {
          kind: "refused" as const,
          typed,
          message: errors.field(result.error, field) ?? errors.words(result.error),
        };
      versions.current.set(row.id, standing.version);
      if (standing.value === value) return null;
      if (standing.value !== base || attempt > 3) return { kind: "conflict" as const, typed, theirs: standing.value };
      version = standing.version;
    }
  };

  const save = (row: CustomerRow, field: CellField, typed: string, base = row[field]) => {
    const key = cellKey(row.id, field);
    setProblems((known) => without(known, key));
    if (base === row[field] && !isNews(row, field, typed)) return;
    setSaving((known) => ({ ...known, [key]: { value: writtenIn(field, typed) } }));
    const before = queues.current.get(row.id) ?? Promise.resolve();
    const after = before.then(async () => {
      const problem = await write(row, field, typed, base);
      setSaving((known) => without(known, key));
      if (problem) setProblems((known) => ({ ...known, [key]: problem }));
    });
    queues.current.set(row.id, after);
  };

  return {
    shown: (row, field) => {
      const written = saving[cellKey(row.id, field)];
      return written ? written.value : row[field];
    },
    isSaving: (row, field) => saving[cellKey(row.id, field)] !== undefined,
    problem: (row, field) => problems[cellKey(row.id, field)],
    save,
    forget: (row, field) => {
      const key = cellKey(row.id, field);
      const problem = problems[key];
      setProblems((known) => without(known, key));
      if (problem?.kind === "conflict") patch(row.id, { [field]: problem.theirs });
    },
  };
}
