const centre = 420;
const hub = 120;
const rim = 330;
const sectors = 7;
const baton = 4;

const at = (radius: number, sector: number) => {
  const angle = ((sector + 0.25) / sectors) * 2 * Math.PI;
  return `${(centre + radius * Math.sin(angle)).toFixed(1)} ${(centre - radius * Math.cos(angle)).toFixed(1)}`;
};

const line = (from: number, to: number, sector: number) => `M${at(from, sector)}L${at(to, sector)}`;

/** The sign of the house, drawn large: rings, spokes, handles, one of them the baton. */
export function SignWheel() {
  return (
    <svg viewBox="0 0 840 840" aria-hidden fill="none" className="h-auto w-[min(78vh,92%)]">
      {[hub, 190, 260, rim].map((radius) => (
        <circle key={radius} cx={centre} cy={centre} r={radius} className="stroke-hairline-strong" />
      ))}
      {Array.from({ length: sectors }, (_, sector) => (
        <g key={at(rim, sector)}>
          <path d={line(hub, rim, sector)} className="stroke-hairline-strong" />
          {sector === baton ? (
            <path
              d={line(rim + 16, rim + 60, sector)}
              className="stroke-accent"
              strokeWidth={24}
              strokeLinecap="round"
            />
          ) : (
            <>
              <path
                d={line(rim + 16, rim + 74, sector)}
                className="stroke-hairline-strong"
                strokeWidth={15}
                strokeLinecap="round"
              />
              <path
                d={line(rim + 16, rim + 74, sector)}
                className="stroke-page"
                strokeWidth={12}
                strokeLinecap="round"
              />
            </>
          )}
        </g>
      ))}
      <path d={`M${at(rim, 0)}A${rim} ${rim} 0 1 1 ${at(rim, baton)}`} className="stroke-ink-1" strokeWidth={4} />
      <circle
        cx={at(rim, baton).split(" ")[0]}
        cy={at(rim, baton).split(" ")[1]}
        r={9}
        className="fill-page stroke-ink-1"
        strokeWidth={3.5}
      />
      <circle cx={centre} cy={centre} r={hub} className="fill-sheet stroke-ink-1" strokeWidth={2} />
    </svg>
  );
}
