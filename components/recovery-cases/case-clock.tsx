"use client";

import { useTranslations } from "next-intl";
import { Clock } from "@/components/ui/clock";
import { clockWords, ratioOf } from "@/components/ui/time-words";
import { useNow } from "@/components/ui/use-now";

type Props = { openedAt: string; dueAt: string; now: string };

/** How much of the time to tell the customer has passed. */
export function CaseClock({ openedAt, dueAt, now: serverNow }: Props) {
  const t = useTranslations("common");
  const now = useNow(serverNow, 30);
  return <Clock ratio={ratioOf(openedAt, dueAt, now)} text={clockWords(new Date(dueAt).getTime(), now, t)} />;
}
