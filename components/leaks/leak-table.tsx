import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { StatusMark } from "@/components/ui/status-mark";
import type { LeakRow } from "@/lib/leaks/schema";
import { paths } from "@/lib/paths";
import { type LeakPlaces, leakMarks, people, roundMoney } from "./words";

type Props = { workspace: string; rows: readonly LeakRow[]; currency: string; placeOf: LeakPlaces };

/** Leaks with both figures, sorted by what is lost at least; each opens. */
export async function LeakTable({ workspace, rows, currency, placeOf }: Props) {
  const [t, locale] = await Promise.all([getTranslations("leaks"), getLocale()]);
  const least = ({ finding }: LeakRow) => finding.size?.lossesAtLeast ?? 0;
  const sorted = [...rows].sort((a, b) => least(b) - least(a));
  const money = (minor: number | null) => (minor === null ? null : roundMoney(minor, currency, locale));
  const columns = ["where", "state", "dropped", "others", "losses", "value", "owner", "due"] as const;
  return (
    <ScrollRegion label={t("standing")}>
      <table className="w-full min-w-280 border-collapse text-13">
        <thead>
          <tr className="border-hairline-strong border-b text-12 text-ink-3">
            {columns.map((column) => (
              <th key={column} scope="col" className="py-1 pe-3 text-start font-450">
                {t(`col.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => {
            const { finding } = row;
            const { where, group } = placeOf(row);
            const value = money(finding.valueMinor);
            const rate = { noData: t("no_data"), needs: (count: number) => t("needs", { count }) };
            return (
              <tr key={row.id} className="border-hairline border-b align-baseline">
                <th scope="row" className="py-1.5 pe-3 text-start font-450">
                  <Link href={paths.leak(workspace, row.id)} className="underline underline-offset-2">
                    {t("place", { stage: where, group })}
                  </Link>
                </th>
                <td className="whitespace-nowrap py-1.5 pe-3">
                  <StatusMark state={leakMarks[row.state]} /> {t(`state.${row.state}`)}
                </td>
                <td className="whitespace-nowrap py-1.5 pe-3">
                  <RateText {...finding.drops} {...rate} />
                </td>
                <td className="whitespace-nowrap py-1.5 pe-3">
                  <RateText {...finding.reference} {...rate} />
                </td>
                <td className="num whitespace-nowrap py-1.5 pe-3">
                  {t("losses", { losses: people(finding.size?.losses ?? 0), least: people(least(row)) })}
                </td>
                <td className="num whitespace-nowrap py-1.5 pe-3">
                  {value === null ? (
                    <span className="text-ink-3">{t("no_value")}</span>
                  ) : (
                    t("losses", { losses: value, least: money(finding.valueAtLeastMinor) ?? "" })
                  )}
                </td>
                <td className="py-1.5 pe-3">
                  {row.ownerName ? <bdi>{row.ownerName}</bdi> : <span className="text-ink-3">{t("nobody")}</span>}
                </td>
                <td className={row.isLate ? "py-1.5 font-600 text-bad" : "py-1.5"}>
                  {row.dueOn ? <DateTime at={`${row.dueOn}T12:00:00Z`} shape="date" /> : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
