import type { KeyboardEvent, ReactNode } from "react";
import { hub, pointAt, rim, text } from "./geometry";
import type { WheelSpoke } from "./wheel-view";

/** What makes the spokes of a wheel buttons with one tab stop. */
export type SpokeControls = {
  focusedId: string;
  onOpen: (spokeId: string) => void;
  onFocus: (spokeId: string) => void;
  onKeyDown: (event: KeyboardEvent<SVGGElement>) => void;
};

type Props = {
  spoke: WheelSpoke;
  angle: number;
  side: 1 | -1;
  controls?: SpokeControls | undefined;
  children: ReactNode;
};

/** A spoke with its handle and its words: a picture, or in the live wheel a button. */
export function SpokeGroup({ spoke, angle, side, controls, children }: Props) {
  if (!controls) return <g>{children}</g>;
  // A part of a drawing cannot be an HTML button; it is announced as one and answers to the same keys.
  const button = {
    role: "button",
    tabIndex: controls.focusedId === spoke.id ? 0 : -1,
    "aria-label": [spoke.name, spoke.person, spoke.stateText, spoke.light?.text].filter(Boolean).join(", "),
    onClick: () => controls.onOpen(spoke.id),
    onFocus: () => controls.onFocus(spoke.id),
    onKeyDown: controls.onKeyDown,
  };
  return (
    <g data-spoke={spoke.id} className="cursor-pointer" {...button}>
      <path
        d={`M${text(pointAt(hub + 24, angle, side))}L${text(pointAt(rim + 46, angle, side))}`}
        strokeWidth="30"
        stroke="transparent"
        pointerEvents="stroke"
      />
      {children}
    </g>
  );
}
