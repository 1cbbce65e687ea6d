import { getTranslations } from "next-intl/server";
import { FigureFold, FigureList, FigureTable } from "@/components/ui/figure-table";
import type { ConsistencyBoard } from "@/lib/consistency/schema";
import { figureOf } from "./words";

type Names = Record<"media" | "routes", (key: string) => string>;
type Props = { board: ConsistencyBoard; names: Names };

/** Every figure of the board to four places: what the drawings show, as a table. */
export async function Figures({ board, names }: Props) {
  const t = await getTranslations("experience");
  const { report, change, cells } = board;
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
    ["now", change?.now.rate ?? null],
    ["before", change?.before.rate ?? null],
    ["difference", change?.difference?.difference ?? null],
    ["difference_lo", change?.difference?.lo ?? null],
    ["difference_hi", change?.difference?.hi ?? null],
  ];
  return (
    <FigureFold title={t("figures")}>
      <FigureTable
        head={t(`by_one.${report.by}`)}
        columns={columns.map((column) => t(`figure.${column}`))}
        rows={channels.map((channel) => ({
          key: channel.key,
          name: names[report.by](channel.key),
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
      <FigureTable
        head={t("figure.cell")}
        columns={(["k", "n", "p_cell", "adjusted"] as const).map((column) => t(`figure.${column}`))}
        rows={cells
          .filter(({ adjusted }) => adjusted !== null)
          .map(({ medium, route, k, n, chance, adjusted }) => ({
            key: `${medium}/${route}`,
            name: t("cell", {
              medium: medium ? names.media(medium) : t("all_media"),
              route: route ? names.routes(route) : t("all_routes"),
            }),
            values: [k, n, figureOf(chance), figureOf(adjusted)],
          }))}
      />
      <FigureList
        figures={rest.flatMap(([name, value]) => (value === null ? [] : [[t(`figure.${name}`), figureOf(value)]]))}
      />
    </FigureFold>
  );
}
