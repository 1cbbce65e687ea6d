import { Baton } from "./baton";
import { centre } from "./geometry";
import { layoutOf } from "./layout";
import { RimTrack } from "./rim-track";
import { SpokeLine } from "./spoke-line";
import { HubDisc } from "./wheel";
import type { WheelView } from "./wheel-view";

type Props = {
  /** Positions of the departments involved, and of the one with the baton; 0 is the hub. */
  involved: readonly number[];
  baton: number;
  /** Elapsed over due; null without a clock. */
  ratio: number | null;
  /** What the hub says: the time, and what it means. */
  time: string;
  words: string;
  isRtl: boolean;
};

const places = [1, 2, 3, 4, 5, 6, 7];

/** What a row of the queue knows about its customer, as a wheel: nothing of single contacts. */
function viewOf({ involved, baton, ratio }: Props): WheelView {
  return {
    customerName: "",
    oscName: "",
    oscSince: "",
    oscPhoto: null,
    spokes: places.map((position) => ({
      id: String(position),
      code: "",
      name: "",
      position,
      person: null,
      state: involved.includes(position) ? "active" : "idle",
      stateText: "",
      touches: [],
      promises: [],
      stations: [],
    })),
    batonSpokeId: baton > 0 ? String(baton) : null,
    current: null,
    next: { label: "", name: "", detail: "", spokeId: null, ratio, lateText: null, stepText: null },
    brief: { large: "", small: "" },
    statement: "",
  };
}

/** The wheel of the one under the cursor: who is involved, who has the baton, the time in the hub. The words stand beside it. */
export function PeekWheel(props: Props) {
  const side = props.isRtl ? -1 : 1;
  const view = viewOf(props);
  const layout = layoutOf(view);
  return (
    <svg aria-hidden viewBox="110 26 600 624" className="mx-auto my-2 block w-56 font-sans">
      <g fill="none">
        {view.spokes.map((spoke, index) => (
          <SpokeLine
            key={spoke.id}
            spoke={spoke}
            angle={index * layout.sector}
            side={side}
            hasBaton={index === layout.baton}
          />
        ))}
        <circle cx={centre.x} cy={centre.y} r="216" strokeWidth="1.5" className="stroke-hairline-strong" />
      </g>
      <RimTrack layout={layout} ratio={props.ratio} spokes={places.length} side={side} />
      {layout.baton < 0 ? null : <Baton angle={layout.baton * layout.sector} side={side} />}
      <HubDisc isHolding={layout.baton < 0} />
      <g textAnchor="middle">
        <text
          x={centre.x}
          y={centre.y + (props.words ? 6 : 14)}
          fontSize="46"
          letterSpacing="-0.9"
          className={layout.isLate ? "fill-bad font-medium font-serif" : "fill-ink-1 font-medium font-serif"}
        >
          {props.time}
        </text>
        <text x={centre.x} y={centre.y + 38} fontSize="27" className="fill-ink-2">
          {props.words}
        </text>
      </g>
    </svg>
  );
}
