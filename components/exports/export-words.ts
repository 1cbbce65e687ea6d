"use client";

import { useLocale, useTranslations } from "next-intl";
import { useErrorWords } from "@/components/ui/error-words";
import type { PublicError } from "@/lib/errors";
import type { ExportView } from "@/lib/exports/schema";

/** What a request says in the list, and what went wrong with it. */
export function useExportWords() {
  const t = useTranslations("exports");
  const common = useErrorWords();
  const number = new Intl.NumberFormat(useLocale());
  const countWords = ({ estimate, isAtLeast }: ExportView) =>
    isAtLeast
      ? t("customers_many", { shown: number.format(estimate) })
      : t("customers", { count: estimate, shown: number.format(estimate) });
  return {
    line: (request: ExportView) => {
      const count = countWords(request);
      const by = request.decidedBy ?? "";
      if (!request.isMine) return t("other", { name: request.requestedBy, count, reason: request.reason });
      if (request.state === "approved" && !request.fetchableUntil) return t("mine_expired", { count });
      return t(`mine_${request.state}`, { by, count });
    },
    error: (error: PublicError) => (t.has(`reasons.${error.reason}`) ? t(`reasons.${error.reason}`) : common(error)),
  };
}
