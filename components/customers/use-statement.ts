"use client";

import { useLocale, useTranslations } from "next-intl";
import { countLimit, type ListFrame } from "@/lib/customers/list-schema";

/** How many the list holds, in words. */
export function useStatement(frame: ListFrame | undefined, shown: number, hasMore: boolean): string {
  const t = useTranslations("customers");
  const number = new Intl.NumberFormat(useLocale());
  if (!frame) return "";
  if (frame.count === null)
    return hasMore ? t("count_some", { count: shown }) : t("count", { count: shown, shown: number.format(shown) });
  if (frame.count > countLimit) return t("count_many", { limit: number.format(countLimit) });
  return t("count", { count: frame.count, shown: number.format(frame.count) });
}
