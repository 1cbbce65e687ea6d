import Link from "next/link";
import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/date-time";
import { LinkButton } from "@/components/ui/link-button";
import { ScrollRegion } from "@/components/ui/scroll-region";
import { SectionHead } from "@/components/ui/section-head";
import { paths } from "@/lib/paths";
import type { GroupValue, ReportRow } from "@/lib/saved-reports/schema";
import { type Dimension, timeDimensions } from "@/lib/saved-reports/vocabulary";

type Props = {
  workspace: string;
  rows: readonly ReportRow[];
  zone: string;
  more: Parameters<typeof LinkButton>[0]["href"] | null;
  wordsOf: (dimension: Dimension, value: GroupValue) => string;
};

/** The rows behind a number, newest first, each with its customer. */
export function ReportRows({ workspace, rows, zone, more, wordsOf }: Props) {
  const t = useTranslations("reports");
  return (
    <section>
      <SectionHead title={t("rows")} />
      <ScrollRegion label={t("rows")}>
        <table className="w-full border-collapse text-13">
          <thead>
            <tr className="border-hairline-strong border-b text-12 text-ink-3">
              <th scope="col" className="py-1.5 pe-3 text-start font-450">
                {t("at")}
              </th>
              <th scope="col" className="px-3 py-1.5 text-start font-450">
                {t("customer")}
              </th>
              {rows[0]?.values
                .filter(({ dimension }) => !timeDimensions.has(dimension))
                .map(({ dimension }) => (
                  <th key={dimension} scope="col" className="px-3 py-1.5 text-start font-450">
                    {t(`dimension.${dimension}`)}
                  </th>
                ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, at, customerId, customerName, values }) => (
              <tr key={id} className="border-hairline border-b">
                <td className="num whitespace-nowrap py-1.5 pe-3">
                  <DateTime at={at} zone={zone} />
                </td>
                <td className="px-3 py-1.5">
                  <Link href={paths.customer(workspace, customerId)} className="underline underline-offset-2">
                    <bdi>{customerName}</bdi>
                  </Link>
                </td>
                {values
                  .filter(({ dimension }) => !timeDimensions.has(dimension))
                  .map(({ dimension, value }) => (
                    <td key={dimension} className="px-3 py-1.5 text-ink-2">
                      <bdi>{wordsOf(dimension, value)}</bdi>
                    </td>
                  ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {more ? (
        <p className="pt-3">
          <LinkButton href={more}>{t("more")}</LinkButton>
        </p>
      ) : null}
    </section>
  );
}
