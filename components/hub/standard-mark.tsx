"use client";

import type { Route } from "next";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { StatusMark } from "@/components/ui/status-mark";

type Missed = { name: string; nameHe: string; isCritical: boolean };
export type StandardOfLine = {
  raw: number | null;
  meets: boolean | null;
  judged: number;
  total: number;
  missed: Missed[];
};

/** How a contact kept its standard: met or not and the share; opened, which criteria it missed. */
export function StandardMark({ standard, judgeAt }: { standard: StandardOfLine; judgeAt: Route | null }) {
  const t = useTranslations("hub.standard");
  const locale = useLocale();
  const { raw, meets, judged, total, missed } = standard;
  const share = raw === null ? "" : new Intl.NumberFormat(locale, { style: "percent" }).format(raw);
  const state = meets === null ? "open" : meets ? "met" : "not_met";
  const words = raw === null ? t("nothing") : t(state, { share, count: total - judged });
  const line = (
    <span className={meets === false ? "text-bad" : undefined}>
      {meets === null ? null : (
        <span className="me-1 inline-block align-[-1px]">
          <StatusMark state={meets ? "good" : "overdue"} />
        </span>
      )}
      {words}
    </span>
  );
  if (missed.length === 0 && judgeAt === null) return line;
  return (
    <details className="group/standard">
      <summary className="cursor-pointer list-none underline decoration-hairline-strong decoration-dashed underline-offset-3 hover:text-ink-1">
        {line}
      </summary>
      <div className="py-1 text-ink-2">
        {missed.length > 0 ? (
          <ul aria-label={t("missed")}>
            {missed.map(({ name, nameHe, isCritical }) => (
              <li key={name}>
                {t("missed_one", { name: locale === "he" && nameHe ? nameHe : name })}
                {isCritical ? <span className="ms-1 text-bad">{t("critical")}</span> : null}
              </li>
            ))}
          </ul>
        ) : null}
        {judgeAt === null ? null : (
          <Link href={judgeAt} prefetch={false} className="text-accent-text hover:underline">
            {t("judge")}
          </Link>
        )}
      </div>
    </details>
  );
}
