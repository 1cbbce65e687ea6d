"use client";

import { useTranslations } from "next-intl";
import { useErrorWords } from "@/components/ui/error-words";
import { isRole, type Role } from "@/lib/auth/roles";
import type { PublicError } from "@/lib/errors";

/** Words for what can go wrong with a member. */
export function useMemberErrors(): (error: PublicError) => string {
  const t = useTranslations("members");
  const words = useErrorWords();
  return (error) => (t.has(`errors.${error.reason}`) ? t(`errors.${error.reason}`) : words(error));
}

/** The roles that were checked in a form. */
export const rolesIn = (form: FormData): Role[] => form.getAll("roles").map(String).filter(isRole);

/** The languages that were checked in a form. */
export const languagesIn = (form: FormData): ("en" | "he")[] =>
  form
    .getAll("languages")
    .map(String)
    .filter((each) => each === "en" || each === "he");

/** A text of a form, null when it was left empty. */
export const textIn = (form: FormData, key: string): string | null => String(form.get(key) ?? "").trim() || null;
