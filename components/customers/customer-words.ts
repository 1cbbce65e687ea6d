"use client";

import { useTranslations } from "next-intl";
import { useErrorWords } from "@/components/ui/error-words";
import type { DuplicateReason } from "@/lib/customers/schema";
import type { PublicError } from "@/lib/server/result";

/** Words for an error of this noun; what it has none for is said as everywhere. */
export function useCustomerErrors(): {
  words: (error: PublicError) => string;
  field: (error: PublicError | null, name: string) => string | undefined;
} {
  const t = useTranslations("customers");
  const common = useErrorWords();
  const reasonOf = (reason: string) => (t.has(`reasons.${reason}`) ? t(`reasons.${reason}`) : null);
  return {
    words: (error) => reasonOf(error.reason) ?? common(error),
    field: (error, name) => {
      const reason = error?.fields?.[name];
      return reason === undefined ? undefined : (reasonOf(reason) ?? t("reasons.bad_value"));
    },
  };
}

/** Why two records look like one, in words. */
export function useReasonWords(): (reason: DuplicateReason) => string {
  const t = useTranslations("customers");
  return (reason) =>
    reason.kind === "name"
      ? t("same.name", { share: Math.round(reason.likeness * 100) })
      : t(`same.${reason.kind}`, { value: reason.value });
}
