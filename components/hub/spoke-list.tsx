"use client";

import { useTranslations } from "next-intl";
import { SpokeCode } from "@/components/ui/spoke-code";
import { StatusMark } from "@/components/ui/status-mark";
import type { WheelSpoke, WheelView } from "@/components/wheel/wheel-view";

type Props = { view: WheelView; onAsk: ((spokeId: string) => void) | null };

const row = "flex min-h-11 w-full items-center gap-3 px-4 text-start text-13 md:px-7";

/**
 * The wheel as a list: every department with its person, its state, what it owes. On a phone one asks from here; where the
 * large wheel says the same it is there for those who read by ear.
 */
export function SpokeList({ view, onAsk }: Props) {
  const t = useTranslations("hub");
  return (
    <section aria-label={t("departments")}>
      <ul className="border-hairline border-t md:hidden print:hidden">
        {view.spokes.map((spoke) => (
          <li key={spoke.id} className="border-hairline border-b">
            {onAsk ? (
              <button
                type="button"
                onClick={() => onAsk(spoke.id)}
                className={row}
                aria-label={t("ask_spoke", { spoke: spoke.name, person: spoke.person ?? "", state: spoke.stateText })}
              >
                <Said spoke={spoke} hasBaton={spoke.id === view.batonSpokeId} />
              </button>
            ) : (
              <div className={row}>
                <Said spoke={spoke} hasBaton={spoke.id === view.batonSpokeId} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <ul className="sr-only max-md:hidden">
        {view.spokes.map((spoke) => (
          <li key={spoke.id}>{[spoke.name, spoke.person, spoke.stateText].filter(Boolean).join(", ")}</li>
        ))}
      </ul>
    </section>
  );
}

function Said({ spoke, hasBaton }: { spoke: WheelSpoke; hasBaton: boolean }) {
  return (
    <>
      <SpokeCode code={spoke.code} position={spoke.position} name={spoke.name} />
      <span className={hasBaton ? "font-550 text-accent-text" : "flex-none"}>{spoke.name}</span>
      {spoke.person ? <bdi className="truncate text-12 text-ink-3">{spoke.person}</bdi> : null}
      <span className="ms-auto flex flex-none items-center gap-1.5 text-12 text-ink-3">
        <StatusMark state={spoke.state} />
        {spoke.stateText}
      </span>
    </>
  );
}
