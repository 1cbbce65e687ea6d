"use client";

import { useTranslations } from "next-intl";
import type { PublicError } from "@/lib/errors";

/** Words for an error of the server: its reason when there are words for it, else its kind. */
export function useErrorWords(): (error: PublicError) => string {
  const t = useTranslations("common");
  return ({ code, reason, detail }) => {
    if (t.has(`reasons.${reason}`)) return t(`reasons.${reason}`);
    return detail ?? t(`errors.${code}`);
  };
}
