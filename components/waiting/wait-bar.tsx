import { getTranslations } from "next-intl/server";
import { type Cause, causes } from "@/lib/waiting/rules";
import { fills } from "./words";

const width = 480;

type Part = { key: string; cause: Cause; length: number };

/** Lengths of causes side by side, as wide as their share of `most`. Silent: the figures stand beside it. */
export function WaitBar({ parts, most }: { parts: readonly Part[]; most: number }) {
  const unit = most > 0 ? width / most : 0;
  const starts = parts.map((_, place) => parts.slice(0, place).reduce((sum, { length }) => sum + length * unit, 0));
  return (
    <svg aria-hidden viewBox={`0 0 ${width} 12`} preserveAspectRatio="none" className="h-3 w-full rtl:-scale-x-100">
      {parts.map(({ key, cause, length }, place) => (
        <rect
          key={key}
          x={(starts[place] ?? 0).toFixed(2)}
          y="0.5"
          width={Math.max(0.5, length * unit).toFixed(2)}
          height="11"
          className={fills[cause]}
        />
      ))}
    </svg>
  );
}

/** The causes of a line as parts of its bar, always in the same order. */
export function partsOf(lengths: Partial<Record<Cause, number>>): Part[] {
  return causes.flatMap((cause) => {
    const length = lengths[cause] ?? 0;
    return length > 0 ? [{ key: cause, cause, length }] : [];
  });
}

/** What the colours of the bars stand for. */
export async function WaitLegend() {
  const t = await getTranslations("waiting");
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 pb-2 text-12 text-ink-2">
      {causes.map((cause) => (
        <li key={cause} className="flex items-center gap-1.5">
          <svg aria-hidden viewBox="0 0 10 10" className="size-2.5">
            <rect x="0.5" y="0.5" width="9" height="9" className={fills[cause]} />
          </svg>
          {t(`cause.${cause}`)}
        </li>
      ))}
    </ul>
  );
}
