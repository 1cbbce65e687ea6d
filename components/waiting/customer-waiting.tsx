import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHead } from "@/components/ui/page-head";
import { PrintButton } from "@/components/ui/print-button";
import { SectionHead } from "@/components/ui/section-head";
import { paths } from "@/lib/paths";
import type { CustomerWaiting } from "@/lib/waiting/schema";
import { WaitLegend } from "./wait-bar";
import { WaitTable } from "./wait-table";
import { fills, waitWords } from "./words";

type Props = { workspace: string; waiting: CustomerWaiting; zone: string };

/** One customer's time from her first day: who had the baton, who was waited for, and every stretch of it. */
export async function CustomerWaitingScreen({ workspace, waiting, zone }: Props) {
  const [t, words] = await Promise.all([getTranslations("waiting"), waitWords(waiting.spokes)]);
  const { customerId, name, elapsed, staffed, byBaton, byWhom, stretches, total } = waiting;
  return (
    <>
      <PageHead
        title={<bdi>{name}</bdi>}
        above={
          <Link href={paths.customer(workspace, customerId)} className="underline underline-offset-2">
            {t("one.back")}
          </Link>
        }
        statement={
          elapsed > 0 ? t("one.statement", { time: words.length(elapsed), business: words.length(staffed) }) : undefined
        }
      >
        <PrintButton label={t("print")} />
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2 px-4 pb-12 md:px-8">
        {elapsed === 0 ? (
          <EmptyState title={t("empty")}>{t("one.empty_hint")}</EmptyState>
        ) : (
          <>
            <section aria-labelledby="baton">
              <SectionHead id="baton" title={t("baton")} note={t("baton_note")} />
              <WaitLegend />
              <WaitTable label={t("baton")} head={t("col.department")} lines={byBaton} spokes={waiting.spokes} />
            </section>
            <section aria-labelledby="whom">
              <SectionHead id="whom" title={t("whom")} note={t("whom_note")} />
              <WaitTable label={t("whom")} head={t("col.party")} lines={byWhom} spokes={waiting.spokes} />
            </section>
            <section aria-labelledby="stretches">
              <SectionHead id="stretches" title={t("one.stretches")} note={t("one.stretches_note", { count: total })} />
              <ol className="text-13">
                {stretches.map(({ from, to, batonId, cause, whom, elapsed: length, staffed: business }) => (
                  <li key={from} className="flex flex-wrap items-baseline gap-x-4 border-hairline border-t py-1.5">
                    <span className="w-72 text-ink-2">
                      <DateTime at={from} zone={zone} /> – <DateTime at={to} zone={zone} />
                    </span>
                    <bdi className="num w-20 font-550">{words.length(length)}</bdi>
                    <span className="flex items-baseline gap-1.5">
                      <svg aria-hidden viewBox="0 0 10 10" className="size-2.5">
                        <rect x="0.5" y="0.5" width="9" height="9" className={fills[cause]} />
                      </svg>
                      {t(`happened.${cause}`, { baton: words.party(batonId), whom: words.party(whom) })}
                    </span>
                    <span className="text-12 text-ink-3">{t("business", { time: words.length(business) })}</span>
                  </li>
                ))}
              </ol>
            </section>
          </>
        )}
      </div>
    </>
  );
}
