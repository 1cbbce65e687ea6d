import type { SpeedChart as Chart } from "@/lib/consistency/schema";
import { labelsApart, ownDirection, weekOf } from "./words";

const left = 48;
const right = 1020;
const top = 28;
const bottom = 162;

type Props = {
  speed: Chart;
  locale: string;
  label: string;
  words: { minutes: (value: number) => string; mean: string; upper: string; lower: string };
};

/** The weekly median time to a first answer between its natural limits; on a scale of ratios where it leans to the right. */
export function SpeedChart({ speed: { weeks, chart, isLog }, locale, label, words }: Props) {
  if (weeks.length === 0) return null;
  const place = (value: number) => (isLog ? Math.log(Math.max(value, 0.1)) : value);
  const values = weeks.map(({ minutes }) => minutes);
  const known = [...values, ...(chart ? [chart.upper, chart.lower] : [])].map(place);
  const [least, most] = [isLog ? Math.min(...known) : 0, Math.max(...known) * (isLog ? 1 : 1.05)];
  const y = (value: number) => bottom - ((bottom - top) * (place(value) - least)) / Math.max(1e-9, most - least);
  const step = (right - left) / weeks.length;
  const x = (index: number) => left + (index + 0.5) * step;
  const every = Math.max(1, Math.ceil(weeks.length / 12));
  const limits = chart
    ? [
        { value: chart.mean, text: words.mean, style: "stroke-ink-2", dash: undefined },
        { value: chart.upper, text: words.upper, style: "stroke-ink-3", dash: "4 3" },
        { value: chart.lower, text: words.lower, style: "stroke-ink-3", dash: "4 3" },
      ]
    : [];
  return (
    <svg role="img" aria-label={label} viewBox="0 0 1140 194" className="chart w-full min-w-180" direction="ltr">
      <path d={`M${left} ${bottom}H${right}`} className="stroke-hairline" />
      {limits.map(({ value, text, style, dash }) => (
        <path key={text} d={`M${left} ${y(value).toFixed(1)}H${right}`} strokeDasharray={dash} className={style} />
      ))}
      {labelsApart(limits.map(({ value, text }) => ({ value, text, y: y(value) }))).map(({ value, text, y: at }) => (
        <text key={text} x={right + 8} y={at + 4} className="fill-ink-3 text-11">
          {ownDirection(`${text} ${words.minutes(value)}`, locale)}
        </text>
      ))}
      <path
        d={values
          .map((value, index) => `${index === 0 ? "M" : "L"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
          .join("")}
        fill="none"
        strokeWidth="1.25"
        className="stroke-ink-1"
      />
      {weeks.map(({ week, minutes }, index) => {
        const hasSignal = (chart?.points[index]?.signals.length ?? 0) > 0;
        return (
          <g key={week} transform={`translate(${x(index).toFixed(1)} ${y(minutes).toFixed(1)})`}>
            {hasSignal ? (
              <path d="M0-6l6 6-6 6-6-6z" className="fill-bad" />
            ) : (
              <circle r="3.4" className="fill-ink-1" />
            )}
            {hasSignal ? (
              <text y="-10" textAnchor="middle" className="fill-bad font-550 text-12">
                {words.minutes(minutes)}
              </text>
            ) : null}
          </g>
        );
      })}
      {weeks.map(({ week }, index) =>
        index % every === 0 ? (
          <text key={week} x={x(index)} y="186" textAnchor="middle" className="fill-ink-3 text-11">
            {weekOf(week, locale)}
          </text>
        ) : null,
      )}
    </svg>
  );
}
