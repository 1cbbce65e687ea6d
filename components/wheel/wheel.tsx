import { Baton } from "./baton";
import { centre, hub, pointAt, recency, rim } from "./geometry";
import { HubPromises } from "./hub-promises";
import { HubWords } from "./hub-words";
import { layoutOf } from "./layout";
import { RimTrack } from "./rim-track";
import { type SpokeControls, SpokeGroup } from "./spoke-group";
import { SpokeLabel } from "./spoke-label";
import { SpokeLine } from "./spoke-line";
import { TouchpointWords } from "./touchpoint-words";
import type { WheelView } from "./wheel-view";

type Props = {
  view: WheelView;
  isRtl: boolean;
  /** Names of the rings: a day, a week, a month. */
  ringLabels: readonly [string, string, string];
  controls?: SpokeControls;
};

/**
 * The ship's wheel: customer and OSC in the hub, departments as spokes, the journey on the rim, the one solid handle is the baton.
 * The statement above it is its text alternative; a list of the same facts stands beside it.
 */
export function Wheel({ view, isRtl, ringLabels, controls }: Props) {
  const side = isRtl ? -1 : 1;
  const layout = layoutOf(view);
  const { sector, baton } = layout;
  return (
    <svg
      role={controls ? "group" : "img"}
      aria-label={view.statement}
      viewBox="0 0 820 660"
      direction={isRtl ? "rtl" : "ltr"}
      className="mx-auto block w-full max-w-205 overflow-visible font-sans"
    >
      <Rings angle={layout.ringGap} side={side} labels={ringLabels} />
      <circle cx={centre.x} cy={centre.y} r={rim} fill="none" strokeWidth="1.5" className="stroke-hairline-strong" />
      {view.spokes.map((spoke, index) => (
        <SpokeGroup key={spoke.id} spoke={spoke} angle={index * sector} side={side} controls={controls}>
          <SpokeLine spoke={spoke} angle={index * sector} side={side} hasBaton={index === baton} />
          <SpokeLabel
            spoke={spoke}
            angle={index * sector}
            side={side}
            hasBaton={index === baton}
            isCrowded={view.spokes.length > 8}
          />
        </SpokeGroup>
      ))}
      <RimTrack layout={layout} ratio={view.next?.ratio ?? null} spokes={view.spokes.length} side={side} />
      {baton < 0 ? null : <Baton angle={baton * sector} side={side} />}
      <HubDisc isHolding={baton < 0} />
      {view.spokes.map((spoke, index) => (
        <HubPromises key={spoke.id} spoke={spoke} angle={index * sector} side={side} />
      ))}
      <HubWords view={view} />
      <TouchpointWords view={view} layout={layout} side={side} />
    </svg>
  );
}

/** The customer's place. Its edge is the accent while the OSC holds the baton. */
export function HubDisc({ isHolding }: { isHolding: boolean }) {
  return (
    <circle
      cx={centre.x}
      cy={centre.y}
      r={hub}
      strokeWidth={isHolding ? 5 : 1.5}
      className={isHolding ? "fill-float stroke-accent" : "fill-float stroke-ink-1"}
    />
  );
}

/** How recent: a day, a week, a month; near the hub is recent. */
function Rings({ angle, side, labels }: { angle: number; side: 1 | -1; labels: readonly string[] }) {
  return [1, 7, 30].map((days, index) => {
    const { x, y } = pointAt(recency(days), angle, side);
    return (
      <g key={days}>
        <circle cx={centre.x} cy={centre.y} r={recency(days).toFixed(1)} fill="none" className="stroke-hairline" />
        <text
          x={x.toFixed(1)}
          y={(y + 3.5).toFixed(1)}
          textAnchor="middle"
          fontSize="10.5"
          strokeWidth="6"
          paintOrder="stroke"
          strokeLinejoin="round"
          className="num fill-ink-3 stroke-sheet"
        >
          {labels[index]}
        </text>
      </g>
    );
  });
}
