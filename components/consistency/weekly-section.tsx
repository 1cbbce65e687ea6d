import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import type { WeeklyChart } from "@/lib/consistency/schema";
import { ControlChart } from "./control-chart";
import { percentOf, weekOf } from "./words";

type Props = {
  chart: WeeklyChart;
  name: string;
  target: number;
  rowsAt: (filter: Record<string, string>) => string;
};

/** A channel's weeks: the chart, its signals in words with their contacts, and the weeks as a table. */
export async function WeeklySection({ chart, name, target, rowsAt }: Props) {
  const t = await getTranslations("experience");
  const locale = await getLocale();
  const { signals, weeks } = chart;
  const share = (value: number) => percentOf(value);
  const id = `weekly-${chart.key.replaceAll(" ", "-")}`;
  return (
    <section aria-labelledby={id}>
      <SectionHead
        id={id}
        title={t("weekly", { channel: name })}
        note={t(signals?.method === "laney" ? "weekly_laney" : "weekly_note")}
      />
      <ScrollRegion label={t("weekly", { channel: name })}>
        <ControlChart
          chart={chart}
          target={target}
          locale={locale}
          label={t("weekly_label", { channel: name, weeks: weeks.length, signals: signals?.alerts.length ?? 0 })}
          words={{
            frozen: t("frozen"),
            mean: (value) => t("chart_mean", { share: value }),
            target: (value) => t("chart_target", { share: value }),
            upper: t("upper"),
            lower: t("lower"),
            below: (week, value, limit) => t("signal", { week, share: value, limit }),
          }}
          hrefOf={(week) => rowsAt({ week })}
        />
      </ScrollRegion>
      {signals?.alerts.map((place) => (
        <p key={place} className="text-13 text-bad">
          <Link
            href={rowsAt({ week: weeks[place]?.week ?? "" }) as never}
            prefetch={false}
            className="underline underline-offset-2"
          >
            {t("signal_row", {
              week: weekOf(weeks[place]?.week ?? "", locale),
              share: share(signals.points[place]?.rate ?? 0),
              k: weeks[place]?.k ?? 0,
              n: weeks[place]?.n ?? 0,
            })}
          </Link>
        </p>
      ))}
      <details>
        <summary className="cursor-pointer py-1 text-12 text-ink-3">{t("as_table")}</summary>
        <ScrollRegion label={t("as_table")} className="max-h-80">
          <table className="border-collapse text-12">
            <thead>
              <tr className="text-ink-3">
                {["week", "k", "n", "rate", "lower", "upper"].map((column) => (
                  <th key={column} scope="col" className="pe-6 py-1 text-start font-450">
                    {t(`column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map(({ week, k, n }, place) => {
                const point = signals?.points[place];
                return (
                  <tr key={week} className="num border-hairline border-t">
                    <th scope="row" className="pe-6 py-0.5 text-start font-450">
                      {weekOf(week, locale)}
                    </th>
                    <td className="pe-6">{k}</td>
                    <td className="pe-6">{n}</td>
                    <td className="pe-6">{point?.rate?.toFixed(4) ?? ""}</td>
                    <td className="pe-6">{point?.lcl?.toFixed(4) ?? ""}</td>
                    <td className="pe-6">{point?.ucl?.toFixed(4) ?? ""}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
    </section>
  );
}
