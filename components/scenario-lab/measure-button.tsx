"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { useWrite } from "@/components/ui/use-write";
import { requestRunAction } from "@/lib/runs/actions";

type Props = { workspace: string; weeks: number; isMoving: boolean };

const second = 1_000;

/** Asks the worker to find again what each scenario did; the page reads it when it is there. */
export function MeasureButton({ workspace, weeks, isMoving }: Props) {
  const t = useTranslations("lab");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => router.refresh(), 2 * second);
    return () => clearInterval(timer);
  }, [isMoving, router]);
  const measure = async () => {
    if (await run(() => requestRunAction(workspace, { kind: "handoff-lab", parameters: { weeks } }))) router.refresh();
  };
  return (
    <>
      {error ? (
        <span role="alert" className="text-12 text-bad">
          {error}
        </span>
      ) : null}
      <Button onClick={measure} isBusy={isBusy || isMoving}>
        {t(isMoving ? "measuring" : "measure")}
      </Button>
    </>
  );
}
