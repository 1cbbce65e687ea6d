"use client";

import { useState } from "react";
import type { ActionResult, PublicError } from "@/lib/errors";

/** One form that is sent once at a time: whether it is on its way, and what came back wrong. */
export function useSubmit<Output>(
  work: (form: FormData) => Promise<ActionResult<Output>>,
  done: (data: Output) => void,
) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<PublicError | null>(null);
  const submit = async (form: FormData) => {
    setBusy(true);
    setError(null);
    const result = await work(form).catch(
      (): ActionResult<Output> => ({ ok: false, error: { code: "unavailable", reason: "unavailable" } }),
    );
    if (result.ok) done(result.data);
    else setError(result.error);
    setBusy(false);
  };
  return { submit, isBusy, error };
}
