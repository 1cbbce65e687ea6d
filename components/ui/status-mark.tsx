import type { ReactNode } from "react";

export type MarkState = "idle" | "active" | "waiting" | "overdue" | "stalled" | "good";

export const markColours: Record<MarkState, string> = {
  idle: "text-ink-3",
  active: "text-ink-1",
  waiting: "text-warn",
  overdue: "text-bad",
  stalled: "text-bad",
  good: "text-good",
};

const shapes: Record<MarkState, ReactNode> = {
  idle: <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.2" strokeDasharray="1.6 1.6" />,
  active: <circle cx="5" cy="5" r="4.2" fill="currentColor" />,
  waiting: (
    <>
      <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M5 1.2a3.8 3.8 0 0 1 0 7.6z" fill="currentColor" />
    </>
  ),
  overdue: <path d="M5 0l5 5-5 5-5-5z" fill="currentColor" />,
  stalled: <path d="M1 1h8v8H1z" fill="currentColor" />,
  good: <path d="M1 5.4l2.6 2.6L9 2.2" fill="none" stroke="currentColor" strokeWidth="1.6" />,
};

/** The shape of a state in a box of ten units, drawn in the current colour; for use inside another drawing. */
export function markShape(state: MarkState): ReactNode {
  return shapes[state];
}

/** Nine pixels of state, shape before colour. Always beside a word, so it is silent for screen readers. */
export function StatusMark({ state }: { state: MarkState }) {
  return (
    <svg aria-hidden viewBox="0 0 10 10" className={`inline-block size-2.25 flex-none ${markColours[state]}`}>
      {shapes[state]}
    </svg>
  );
}
