"use client";

import { RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { requestRunAction } from "@/lib/runs/actions";
import type { RunKindName } from "@/lib/runs/schema";
import { Button } from "./button";
import { Progress } from "./progress";
import { useWrite } from "./use-write";

const pause = 1_500;

type Props = {
  workspace: string;
  kind: RunKindName;
  isMoving: boolean;
  words: { again: string; running: string };
};

/** Asks for a new run, says while it is made, and shows it once it is there. */
export function RunAgain({ workspace, kind, isMoving, words }: Props) {
  const router = useRouter();
  const { run, isBusy, error } = useWrite();
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => router.refresh(), pause);
    return () => clearInterval(timer);
  }, [isMoving, router]);
  const ask = async () => {
    if (await run(() => requestRunAction(workspace, { kind }))) router.refresh();
  };
  return (
    <div className="grid gap-1.5">
      <Button kind="plain" isBusy={isBusy || isMoving} onClick={() => void ask()}>
        <RotateCcw aria-hidden className="size-4" strokeWidth={1.5} />
        {isMoving ? words.running : words.again}
      </Button>
      {isMoving ? <Progress share={null} label={words.running} /> : null}
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
