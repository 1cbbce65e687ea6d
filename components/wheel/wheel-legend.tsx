import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type MarkState, StatusMark } from "@/components/ui/status-mark";

const states = ["active", "waiting", "overdue", "idle"] as const satisfies readonly MarkState[];

/** What the signs of the wheel mean, in one quiet line. */
export function WheelLegend() {
  const t = useTranslations("wheel");
  return (
    <ul className="hidden flex-wrap justify-center gap-x-5 gap-y-1 px-5 pb-4 text-11 text-ink-3 md:flex">
      {states.map((state) => (
        <li key={state} className={entry}>
          <StatusMark state={state} />
          {t(`legend.${state}`)}
        </li>
      ))}
      <Entry words={t("legend.two_way")}>
        <circle cx="7" cy="5" r="4" className="fill-ink-2" />
      </Entry>
      <Entry words={t("legend.one_way")}>
        <circle cx="7" cy="5" r="3.4" fill="none" strokeWidth="1.5" className="stroke-ink-2" />
      </Entry>
      <Entry words={t("legend.promise")}>
        <path d="M0 5h14" strokeWidth="1.5" className="stroke-ink-1" />
        <circle cx="7" cy="5" r="3.6" strokeWidth="1.5" className="fill-sheet stroke-ink-1" />
      </Entry>
      <li>{t("legend.nearer")}</li>
      <li>{t("legend.thicker")}</li>
    </ul>
  );
}

const entry = "inline-flex items-center gap-1.5";

function Entry({ words, children }: { words: string; children: ReactNode }) {
  return (
    <li className={entry}>
      <svg aria-hidden viewBox="0 0 14 10" className="h-2.5 w-3.5">
        {children}
      </svg>
      {words}
    </li>
  );
}
