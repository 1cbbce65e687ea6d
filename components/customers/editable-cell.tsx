"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { CustomerRow } from "@/lib/customers/list-schema";
import { CellEditor } from "./cell-editor";
import { type CellField, cellKey } from "./cells";
import type { Cells } from "./use-cells";

type Props = {
  row: CustomerRow;
  field: CellField;
  /** Null when this member only reads. */
  cells: Cells | null;
  className?: string;
  onFocus: () => void;
  /** What is shown instead of a plain text that one presses: the name is a link. */
  children?: (shown: string, isSaving: boolean) => ReactNode;
};

/** A text of a row: pressed, or with F2, it becomes a field. */
export function EditableCell({ row, field, cells, className, onFocus, children }: Props) {
  const t = useTranslations("customers");
  if (!cells) {
    if (children) return children(row.name, false);
    return row[field] === null ? null : (
      <span dir="auto" className={cn("block truncate", className)}>
        {row[field]}
      </span>
    );
  }
  const problem = cells.problem(row, field);
  const isEditing = cells.isEditing(row, field);
  const shown = cells.shown(row, field);
  if (isEditing || problem) {
    return (
      <CellEditor
        key={problem?.kind ?? "writing"}
        row={row}
        field={field}
        value={shown}
        problem={problem}
        isActive={isEditing}
        onSave={(typed, base, by) => {
          cells.save(row, field, typed, base);
          cells.leave(row, field, by);
        }}
        onCancel={() => {
          cells.forget(row, field);
          cells.leave(row, field, 0);
        }}
        onForget={() => {
          cells.forget(row, field);
          cells.leave(row, field, 0);
        }}
        onOverwrite={() => {
          if (problem?.kind === "conflict") cells.save(row, field, problem.typed, problem.theirs);
          cells.leave(row, field, 0);
        }}
      />
    );
  }
  const isSaving = cells.isSaving(row, field);
  const open = () => cells.open(row, field);
  const label = t("cell.edit", { field: t(`cell.fields.${field}`), name: row.name });
  if (children) {
    return (
      <span className="flex items-center gap-1" aria-busy={isSaving || undefined}>
        {children(shown ?? "", isSaving)}
        <button
          type="button"
          tabIndex={-1}
          aria-label={label}
          title={`${label} (F2)`}
          onClick={open}
          className="relative z-10 grid size-6 flex-none place-items-center rounded-control text-ink-3 opacity-0 hover:bg-hover hover:text-ink-1 focus-visible:opacity-100 group-hover:opacity-100 max-md:hidden"
        >
          <Pencil />
        </button>
      </span>
    );
  }
  return (
    <button
      type="button"
      data-cell={cellKey(row.id, field)}
      aria-label={shown === null ? label : undefined}
      aria-busy={isSaving || undefined}
      title={`${label} (F2)`}
      onClick={open}
      onFocus={onFocus}
      className={cn(
        "relative z-10 -ms-1 block min-h-[24px] max-w-full truncate rounded-mark px-1 text-start hover:bg-hover",
        shown === null && "text-ink-3 opacity-0 focus-visible:opacity-100 group-hover:opacity-100",
        className,
      )}
    >
      {shown === null ? (
        t("cell.add", { field: t(`cell.fields.${field}`) })
      ) : (
        <span dir="auto" className="block truncate">
          {shown}
        </span>
      )}
    </button>
  );
}

/** Drawn in one path, as a list has it in every row. */
function Pencil() {
  return (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      className="size-3.5"
    >
      <path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497zM15 5l4 4" />
    </svg>
  );
}
