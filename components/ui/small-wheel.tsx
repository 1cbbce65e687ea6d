import { cn } from "./cn";

type Props = { involved: readonly number[]; baton: number; isLate?: boolean; className?: string };

const spokes = [1, 2, 3, 4, 5, 6, 7];

/** A spoke between two radii, clockwise from twelve. */
const line = (spoke: number, from: number, to: number): string => {
  const angle = ((spoke - 1) / spokes.length) * 2 * Math.PI;
  const at = (radius: number) =>
    `${(14 + radius * Math.sin(angle)).toFixed(1)} ${(14 - radius * Math.cos(angle)).toFixed(1)}`;
  return `M${at(from)}L${at(to)}`;
};

/** The ship's wheel before a name: handles of the departments involved, the baton solid; filled hub = the OSC has it. */
export function SmallWheel({ involved, baton, isLate, className }: Props) {
  return (
    <svg aria-hidden viewBox="0 0 28 28" fill="none" className={cn("size-7 flex-none rtl:-scale-x-100", className)}>
      <circle cx="14" cy="14" r="8.4" className="stroke-ink-2" strokeWidth="1.2" />
      <Spokes kind="quiet" of={spokes.filter((spoke) => spoke !== baton && !involved.includes(spoke))} />
      <Spokes kind="involved" of={spokes.filter((spoke) => spoke !== baton && involved.includes(spoke))} />
      <Spokes kind={isLate ? "late" : "baton"} of={spokes.filter((spoke) => spoke === baton)} />
      <circle
        cx="14"
        cy="14"
        r="3.1"
        strokeWidth="1.4"
        className={
          baton === 0 ? (isLate ? "fill-bad stroke-bad" : "fill-accent stroke-accent") : "fill-sheet stroke-ink-1"
        }
      />
    </svg>
  );
}

const colours = {
  late: "stroke-bad",
  baton: "stroke-accent",
  involved: "stroke-ink-2",
  quiet: "stroke-hairline-strong",
} as const;

/** The spokes of one kind: one path for their lines and one for their handles, as a list draws fifty wheels. */
function Spokes({ kind, of }: { kind: keyof typeof colours; of: readonly number[] }) {
  if (of.length === 0) return null;
  const isBaton = kind === "late" || kind === "baton";
  const path = (from: number, to: number) => of.map((spoke) => line(spoke, from, to)).join("");
  return (
    <>
      <path d={path(4.2, 8.4)} strokeWidth={isBaton ? 1.6 : 1} className={colours[kind]} />
      <path
        d={path(8.4, isBaton ? 13 : 12)}
        strokeWidth={isBaton ? 3.4 : 1.5}
        strokeLinecap="round"
        className={colours[kind]}
      />
    </>
  );
}
