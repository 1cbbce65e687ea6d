"use client";

import { useState } from "react";
import type { ActionResult, FieldErrors, PublicError } from "@/lib/errors";
import { useErrorWords } from "./error-words";

type Write = {
  isBusy: boolean;
  /** What went wrong, in words; null while nothing did. */
  error: string | null;
  fields: FieldErrors;
  /** Runs one action; true when it was done, also when an earlier try of the same id had done it. */
  run: (act: () => Promise<ActionResult<unknown>>) => Promise<boolean>;
};

const unreachable: PublicError = { code: "unavailable", reason: "unavailable" };

/** One write of a form or a button: busy while it runs, its error in words, never lost when the server is away. */
export function useWrite(): Write {
  const words = useErrorWords();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<PublicError | null>(null);
  return {
    isBusy,
    error: failure ? words(failure) : null,
    fields: failure?.fields ?? {},
    run: async (act) => {
      setBusy(true);
      const result = await act().catch(() => null);
      setBusy(false);
      const error = result === null ? unreachable : result.ok ? null : result.error;
      const isDone = error === null || error.reason === "duplicate";
      setFailure(isDone ? null : error);
      return isDone;
    },
  };
}
