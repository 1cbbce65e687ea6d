import type { Rate } from "@/lib/statistics/rate";

const width = 120;

type Props = { rate: Rate; base: number | null; isTelling: boolean };

/** A share with its 95 % interval on 0 to 1, against the share of all comments; dotted below twenty. Silent: the words stand beside it. */
export function ShareBar({ rate, base, isTelling }: Props) {
  if (rate.rate === null) return null;
  const x = (share: number) => (4 + (width - 8) * share).toFixed(1);
  const isThin = rate.n < 20;
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${width} 14`}
      className={`h-3.5 w-30 rtl:-scale-x-100 ${isThin ? "text-ink-3" : isTelling ? "text-bad" : "text-ink-1"}`}
    >
      <path d={`M4 13.5H${width - 4}`} className="stroke-hairline-strong" />
      {base === null ? null : <path d={`M${x(base)} 0V14`} strokeWidth="1.5" className="stroke-accent" />}
      <path
        d={`M${x(rate.lo)} 6.5H${x(rate.hi)}`}
        strokeWidth="1.75"
        strokeDasharray={isThin ? "1.5 2" : undefined}
        className="stroke-current"
      />
      <circle
        cx={x(rate.rate)}
        cy="6.5"
        r="3.6"
        strokeWidth="1.2"
        className={isThin ? "fill-sheet stroke-current" : "fill-current"}
      />
    </svg>
  );
}
