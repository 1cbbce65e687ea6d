"use client";

import { RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { useWrite } from "@/components/ui/use-write";
import { requestRunAction } from "@/lib/runs/actions";

const pause = 1_500;

/** Asks for a new run, says while it is made, and shows it once it is there. */
export function RunAgain({ workspace, isMoving }: { workspace: string; isMoving: boolean }) {
  const t = useTranslations("drivers");
  const router = useRouter();
  const { run, isBusy, error } = useWrite();
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => router.refresh(), pause);
    return () => clearInterval(timer);
  }, [isMoving, router]);
  const ask = async () => {
    if (await run(() => requestRunAction(workspace, { kind: "drivers" }))) router.refresh();
  };
  return (
    <div className="grid gap-1.5">
      <Button kind="plain" isBusy={isBusy || isMoving} onClick={() => void ask()}>
        <RotateCcw aria-hidden className="size-4" strokeWidth={1.5} />
        {isMoving ? t("running") : t("again")}
      </Button>
      {isMoving ? <Progress share={null} label={t("running")} /> : null}
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
