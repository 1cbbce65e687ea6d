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
  return (
    <g
      role="button"
      tabIndex={controls.focusedId === spoke.id ? 0 : -1}
      data-spoke={spoke.id}
      aria-label={[spoke.name, spoke.person, spoke.stateText].filter(Boolean).join(", ")}
      className="cursor-pointer"
      onClick={() => controls.onOpen(spoke.id)}
      onFocus={() => controls.onFocus(spoke.id)}
      onKeyDown={controls.onKeyDown}
    >
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
