import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { BehindRow } from "@/components/ui/behind";
import { DateTime } from "@/components/ui/date-time";
import { SectionHead } from "@/components/ui/section-head";
import type { LeakView } from "@/lib/leaks/schema";
import { paths } from "@/lib/paths";

type Props = {
  workspace: string;
  leak: Pick<LeakView, "measure" | "customers" | "customersTotal">;
  zone: string;
  /** What can be done for all of them at once. */
  together: ReactNode;
};

/** The customers behind the number, the newest first; who is another's is counted and not named. */
export async function LeakCustomers({ workspace, leak, zone, together }: Props) {
  const [t, lapses] = await Promise.all([getTranslations("leaks.one"), getTranslations("lapses")]);
  const { measure, customers, customersTotal } = leak;
  const isLapse = measure !== "dropped";
  return (
    <section aria-labelledby="customers">
      <SectionHead
        id="customers"
        title={t(isLapse ? "lapsed_customers" : "customers")}
        note={t("customers_note", { count: customersTotal })}
      />
      {customersTotal > 0 ? together : null}
      {customers.length === 0 ? <p className="text-13 text-ink-3">{t("no_customers")}</p> : null}
      {customers.length < customersTotal ? (
        <p className="pb-1 text-12 text-ink-3">{t(isLapse ? "lapsed_shown" : "shown", { count: customers.length })}</p>
      ) : null}
      <ul className="text-13">
        {customers.map(({ journeyId, customerId, name, enteredAt, days, status }) => (
          <BehindRow
            key={journeyId}
            href={customerId ? paths.customer(workspace, customerId) : null}
            name={name}
            hidden={t("hidden")}
          >
            {isLapse ? (
              <>
                <span className="text-ink-2">{lapses(`days.${measure}`, { days })}</span>
                <span className="text-ink-3">
                  <DateTime at={enteredAt} shape="date" zone={zone} />
                </span>
              </>
            ) : (
              <>
                <span className="text-ink-2">
                  {t("entered")} <DateTime at={enteredAt} shape="date" zone={zone} />
                </span>
                <span className="text-ink-2">{t("days", { days })}</span>
                {status === "lost" ? null : <span className="text-ink-2">{t("not_lost")}</span>}
              </>
            )}
          </BehindRow>
        ))}
      </ul>
    </section>
  );
}
