import { pointAt, rim, text } from "./geometry";

/** The one solid handle: who has it, acts. It turns about the middle of the wheel when it changes hands. */
export function Baton({ angle, side }: { angle: number; side: 1 | -1 }) {
  const neck = text(pointAt(rim + 11, angle, side));
  return (
    <g data-baton={angle.toFixed(2)} className="origin-[410px_326px]">
      <path d={`M${text(pointAt(rim, angle, side))}L${neck}`} strokeWidth="5" className="stroke-accent" />
      <path
        d={`M${neck}L${text(pointAt(rim + 50, angle, side))}`}
        strokeWidth="17"
        strokeLinecap="round"
        className="stroke-accent"
      />
    </g>
  );
}
