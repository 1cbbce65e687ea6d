import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { percent, RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import type { OriginReport, OriginsResult } from "@/lib/origins/schema";
import { paths } from "@/lib/paths";

type Props = { workspace: string; result: OriginsResult };

const columns = ["origin", "wins", "matured", "tenth", "by30", "by90", "immature", "p", "verdict"] as const;

async function Row({ origin, days }: { origin: OriginReport; days: number }) {
  const t = await getTranslations("survival");
  const rate = { noData: t("no_data"), needs: (count: number) => t("needs", { count }) };
  const wonBy = (day: number) => {
    const found = origin.wonBy.find((each) => each.day === day);
    if (!found) return t("no_data");
    const interval =
      found.lo === null || found.hi === null ? "" : t("interval", { lo: percent(found.lo), hi: percent(found.hi) });
    return (
      <bdi className="num whitespace-nowrap">
        {percent(found.share)} <span className="text-12 text-ink-3">{interval}</span>
      </bdi>
    );
  };
  return (
    <tr className="border-hairline border-b align-baseline">
      <th scope="row" className="py-1.5 pe-3 text-start font-450">
        <bdi>{origin.origin === "unknown" ? t("unknown") : origin.origin}</bdi>
      </th>
      <td className="whitespace-nowrap py-1.5 pe-3">
        <RateText {...origin.wins} {...rate} />
      </td>
      <td className="whitespace-nowrap py-1.5 pe-3">
        <RateText {...origin.matured} {...rate} />
      </td>
      <td className="py-1.5 pe-3">
        {origin.daysToTenth === null ? t("not_reached") : t("day_count", { days: origin.daysToTenth })}
      </td>
      <td className="py-1.5 pe-3">{wonBy(30)}</td>
      <td className="py-1.5 pe-3">{wonBy(days)}</td>
      <td className="num py-1.5 pe-3">{origin.immature}</td>
      <td className="num py-1.5 pe-3">
        {origin.adjusted === null ? "" : origin.adjusted < 0.0001 ? "< 0.0001" : origin.adjusted.toFixed(4)}
      </td>
      <td className={origin.verdict === "not_enough" ? "py-1.5 text-ink-3" : "py-1.5"}>
        {t(`verdict.${origin.verdict}`)}
      </td>
    </tr>
  );
}

/** What the origins of leads say of winning and no more, with whoever was left out by name. */
export async function OriginsSection({ workspace, result }: Props) {
  const t = await getTranslations("survival");
  const { leads, won, wins, leftOut, leftOutCount, wonOnFirstDay, horizonDays } = result;
  const titles: Record<(typeof columns)[number], string> = {
    origin: t("col.origin"),
    wins: t("origins.wins"),
    matured: t("origins.matured", { days: horizonDays }),
    tenth: t("origins.tenth"),
    by30: t("origins.by", { day: 30 }),
    by90: t("origins.by", { day: horizonDays }),
    immature: t("origins.immature"),
    p: t("origins.p"),
    verdict: t("origins.verdict"),
  };
  const rate = wins.rate === null ? t("no_data") : `${percent(wins.rate)} (${percent(wins.lo)}–${percent(wins.hi)})`;
  return (
    <section aria-label={t("tab.origins")}>
      <p className="pt-4 text-balance font-serif text-20">
        {leads === 0 ? t("origins.statement_none") : t("origins.statement", { won, leads, rate })}
      </p>
      <p className="max-w-[64em] text-13 text-ink-2">
        {t("origins.explain")} {t("origins.first_day", { count: wonOnFirstDay })}
      </p>
      {leftOutCount > 0 ? (
        <div className="text-13 text-ink-2">
          {t("origins.left_out", { count: leftOutCount })}
          <ul>
            {leftOut.map((lead) => (
              <li key={lead.journeyId}>
                <Link href={paths.customer(workspace, lead.customerId)} className="underline underline-offset-2">
                  {t("origins.lead", { name: `\u2068${lead.name}\u2069`, arrived: lead.arrivedOn, won: lead.wonOn })}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <ScrollRegion label={t("tab.origins")} className="pt-2">
        <table className="w-full min-w-300 border-collapse text-13">
          <thead>
            <tr className="border-hairline-strong border-b text-12 text-ink-3">
              {columns.map((column) => (
                <th key={column} scope="col" className="py-1 pe-3 text-start font-450">
                  {titles[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {result.origins.map((origin) => (
              <Row key={origin.origin} origin={origin} days={horizonDays} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}
