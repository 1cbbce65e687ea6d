import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { BehindList, BehindRow } from "@/components/ui/behind";
import { DateTime } from "@/components/ui/date-time";
import type { FoundLapses } from "@/lib/lapses/queries";
import { type LapsedInput, type LapsedRow, lapsedPerPage } from "@/lib/lapses/schema";
import { paths } from "@/lib/paths";
import { lapseWords } from "./words";

export type Behind = { input: LapsedInput; rows: readonly LapsedRow[]; total: number };

type Props = { workspace: string; found: FoundLapses; behind: Behind; zone: string };

/** The customers behind a number, a page at a time; who is another's is counted and not named. */
export async function LapsedRows({ workspace, found, behind, zone }: Props) {
  const [t, nameOf] = await Promise.all([
    getTranslations("lapses"),
    lapseWords({ limits: found.result.limits, spokes: found.spokes }),
  ]);
  const { input, rows, total } = behind;
  const { run, measure, by, key, page } = input;
  const group = by && key !== undefined ? nameOf({ by, key }) : t("all");
  const from = (page - 1) * lapsedPerPage;
  const href = (to: number) => {
    const query = new URLSearchParams({ run, measure, ...(by && key !== undefined && { by, key }), page: `${to}` });
    return paths.leaks(workspace, `${query}#lapsed`);
  };
  const pages =
    total > lapsedPerPage ? (
      <nav aria-label={t("title")} className="no-print flex gap-x-4 pt-2 text-13">
        {page > 1 ? (
          <Link href={href(page - 1)} className="underline underline-offset-2">
            {t("previous")}
          </Link>
        ) : null}
        <span className="num text-ink-3">
          {t("page", { from: from + 1, to: Math.min(total, from + rows.length), total })}
        </span>
        {from + rows.length < total ? (
          <Link href={href(page + 1)} className="underline underline-offset-2">
            {t("next")}
          </Link>
        ) : null}
      </nav>
    ) : null;
  return (
    <BehindList
      id="lapsed"
      title={t("rows", { measure: t(`measure.${measure}`), group })}
      note={t("total", { count: total })}
      close={{ href: paths.leaks(workspace), label: t("close") }}
      below={pages}
    >
      {rows.map(({ journeyId, customerId, name, at, days }) => (
        <BehindRow
          key={`${journeyId} ${at}`}
          href={customerId ? paths.customer(workspace, customerId) : null}
          name={name}
          hidden={t("hidden")}
        >
          <span className="text-ink-2">{t(`days.${measure}`, { days })}</span>
          <span className="text-ink-3">
            <DateTime at={at} shape="date" zone={zone} />
          </span>
        </BehindRow>
      ))}
    </BehindList>
  );
}
