import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { IntervalPlot } from "@/components/ui/interval-plot";
import { RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import { paths } from "@/lib/paths";
import type { SpeedStudy } from "@/lib/speed/schema";
import { speedWords } from "./words";

/** The share of leads with an appointment by how long the first answer took, with what must not be read into it. */
export async function CurveSection({ workspace, curve }: { workspace: string; curve: SpeedStudy["curve"] }) {
  const [t, common, words] = await Promise.all([getTranslations("speed"), getTranslations("common"), speedWords()]);
  return (
    <section aria-labelledby="curve">
      <SectionHead id="curve" title={t("curve")} />
      <p className="max-w-[64em] pb-1 text-13 text-ink-2">
        <strong className="font-550 text-ink-1">{t("warning")}</strong> {t("warning_why")}
      </p>
      <p className="max-w-[64em] pb-2 text-12 text-ink-3">
        {t("curve_note", { judged: curve.judged, horizon: curve.horizonDays, window: curve.windowDays })}{" "}
        {t("left_out", { immature: curve.immature, first: curve.bookedFirst })}
      </p>
      <ScrollRegion label={t("curve")}>
        <table className="w-full max-w-240 min-w-160 border-collapse text-13">
          <thead>
            <tr className="border-hairline-strong border-b text-12 text-ink-3">
              {(["answer", "booked", "scale"] as const).map((column) => (
                <th key={column} scope="col" className="py-1 pe-4 text-start font-450">
                  {t(`col.${column}`)}
                </th>
              ))}
              <th scope="col" className="py-1 text-end font-450">
                {t("col.not_booked")}
              </th>
            </tr>
          </thead>
          <tbody>
            {curve.bins.map(({ bin, booked }) => (
              <tr key={bin} className="border-hairline border-b">
                <th scope="row" className="py-1.5 pe-4 text-start font-450">
                  {words.bin(bin)}
                </th>
                <td className="py-1.5 pe-4">
                  <Link
                    href={paths.speed(workspace, `state=booked&bin=${bin}`)}
                    prefetch={false}
                    className="underline decoration-hairline-strong underline-offset-2"
                  >
                    <RateText
                      {...booked}
                      noData={common("no_data")}
                      needs={(count) => common("needs_more", { count })}
                    />
                  </Link>
                </td>
                <td className="py-1.5 pe-4">
                  <IntervalPlot rate={booked} />
                </td>
                <td className="num py-1.5 text-end">
                  <Link
                    href={paths.speed(workspace, `state=not_booked&bin=${bin}`)}
                    prefetch={false}
                    className="underline decoration-hairline-strong underline-offset-2"
                  >
                    {booked.n - booked.k}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
