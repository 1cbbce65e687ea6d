import { centre, drift, gapCharacters, hub, overRim, type Point, pointAt, rim } from "./geometry";
import type { WheelLayout } from "./layout";
import { cut, nameLines } from "./name-lines";
import type { WheelView } from "./wheel-view";

type Lines = { label: string; name: string; detail: string };

const kinds = {
  label: { size: 11, perCharacter: 4.9, style: "fill-ink-3" },
  name: { size: 14, perCharacter: 6.2, style: "fill-ink-1 font-semibold" },
  detail: { size: 12, perCharacter: 5.1, style: "num fill-ink-2" },
  late: { size: 12, perCharacter: 5.3, style: "num fill-bad font-semibold" },
} as const;

/** The lines with their places; all move together as far as one of them would cross the rim. */
function placed({ label, name, detail }: Lines, at: Point, spokes: number, isLate: boolean) {
  const last = isLate ? "late" : "detail";
  const lines = [
    { kind: "label", words: label } as const,
    ...nameLines(name).map((words) => ({ kind: "name", words }) as const),
    { kind: last, words: detail } as const,
  ].filter(({ words }) => words !== "");
  // More lines grow towards the middle, where the gap is wide.
  const top = at.y < centre.y ? at.y - 13 : at.y + 19 - (lines.length - 1) * 16;
  const set = lines.map(({ kind, words }, index) => ({
    ...kinds[kind],
    words: cut(words, gapCharacters(spokes, kinds[kind].size)),
    y: top + index * 16,
  }));
  const over = Math.max(
    ...set.map(({ words, perCharacter, y }) => overRim({ x: at.x, y: y - 4 }, words.length * perCharacter)),
  );
  const towards = Math.sign(centre.x - at.x) * Math.min(over, Math.abs(centre.x - at.x), 22);
  return set.map((line) => ({ ...line, x: at.x + towards }));
}

type WordsProps = { at: Point; lines: Lines; spokes: number; isLate: boolean };

function Words({ at, lines, spokes, isLate }: WordsProps) {
  return (
    <g textAnchor="middle" className="stroke-sheet" strokeWidth="5" strokeLinejoin="round">
      {placed(lines, at, spokes, isLate).map(({ words, size, style, x, y }) => (
        <text key={y} x={x.toFixed(1)} y={y.toFixed(1)} fontSize={size} paintOrder="stroke" className={style}>
          {words}
        </text>
      ))}
    </g>
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
