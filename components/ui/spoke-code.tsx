const lines = [
  "stroke-ink-3",
  "stroke-spoke-1",
  "stroke-spoke-2",
  "stroke-spoke-3",
  "stroke-spoke-4",
  "stroke-spoke-5",
  "stroke-spoke-6",
  "stroke-spoke-7",
  "stroke-spoke-8",
];

/** Two letters over the colour of a department; the hub is ◎ in ink. */
export function SpokeCode({ code, position, name }: { code: string; position: number; name: string }) {
  return (
    <abbr title={name} className="inline-grid flex-none text-center font-semibold text-11 text-ink-1 no-underline">
      <bdi>{code}</bdi>
      {position > 0 ? (
        <svg aria-hidden viewBox="0 0 20 2" className="h-0.5 w-5">
          <path d="M0 1h20" strokeWidth="2" className={lines[position] ?? "stroke-spoke-8"} />
        </svg>
      ) : null}
    </abbr>
  );
}
