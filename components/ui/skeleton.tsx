const places = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

/** Rows of the right height while a list is on its way. Shown after a moment, so that quick answers do not flash. */
export function SkeletonRows({ rows = 8, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="animate-[appear_0s_150ms_both]">
      {places.slice(0, rows).map((place) => (
        <div key={place} className="flex h-row items-center gap-4 border-hairline border-t px-4 md:px-7">
          <span className="h-2 w-14 rounded-mark bg-sunk" />
          <span className="h-2 w-40 rounded-mark bg-sunk" />
          <span className="h-2 flex-1 rounded-mark bg-sunk" />
        </div>
      ))}
    </div>
  );
}
