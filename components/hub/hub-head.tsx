"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { apart } from "@/components/ui/apart";
import { PageHead } from "@/components/ui/page-head";
import type { Hub } from "@/lib/hub/schema";
import { sayMoney } from "@/lib/money";

/** Who this is: name in serif, place, stage, value, and how long they have been with us; actions at the end. */
export function HubHead({ hub, now, children }: { hub: Hub; now: number; children: ReactNode }) {
  const t = useTranslations("hub");
  const locale = useLocale();
  const { customer, journey } = hub;
  const days = Math.floor((now - new Date(journey.arrivedAt).getTime()) / 86_400_000) + 1;
  const value =
    journey.valueMinor === null
      ? null
      : sayMoney({ minor: journey.valueMinor, currency: journey.currency ?? "USD" }, locale);
  const stage = hub.stages.find(({ id }) => id === journey.stageId)?.name;
  const facts = [customer.place, stage, journey.need, value, t("day_with_us", { days })].map((fact) =>
    apart(fact ?? ""),
  );
  return (
    <PageHead
      title={<bdi>{customer.name}</bdi>}
      className="xl:col-span-2"
      above={[t("customers"), customer.segment].filter(Boolean).join(" / ")}
      statement={
        <>
          {facts.filter(Boolean).join(" · ")}
          {customer.flag ? (
            <span className="ms-2 text-warn">
              {t.has(`flag.${customer.flag}`) ? t(`flag.${customer.flag}`) : customer.flag}
            </span>
          ) : null}
        </>
      }
    >
      {children}
    </PageHead>
  );
}
