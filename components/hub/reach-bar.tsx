"use client";

import { MessageSquare, Phone, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

const link =
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-control border border-hairline-strong bg-float font-medium text-14";

/** On phones: call, text and log within the thumb's reach, above the tab bar. */
export function ReachBar({ phone, onLog }: { phone: string | undefined; onLog: (() => void) | null }) {
  const t = useTranslations("hub");
  return (
    <div className="no-print fixed inset-x-0 bottom-15 z-20 grid auto-cols-fr grid-flow-col gap-2 border-hairline border-t bg-sheet px-4 py-2 md:hidden">
      {phone ? (
        <>
          <a href={`tel:${phone}`} className={link}>
            <Phone aria-hidden className="size-4" strokeWidth={1.5} />
            {t("reach.call")}
          </a>
          <a href={`sms:${phone}`} className={link}>
            <MessageSquare aria-hidden className="size-4" strokeWidth={1.5} />
            {t("reach.text")}
          </a>
        </>
      ) : null}
      {onLog ? (
        <Button kind="primary" size="touch" onClick={onLog}>
          <Plus aria-hidden className="size-4" strokeWidth={1.5} />
          {t("reach.log")}
        </Button>
      ) : null}
    </div>
  );
}
