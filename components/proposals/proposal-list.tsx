import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { apart } from "@/components/ui/apart";
import { StatusMark } from "@/components/ui/status-mark";
import { paths } from "@/lib/paths";
import type { ProposalRow } from "@/lib/proposals/schema";
import { amountOf, dayOf, marks, shareOf } from "./words";

type Props = { workspace: string; rows: readonly ProposalRow[] };

/** Proposals with customer, need, seller and price; the offer of record, what disagrees and what waits stand out in words. */
export async function ProposalList({ workspace, rows }: Props) {
  const t = await getTranslations("proposals");
  const locale = await getLocale();
  return (
    <ul>
      {rows.map((row) => (
        <li
          key={row.id}
          className="grid gap-x-5 gap-y-0.5 border-hairline border-b py-2.5 text-13 md:grid-cols-[10rem_minmax(0,1fr)_11rem_12rem]"
        >
          <span>
            <StatusMark state={marks[row.state]} /> {t(`state.${row.state}`)}
            {row.waitsForMe ? <span className="block font-550 text-12">{t("waits_for_me")}</span> : null}
          </span>
          <span className="min-w-0">
            <Link
              href={paths.proposal(workspace, row.id)}
              prefetch={false}
              className="font-550 text-14 underline decoration-hairline-strong underline-offset-2"
            >
              <bdi>{row.customerName}</bdi> · <bdi>{row.need}</bdi>
            </Link>
            <span className="block text-12 text-ink-3">
              <bdi>{t("by", { name: apart(row.sellerName) })}</bdi>
            </span>
          </span>
          <span>
            <bdi className="num font-550">{amountOf(row.netMinor, row.currency, locale)}</bdi>
            <span className="num block text-12 text-ink-3">
              {row.discountBp === 0 ? t("at_list") : t("discount", { share: shareOf(row.discountBp, locale) })} ·{" "}
              {t("valid_to", { date: dayOf(row.validTo, locale) })}
            </span>
          </span>
          <span className="text-12">
            {row.isOfferOfRecord ? <span className="block font-550">{t("of_record")}</span> : null}
            {row.conflicts > 0 ? (
              <span className="block text-bad">
                <StatusMark state="overdue" /> {t("conflicts", { count: row.conflicts })}
              </span>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
