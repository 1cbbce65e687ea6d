import { cn } from "@/components/ui/cn";
import { drift, gapCharacters, hub, type Point, pointAt, rim } from "./geometry";
import type { WheelLayout } from "./layout";
import { cut } from "./name-lines";
import type { WheelView } from "./wheel-view";

type Lines = { label: string; name: string; detail: string };

function Words({ at, lines, spokes, isLate }: { at: Point; lines: Lines; spokes: number; isLate: boolean }) {
  const x = at.x.toFixed(1);
  return (
    <text
      x={x}
      y={(at.y - 14).toFixed(1)}
      textAnchor="middle"
      className="stroke-sheet"
      strokeWidth="5"
      paintOrder="stroke"
      strokeLinejoin="round"
    >
      <tspan x={x} fontSize="11" className="fill-ink-3">
        {cut(lines.label, gapCharacters(spokes, 11))}
      </tspan>
      <tspan x={x} dy="16" fontSize="14" className="fill-ink-1 font-semibold">
        {cut(lines.name, gapCharacters(spokes, 14))}
      </tspan>
      <tspan x={x} dy="16" fontSize="12" className={cn("num", isLate ? "fill-bad font-semibold" : "fill-ink-2")}>
        {cut(lines.detail, gapCharacters(spokes, 12))}
      </tspan>
    </text>
  );
}

/** The words inside the rim: where they are and what comes next, in two gaps of their own; the lateness at its diamond. */
export function TouchpointWords({ view, layout, side }: { view: WheelView; layout: WheelLayout; side: 1 | -1 }) {
  const middle = (hub + rim) / 2 + 20;
  const spokes = view.spokes.length;
  const off =
    layout.gate !== null && layout.isLate ? drift(layout.gate, view.next?.ratio ?? 0, spokes, side)?.end : undefined;
  return (
    <>
      {view.current ? (
        <Words at={pointAt(middle, layout.nowGap, side)} lines={view.current} spokes={spokes} isLate={false} />
      ) : null}
      {view.next ? (
        <Words at={pointAt(middle, layout.nextGap, side)} lines={view.next} spokes={spokes} isLate={layout.isLate} />
      ) : null}
      {off && view.next?.lateText ? (
        <text
          x={off.x.toFixed(1)}
          y={(off.y + 25).toFixed(1)}
          textAnchor="middle"
          className="stroke-sheet"
          strokeWidth="5"
          paintOrder="stroke"
          strokeLinejoin="round"
        >
          <tspan fontSize="14" className="fill-bad font-semibold">
            {view.next.lateText}
          </tspan>
          {view.next.stepText ? (
            <tspan x={off.x.toFixed(1)} dy="15" fontSize="12" className="fill-accent-text">
              {view.next.stepText}
            </tspan>
          ) : null}
        </text>
      ) : null}
    </>
  );
}
