import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { IntervalPlot } from "@/components/ui/interval-plot";
import { RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { paths } from "@/lib/paths";
import type { SpeedLine } from "@/lib/reports/schema";
import { speedWords } from "./words";

export type Line = { key: string; name: string; query: string; line: SpeedLine };

type Props = { workspace: string; label: string; head: string; lines: readonly Line[] };

const end = "py-1.5 ps-4 text-end";
const link = "underline decoration-hairline-strong underline-offset-2";

/** How fast the leads of each line were answered (F01, F02); each number opens its leads. */
export async function SpeedTable({ workspace, label, head, lines }: Props) {
  const [t, common, words] = await Promise.all([getTranslations("speed"), getTranslations("common"), speedWords()]);
  const opened = (query: string, state: string, children: React.ReactNode) => (
    <Link href={paths.speed(workspace, `state=${state}${query ? `&${query}` : ""}`)} prefetch={false} className={link}>
      {children}
    </Link>
  );
  return (
    <ScrollRegion label={label}>
      <table className="w-full max-w-280 min-w-200 border-collapse text-13">
        <thead>
          <tr className="border-hairline-strong border-b text-12 text-ink-3">
            {([head, t("col.in_time"), t("col.scale")] as const).map((column) => (
              <th key={column} scope="col" className="py-1 pe-4 text-start font-450">
                {column}
              </th>
            ))}
            {(["missed", "pending", "median"] as const).map((column) => (
              <th key={column} scope="col" className="py-1 ps-4 text-end font-450">
                {t(`col.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, name, query, line: { met, pending, medianStaffedMinutes, medianElapsedMinutes } }) => (
            <tr key={key} className="border-hairline border-b">
              <th scope="row" className="py-1.5 pe-4 text-start font-450">
                <bdi>{name}</bdi>
              </th>
              <td className="py-1.5 pe-4">
                {opened(
                  query,
                  "due",
                  <RateText {...met} noData={common("no_data")} needs={(count) => common("needs_more", { count })} />,
                )}
              </td>
              <td className="py-1.5 pe-4">
                <IntervalPlot rate={met} />
              </td>
              <td className={`num ${end}`}>{opened(query, "missed", met.n - met.k)}</td>
              <td className={`num ${end}`}>{opened(query, "pending", pending)}</td>
              <td className={`num ${end} text-ink-2`}>
                {medianStaffedMinutes === null
                  ? common("no_data")
                  : t("minutes", {
                      staffed: words.number.format(medianStaffedMinutes),
                      elapsed: words.number.format(medianElapsedMinutes ?? 0),
                    })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
