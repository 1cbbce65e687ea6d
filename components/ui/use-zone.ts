"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** The viewer's own zone once the browser is there; the given one before, so that nothing jumps for most. */
export function useZone(fallback: string): string {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => fallback,
  );
}
