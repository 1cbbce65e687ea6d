import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { apart } from "@/components/ui/apart";
import { percent, RateText } from "@/components/ui/rate";
import { isolated } from "@/lib/isolated";
import { paths } from "@/lib/paths";
import type { DiscountReport, proposalShows } from "@/lib/proposals/schema";
import { amountOf } from "./words";

/** What was given away in a year: within authority, beyond it, and by whom where there is enough to say so. */
export async function Discounts({ workspace, report }: { workspace: string; report: DiscountReport }) {
  const t = await getTranslations("proposals");
  const common = await getTranslations("common");
  const locale = await getLocale();
  const { k, n, lo, hi } = report.withinAuthority;
  const rows = (show: (typeof proposalShows)[number], sellerId?: string) => (
    <Link
      href={paths.proposals(workspace, new URLSearchParams({ show, ...(sellerId ? { sellerId } : {}) }).toString())}
      prefetch={false}
      className="underline decoration-hairline-strong underline-offset-2"
    >
      {t("report_rows")}
    </Link>
  );
  const { customersInConflict: prices, conflictsDecided: decided, hoursToDecide: hours } = report;
  const words = { noData: common("no_data"), needs: (count: number) => common("needs_more", { count }) };
  return (
    <section aria-label={t("report")} className="pt-6">
      <h2 className="font-550 text-13">{t("report")}</h2>
      {report.proposals === 0 ? (
        <p className="pt-1 text-13 text-ink-3">{t("report_none")}</p>
      ) : (
        <>
          <p className="pt-1 text-13 text-ink-2">
            {t("report_within", {
              share: isolated(percent(k / Math.max(1, n))),
              count: n,
              leakage: apart(amountOf(report.leakageMinor, report.currency, locale)),
            })}{" "}
            <RateText {...{ k, n, lo, hi }} {...words} /> {rows("beyond_authority")}
          </p>
          <ul className="pt-2 text-13">
            {report.sellers.map((seller) => (
              <li key={seller.sellerId} className="flex flex-wrap gap-x-3 py-0.5">
                <bdi className="font-550">{seller.sellerName}</bdi>
                <span className="num text-ink-2">
                  {seller.effect === null
                    ? t("seller_needs", { count: seller.n, needs: seller.needs })
                    : t("seller_effect", {
                        share: isolated(`${seller.effect > 0 ? "+" : ""}${percent(seller.effect)}`),
                        count: seller.n,
                      })}
                </span>
                {rows("handed_in", seller.sellerId)}
              </li>
            ))}
          </ul>
        </>
      )}
      {prices.n > 0 ? (
        <p className="pt-2 text-13 text-ink-2">
          {t("report_prices", { count: prices.k, live: prices.n })} <RateText {...prices} {...words} />{" "}
          {rows("many_prices")}
        </p>
      ) : null}
      {decided.n > 0 ? (
        <p className="pt-1 text-13 text-ink-2">
          {t("report_decided", { decided: decided.k, count: decided.n })}{" "}
          {hours === null ? null : t("report_hours", { hours: Math.round(hours * 10) / 10 })}{" "}
          <RateText {...decided} {...words} /> {rows("decided_conflicts")}
        </p>
      ) : null}
    </section>
  );
}
