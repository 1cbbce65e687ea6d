import { beadRadii, hub, pointAt, rim, spokeWidth, text } from "./geometry";
import type { WheelSpoke } from "./wheel-view";

const colours = [
  "",
  "text-spoke-1",
  "text-spoke-2",
  "text-spoke-3",
  "text-spoke-4",
  "text-spoke-5",
  "text-spoke-6",
  "text-spoke-7",
  "text-spoke-8",
];

type Props = { spoke: WheelSpoke; angle: number; side: 1 | -1; hasBaton: boolean };

/** One department: its line as thick as the contact is lively, its six newest contacts, its handle. */
export function SpokeLine({ spoke, angle, side, hasBaton }: Props) {
  const line = `M${text(pointAt(hub + 9, angle, side))}L${text(pointAt(rim, angle, side))}`;
  const isBare = spoke.touches.length === 0;
  const isQuiet = spoke.state === "idle" && !hasBaton;
  return (
    <g className={colours[spoke.position] ?? "text-spoke-8"}>
      <path
        d={line}
        strokeWidth={isBare ? 1 : spokeWidth(spoke.touches).toFixed(1)}
        strokeDasharray={isBare && isQuiet ? "1.5 5" : undefined}
        className={
          hasBaton ? "stroke-accent opacity-90" : isBare ? "stroke-hairline-strong" : "stroke-current opacity-90"
        }
      />
      {hasBaton ? null : <Handle angle={angle} side={side} isInvolved={!isBare || spoke.state !== "idle"} />}
      <Beads touches={spoke.touches} angle={angle} side={side} />
      {spoke.light ? <Light light={spoke.light} angle={angle} side={side} /> : null}
    </g>
  );
}

/** Contacts on the line, newest nearest the hub: two-way ones filled, one-way ones hollow. */
function Beads({ touches, angle, side }: { touches: WheelSpoke["touches"]; angle: number; side: 1 | -1 }) {
  const newest = [...touches].sort((a, b) => a.ageDays - b.ageDays);
  return beadRadii(newest.map(({ ageDays }) => ageDays)).map((radius, index) => {
    const { x, y } = pointAt(radius, angle, side);
    const isTwoWay = newest[index]?.twoWay === true;
    return (
      <g key={radius}>
        <circle cx={x.toFixed(1)} cy={y.toFixed(1)} r={isTwoWay ? 6.4 : 5.5} className="fill-sheet" />
        <circle
          cx={x.toFixed(1)}
          cy={y.toFixed(1)}
          r={isTwoWay ? 4.6 : 3.7}
          className={isTwoWay ? "fill-current" : "fill-sheet stroke-current"}
          strokeWidth="1.8"
        />
      </g>
    );
  });
}

const tones = { positive: "text-good", neutral: "text-warn", negative: "text-bad" } as const;

/** How it was for the customer, on the rim: a round light for well, a bar for neither, a cross for badly, each with its word. */
function Light({ light, angle, side }: { light: NonNullable<WheelSpoke["light"]>; angle: number; side: 1 | -1 }) {
  const { x, y } = pointAt(rim - 16, angle, side);
  return (
    <g className={tones[light.tone]} data-light={light.tone} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}>
      <title>{light.text}</title>
      <circle r="8" className="fill-sheet stroke-current" strokeWidth="1.5" />
      {light.tone === "positive" ? <circle r="4.5" className="fill-current" /> : null}
      {light.tone === "neutral" ? <path d="M-4 0H4" className="stroke-current" strokeWidth="2" /> : null}
      {light.tone === "negative" ? <path d="M-3-3L3 3M3-3L-3 3" className="stroke-current" strokeWidth="2" /> : null}
    </g>
  );
}

/** A hollow handle: ink where the department has been involved. */
function Handle({ angle, side, isInvolved }: { angle: number; side: 1 | -1; isInvolved: boolean }) {
  const edge = isInvolved ? "stroke-ink-2" : "stroke-hairline-strong";
  const grip = `M${text(pointAt(rim + 11, angle, side))}L${text(pointAt(rim + 38, angle, side))}`;
  return (
    <>
      <path
        d={`M${text(pointAt(rim, angle, side))}L${text(pointAt(rim + 11, angle, side))}`}
        strokeWidth="1.5"
        className={edge}
      />
      <path d={grip} strokeWidth="10" strokeLinecap="round" className={edge} />
      <path d={grip} strokeWidth="7.2" strokeLinecap="round" className="stroke-sheet" />
    </>
  );
}
