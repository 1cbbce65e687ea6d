"use client";

import { CircleAlert, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "./button";
import { IconButton } from "./icon-button";
import { dismiss, type Toast, undoToast, useToasts } from "./toast";

/** Where short messages appear; the line at the foot of each is the time it stays, and it waits while one looks at it. */
export function Toaster() {
  const toasts = useToasts();
  return (
    <div
      role="status"
      className="no-print fixed start-4 bottom-4 z-50 grid w-[min(26rem,calc(100%-2rem))] gap-2 max-md:bottom-18"
    >
      {toasts.map((toast) => (
        <Line key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Line({ toast }: { toast: Toast }) {
  const t = useTranslations("common");
  return (
    <div
      role={toast.isError ? "alert" : undefined}
      className="group/toast relative flex items-center gap-3 overflow-hidden rounded-sheet border border-hairline bg-float py-2 ps-4 pe-2 text-13 shadow-float"
    >
      {toast.isError ? <CircleAlert aria-hidden className="size-4 flex-none text-bad" strokeWidth={1.5} /> : null}
      <p className="min-w-0 flex-1 break-words">{toast.text}</p>
      {toast.undo ? (
        <Button shortcut="Z" onClick={() => undoToast(toast)}>
          {toast.undo.label}
        </Button>
      ) : (
        <IconButton icon={X} label={t("close")} onClick={() => dismiss(toast.id)} />
      )}
      <span
        aria-hidden
        onAnimationEnd={() => dismiss(toast.id)}
        className="absolute inset-x-0 bottom-0 h-0.5 origin-left animate-[elapse_10s_linear_both] bg-accent group-focus-within/toast:[animation-play-state:paused] group-hover/toast:[animation-play-state:paused] rtl:origin-right"
      />
    </div>
  );
}
