import { getTranslations } from "next-intl/server";
import { FigureFold, FigureList, FigureTable } from "@/components/ui/figure-table";
import type { ConsistencyReport } from "@/lib/consistency/schema";
import { figureOf } from "./words";

type Props = { report: ConsistencyReport; nameOf: (key: string) => string };

/** Every figure of the report to four places: what the drawings show, as a table. */
export async function Figures({ report, nameOf }: Props) {
  const t = await getTranslations("experience");
  const { channels, allChannels, judgedChannels } = report;
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
    <FigureFold title={t("figures")}>
      <FigureTable
        head={t(`by_one.${report.by}`)}
        columns={columns.map((column) => t(`figure.${column}`))}
        rows={channels.map((channel) => ({
          key: channel.key,
          name: nameOf(channel.key),
          values: [
            channel.k,
            channel.n,
            ...[
              channel.rate,
              channel.lo,
              channel.hi,
              channel.shrunken,
              channel.lo90,
              channel.hi90,
              channel.chanceToReach,
            ].map(figureOf),
          ],
        }))}
      />
      <FigureList
        figures={rest.flatMap(([name, value]) => (value === null ? [] : [[t(`figure.${name}`), figureOf(value)]]))}
      />
    </FigureFold>
  );
}
