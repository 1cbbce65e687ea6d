import { getLocale, getTranslations } from "next-intl/server";
import { percent, RateText } from "@/components/ui/rate";
import type { DiscountReport } from "@/lib/proposals/schema";
import { amountOf } from "./words";

/** What was given away in a year: within authority, beyond it, and by whom where there is enough to say so. */
export async function Discounts({ report }: { report: DiscountReport }) {
  const t = await getTranslations("proposals");
  const common = await getTranslations("common");
  const locale = await getLocale();
  const { k, n, lo, hi } = report.withinAuthority;
  return (
    <section aria-label={t("report")} className="pt-6">
      <h2 className="font-550 text-13">{t("report")}</h2>
      {report.proposals === 0 ? (
        <p className="pt-1 text-13 text-ink-3">{t("report_none")}</p>
      ) : (
        <>
          <p className="pt-1 text-13 text-ink-2">
            {t("report_within", {
              share: percent(k / Math.max(1, n)),
              count: n,
              leakage: amountOf(report.leakageMinor, report.currency, locale),
            })}{" "}
            <RateText
              {...{ k, n, lo, hi }}
              noData={common("no_data")}
              needs={(count) => common("needs_more", { count })}
            />
          </p>
          <ul className="pt-2 text-13">
            {report.sellers.map((seller) => (
              <li key={seller.sellerId} className="flex flex-wrap gap-x-3 py-0.5">
                <bdi className="font-550">{seller.sellerName}</bdi>
                <span className="num text-ink-2">
                  {seller.effect === null
                    ? t("seller_needs", { count: seller.n, needs: seller.needs })
                    : t("seller_effect", {
                        share: `${seller.effect > 0 ? "+" : ""}${percent(seller.effect)}`,
                        count: seller.n,
                      })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
