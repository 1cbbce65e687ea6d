"use client";

import { type FormEvent, useState } from "react";
import type { ActionResult, PublicError } from "@/lib/errors";

/** One form that is sent once at a time and keeps what was typed: whether it is on its way, and what came back wrong. */
export function useSubmit<Output>(
  work: (form: FormData) => Promise<ActionResult<Output>>,
  done: (data: Output, form: HTMLFormElement) => void,
) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<PublicError | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    setError(null);
    const result = await work(new FormData(form)).catch(
      (): ActionResult<Output> => ({ ok: false, error: { code: "unavailable", reason: "unavailable" } }),
    );
    if (result.ok) done(result.data, form);
    else setError(result.error);
    setBusy(false);
  };
  return { submit, isBusy, error };
}
