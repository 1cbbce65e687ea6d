import { cn } from "@/components/ui/cn";
import type { LeakFinding, LeakStage, LeakState } from "@/lib/leaks/schema";

export type MapLeak = { finding: LeakFinding; state: LeakState; others: number };

type Props = {
  stages: readonly LeakStage[];
  leakOf: (stage: LeakStage) => MapLeak | null;
  label: string;
  isRtl: boolean;
  words: {
    stage: (stage: LeakStage) => string;
    leak: (leak: MapLeak) => readonly [string, string];
  };
};

const column = 132;
const middle = 74;
const tallest = 96;
/** Radius of one person by LOOK; drawn smaller when the largest leak would not fit into its column. */
const usualRadius = 7.6;
const widest = 50;

const colours: Partial<Record<LeakState, string>> = { confirmed: "text-bad", being_fixed: "text-accent" };

const sizesOf = ({ size, drops }: LeakFinding) => ({
  least: Math.max(0, size?.lo ?? 0) * drops.n,
  estimate: Math.max(0, size?.losses ?? 0),
  most: Math.max(0, size?.hi ?? 0) * drops.n,
});

/** Two short lines of a name that may be long. */
function linesOf(name: string): string[] {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= 18) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length <= 2 ? lines : [lines[0] ?? "", `${lines[1] ?? ""}…`];
}

/** One leak under the gap it hangs from: filled is what is lost at least, the ring the estimate, dashed what it is at most. */
function Drop({
  leak,
  x,
  y,
  unit,
  words,
}: {
  leak: MapLeak;
  x: number;
  y: number;
  unit: number;
  words: readonly [string, string];
}) {
  const { least, estimate, most } = sizesOf(leak.finding);
  const radius = (count: number) => (unit * Math.sqrt(count)).toFixed(1);
  const reach = unit * Math.sqrt(most);
  const centre = y + 14 + reach;
  return (
    <g className={cn(colours[leak.state] ?? "text-ink-2")}>
      <path d={`M${x} ${y}V${(y + 14).toFixed(1)}`} stroke="currentColor" strokeWidth="1.5" />
      <circle cx={x} cy={centre} r={radius(most)} fill="none" stroke="currentColor" strokeDasharray="3 3" />
      <circle cx={x} cy={centre} r={radius(estimate)} fill="none" stroke="currentColor" strokeWidth="1.75" />
      <circle cx={x} cy={centre} r={radius(least)} fill="currentColor" />
      {words.map((line, place) => (
        <text
          key={line}
          x={x}
          y={centre + reach + 16 + place * 14}
          textAnchor="middle"
          className={place === 0 ? "fill-ink-1 text-11 font-550" : "fill-ink-2 text-11"}
        >
          {line}
        </text>
      ))}
    </g>
  );
}

/** The funnel as a river of people: as wide as who came to a stage, with the leaks hanging where people vanish. Time runs as one reads. */
export function LeakMap({ stages, leakOf, label, isRtl, words }: Props) {
  const width = Math.max(1, stages.length) * column;
  const most = Math.max(1, ...stages.map(({ entries }) => entries));
  const leaks = stages.map(leakOf);
  const largest = Math.max(1, ...leaks.map((leak) => (leak ? sizesOf(leak.finding).most : 0)));
  const unit = Math.min(usualRadius, widest / Math.sqrt(largest));
  const height = middle + tallest / 2 + (leaks.some(Boolean) ? 28 + 2 * unit * Math.sqrt(largest) + 34 : 12);
  const x = (place: number) => (isRtl ? width - place * column : place * column);
  const half = (entries: number) => (tallest * entries) / most / 2;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${Math.ceil(height)}`}
      width={width}
      height={Math.ceil(height)}
      className="max-w-none"
    >
      {stages.map((stage, place) => {
        const [own, next] = [half(stage.entries), half(stages[place + 1]?.entries ?? stage.advanced.k)];
        const [from, to] = [x(place), x(place + 1)];
        const bend = x(place + 0.62);
        const shape = `M${from} ${middle - own}H${bend}L${to} ${middle - next}V${middle + next}L${bend} ${middle + own}H${from}Z`;
        return (
          <g key={`${stage.template}/${stage.stage}`}>
            <path d={shape} className={stage.isEnough ? "fill-hairline" : "fill-page"} />
            <path d={`M${from} 6V${middle + tallest / 2 + 6}`} className="stroke-hairline" />
            {linesOf(stage.name).map((line, at) => (
              <text key={line} x={x(place + 0.5)} y={14 + at * 13} textAnchor="middle" className="fill-ink-2 text-11">
                {line}
              </text>
            ))}
            <text x={x(place + 0.4)} y={middle + 4} textAnchor="middle" className="num fill-ink-1 text-12 font-550">
              {words.stage(stage)}
            </text>
          </g>
        );
      })}
      {leaks.map((leak, place) =>
        leak ? (
          <Drop
            key={`${leak.finding.template}/${leak.finding.stage}`}
            leak={leak}
            x={x(place + 0.5)}
            y={middle + half(stages[place]?.entries ?? 0)}
            unit={unit}
            words={words.leak(leak)}
          />
        ) : null,
      )}
    </svg>
  );
}
