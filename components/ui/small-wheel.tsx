import { cn } from "./cn";

type Props = { involved: readonly number[]; baton: number; isLate?: boolean; className?: string };

const spokes = [1, 2, 3, 4, 5, 6, 7];

const point = (radius: number, spoke: number): string => {
  const angle = ((spoke - 1) / spokes.length) * 2 * Math.PI;
  return `${(14 + radius * Math.sin(angle)).toFixed(2)} ${(14 - radius * Math.cos(angle)).toFixed(2)}`;
};

/** The ship's wheel before a name: handles of the departments involved, the baton solid; filled hub = the OSC has it. */
export function SmallWheel({ involved, baton, isLate, className }: Props) {
  const batonColour = isLate ? "stroke-bad" : "stroke-accent";
  return (
    <svg aria-hidden viewBox="0 0 28 28" fill="none" className={cn("size-7 flex-none rtl:-scale-x-100", className)}>
      <circle cx="14" cy="14" r="8.4" className="stroke-ink-2" strokeWidth="1.2" />
      {spokes.map((spoke) =>
        spoke === baton ? (
          <path key={spoke} d={`M${point(3.1, spoke)}L${point(13, spoke)}`} className={batonColour} strokeWidth="3.4" />
        ) : (
          <path
            key={spoke}
            d={`M${point(8.4, spoke)}L${point(12, spoke)}`}
            strokeWidth="1.5"
            className={involved.includes(spoke) ? "stroke-ink-2" : "stroke-hairline-strong"}
          />
        ),
      )}
      <circle
        cx="14"
        cy="14"
        r="3.1"
        strokeWidth="1.2"
        className={
          baton === 0 ? (isLate ? "fill-bad stroke-bad" : "fill-accent stroke-accent") : "fill-float stroke-ink-1"
        }
      />
    </svg>
  );
}
