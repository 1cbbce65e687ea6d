import type { PersonCount } from "@/lib/consistency/schema";
import { type FunnelPlot, funnelLimits } from "@/lib/statistics/funnel-plot";
import { floorOf, percentOf, scaleOf } from "./words";

const left = 48;
const right = 1020;
const top = 12;
const bottom = 220;
const samples = 80;

type Props = {
  people: FunnelPlot<PersonCount>;
  label: string;
  words: { alert: string; alarm: string; target: string; ratings: string };
  hrefOf: (memberId: string) => string;
};

/** Four to nine round numbers of ratings below the most. */
function countsUpTo(most: number): number[] {
  const rough = most / 8;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * (rough / magnitude > 5 ? 10 : rough / magnitude > 2 ? 5 : rough / magnitude > 1 ? 2 : 1);
  return Array.from({ length: Math.floor(most / step) }, (_, each) => (each + 1) * step);
}

/** Each person by how many ratings and how many of them positive, between limits that narrow with n: chance looks like chance. */
export function PeopleFunnel({ people: { units, target }, label, words, hrefOf }: Props) {
  const known = units.filter(({ rate }) => rate !== null);
  if (known.length === 0) return null;
  const most = Math.max(40, ...known.map(({ unit }) => unit.n)) * 1.08;
  const lo = floorOf(known.map(({ rate }) => rate ?? 1));
  const y = scaleOf(lo, bottom, top);
  const x = (n: number) => left + ((right - left) * n) / most;
  const sizes = Array.from({ length: samples }, (_, each) => Math.max(2, (most * (each + 1)) / samples));
  const curve = (of: "alertLo" | "alertHi" | "alarmLo" | "alarmHi") =>
    sizes
      .map((n, each) => `${each === 0 ? "M" : "L"}${x(n).toFixed(1)} ${y(funnelLimits(target, n)[of]).toFixed(1)}`)
      .join("");
  const end = funnelLimits(target, most);
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].filter((tick) => tick >= lo - 1e-9);
  // A drawing with links in it is a group to those who hear it, no picture.
  const role = "group";
  return (
    <svg role={role} aria-label={label} viewBox="0 -10 1140 276" className="chart w-full min-w-180" direction="ltr">
      {ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${left} ${y(tick).toFixed(1)}H${right}`} className="stroke-hairline" />
          <text x={left - 8} y={y(tick) + 4} textAnchor="end" className="num fill-ink-3 text-11">
            {Math.round(tick * 100)}
          </text>
        </g>
      ))}
      {(["alertLo", "alertHi"] as const).map((of) => (
        <path key={of} d={curve(of)} fill="none" strokeDasharray="4 3" className="stroke-ink-3" />
      ))}
      {(["alarmLo", "alarmHi"] as const).map((of) => (
        <path key={of} d={curve(of)} fill="none" className="stroke-ink-3" />
      ))}
      <path d={`M${left} ${y(target).toFixed(1)}H${right}`} strokeWidth="1.25" className="stroke-accent" />
      <text x={right + 8} y={y(target) + 4} className="fill-accent-text text-11">
        {words.target}
      </text>
      <text x={right + 8} y={y(end.alertHi) + 4} className="fill-ink-3 text-11">
        {words.alert}
      </text>
      <text x={right + 8} y={y(end.alarmHi) - 8} className="fill-ink-3 text-11">
        {words.alarm}
      </text>
      {countsUpTo(most).map((n) => (
        <text key={n} x={x(n)} y={bottom + 18} textAnchor="middle" className="num fill-ink-3 text-11">
          {n}
        </text>
      ))}
      <text x={(left + right) / 2} y={bottom + 36} textAnchor="middle" className="fill-ink-3 text-11">
        {words.ratings}
      </text>
      {known.map(({ unit, rate, stand }) => (
        <g key={unit.memberId} transform={`translate(${x(unit.n).toFixed(1)} ${y(rate ?? 0).toFixed(1)})`}>
          <a href={hrefOf(unit.memberId)} aria-label={`${unit.name}: ${percentOf(rate ?? 0)} ${unit.k}/${unit.n}`}>
            <circle r="11" fill="transparent" />
            {stand === "alarm" ? (
              <path d="M0-6l6 6-6 6-6-6z" className="fill-bad" />
            ) : (
              <circle
                r="4"
                strokeWidth="1.2"
                className={
                  stand === "too_few"
                    ? "fill-sheet stroke-ink-3"
                    : stand === "alert"
                      ? "fill-warn stroke-warn"
                      : "fill-ink-1"
                }
              />
            )}
            <text
              y="-9"
              textAnchor="middle"
              className={stand === "alarm" ? "fill-bad font-550 text-11" : "fill-ink-2 text-11"}
            >
              {unit.name}
            </text>
          </a>
        </g>
      ))}
    </svg>
  );
}
