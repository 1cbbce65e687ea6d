import { centre } from "./geometry";
import { cut, nameLines } from "./name-lines";
import type { WheelView } from "./wheel-view";

/** The hub: the customer, and the OSC who stays. */
export function HubWords({ view }: { view: WheelView }) {
  const lines = nameLines(view.customerName);
  const raised = view.oscPhoto ? 16 : 0;
  const top = (lines.length === 1 ? centre.y - 10 : centre.y - 22) - raised;
  const rule = top + (lines.length - 1) * 24 + 16;
  return (
    <g textAnchor="middle">
      {lines.map((line, index) => (
        <text
          key={line}
          x={centre.x}
          y={top + index * 24}
          fontSize="22"
          letterSpacing="-0.2"
          className="fill-ink-1 font-medium font-serif"
        >
          {line}
        </text>
      ))}
      <path d={`M${centre.x - 26} ${rule}h52`} className="stroke-hairline-strong" />
      <text x={centre.x} y={rule + 19} fontSize="13" className="fill-ink-1 font-550">
        {cut(view.oscName, 24)}
      </text>
      <text x={centre.x} y={rule + 35} fontSize="12" className="fill-ink-2">
        {view.oscSince}
      </text>
      {view.oscPhoto ? <Photo address={view.oscPhoto} y={rule + 57} /> : null}
    </g>
  );
}

/** The face of the OSC, under her name. */
function Photo({ address, y }: { address: string; y: number }) {
  return (
    <>
      <clipPath id="osc-photo">
        <circle cx={centre.x} cy={y} r="15" />
      </clipPath>
      <image
        href={address}
        x={centre.x - 15}
        y={y - 15}
        width="30"
        height="30"
        preserveAspectRatio="xMidYMid slice"
        clipPath="url(#osc-photo)"
      />
      <circle cx={centre.x} cy={y} r="15" fill="none" className="stroke-hairline-strong" />
    </>
  );
}
