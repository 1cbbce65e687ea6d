"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { CustomerRow } from "@/lib/customers/list-schema";
import { type CellField, type CellProblem, cellKey, cellLengths } from "./cells";

type Props = {
  row: CustomerRow;
  field: CellField;
  value: string | null;
  problem: CellProblem | undefined;
  /** Whether the keyboard goes here at once. */
  isActive: boolean;
  /** What was typed, what stood there when one began, and where the keyboard goes. */
  onSave: (typed: string, base: string | null, leaveBy: -1 | 0 | 1 | null) => void;
  onCancel: () => void;
  onForget: () => void;
  onOverwrite: () => void;
};

/** A cell while one writes in it: Enter keeps, Tab keeps and goes on, Escape gives up; what is wrong stands under it. */
export function CellEditor({ row, field, value, problem, isActive, onSave, onCancel, onForget, onOverwrite }: Props) {
  const t = useTranslations("customers");
  const id = useId();
  const isLeaving = useRef(false);
  const [base] = useState(problem ? problem.base : value);
  const leave = (act: () => void) => {
    isLeaving.current = true;
    act();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const typed = event.currentTarget.value;
    if (event.key === "Enter") leave(() => onSave(typed, base, 0));
    else if (event.key === "Tab") leave(() => onSave(typed, base, event.shiftKey ? -1 : 1));
    else if (event.key === "Escape") leave(onCancel);
    else return;
    event.preventDefault();
  };
  if (problem?.kind === "conflict") {
    return (
      <div role="alert" className="relative z-10 grid gap-1 py-1 text-12">
        <p className="break-words">
          {t.rich("cell.theirs", {
            value: () => <bdi className="font-550">{problem.theirs ?? t("cell.nothing")}</bdi>,
          })}
        </p>
        <p className="break-words">
          {t.rich("cell.yours", { value: () => <bdi className="font-550">{problem.typed || t("cell.nothing")}</bdi> })}
        </p>
        <div className="flex flex-wrap gap-1">
          <Button onClick={onForget}>{t("cell.keep_theirs")}</Button>
          <Button onClick={onOverwrite}>{t("cell.use_mine")}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="relative z-10 grid gap-0.5 py-0.5">
      <Input
        data-cell={cellKey(row.id, field)}
        aria-label={t("cell.label", { field: t(`cell.fields.${field}`), name: row.name })}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? id : undefined}
        defaultValue={problem ? problem.typed : (value ?? "")}
        maxLength={cellLengths[field]}
        autoFocus={isActive}
        autoComplete="off"
        dir="auto"
        onFocus={(event) => event.target.select()}
        onKeyDown={onKeyDown}
        onBlur={(event) => (isLeaving.current ? undefined : onSave(event.target.value, base, null))}
      />
      {problem ? (
        <p id={id} role="alert" className="text-12 text-bad">
          {problem.message}
        </p>
      ) : null}
    </div>
  );
}
