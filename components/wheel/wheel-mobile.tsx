import { Baton } from "./baton";
import { centre, pointAt, recency, rim } from "./geometry";
import { HubPromises } from "./hub-promises";
import { layoutOf } from "./layout";
import { cut } from "./name-lines";
import { RimTrack } from "./rim-track";
import { SpokeLine } from "./spoke-line";
import { HubDisc } from "./wheel";
import type { WheelView } from "./wheel-view";

/** The wheel under 720 px: two-letter codes at the handles, a day or the lateness in the hub, the list of spokes under it. */
export function WheelMobile({ view, isRtl }: { view: WheelView; isRtl: boolean }) {
  const side = isRtl ? -1 : 1;
  const layout = layoutOf(view);
  const { sector, baton } = layout;
  return (
    <svg
      role="img"
      aria-label={view.statement}
      viewBox="98 6 624 646"
      direction={isRtl ? "rtl" : "ltr"}
      className="mx-auto block w-full max-w-md font-sans"
    >
      {[1, 7, 30].map((days) => (
        <circle
          key={days}
          cx={centre.x}
          cy={centre.y}
          r={recency(days).toFixed(1)}
          fill="none"
          className="stroke-hairline"
        />
      ))}
      <circle cx={centre.x} cy={centre.y} r={rim} fill="none" strokeWidth="1.5" className="stroke-hairline-strong" />
      {view.spokes.map((spoke, index) => (
        <SpokeLine key={spoke.id} spoke={spoke} angle={index * sector} side={side} hasBaton={index === baton} />
      ))}
      <RimTrack layout={layout} ratio={view.next?.ratio ?? null} spokes={view.spokes.length} side={side} />
      {baton < 0 ? null : <Baton angle={baton * sector} side={side} />}
      <HubDisc isHolding={baton < 0} />
      {view.spokes.map((spoke, index) => (
        <HubPromises key={spoke.id} spoke={spoke} angle={index * sector} side={side} />
      ))}
      <Brief view={view} isLate={layout.isLate} />
      {view.spokes.map((spoke, index) => {
        const { x, y } = pointAt(rim + (index === baton ? 78 : 62), index * sector, side);
        return (
          <text
            key={spoke.id}
            x={x.toFixed(1)}
            y={(y + 8).toFixed(1)}
            textAnchor="middle"
            fontSize="23"
            className={index === baton ? "fill-accent-text font-semibold" : "fill-ink-2 font-550"}
          >
            {spoke.code}
          </text>
        );
      })}
    </svg>
  );
}

/** The one fact of the hub on a phone: the day, or the lateness. */
function Brief({ view, isLate }: { view: WheelView; isLate: boolean }) {
  return (
    <g textAnchor="middle">
      <text
        x={centre.x}
        y={centre.y + 8}
        fontSize="46"
        letterSpacing="-0.9"
        className={isLate ? "fill-bad font-medium font-serif" : "fill-ink-1 font-medium font-serif"}
      >
        {view.brief.large}
      </text>
      <text x={centre.x} y={centre.y + 40} fontSize="23" className="fill-ink-2">
        {cut(view.brief.small, 14)}
      </text>
    </g>
  );
}
