import type { Rate } from "@/lib/statistics/rate";

const width = 150;
const x = (share: number) => 4 + (width - 8) * share;

/** A share with its 95 % interval on a scale of 0 to 100 %: hollow and dotted while there are fewer than twenty. */
export function IntervalPlot({ rate }: { rate: Rate }) {
  return (
    <svg aria-hidden viewBox={`0 0 ${width} 16`} className="h-4 w-37.5 rtl:-scale-x-100">
      <path d={`M4 8H${width - 4}`} className="stroke-hairline" />
      {rate.rate === null ? null : (
        <>
          <path
            d={`M${x(rate.lo).toFixed(1)} 8H${x(rate.hi).toFixed(1)}`}
            strokeWidth="1.75"
            strokeDasharray={rate.n < 20 ? "1.5 2" : undefined}
            className={rate.n < 20 ? "stroke-ink-3" : "stroke-ink-1"}
          />
          <circle
            cx={x(rate.rate).toFixed(1)}
            cy="8"
            r="4"
            strokeWidth="1.2"
            className={rate.n < 20 ? "fill-sheet stroke-ink-3" : "fill-ink-1 stroke-ink-1"}
          />
        </>
      )}
    </svg>
  );
}
