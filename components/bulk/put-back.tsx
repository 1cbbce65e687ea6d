"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { late } from "@/components/ui/late";
import { recoverManyAction } from "@/lib/bulk/actions";
import { RunStrip } from "./run-strip";

const CountDialog = late(() => import("./count-dialog").then(({ CountDialog }) => CountDialog));

type Props = { workspace: string; leakId: string; serverNow: string; isStanding: boolean };

/** Begins the recovery play of everybody behind a leak, counted first; how far each run of it is stands below. */
export function PutBack({ workspace, leakId, serverNow, isStanding }: Props) {
  const t = useTranslations("bulk.recover");
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="grid gap-2 pb-2 print:hidden">
      {isStanding ? (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button onClick={() => setOpen(true)}>{t("button")}</Button>
          <span className="text-12 text-ink-3">{t("hint")}</span>
        </p>
      ) : null}
      <RunStrip workspace={workspace} serverNow={serverNow} leakId={leakId} />
      {isOpen ? (
        <CountDialog
          workspace={workspace}
          title={t("button")}
          text={t("text")}
          confirmWords={(count) => t("confirm", { count })}
          begin={(form) => recoverManyAction(workspace, { id: leakId, reason: String(form.get("reason") ?? "") })}
          onClose={() => setOpen(false)}
          onStarted={() => setOpen(false)}
        />
      ) : null}
    </div>
  );
}
