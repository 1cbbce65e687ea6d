import type { ReactNode } from "react";

/** A number that opens the customers it counts. */
export function NumberButton({ label, onOpen, children }: { label: string; onOpen: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onOpen}
      className="num relative min-h-6 min-w-6 whitespace-nowrap rounded-mark text-start text-13 underline decoration-hairline-strong underline-offset-2 hover:decoration-ink-1"
    >
      <span className="sr-only">{label}: </span>
      {children}
    </button>
  );
}
