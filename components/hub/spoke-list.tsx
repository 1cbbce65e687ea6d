"use client";

import { useTranslations } from "next-intl";
import { SpokeCode } from "@/components/ui/spoke-code";
import { StatusMark } from "@/components/ui/status-mark";
import type { WheelView } from "@/components/wheel/wheel-view";

type Props = { view: WheelView; onAsk: (spokeId: string) => void };

/** The wheel as a list: every department with its person, its state, what it owes; Enter asks it. */
export function SpokeList({ view, onAsk }: Props) {
  const t = useTranslations("hub");
  return (
    <section aria-label={t("departments")} className="border-hairline border-t">
      <ul>
        {view.spokes.map((spoke) => (
          <li key={spoke.id} className="border-hairline border-b">
            <button
              type="button"
              onClick={() => onAsk(spoke.id)}
              className="flex min-h-11 w-full items-center gap-3 px-4 text-start text-13 hover:bg-hover md:px-7"
              aria-label={t("ask_spoke", { spoke: spoke.name, person: spoke.person ?? "", state: spoke.stateText })}
            >
              <SpokeCode code={spoke.code} position={spoke.position} name={spoke.name} />
              <span className={spoke.id === view.batonSpokeId ? "font-550 text-accent-text" : ""}>{spoke.name}</span>
              {spoke.person ? <bdi className="truncate text-12 text-ink-3">{spoke.person}</bdi> : null}
              <span className="ms-auto flex items-center gap-1.5 text-12 text-ink-3">
                <StatusMark state={spoke.state} />
                {spoke.stateText}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
