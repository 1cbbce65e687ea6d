"use client";

import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { updateCustomerAction } from "@/lib/customers/actions";
import type { CustomerPage, CustomerRow } from "@/lib/customers/list-schema";
import type { PublicError } from "@/lib/errors";
import { keys } from "@/lib/query-keys";
import { type CellField, type CellProblem, type Standing, standingOf, writtenIn } from "./cells";
import { useCustomerErrors } from "./customer-words";

const unreachable: PublicError = { code: "unavailable", reason: "unavailable" };

const most = 5;

type Write = (row: CustomerRow, field: CellField, typed: string, base: string | null) => Promise<CellProblem | null>;

/**
 * Writes one cell, and answers why it could not be kept. What the server says stands is kept in the list, so that whoever
 * wrote to another cell of the customer meanwhile is seen; a value that changed under the writer is never written over.
 */
export function useCellWriter(workspace: string): Write {
  const client = useQueryClient();
  const errors = useCustomerErrors();
  const told = useRef(new Map<string, Standing>());

  const learn = (id: string, view: unknown) => {
    const standing = standingOf(view);
    if (!standing) return null;
    told.current.set(id, standing);
    client.setQueriesData<InfiniteData<CustomerPage>>({ queryKey: keys.customers.all(workspace) }, (known) =>
      known && "pages" in known
        ? {
            ...known,
            pages: known.pages.map((page) => ({
              ...page,
              rows: page.rows.map((row) =>
                row.id === id && row.version <= standing.version ? { ...row, ...standing } : row,
              ),
            })),
          }
        : known,
    );
    return standing;
  };

  return async (row, field, typed, base) => {
    const value = writtenIn(field, typed);
    const last = told.current.get(row.id);
    let standing: Standing = last && last.version > row.version ? last : row;
    for (let attempt = 0; attempt < most; attempt++) {
      if (standing[field] === value) return null;
      if (standing[field] !== base) break;
      const result = await updateCustomerAction(workspace, {
        id: row.id,
        version: standing.version,
        [field]: value,
      }).catch(() => ({ ok: false, error: unreachable }) as const);
      if (result.ok) {
        learn(row.id, result.data);
        return null;
      }
      const now = result.error.code === "conflict" ? learn(row.id, result.error.current) : null;
      const message = errors.field(result.error, field) ?? errors.words(result.error);
      if (!now) return { kind: "refused", typed, base, message };
      standing = now;
    }
    return { kind: "conflict", typed, base, theirs: standing[field] };
  };
}
