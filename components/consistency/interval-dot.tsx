import type { Rate } from "@/lib/statistics/rate";
import { scaleOf } from "./words";

const width = 150;

type Props = { rate: Rate; target: number; lo: number; isBelow: boolean };

/** A share with its 95 % interval against the target: hollow and dotted below twenty, a diamond where it is low beyond chance. */
export function IntervalDot({ rate, target, lo, isBelow }: Props) {
  if (rate.rate === null) return null;
  const x = scaleOf(lo, 4, width - 4);
  const isThin = rate.n < 20;
  const tone = isThin ? "text-ink-3" : isBelow ? "text-bad" : "text-ink-1";
  const at = x(rate.rate);
  return (
    <svg aria-hidden viewBox={`0 0 ${width} 16`} className={`h-4 w-37.5 rtl:-scale-x-100 ${tone}`}>
      <path d={`M${x(target).toFixed(1)} 0V16`} strokeWidth="1.5" className="stroke-accent" />
      <path
        d={`M${x(rate.lo).toFixed(1)} 8H${x(rate.hi).toFixed(1)}`}
        strokeWidth="1.75"
        strokeDasharray={isThin ? "1.5 2" : undefined}
        className="stroke-current"
      />
      {rate.lo < lo ? <path d="M8 4L4 8L8 12" fill="none" className="stroke-current" /> : null}
      {isBelow ? (
        <path d={`M${at.toFixed(1)} 3l5 5-5 5-5-5z`} className="fill-current" />
      ) : (
        <circle
          cx={at.toFixed(1)}
          cy="8"
          r="4"
          strokeWidth="1.2"
          className={isThin ? "fill-sheet stroke-current" : "fill-current"}
        />
      )}
    </svg>
  );
}
