import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { RateText } from "@/components/ui/rate";
import type { CaseSummary } from "@/lib/recovery-cases/schema";
import { CaseAge } from "./case-age";

type Props = {
  summary: CaseSummary;
  now: string;
  hrefOf: (change: Record<string, string>) => string;
  nameOfCause: (cause: string) => string;
};

const linked = "underline decoration-hairline-strong underline-offset-2";

/** What is open, late and oldest, how often the customer was told in time, and what it was that went wrong. */
export async function CaseSummaryLine({ summary, now, hrefOf, nameOfCause }: Props) {
  const t = await getTranslations("cases");
  const { open, late, oldestOpenedAt, toldInTime, causes } = summary;
  return (
    <>
      <Link href={hrefOf({ show: "open" }) as never} className={`font-550 text-ink-1 ${linked}`}>
        {t("count_open", { count: open })}
      </Link>
      {", "}
      <Link href={hrefOf({ show: "late" }) as never} className={linked}>
        {t("count_late", { count: late })}
      </Link>
      {oldestOpenedAt ? (
        <>
          {", "}
          {t("oldest")} <CaseAge at={oldestOpenedAt} now={now} />
        </>
      ) : null}
      {". "}
      {toldInTime.n > 0 ? (
        <>
          <Link href={hrefOf({ show: "closed" }) as never} className={linked}>
            {t("told_in_time")}
          </Link>{" "}
          <RateText {...toldInTime} noData={t("no_data")} needs={(count) => t("needs", { count })} />
          {". "}
        </>
      ) : null}
      {causes.length > 0 ? (
        <>
          {t("causes")}{" "}
          {causes.slice(0, 4).map(({ cause, count }, place) => (
            <span key={cause}>
              {place > 0 ? ", " : ""}
              <Link href={hrefOf({ show: "closed", cause }) as never} className={linked}>
                {nameOfCause(cause)} <span className="num">{count}</span>
              </Link>
            </span>
          ))}
          .
        </>
      ) : null}
    </>
  );
}
