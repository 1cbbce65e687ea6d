import { arc, drift, pointAt, rim, text } from "./geometry";
import type { WheelLayout } from "./layout";

type Props = { layout: WheelLayout; ratio: number | null; spokes: number; side: 1 | -1 };

/** The journey on the rim: travelled, stations, where they are, and the way to the next touchpoint with its clock. */
export function RimTrack({ layout, ratio, spokes, side }: Props) {
  const { here, gate, stations, isLate } = layout;
  const colour = isLate ? "stroke-bad" : "stroke-accent";
  const at = pointAt(rim, here, side);
  const used = gate === null || ratio === null ? 0 : Math.min(1, ratio) * (gate - here);
  return (
    <g fill="none">
      <path d={arc(rim, 0, here, side)} className="stroke-ink-1" strokeWidth="3" />
      {stations.map(({ id, state, angle }) => {
        const { x, y } = pointAt(rim, angle, side);
        const isDone = state === "done";
        return (
          <circle
            key={id}
            cx={x.toFixed(1)}
            cy={y.toFixed(1)}
            r={isDone ? 4 : 3.6}
            strokeWidth="1.5"
            className={isDone ? "fill-ink-1 stroke-sheet" : "fill-sheet stroke-hairline-strong"}
          />
        );
      })}
      {gate === null ? null : (
        <>
          <path d={arc(rim, here, gate, side)} className="stroke-sheet" strokeWidth="13" />
          <path d={arc(rim, here, gate, side)} className={colour} strokeWidth="1.5" />
          {used > 0 ? <path d={arc(rim, here, here + used, side)} className={colour} strokeWidth="7" /> : null}
        </>
      )}
      <circle cx={at.x.toFixed(1)} cy={at.y.toFixed(1)} r="7" strokeWidth="3" className="fill-sheet stroke-ink-1" />
      {gate === null ? null : (
        <path
          d={`M${text(pointAt(rim - 15, gate, side))}L${text(pointAt(rim + 15, gate, side))}`}
          className="stroke-ink-1"
          strokeWidth="2.5"
          strokeLinecap="round"
        />
      )}
      {gate !== null && ratio !== null ? <OffTrack gate={gate} ratio={ratio} spokes={spokes} side={side} /> : null}
    </g>
  );
}

/** Off the wheel: the farther the later, with the dotted way back to the gate. */
function OffTrack({ gate, ratio, spokes, side }: { gate: number; ratio: number; spokes: number; side: 1 | -1 }) {
  const off = drift(gate, ratio, spokes, side);
  if (!off) return null;
  const x = off.end.x.toFixed(1);
  const y = (off.end.y - 8).toFixed(1);
  return (
    <g data-drift>
      <path d={off.back} className="stroke-accent" strokeWidth="1.6" strokeDasharray="3 4" />
      <path d={off.path} className="stroke-bad" strokeWidth="4" strokeLinecap="round" />
      <path d={`M${x} ${y}l8 8-8 8-8-8z`} className="fill-bad" />
    </g>
  );
}
