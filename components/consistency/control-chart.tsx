import type { WeeklyChart } from "@/lib/consistency/schema";
import { floorOf, labelsApart, ownDirection, percentOf, scaleOf, weekOf } from "./words";

const left = 42;
const right = 1020;
const top = 12;
const bottom = 178;

type Props = {
  chart: WeeklyChart;
  target: number;
  locale: string;
  label: string;
  words: {
    frozen: string;
    mean: (share: string) => string;
    target: (share: string) => string;
    upper: string;
    lower: string;
    below: (week: string, share: string, limit: string) => string;
  };
  hrefOf: (week: string) => string;
};

/** One channel week by week: limits as steps because they follow n, the baseline on its own tone, signals as diamonds. Time runs left to right. */
export function ControlChart({ chart: { weeks, signals, frozen }, target, locale, label, words, hrefOf }: Props) {
  if (!signals) return null;
  const { points, centre, alerts } = signals;
  const lo = floorOf(points.flatMap(({ rate, lcl }) => [rate ?? 1, lcl ?? 1]));
  const y = scaleOf(lo, bottom, top);
  const step = (right - left) / Math.max(1, weeks.length);
  const x = (place: number) => left + (place + 0.5) * step;
  const share = (value: number) => percentOf(value);
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].filter((tick) => tick >= lo - 1e-9);
  const every = Math.max(1, Math.ceil(weeks.length / 12));
  const last = alerts.at(-1);
  // A drawing with links in it is a group to those who hear it, no picture.
  const role = "group";
  return (
    <svg role={role} aria-label={label} viewBox="0 0 1140 210" className="chart w-full min-w-180" direction="ltr">
      {frozen > 0 ? (
        <>
          <rect x={left} y="6" width={frozen * step} height={bottom - 6} className="fill-page" />
          <text x={left + 6} y={bottom - 8} className="fill-ink-3 text-11">
            {words.frozen}
          </text>
        </>
      ) : null}
      {ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${left} ${y(tick).toFixed(1)}H${right}`} className="stroke-hairline" />
          <text x={left - 8} y={y(tick) + 4} textAnchor="end" className="num fill-ink-3 text-11">
            {Math.round(tick * 100)}
          </text>
        </g>
      ))}
      <path
        d={stepsOf(
          points.map(({ ucl }) => ucl),
          x,
          y,
          step,
        )}
        fill="none"
        strokeDasharray="4 3"
        className="stroke-ink-3"
      />
      <path
        d={stepsOf(
          points.map(({ lcl }) => lcl),
          x,
          y,
          step,
        )}
        fill="none"
        strokeDasharray="4 3"
        className="stroke-ink-3"
      />
      <path d={`M${left} ${y(centre).toFixed(1)}H${right}`} className="stroke-ink-2" />
      <path d={`M${left} ${y(target).toFixed(1)}H${right}`} className="stroke-accent" strokeWidth="1.25" />
      <path
        d={lineOf(
          points.map(({ rate }) => rate),
          x,
          y,
        )}
        fill="none"
        strokeWidth="1.25"
        className="stroke-ink-1"
      />
      {points.map(({ rate, n, k }, place) => {
        const monday = weeks[place]?.week ?? "";
        if (rate === null) return null;
        const isAlert = alerts.includes(place);
        const at = `translate(${x(place).toFixed(1)} ${y(rate).toFixed(1)})`;
        return (
          <g key={monday} transform={at}>
            <a href={hrefOf(monday)} aria-label={`${weekOf(monday, locale)}: ${share(rate)} ${k}/${n}`}>
              <circle r="11" fill="transparent" />
              {isAlert ? (
                <path d="M0-6l6 6-6 6-6-6z" className="fill-bad" />
              ) : (
                <circle r="3.4" className={n < 20 ? "fill-sheet stroke-ink-3" : "fill-ink-1"} />
              )}
            </a>
          </g>
        );
      })}
      {last === undefined ? null : <Signal place={last} {...{ weeks, points, x, y, locale, words }} />}
      {labelsApart([
        { y: y(centre), text: words.mean(share(centre)), tone: "fill-ink-2" },
        { y: y(target), text: words.target(share(target)), tone: "fill-accent-text" },
        { y: y(points.at(-1)?.ucl ?? 1), text: words.upper, tone: "fill-ink-3" },
        { y: y(points.at(-1)?.lcl ?? lo), text: words.lower, tone: "fill-ink-3" },
      ]).map(({ y: at, text, tone }) => (
        <text key={text} x={right + 8} y={at + 4} className={`${tone} text-11`}>
          {ownDirection(text, locale)}
        </text>
      ))}
      {weeks.map(({ week }, place) =>
        place % every === 0 ? (
          <text key={week} x={x(place)} y="202" textAnchor="middle" className="fill-ink-3 text-11">
            {weekOf(week, locale)}
          </text>
        ) : null,
      )}
    </svg>
  );
}

type Axis = (value: number) => number;

type SignalProps = Pick<Props, "locale" | "words"> & {
  place: number;
  weeks: WeeklyChart["weeks"];
  points: NonNullable<WeeklyChart["signals"]>["points"];
  x: Axis;
  y: Axis;
};

function Signal({ place, weeks, points, x, y, locale, words }: SignalProps) {
  const point = points[place];
  if (!point || point.rate === null) return null;
  const limit = point.rate < (point.lcl ?? 0) ? point.lcl : point.ucl;
  const isLate = place > weeks.length / 2;
  return (
    <text
      x={x(place) + (isLate ? -12 : 12)}
      y={y(point.rate) + 4}
      textAnchor={isLate ? "end" : "start"}
      className="fill-bad font-550 text-12"
    >
      {ownDirection(
        words.below(weekOf(weeks[place]?.week ?? "", locale), percentOf(point.rate), percentOf(limit ?? 0)),
        locale,
      )}
    </text>
  );
}

function stepsOf(values: readonly (number | null)[], x: Axis, y: Axis, step: number): string {
  return values
    .map((value, place) =>
      value === null
        ? ""
        : `M${(x(place) - step / 2).toFixed(1)} ${y(value).toFixed(1)}H${(x(place) + step / 2).toFixed(1)}`,
    )
    .join("");
}

/** The line through the weeks that have data; a week without any leaves a gap. */
function lineOf(values: readonly (number | null)[], x: Axis, y: Axis): string {
  return values
    .map((value, place) => {
      if (value === null) return "";
      const isBegin = place === 0 || values[place - 1] === null;
      return `${isBegin ? "M" : "L"}${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join("");
}
