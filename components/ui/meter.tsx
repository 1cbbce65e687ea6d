import { cn } from "./cn";

const colours = { ok: "fill-ink-2", amber: "fill-warn", red: "fill-bad" } as const;

type Props = { share: number; level: keyof typeof colours; label: string; className?: string };

/** A share of a capacity on a line of four pixels, with a tick at 85 %. */
export function Meter({ share, level, label, className }: Props) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      className={cn("h-1.5 w-full rtl:-scale-x-100", className)}
    >
      <rect y="1" width="100" height="4" className="fill-hairline" />
      <rect y="1" width={Math.min(100, share * 100)} height="4" className={colours[level]} />
      <path d="M85 0v6" vectorEffect="non-scaling-stroke" className="stroke-ink-1" />
    </svg>
  );
}
