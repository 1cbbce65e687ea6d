import type { ReactNode } from "react";

/** A number that opens the customers it counts. */
export function NumberButton({ label, onOpen, children }: { label: string; onOpen: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="num min-h-6 min-w-6 rounded-mark text-13 underline decoration-hairline-strong underline-offset-2 hover:decoration-ink-1"
    >
      <span className="sr-only">{label}: </span>
      {children}
    </button>
  );
}
