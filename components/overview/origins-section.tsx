"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { IntervalPlot } from "@/components/ui/interval-plot";
import { RateText } from "@/components/ui/rate";
import { SectionHead } from "@/components/ui/section-head";
import { paths } from "@/lib/paths";
import type { OriginLine } from "@/lib/reports/schema";
import { rateOf } from "@/lib/statistics/rate";

const cell = "py-2 pe-4 text-13";

/** Where customers came from, and how many of them were ever won. */
export function OriginsSection({ workspace, origins }: { workspace: string; origins: readonly OriginLine[] }) {
  const t = useTranslations("overview");
  const common = useTranslations("common");
  if (origins.length === 0) return null;
  return (
    <section aria-labelledby="origins" className="relative overflow-x-auto">
      <SectionHead id="origins" title={t("origins")} note={t("origins_note")} />
      <table className="w-full min-w-xl border-collapse">
        <thead>
          <tr className="text-12 text-ink-3">
            <th scope="col" className="py-2 pe-4 text-start font-medium">
              {t("origin")}
            </th>
            <th scope="col" className="py-2 pe-4 text-end font-medium">
              {t("leads")}
            </th>
            <th scope="col" className="py-2 pe-4 text-start font-medium">
              {t("won")}
            </th>
            <th scope="col" className="py-2 text-start font-medium">
              {t("scale")}
            </th>
          </tr>
        </thead>
        <tbody>
          {origins.map(({ origin, leads, won }) => {
            const rate = rateOf(Math.min(won, leads), leads);
            const query = origin === "unknown" ? "origin=-&origin=unknown" : new URLSearchParams({ origin }).toString();
            return (
              <tr key={origin} className="border-hairline border-t">
                <th scope="row" className={`${cell} text-start font-550`}>
                  <bdi>{origin === "unknown" ? t("unknown_origin") : origin}</bdi>
                </th>
                <td className={`${cell} num text-end`}>
                  <Link
                    href={paths.customers(workspace, query)}
                    prefetch={false}
                    className="underline decoration-hairline-strong underline-offset-2"
                  >
                    {leads}
                  </Link>
                </td>
                <td className={cell}>
                  <RateText {...rate} noData={common("no_data")} needs={(count) => common("needs_more", { count })} />
                </td>
                <td className="py-2">
                  <IntervalPlot rate={rate} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
