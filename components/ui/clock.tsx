import { cn } from "./cn";

/** How late something is: elapsed over due (DOMAIN F11). */
export type ClockState = "ok" | "soon" | "late" | "stalled";

/** The state of a ratio of elapsed to due time. */
export function clockStateOf(ratio: number): ClockState {
  if (ratio >= 2) return "stalled";
  if (ratio > 1) return "late";
  return ratio >= 0.75 ? "soon" : "ok";
}

const colours: Record<ClockState, string> = {
  ok: "text-ink-2",
  soon: "text-warn",
  late: "text-bad",
  stalled: "text-bad",
};

type Props = { ratio: number; text: string; className?: string };

/** Text over a bar that fills to the due tick at two thirds and overruns hatched; it fills from the inline start. */
export function Clock({ ratio, text, className }: Props) {
  const state = clockStateOf(ratio);
  const fill = Math.min(ratio, 1) * 50.7;
  const over = Math.min(Math.max(ratio - 1, 0), 0.5) * 50.7;
  return (
    <span className={cn("inline-grid min-w-19 justify-items-start gap-0.75", colours[state], className)}>
      <span className={cn("num whitespace-nowrap text-12", ratio > 1 ? "font-semibold" : "font-medium")}>{text}</span>
      <svg aria-hidden viewBox="0 0 76 7" className="h-1.75 w-19 rtl:-scale-x-100">
        <path d="M0 6.5h76" className="stroke-hairline-strong" />
        <rect y="3.5" width={fill} height="3" fill="currentColor" />
        {over > 0 ? <path d={`M50.7 5h${over}`} stroke="currentColor" strokeWidth="3" strokeDasharray="2 2" /> : null}
        <path d="M50.7 0v7" className="stroke-ink-1" />
      </svg>
    </span>
  );
}
