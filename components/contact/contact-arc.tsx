import type { ContactStation } from "@/lib/links/schema";

type Props = {
  stations: readonly (ContactStation & { label: string })[];
  /** What the picture says, in a sentence. */
  words: string;
  initials: string;
  photo: string | null;
  isRtl: boolean;
};

const centre = { x: 170, y: 158 };
const radius = 128;
const reach = 82;
const handles = [0, 51.4, 102.9, 154.3, 205.7, 257.1, 308.6];

type At = (angle: number, distance: number) => { x: number; y: number };

/** Points around a centre, clockwise from twelve, mirrored where one reads from the right. */
const around =
  (y: number, isRtl: boolean): At =>
  (angle, distance) => {
    const turn = (angle / 180) * Math.PI;
    const side = (isRtl ? -1 : 1) * Math.sin(turn);
    return { x: round(centre.x + distance * side), y: round(y - distance * Math.cos(turn)) };
  };

const round = (value: number) => Math.round(value * 10) / 10;

/** A calm arc: the stations of the way around the one person to ask. */
export function ContactArc({ stations, words, initials, photo, isRtl }: Props) {
  const onArc = around(centre.y, isRtl);
  const onHub = around(142, isRtl);
  const angleOf = (index: number) => (stations.length < 2 ? 0 : -reach + (index / (stations.length - 1)) * 2 * reach);
  const current = Math.max(
    0,
    stations.findIndex(({ isCurrent }) => isCurrent),
  );
  const arc = (from: number, to: number) => {
    const [start, end] = [onArc(from, radius), onArc(to, radius)];
    return `M${start.x} ${start.y}A${radius} ${radius} 0 0 ${isRtl ? 0 : 1} ${end.x} ${end.y}`;
  };
  return (
    <svg viewBox="-30 0 400 234" role="img" aria-label={words} className="block w-full font-sans">
      {stations.length > 1 ? (
        <>
          <path d={arc(-reach, reach)} fill="none" strokeWidth="1.5" className="stroke-hairline-strong" />
          {current > 0 ? (
            <path
              d={arc(-reach, angleOf(current))}
              fill="none"
              strokeWidth="6"
              strokeLinecap="round"
              className="stroke-accent"
            />
          ) : null}
          {stations.map((station, index) => (
            <Station
              key={station.key}
              station={station}
              at={onArc(angleOf(index), radius)}
              label={onArc(angleOf(index), radius + 20)}
              anchor={Math.abs(angleOf(index)) < 9 ? "middle" : angleOf(index) < 0 ? "end" : "start"}
            />
          ))}
        </>
      ) : null}
      <Hub initials={initials} photo={photo} at={onHub} />
    </svg>
  );
}

type StationProps = {
  station: ContactStation & { label: string };
  at: { x: number; y: number };
  label: { x: number; y: number };
  anchor: "start" | "middle" | "end";
};

function Station({ station, at, label, anchor }: StationProps) {
  const mark = station.isCurrent
    ? { r: 8, strokeWidth: 4, className: "fill-sheet stroke-accent" }
    : station.isDone
      ? { r: 5, strokeWidth: 1.8, className: "fill-accent stroke-sheet" }
      : { r: 5, strokeWidth: 1.8, className: "fill-sheet stroke-control" };
  return (
    <>
      <circle cx={at.x} cy={at.y} {...mark} />
      <text
        x={label.x}
        y={label.y + 3}
        textAnchor={anchor}
        fontSize="12"
        className={station.isCurrent ? "fill-ink-1 font-semibold" : "fill-ink-2"}
      >
        {station.label}
      </text>
    </>
  );
}

function Hub({ initials, photo, at }: { initials: string; photo: string | null; at: At }) {
  return (
    <>
      <circle cx="170" cy="142" r="56" className="fill-accent-quiet" />
      <circle cx="170" cy="142" r="62" fill="none" strokeWidth="1.5" className="stroke-accent" />
      {handles.map((angle, index) => {
        const [from, to] = [at(angle, 69), at(angle, 79)];
        return (
          <path
            key={angle}
            d={`M${from.x} ${from.y}L${to.x} ${to.y}`}
            strokeWidth={index === 2 ? 9 : 6}
            strokeOpacity={index === 2 ? 1 : 0.38}
            strokeLinecap="round"
            className="stroke-accent"
          />
        );
      })}
      {photo ? (
        <>
          <clipPath id="contact-photo">
            <circle cx="170" cy="142" r="56" />
          </clipPath>
          <image
            href={photo}
            x="114"
            y="86"
            width="112"
            height="112"
            preserveAspectRatio="xMidYMid slice"
            clipPath="url(#contact-photo)"
          />
        </>
      ) : (
        <text x="170" y="156" textAnchor="middle" fontSize="40" className="fill-accent-text font-medium font-serif">
          {initials}
        </text>
      )}
    </>
  );
}
