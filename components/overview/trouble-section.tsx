"use client";

import { useLocale, useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import { SpokeCode } from "@/components/ui/spoke-code";
import { StatusMark } from "@/components/ui/status-mark";
import type { Overview } from "@/lib/reports/schema";
import { NumberButton } from "./number-button";
import type { RowsOf } from "./use-overview";

type Props = { overview: Overview; onOpen: (rows: RowsOf) => void };

const row = "flex h-row flex-wrap items-center gap-3 border-hairline border-t text-13";

/** Who is off the wheel, by what happened and who has the baton, and which answers departments owe past their time. */
export function TroubleSection({ overview, onOpen }: Props) {
  const t = useTranslations("overview");
  const locale = useLocale();
  const spokeOf = (id: string) => overview.spokes.find((spoke) => spoke.id === id);
  const nameOf = (id: string) => {
    const spoke = spokeOf(id);
    return (locale === "he" ? spoke?.nameHe || spoke?.name : spoke?.name) ?? "";
  };
  const code = (id: string) => {
    const spoke = spokeOf(id);
    return spoke ? <SpokeCode code={spoke.code} position={spoke.position} name={nameOf(id)} /> : null;
  };
  const triggers = [...new Set(overview.offTrack.map(({ trigger }) => trigger))];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <section aria-labelledby="off-track">
        <SectionHead
          id="off-track"
          title={t("off_track")}
          note={
            overview.isOffTrackTruncated ? t("off_track_many") : t("off_track_note", { count: overview.offTrackTotal })
          }
        />
        {triggers.length === 0 ? <p className={`${row} text-ink-3`}>{t("nobody_off_track")}</p> : null}
        <ul>
          {triggers.map((trigger) => (
            <li key={trigger} className={row}>
              <StatusMark state="overdue" />
              <span className="min-w-0 flex-1">{t(`trigger.${trigger}`)}</span>
              {overview.offTrack
                .filter((each) => each.trigger === trigger)
                .sort((a, b) => (spokeOf(a.spokeId)?.position ?? 0) - (spokeOf(b.spokeId)?.position ?? 0))
                .map(({ spokeId, count }) => (
                  <span key={spokeId} className="inline-flex items-center gap-1.5">
                    {code(spokeId)}
                    <NumberButton
                      label={t("open.off_track", { what: t(`trigger.${trigger}`), spoke: nameOf(spokeId) })}
                      onOpen={() =>
                        onOpen({
                          title: t("open.off_track", { what: t(`trigger.${trigger}`), spoke: nameOf(spokeId) }),
                          query: { kind: "off_track", trigger, spoke: spokeId },
                        })
                      }
                    >
                      {count}
                    </NumberButton>
                  </span>
                ))}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="relays">
        <SectionHead id="relays" title={t("relays")} />
        {overview.relays.length === 0 ? <p className={`${row} text-ink-3`}>{t("no_relays")}</p> : null}
        <ul>
          {overview.relays.map(({ spokeId, count, oldestNeedBy }) => (
            <li key={spokeId} className={row}>
              {code(spokeId)}
              <span className="min-w-0 flex-1 truncate">{nameOf(spokeId)}</span>
              <span className="text-12 text-ink-3">
                {t("oldest")} <DateTime at={oldestNeedBy} />
              </span>
              <NumberButton
                label={t("open.relays", { spoke: nameOf(spokeId) })}
                onOpen={() =>
                  onOpen({
                    title: t("open.relays", { spoke: nameOf(spokeId) }),
                    query: { kind: "relays", spoke: spokeId },
                  })
                }
              >
                {count}
              </NumberButton>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
