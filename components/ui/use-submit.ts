"use client";

import { type FormEvent, useState } from "react";
import type { ActionResult, PublicError } from "@/lib/errors";

/**
 * One form that is sent once at a time: whether it is on its way, and what came back wrong.
 *
 * `formProps` go on the form. `onSubmit` keeps what was typed; `action` is there for whoever presses before the page has
 * come to life: React holds that press back and sends it then, and nothing typed ever stands in an address.
 */
export function useSubmit<Output>(
  work: (form: FormData) => Promise<ActionResult<Output>>,
  done: (data: Output, form: HTMLFormElement | null) => void,
) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<PublicError | null>(null);
  const send = async (data: FormData, form: HTMLFormElement | null) => {
    setBusy(true);
    setError(null);
    const result = await work(data).catch(
      (): ActionResult<Output> => ({ ok: false, error: { code: "unavailable", reason: "unavailable" } }),
    );
    if (result.ok) done(result.data, form);
    else setError(result.error);
    setBusy(false);
  };
  const formProps = {
    action: (data: FormData) => send(data, null),
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      void send(new FormData(event.currentTarget), event.currentTarget);
    },
    "aria-busy": isBusy,
  };
  return { formProps, isBusy, error };
}
