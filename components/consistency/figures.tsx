import { getTranslations } from "next-intl/server";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { ConsistencyReport } from "@/lib/consistency/schema";
import { figureOf } from "./words";

type Props = { report: ConsistencyReport; nameOf: (key: string) => string };

/** Every figure of the report to four places: what the drawings show, as a table. */
export async function Figures({ report, nameOf }: Props) {
  const t = await getTranslations("experience");
  const { channels, allChannels, judgedChannels } = report;
  const cell = "num px-3 py-1 text-end";
  const columns = ["k", "n", "rate", "lo", "hi", "shrunken", "lo90", "hi90", "chance"] as const;
  const rest: [string, number | null][] = [
    ["level", report.level],
    ["spread", report.tau],
    ["index", report.cci],
    ["gap", report.gap],
    ["mu", report.mu],
    ["rho", report.rho],
    ["strength", report.strength],
    ["chi_all", allChannels?.chiSquare ?? null],
    ["p_all", allChannels?.p ?? null],
    ["p_curve", allChannels?.curveP ?? null],
    ["chi_judged", judgedChannels?.chiSquare ?? null],
    ["p_judged", judgedChannels?.p ?? null],
    ["customers_share", report.customers.rate],
  ];
  return (
    <details className="pt-6">
      <summary className="cursor-pointer py-1 text-13 font-550">{t("figures")}</summary>
      <ScrollRegion label={t("figures")}>
        <table className="mt-2 border-collapse text-12">
          <thead>
            <tr className="border-hairline-strong border-b text-ink-3">
              <th scope="col" className="py-1 pe-3 text-start font-450">
                {t(`by_one.${report.by}`)}
              </th>
              {columns.map((column) => (
                <th key={column} scope="col" className="px-3 py-1 text-end font-450">
                  {t(`figure.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {channels.map((channel) => (
              <tr key={channel.key} className="border-hairline border-b">
                <th scope="row" className="py-1 pe-3 text-start font-450">
                  {nameOf(channel.key)}
                </th>
                <td className={cell}>{channel.k}</td>
                <td className={cell}>{channel.n}</td>
                {[
                  channel.rate,
                  channel.lo,
                  channel.hi,
                  channel.shrunken,
                  channel.lo90,
                  channel.hi90,
                  channel.chanceToReach,
                ].map((value, place) => (
                  <td key={columns[place + 2]} className={cell}>
                    {figureOf(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <dl className="mt-3 grid max-w-120 grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-12">
          {rest.map(([name, value]) =>
            value === null ? null : (
              <div key={name} className="col-span-2 grid grid-cols-subgrid">
                <dt className="text-ink-2">{t(`figure.${name}`)}</dt>
                <dd className="num text-end">
                  <bdi dir="ltr">{figureOf(value)}</bdi>
                </dd>
              </div>
            ),
          )}
        </dl>
      </ScrollRegion>
    </details>
  );
}
