"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { useWrite } from "@/components/ui/use-write";
import { requestRunAction } from "@/lib/runs/actions";

type Props = { workspace: string; type: string | null; isMeasuring: boolean };

const second = 1_000;

/** Asks the worker to measure the effects again; the page reads the result when it is there. */
export function MeasureButton({ workspace, isMeasuring }: Props) {
  const t = useTranslations("enablement");
  const router = useRouter();
  const { isBusy, error, run } = useWrite();
  useEffect(() => {
    if (!isMeasuring) return;
    const timer = setInterval(() => router.refresh(), 2 * second);
    return () => clearInterval(timer);
  }, [isMeasuring, router]);
  const measure = async () => {
    if (await run(() => requestRunAction(workspace, { kind: "enablement" }))) router.refresh();
  };
  return (
    <>
      {error ? (
        <span role="alert" className="me-2 text-12 text-bad">
          {error}
        </span>
      ) : null}
      <Button kind="text" onClick={measure} isBusy={isBusy || isMeasuring}>
        {t(isMeasuring ? "measuring" : "measure")}
      </Button>
    </>
  );
}
