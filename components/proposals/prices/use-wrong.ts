"use client";

import { useTranslations } from "next-intl";
import type { FieldErrors } from "@/lib/errors";

/** What is wrong with a field, in words; nothing while it is right. A field may be named by its beginning. */
export function useWrong(fields: FieldErrors): (field: string) => string | undefined {
  const t = useTranslations("common");
  return (field) => {
    const key = field in fields ? field : Object.keys(fields).find((each) => each.startsWith(`${field}.`));
    const reason = key ? fields[key] : undefined;
    if (!reason) return undefined;
    return t.has(`reasons.${reason}`) ? t(`reasons.${reason}`) : t("errors.invalid");
  };
}
