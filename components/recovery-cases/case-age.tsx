"use client";

import { useTranslations } from "next-intl";
import { agoWords } from "@/components/ui/time-words";
import { useNow } from "@/components/ui/use-now";

/** How long ago the customer said so. */
export function CaseAge({ at, now: serverNow }: { at: string; now: string }) {
  const t = useTranslations("common");
  const now = useNow(serverNow, 30);
  return <time dateTime={at}>{agoWords(at, now, t)}</time>;
}
