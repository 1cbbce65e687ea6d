"use client";

import { useTranslations } from "next-intl";
import { Button } from "./button";

type Props = { onRetry?: (() => void) | undefined; requestId?: string | undefined; title?: string };

/** What failed, what is safe, how to try again, and the number to quote. */
export function FailedState({ onRetry, requestId, title }: Props) {
  const t = useTranslations("common");
  return (
    <div role="alert" className="grid justify-items-start gap-2 px-4 py-8 md:px-7">
      <p className="font-serif text-20">{title ?? t("failed")}</p>
      <p className="text-13 text-ink-2">{t("failed_safe")}</p>
      {onRetry ? <Button onClick={onRetry}>{t("retry")}</Button> : null}
      {requestId ? (
        <p className="text-12 text-ink-3">
          {t("request_id")} <bdi>{requestId}</bdi>
        </p>
      ) : null}
    </div>
  );
}
