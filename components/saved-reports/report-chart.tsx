const left = 8;
const right = 712;
const rowHeight = 24;
const height = 180;

export type Bar = { key: string; label: string; count: number };

/** Counts as horizontal bars, the number at the end of each; at most the first twenty. */
export function BarChart({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const shown = bars.slice(0, 20);
  const most = Math.max(1, ...shown.map(({ count }) => count));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 720 ${shown.length * rowHeight + 8}`}
      className="chart w-full max-w-200"
      direction="ltr"
    >
      {shown.map(({ key, label: name, count }, place) => (
        <g key={key}>
          <text x={180} y={place * rowHeight + 18} textAnchor="end" className="fill-ink-2 text-12">
            {name.length > 26 ? `${name.slice(0, 25)}…` : name}
          </text>
          <rect
            x={190}
            y={place * rowHeight + 6}
            width={((right - 260) * count) / most}
            height={14}
            className="fill-accent"
          />
          <text x={198 + ((right - 260) * count) / most} y={place * rowHeight + 18} className="num fill-ink-3 text-12">
            {count}
          </text>
        </g>
      ))}
    </svg>
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
