"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { say } from "@/components/ui/toast";
import { useWrite } from "@/components/ui/use-write";
import { cancelTaskAction, completeTaskAction } from "@/lib/tasks/actions";

type Props = { workspace: string; task: { id: string; kind: string; version: number }; onDone: () => void };

/** Done or not needed any more. What became of an appointment is said at the appointment. */
export function TaskActions({ workspace, task, onDone }: Props) {
  const t = useTranslations("tasks");
  const { isBusy, error, run } = useWrite();
  const { id, version, kind } = task;
  if (kind === "unconfirmed_outcome") return null;
  const act = async (action: Parameters<typeof run>[0], words: string) => {
    if (!(await run(action))) return;
    void say(words);
    onDone();
  };
  return (
    <div className="flex flex-wrap items-center gap-1">
      <Button
        kind="text"
        isBusy={isBusy}
        onClick={() => act(() => completeTaskAction(workspace, { id, version }), t("completed"))}
      >
        {t("complete")}
      </Button>
      {kind === "introduction" ? null : (
        <Button
          kind="text"
          isBusy={isBusy}
          onClick={() => act(() => cancelTaskAction(workspace, { id, version }), t("cancelled"))}
        >
          {t("cancel")}
        </Button>
      )}
      {error ? (
        <p role="alert" className="text-12 text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
