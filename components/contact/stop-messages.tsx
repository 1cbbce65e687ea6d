"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { stopMessagesAction } from "@/lib/links/actions";

/** The way out of advertising: asked once more, then done. */
export function StopMessages({ token, isStopped }: { token: string; isStopped: boolean }) {
  const t = useTranslations("contact");
  const [state, setState] = useState<"idle" | "asking" | "busy" | "failed" | "done">(isStopped ? "done" : "idle");
  const stop = async () => {
    setState("busy");
    const result = await stopMessagesAction(token, {}).catch(() => null);
    setState(result?.ok ? "done" : "failed");
  };
  if (state === "done") return <p role="status">{t("stopped")}</p>;
  if (state === "idle")
    return (
      <button
        type="button"
        onClick={() => setState("asking")}
        className="min-h-11 font-medium text-accent-text underline underline-offset-4"
      >
        {t("stop")}
      </button>
    );
  return (
    <div className="grid gap-2">
      <p>{t("stop_sure")}</p>
      <Button size="touch" isBusy={state === "busy"} onClick={stop}>
        {t("stop_yes")}
      </Button>
      {state === "failed" ? <p role="alert">{t("failed")}</p> : null}
    </div>
  );
}
