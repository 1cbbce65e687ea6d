import { centre } from "./geometry";
import { cut, nameLines } from "./name-lines";
import type { WheelView } from "./wheel-view";

/** The hub: the customer, and the OSC who stays. */
export function HubWords({ view }: { view: WheelView }) {
  const lines = nameLines(view.customerName);
  const top = lines.length === 1 ? centre.y - 10 : centre.y - 22;
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
    </g>
  );
}
