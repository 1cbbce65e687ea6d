import { cn } from "@/components/ui/cn";
import { markColours, markShape } from "@/components/ui/status-mark";
import { anchorAt, labelTop, pointAt, rim } from "./geometry";
import type { WheelSpoke } from "./wheel-view";

type Props = { spoke: WheelSpoke; angle: number; side: 1 | -1; hasBaton: boolean; isCrowded: boolean };

const stateColours: Partial<Record<WheelSpoke["state"], string>> = {
  overdue: "fill-bad font-semibold",
  stalled: "fill-bad font-semibold",
  waiting: "fill-warn",
  idle: "fill-ink-3",
};

/** Name, person and state of a department at the end of its handle; the mark stands before its word. */
export function SpokeLabel({ spoke, angle, side, hasBaton, isCrowded }: Props) {
  const { x, y } = pointAt(rim + (hasBaton ? 72 : 58), angle, side);
  const anchor = anchorAt(angle);
  const top = labelTop(y, angle);
  const person = isCrowded ? null : spoke.person;
  const stateY = top + (person ? 32 : 16);
  const isQuiet = spoke.state === "idle" && !hasBaton;
  const mark = markPlace(anchor, side, spoke.stateText);
  return (
    <g textAnchor={anchor}>
      <text
        x={x.toFixed(1)}
        y={top.toFixed(1)}
        fontSize={hasBaton ? 16 : 14}
        className={cn(
          hasBaton ? "fill-accent-text font-semibold" : isQuiet ? "fill-ink-3 font-450" : "fill-ink-1 font-550",
        )}
      >
        {spoke.name}
      </text>
      {person ? (
        <text
          x={x.toFixed(1)}
          y={(top + 16).toFixed(1)}
          fontSize="12"
          className={isQuiet ? "fill-ink-3" : "fill-ink-2"}
        >
          {person}
        </text>
      ) : null}
      <g
        transform={`translate(${(x + mark.sign).toFixed(1)} ${(stateY - 4).toFixed(1)}) scale(0.9) translate(-5 -5)`}
        className={markColours[spoke.state]}
      >
        {markShape(spoke.state)}
      </g>
      <text
        x={(x + mark.words).toFixed(1)}
        y={stateY.toFixed(1)}
        fontSize="12"
        className={cn("num", stateColours[spoke.state] ?? "fill-ink-2")}
      >
        {spoke.stateText}
      </text>
    </g>
  );
}

/** Offsets of the mark and of its words: the mark is nearest the wheel, or first where the label is centred. */
function markPlace(anchor: "start" | "middle" | "end", side: 1 | -1, words: string): { sign: number; words: number } {
  if (anchor === "start") return { sign: side * 4.5, words: side * 14 };
  if (anchor === "end") return { sign: side * -4.5, words: side * -14 };
  return { sign: side * -(words.length * 2.75 + 2), words: side * 7 };
}
