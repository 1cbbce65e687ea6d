import { apart } from "@/components/ui/apart";
import type { CurvePoint } from "@/lib/survival/schema";

const width = 560;
const height = 200;
const inset = { start: 40, end: 112, top: 10, bottom: 26 };
/** A curve that rests on few says little: it is drawn while ten are still there, and three in a hundred of all. */
const enoughAtRisk = (entered: number) => Math.max(10, 0.03 * entered);

type Props = {
  points: readonly CurvePoint[];
  lastDay: number;
  label: string;
  words: { advance: string; drop: string; still: string };
};

/** Steps: a share holds until the day at which it changes. */
function stepsOf(
  points: readonly { day: number; share: number }[],
  first: number,
  end: number,
  x: (day: number) => number,
  y: (share: number) => number,
) {
  const path = points.map(({ day, share }) => `H${x(day).toFixed(1)}V${y(share).toFixed(1)}`).join("");
  return `M${x(0).toFixed(1)} ${y(first).toFixed(1)}${path}H${x(end).toFixed(1)}`;
}

/** Places of direct labels from the top, moved apart where they would lie upon each other; none lies below `lowest`. */
function spread(places: readonly number[], lowest: number, gap = 13): number[] {
  const order = places.map((place, index) => ({ place, index })).sort((a, b) => b.place - a.place);
  const found = [...places];
  let limit = lowest;
  for (const { place, index } of order) {
    found[index] = Math.min(place, limit);
    limit = (found[index] ?? place) - gap;
  }
  return found;
}

/** The last day of the drawing: until then enough are still there; all of it where there never were enough. */
export function drawnUntil(points: readonly CurvePoint[], lastDay: number): number {
  const enough = enoughAtRisk(points[0]?.atRisk ?? 0);
  return Math.max(1, points.findLast(({ atRisk }) => atRisk >= enough)?.day ?? lastDay);
}

/** What becomes of all who entered a stage, day by day: gone on, dropped out, still there with its interval. Time runs left to right. */
export function CurveChart({ points: all, lastDay, label, words }: Props) {
  const end = drawnUntil(all, lastDay);
  const points = all.filter(({ day }) => day <= end);
  const x = (day: number) => inset.start + (day / end) * (width - inset.start - inset.end);
  const y = (share: number) => height - inset.bottom - share * (height - inset.top - inset.bottom);
  const last = points.at(-1);
  const curves = [
    { key: "still", first: 1, share: last?.still ?? 1, line: "stroke-ink-3", text: "fill-ink-2", dash: "4 3" },
    {
      key: "advance",
      first: 0,
      share: last?.advance ?? 0,
      line: "stroke-accent",
      text: "fill-accent-text",
      dash: undefined,
    },
    { key: "drop", first: 0, share: last?.drop ?? 0, line: "stroke-bad", text: "fill-bad", dash: undefined },
  ] as const;
  const labels = spread(
    curves.map(({ share }) => y(share) + 4),
    height - inset.bottom + 4,
  );
  const bounded = points.filter(({ lo, hi }) => lo !== null && hi !== null);
  const upper = bounded.map(({ day, hi }) => `H${x(day).toFixed(1)}V${y(hi ?? 1).toFixed(1)}`).join("");
  const lower = [...bounded]
    .reverse()
    .map(({ day, lo }) => `V${y(lo ?? 0).toFixed(1)}H${x(day).toFixed(1)}`)
    .join("");
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => Math.round(end * part));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${height}`}
      className="chart w-full max-w-160 min-w-120"
      direction="ltr"
    >
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <path d={`M${inset.start} ${y(share)}H${width - inset.end}`} className="stroke-hairline" />
          <text x={inset.start - 6} y={y(share) + 4} textAnchor="end" className="num fill-ink-3 text-11">
            {share * 100}
          </text>
        </g>
      ))}
      {[...new Set(ticks)].map((day) => (
        <text key={day} x={x(day)} y={height - 8} textAnchor="middle" className="num fill-ink-3 text-11">
          {day}
        </text>
      ))}
      {bounded.length > 0 ? (
        <path
          d={`M${x(0).toFixed(1)} ${y(1).toFixed(1)}${upper}${lower}V${y(1).toFixed(1)}Z`}
          className="fill-hairline"
          opacity="0.5"
        />
      ) : null}
      {curves.map(({ key, first, line, text, dash, share }, place) => (
        <g key={key}>
          <path
            d={stepsOf(
              points.map((point) => ({ day: point.day, share: point[key] })),
              first,
              end,
              x,
              y,
            )}
            fill="none"
            strokeWidth="1.75"
            strokeDasharray={dash}
            className={line}
          />
          <text x={width - inset.end + 6} y={labels[place]} className={`${text} text-11`}>
            {apart(`${words[key]} ${Math.round(share * 100)} %`)}
          </text>
        </g>
      ))}
    </svg>
  );
}
