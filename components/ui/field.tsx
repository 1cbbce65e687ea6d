"use client";

import { type ReactNode, useId } from "react";

export type FieldControl = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };

type Props = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  isRequired?: boolean;
  children: (control: FieldControl) => ReactNode;
};

/** A label, its control, a hint, and what is wrong with it; screen readers hear all of them. */
export function Field({ label, hint, error, isRequired, children }: Props) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium text-12 text-ink-2">
        {label}
        {isRequired ? <span aria-hidden> *</span> : null}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {hint ? (
        <p id={`${id}-hint`} className="text-12 text-ink-3">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
