const left = 8;
const right = 712;
const height = 180;

export type Bar = { key: string; label: string; count: number };

/** Counts as horizontal bars, the number at the end of each; at most the first twenty. Silent: the table says the same. */
export function BarChart({ bars }: { bars: readonly Bar[] }) {
  const shown = bars.slice(0, 20);
  const most = Math.max(1, ...shown.map(({ count }) => count));
  return (
    <ul aria-hidden className="grid max-w-200 gap-2 text-12">
      {shown.map(({ key, label, count }) => (
        <li key={key} className="grid grid-cols-[minmax(0,2fr)_minmax(0,4fr)_3.5rem] items-center gap-2">
          <span className="truncate text-end text-ink-2">
            <bdi>{label}</bdi>
          </span>
          <svg
            aria-hidden
            viewBox={`0 0 ${most} 1`}
            preserveAspectRatio="none"
            className="h-3.5 w-full rtl:-scale-x-100"
          >
            <rect width={count} height="1" className="fill-accent" />
          </svg>
          <span className="num text-ink-3">{count}</span>
        </li>
      ))}
    </ul>
  );
}

/** Counts over time as a line, from nought; the first and the last time under it. */
export function LineChart({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const x = (place: number) => left + 40 + ((right - left - 40) * place) / Math.max(1, bars.length - 1);
  const y = (count: number) => height - 24 - ((height - 40) * count) / most;
  const path = bars.map(
    ({ count }, place) => `${place === 0 ? "M" : "L"}${x(place).toFixed(1)} ${y(count).toFixed(1)}`,
  );
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 720 ${height}`} className="chart w-full max-w-200" direction="ltr">
      {[0, most].map((tick) => (
        <g key={tick}>
          <path d={`M${left + 40} ${y(tick).toFixed(1)}H${right}`} className="stroke-hairline" />
          <text x={left + 32} y={y(tick) + 4} textAnchor="end" className="num fill-ink-3 text-12">
            {tick}
          </text>
        </g>
      ))}
      <path d={path.join("")} fill="none" strokeWidth="1.75" className="stroke-accent" />
      {bars.map(({ key, count }, place) => (
        <circle key={key} cx={x(place).toFixed(1)} cy={y(count).toFixed(1)} r="2.5" className="fill-accent" />
      ))}
      <text x={left + 40} y={height - 4} className="fill-ink-3 text-12">
        {bars[0]?.label}
      </text>
      <text x={right} y={height - 4} textAnchor="end" className="fill-ink-3 text-12">
        {bars.at(-1)?.label}
      </text>
    </svg>
  );
}
