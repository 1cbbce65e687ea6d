import Link from "next/link";
import { useTranslations } from "next-intl";
import { RateText } from "@/components/ui/rate";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { paths } from "@/lib/paths";
import type { Measured, ReportGroup, ReportResult } from "@/lib/saved-reports/schema";
import type { Dimension } from "@/lib/saved-reports/vocabulary";

type Props = {
  workspace: string;
  id: string;
  result: ReportResult;
  wordsOf: (dimension: Dimension, value: NonNullable<ReportGroup["a"]>) => string;
};

const minutesOf = (minutes: number) => minutes.toLocaleString("en", { maximumFractionDigits: 1 });

function MeasuredText({ measured }: { measured: Measured }) {
  const t = useTranslations("reports");
  const noData = useTranslations("common")("no_data");
  if (measured.rate) return <RateText {...measured.rate} noData={noData} needs={(more) => t("needs", { more })} />;
  if (measured.median === null) return <span className="text-ink-3">{noData}</span>;
  return (
    <bdi className={measured.n < 20 ? "num text-ink-3" : "num"}>
      {minutesOf(measured.median)} <span className="text-12 text-ink-3">n {measured.n}</span>
    </bdi>
  );
}

/** Every group with its count and measures; the count opens its rows. */
export function ResultTable({ workspace, id, result, wordsOf }: Props) {
  const t = useTranslations("reports");
  const { groupBy, measures } = result.definition;
  const hrefOf = ({ a, b }: ReportGroup) => {
    const query = new URLSearchParams({ rows: "1", ...(a ? { a: a.key } : {}), ...(b ? { b: b.key } : {}) });
    return paths.report(workspace, id, query.toString());
  };
  const most = 500;
  return (
    <ScrollRegion label={t("result")}>
      <table className="w-full border-collapse text-13">
        <thead>
          <tr className="border-hairline-strong border-b text-12 text-ink-3">
            {groupBy.map((each) => (
              <th key={each} scope="col" className="py-1.5 pe-3 text-start font-450">
                {t(`dimension.${each}`)}
              </th>
            ))}
            <th scope="col" className="px-3 py-1.5 text-end font-450">
              {t("count")}
            </th>
            {measures.map((each) => (
              <th key={each} scope="col" className="px-3 py-1.5 text-end font-450">
                {t(`measure.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.groups.slice(0, most).map((group) => (
            <tr key={`${group.a?.key}|${group.b?.key}`} className="border-hairline border-b">
              {groupBy.map((dimension, place) => {
                const value = place === 0 ? group.a : group.b;
                return (
                  <th key={dimension} scope="row" className="py-1.5 pe-3 text-start font-450">
                    <bdi>{value ? wordsOf(dimension, value) : ""}</bdi>
                  </th>
                );
              })}
              <td className="num px-3 py-1.5 text-end">
                <Link href={hrefOf(group)} className="underline underline-offset-2">
                  {group.count}
                </Link>
              </td>
              {group.measured.map((measured) => (
                <td key={measured.measure} className="whitespace-nowrap px-3 py-1.5 text-end">
                  <MeasuredText measured={measured} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {result.groups.length > most ? (
        <p className="pt-2 text-12 text-ink-3">{t("rest", { count: result.groups.length - most })}</p>
      ) : null}
    </ScrollRegion>
  );
}
