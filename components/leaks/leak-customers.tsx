import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import type { LeakView } from "@/lib/leaks/schema";
import { paths } from "@/lib/paths";
import { PutBack } from "./put-back";

type Props = {
  workspace: string;
  leak: Pick<LeakView, "id" | "customers" | "customersTotal" | "endedAt" | "mayLead">;
  zone: string;
  now: string;
};

/** The customers behind the number, the newest first; who is another's is counted and not named. */
export async function LeakCustomers({ workspace, leak, zone, now }: Props) {
  const t = await getTranslations("leaks.one");
  const { id, customers, customersTotal, endedAt, mayLead } = leak;
  return (
    <section aria-labelledby="customers">
      <SectionHead id="customers" title={t("customers")} note={t("customers_note", { count: customersTotal })} />
      {mayLead && customersTotal > 0 ? (
        <PutBack workspace={workspace} leakId={id} serverNow={now} isStanding={endedAt === null} />
      ) : null}
      {customers.length === 0 ? <p className="text-13 text-ink-3">{t("no_customers")}</p> : null}
      {customers.length < customersTotal ? (
        <p className="pb-1 text-12 text-ink-3">{t("shown", { count: customers.length })}</p>
      ) : null}
      <ul className="text-13">
        {customers.map(({ journeyId, customerId, name, enteredAt, days, status }) => (
          <li key={journeyId} className="flex flex-wrap items-baseline gap-x-4 border-hairline border-t py-1.5">
            {customerId && name ? (
              <Link
                href={paths.customer(workspace, customerId)}
                className="font-550 underline-offset-2 hover:underline"
              >
                <bdi>{name}</bdi>
              </Link>
            ) : (
              <span className="text-ink-3">{t("hidden")}</span>
            )}
            <span className="text-ink-2">
              {t("entered")} <DateTime at={enteredAt} shape="date" zone={zone} />
            </span>
            <span className="text-ink-2">{t("days", { days })}</span>
            {status === "lost" ? null : <span className="text-ink-2">{t("not_lost")}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
