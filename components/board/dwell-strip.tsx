import { cn } from "@/components/ui/cn";
import type { BoardColumn } from "@/lib/board/schema";

const from = 3;
const to = 153;
const heights = [13, 10.8, 8.6];

/** Where the rows shown stand in time: a dot each, ticks at the days by which half and four in five have left. */
export function DwellStrip({ column }: { column: BoardColumn }) {
  const { p50, p80, cards } = column;
  const longest = Math.max(p80 ?? 0, p50 ?? 0, ...cards.map(({ days }) => days), 1) * 1.12;
  const x = (days: number) => from + ((to - from) * Math.min(days, longest)) / longest;
  return (
    <svg aria-hidden viewBox="0 0 156 18" className="mt-1.5 block h-4.5 w-full rtl:-scale-x-100">
      <path d={`M${from} 12H${to}`} className="stroke-hairline-strong" />
      {p50 === null ? null : <path d={`M${x(p50).toFixed(1)} 7V17`} className="stroke-ink-2" />}
      {p80 === null ? null : <path d={`M${x(p80).toFixed(1)} 7V17`} className="stroke-warn" strokeWidth="1.5" />}
      {cards.map((card, index) => (
        <circle
          key={card.journeyId}
          cx={x(card.days).toFixed(1)}
          cy={heights[index % heights.length]}
          r="2.2"
          fillOpacity=".75"
          className={cn(card.isSlow ? "fill-warn" : "fill-ink-1")}
        />
      ))}
    </svg>
  );
}
