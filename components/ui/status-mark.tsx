export type MarkState = "idle" | "active" | "waiting" | "overdue" | "stalled" | "good";

const colours: Record<MarkState, string> = {
  idle: "text-ink-3",
  active: "text-ink-1",
  waiting: "text-warn",
  overdue: "text-bad",
  stalled: "text-bad",
  good: "text-good",
};

/** Nine pixels of state, shape before colour. Always beside a word, so it is silent for screen readers. */
export function StatusMark({ state }: { state: MarkState }) {
  return (
    <svg aria-hidden viewBox="0 0 10 10" className={`inline-block size-2.25 flex-none ${colours[state]}`}>
      {state === "idle" ? (
        <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.2" strokeDasharray="1.4 1.6" />
      ) : null}
      {state === "active" ? <circle cx="5" cy="5" r="4.2" fill="currentColor" /> : null}
      {state === "waiting" ? (
        <>
          <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" strokeWidth="1.2" />
          <path d="M5 1a4 4 0 0 1 0 8z" fill="currentColor" />
        </>
      ) : null}
      {state === "overdue" ? <path d="M5 0l5 5-5 5-5-5z" fill="currentColor" /> : null}
      {state === "stalled" ? <path d="M1 1h8v8H1z" fill="currentColor" /> : null}
      {state === "good" ? <path d="M1 5.4l2.6 2.6L9 2.2" fill="none" stroke="currentColor" strokeWidth="1.6" /> : null}
    </svg>
  );
}
