"use client";

import { useSearchParams } from "next/navigation";
import { startTransition, useOptimistic } from "react";

/**
 * What the address asks for after its `?`, and how to ask for something else without a navigation:
 * the screen shows it at once, while the router still catches up.
 */
export function useSearch(): [search: string, replace: (search: string) => void] {
  const [search, show] = useOptimistic(useSearchParams().toString());
  const replace = (next: string) =>
    startTransition(() => {
      show(next);
      window.history.replaceState(null, "", next ? `?${next}` : window.location.pathname);
    });
  return [search, replace];
}
