"use client";

import { useTranslations } from "next-intl";
import { IntervalPlot } from "@/components/ui/interval-plot";
import { RateText } from "@/components/ui/rate";
import { SectionHead } from "@/components/ui/section-head";
import type { Overview } from "@/lib/reports/schema";
import type { Rate } from "@/lib/statistics/rate";
import { NumberButton } from "./number-button";
import type { RowsOf } from "./use-overview";

type Props = { overview: Overview; onOpen: (rows: RowsOf) => void };
type Line = { name: string; rate: Rate; introductions: Rate; query: Record<string, string> };

/** How present consultants stay: of their active journeys, those they touched themselves within fourteen days (F05). */
export function ContinuitySection({ overview, onOpen }: Props) {
  const t = useTranslations("overview");
  const common = useTranslations("common");
  const lines: (Line & { key: string })[] = [
    {
      ...{ key: "all", name: t("everybody"), query: {} },
      ...{ rate: overview.continuityAll, introductions: overview.introductionsAll },
    },
    ...overview.continuity.map(({ memberId, name, coverage, introductions }) => ({
      introductions,
      key: memberId,
      name,
      rate: coverage,
      query: { osc: memberId },
    })),
  ];
  return (
    <section aria-labelledby="continuity" className="relative overflow-x-auto">
      <SectionHead id="continuity" title={t("continuity")} note={t("continuity_note")} />
      <table className="w-full min-w-xl border-collapse">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("who")}</th>
            <th scope="col">{t("touched")}</th>
            <th scope="col">{t("scale")}</th>
            <th scope="col">{t("untouched")}</th>
            <th scope="col">{t("introduced")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, name, rate, introductions, query }) => (
            <tr key={key} className="border-hairline border-t">
              <th scope="row" className="py-2 pe-4 text-start font-550 text-13">
                <bdi>{name}</bdi>
              </th>
              <td className="py-2 pe-4">
                <NumberButton
                  label={t("open.touched", { name })}
                  onOpen={() =>
                    onOpen({
                      title: t("open.touched", { name }),
                      query: { kind: "continuity", state: "touched", ...query },
                    })
                  }
                >
                  <RateText {...rate} noData={common("no_data")} needs={(count) => common("needs_more", { count })} />
                </NumberButton>
              </td>
              <td className="py-2 pe-4">
                <IntervalPlot rate={rate} />
              </td>
              <td className="py-2 text-end">
                <NumberButton
                  label={t("open.untouched", { name })}
                  onOpen={() =>
                    onOpen({
                      title: t("open.untouched", { name }),
                      query: { kind: "continuity", state: "untouched", ...query },
                    })
                  }
                >
                  {t("not_touched", { count: rate.n - rate.k })}
                </NumberButton>
              </td>
              <td className="py-2 ps-4 text-end text-12 text-ink-2">
                {introductions.n === 0
                  ? t("no_handoffs")
                  : t("introductions", { introduced: introductions.k, count: introductions.n })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
