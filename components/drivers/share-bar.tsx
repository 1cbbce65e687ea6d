const width = 200;
const inner = 192;

type Props = { share: number; interval: { lo: number; hi: number } | null; isWeak: boolean };

/** A share of what is explained as a bar, with the middle 95 % of its redrawn values as a whisker; hollow where it is no reason. */
export function ShareBar({ share, interval, isWeak }: Props) {
  const x = (value: number) => (4 + inner * Math.max(0, Math.min(1, value))).toFixed(1);
  return (
    <svg aria-hidden viewBox={`0 0 ${width} 18`} className="h-4.5 w-50 max-w-full rtl:-scale-x-100">
      <path d={`M4 1V17M${4 + inner} 1V17`} className="stroke-hairline" />
      <rect
        x="4"
        y="4"
        width={Math.max(1, Number(x(share)) - 4)}
        height="10"
        strokeWidth="1"
        className={isWeak ? "fill-sheet stroke-ink-3" : "fill-ink-2"}
      />
      {interval ? <path d={`M${x(interval.lo)} 9H${x(interval.hi)}`} strokeWidth="4" className="stroke-sheet" /> : null}
      {interval ? (
        <path
          d={`M${x(interval.lo)} 9H${x(interval.hi)}M${x(interval.lo)} 5V13M${x(interval.hi)} 5V13`}
          strokeWidth="1.5"
          className="stroke-accent"
        />
      ) : null}
    </svg>
  );
}
